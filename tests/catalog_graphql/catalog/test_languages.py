import pytest

from catalog_graphql.catalog import languages


class TestNormalize:
    @pytest.mark.parametrize(
        ("spelling", "language"),
        [
            ("en", "en"),
            (" EN ", "en"),
            ("pt_BR", "pt-br"),
            ("fr-CA", "fr-ca"),
            ("zh_HANS", "zh-cn"),
            ("zh-Hant", "zh-hk"),
            ("zh_TW", "zh-tw"),
            ("ca@valencia", "ca-es-valencia"),
            ("Klingon", "klingon"),
            ("", ""),
        ],
    )
    def test_spells_a_language_as_the_catalog_does(self, spelling: str, language: str) -> None:
        assert languages.normalize(spelling) == language


class TestIsLanguage:
    @pytest.mark.parametrize("language", ["en", "fr-ca", "zh-cn", "es-419", "ca-es-valencia"])
    def test_admits_lowercase_hyphenated_codes(self, language: str) -> None:
        assert languages.is_language(language)

    @pytest.mark.parametrize(
        "language", ["", "e", "EN", "eng", "en-", "en--us", "en_us", "ca@valencia", "en\n", "én", "klingon_x"]
    )
    def test_refuses_everything_else(self, language: str) -> None:
        assert not languages.is_language(language)


class TestShort:
    @pytest.mark.parametrize(
        ("language", "short"),
        [("en", "en"), ("fr-ca", "fr"), ("zh-cn", "zh_HANS"), ("zh-hk", "zh_HANT"), ("zh-tw", "zh")],
    )
    def test_is_the_older_spelling(self, language: str, short: str) -> None:
        assert languages.short(language) == short

    @pytest.mark.parametrize("language", ["en", "zh-cn", "zh-hk"])
    def test_is_understood_back(self, language: str) -> None:
        assert languages.normalize(languages.short(language)) == language
