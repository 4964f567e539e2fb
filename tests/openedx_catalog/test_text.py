# ruff: noqa: RUF001 (letters that look alike are the point)
import sys
from unicodedata import normalize

import pytest
from django.db import connection
from django.db.models import Value
from django.db.models.functions import Collate, Lower
from organizations.models import Organization

from catalog_graphql.catalog.text import GROWTH, FoldedCode, fold_code, fold_text


class TestFoldCode:
    @pytest.mark.parametrize(
        ("code", "folded"),
        [
            ("course-v1:MITx+6.002x+3T2012", "course-v1:mitx+6.002x+3t2012"),
            ("IT", "it"),
            ("ÉCO", "Éco"),
            ("İIı", "İiı"),
            ("\u212aELVIN", "\u212aelvin"),
            ("\ud800A", "\ud800a"),
            ("", ""),
        ],
    )
    def test_folds_ascii_alone(self, code: str, folded: str) -> None:
        assert fold_code(code) == folded


class TestFoldText:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Maße", "MASSE"),
            ("École", "E\u0301COLE"),
            ("ΟΔΟΣ", "οδος"),
            ("οδός", "ΟΔΌΣ"),
            ("ISPARTA", "ısparta"),
            ("İstanbul", "istanbul"),
            ("\u1fb3", "\u0391\u0399"),
            ("\u0345\u0301", "\u0301\u0345"),
            ("한글", normalize("NFD", "한글")),
            ("\u212aelvin", "kelvin"),
        ],
    )
    def test_equates(self, one: str, other: str) -> None:
        assert fold_text(one) == fold_text(other)

    @pytest.mark.parametrize(("one", "other"), [("Ecole", "École"), ("masse", "maße\u0301"), ("①", "1"), ("ё", "е")])
    def test_keeps_apart(self, one: str, other: str) -> None:
        assert fold_text(one) != fold_text(other)

    def test_is_the_same_in_every_case_and_form_of_every_character(self) -> None:
        characters = [
            character
            for character in map(chr, range(sys.maxunicode + 1))
            if not 0xD800 <= ord(character) < 0xE000
            and (character.lower() != character.upper() or normalize("NFD", character) != character)
            and not 0xAC00 <= ord(character) < 0xD7A4  # All Hangul syllables are composed in the same way.
        ]

        different = [
            (character, form)
            for character in characters
            for form in {
                character.lower(),
                character.upper(),
                character.title(),
                normalize("NFD", character),
                normalize("NFD", character).upper(),
                fold_text(character),
            }
            if form != character and fold_text(form) != fold_text(character)
        ]

        assert different == []
        assert max(len(fold_text(character)) for character in characters) == GROWTH


@pytest.mark.django_db
class TestFoldedCode:
    @pytest.mark.parametrize("code", ["MITx", "IT", "ÉCO", "İIı", "ΣΑΣ", "字A", "A\U0001f600", "A ", "A%_\\'"])
    def test_is_what_python_folds(self, code: str) -> None:
        Organization.objects.create(short_name=code, name="x")

        organizations = Organization.objects.annotate(folded=FoldedCode("short_name"))

        assert organizations.get().folded == fold_code(code)
        assert organizations.filter(folded__in=["other", fold_code(code)]).exists()
        assert organizations.filter(folded__contains=fold_code(code)[-2:]).exists()
        for other in (code, code.lower(), code.upper(), f"{fold_code(code)} "):
            assert organizations.filter(folded=other).exists() is (other == fold_code(code))

    def test_does_not_follow_the_locale_of_the_database(self) -> None:
        if connection.vendor != "postgresql":
            pytest.skip("needs PostgreSQL, whose databases have locales: set DATABASE_URL")
        turkish = Collate(Value("TITLE"), "tr-TR-x-icu")
        Organization.objects.create(short_name="x", name="x")

        folded = Organization.objects.values_list(Lower(turkish), FoldedCode(turkish)).get()

        assert folded == ("t\u0131tle", "title")
