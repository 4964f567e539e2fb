# ruff: noqa: RUF001 (letters that look alike are the point)
"""Titles in many scripts, each of which must be found by each of its words."""

from unicodedata import normalize

TITLES = [
    "Straßen und Maße",
    "École élémentaire",
    normalize("NFD", "Élève préféré"),
    "Οδυσσεὺς καὶ Σοφός",
    "Ὀδύσσεια ᾠδή",
    "İstanbul ve Iğdır",
    "ırmak ısısı",
    "Русская Ёлка",
    "Їжак і Ґанок",
    "ქართული ᲔᲜᲐ",
    "ﬓան և Հայերէն",
    "ᏣᎳᎩ ꮳꮃꭹ",
    "Tiếng Việt Đại",
    normalize("NFD", "Ngữ Pháp"),
    "हिन्दी व्याकरण",
    "اللغة العربية",
    "עברית למתחילים",
    "计算机 科学",
    "日本語 ｶﾀｶﾅ Ｆｕｌｌ",
    "한국어 문법",
    normalize("NFD", "한글 역사"),
    "ภาษาไทย เบื้องต้น",
    "𐐔𐐯𐑅𐐨𐑉𐐯𐐻 𐐰𐑊𐑁𐐰𐐺𐐯𐐻",
    "ﬁnance ﬂow eﬃcient",
    "ǆep ǅungla Ǉubav",
    "Ŀlengua ŉ Café",
    "Žluťoučký Kůň",
    "Łódź Gdańsk",
    "Þór og Ærø Ångström",
    "ⅷ Ⓐ \u212aelvin \u2126hm ſong ẞ",
    "100%_sure \\backslash 'quote' \U0001f600",
]
