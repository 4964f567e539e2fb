from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from opaque_keys.edx.keys import CourseKey

from catalog_graphql.catalog import keys
from catalog_graphql.catalog.keys import CatalogCourseKeyParts, KeyParts, KeyWarning

COURSE_V1 = "course-v1:MITx+6.002x+3T2012"
CCX_V1 = "ccx-v1:MITx+6.002x+3T2012+ccx@7"
SLASHES = "MITx/6.002x/3T2012"

ALPHABET = "ABCXYZabcxyz0189-._"
codes = st.text(ALPHABET + "~:", min_size=1, max_size=12)
old_codes = st.text(ALPHABET + "%", min_size=1, max_size=12)
spelled_keys = st.one_of(
    st.builds("course-v1:{}+{}+{}".format, codes, codes, codes),
    st.builds("ccx-v1:{}+{}+{}+ccx@{}".format, codes, codes, codes, st.integers(min_value=0)),
    st.builds("{}/{}/{}".format, old_codes, old_codes, old_codes),
)


def parsed_parts(course_key: Any) -> KeyParts:
    return KeyParts(course_key.org, course_key.course, course_key.run)


class TestSplit:
    @pytest.mark.parametrize("course_key", [COURSE_V1, CCX_V1, SLASHES])
    def test_gives_the_codes_of_every_spelling(self, course_key: str) -> None:
        assert keys.split(course_key) == KeyParts("MITx", "6.002x", "3T2012")

    @given(spelled_keys)
    @example("course-v1:a:b+c:d+e:f")
    @example("ccx-v1:ccx+ccx+ccx+ccx@0")
    def test_agrees_with_the_parsed_key(self, text: str) -> None:
        course_key = CourseKey.from_string(text)

        assert keys.is_course_key(str(course_key))
        assert keys.split(str(course_key)) == parsed_parts(course_key)


class TestIsCourseKey:
    @given(
        st.text(ALPHABET + "~:%+/@ \n\té", max_size=40)
        | st.from_regex(keys.COURSE_KEY_REGEX)
        | st.builds("{}{}{}".format, spelled_keys, st.sampled_from(["", "+", "/", "\n", "é"]), codes)
    )
    def test_admits_only_what_parses(self, text: str) -> None:
        if keys.is_course_key(text):
            course_key = CourseKey.from_string(text)

            assert str(course_key) == text
            assert keys.split(text) == parsed_parts(course_key)

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "MITx",
            "course-v1:MITx+6.002x",
            "course-v1:MITx+6.002x+",
            "course-v1:MITx+6.002x+3T2012+1",
            "course-v1:MITx+6.002x+3T2012\n",
            "course-v1:MITx+6.002x+3T2012\r",
            "course-v1:MITx+6.002x+3T 2012",
            "course-v1:MITx+6.002x+3T2012+branch@draft",
            "course-v1:É+1+2",
            "ccx-v1:MITx+6.002x+3T2012",
            "ccx-v1:MITx+6.002x+3T2012+ccx@",
            "library-v1:MITx+6.002x",
            "MITx/6.002x",
            "MITx/6.002x/3T2012/1",
            "MITx/6.002x/3T2012\n",
        ],
    )
    def test_refuses_everything_else(self, text: str) -> None:
        assert not keys.is_course_key(text)


class TestIsCcx:
    @pytest.mark.parametrize(("course_key", "answer"), [(COURSE_V1, False), (CCX_V1, True), (SLASHES, False)])
    def test_knows_custom_courses(self, course_key: str, answer: bool) -> None:
        assert keys.is_ccx(course_key) is answer


class TestKeyWarnings:
    @pytest.mark.parametrize("course_key", [COURSE_V1, CCX_V1, SLASHES])
    @pytest.mark.parametrize(
        ("org_code", "course_code", "warnings"),
        [
            ("MITx", "6.002x", []),
            ("MITX", "6.002x", [KeyWarning.ORG_CODE_CASE_DIFFERS]),
            ("MIT", "6.002x", [KeyWarning.ORG_CODE_DIFFERS]),
            ("MITx", "6.002X", [KeyWarning.COURSE_CODE_DIFFERS]),
            ("MITX", "6.002X", [KeyWarning.ORG_CODE_CASE_DIFFERS, KeyWarning.COURSE_CODE_DIFFERS]),
            ("MIT", "8.01", [KeyWarning.ORG_CODE_DIFFERS, KeyWarning.COURSE_CODE_DIFFERS]),
        ],
    )
    def test_says_what_differs(
        self, course_key: str, org_code: str, course_code: str, warnings: list[KeyWarning]
    ) -> None:
        assert keys.key_warnings(course_key, org_code=org_code, course_code=course_code) == warnings


class TestFindContradiction:
    OTHERS = ("course-v1:HarvardX+6.002x+3T2012", "course-v1:MITx+8.01+3T2012")

    def test_finds_the_first_key_of_another_organization(self) -> None:
        found = keys.find_contradiction([COURSE_V1, CCX_V1, *self.OTHERS], org_code="mitx")

        assert found == "course-v1:HarvardX+6.002x+3T2012"

    def test_finds_a_key_of_another_course_where_one_is_given(self) -> None:
        found = keys.find_contradiction([COURSE_V1, "MITx/8.01/3T2012"], org_code="MITx", course_code="6.002x")

        assert found == "MITx/8.01/3T2012"

    @pytest.mark.parametrize("course_code", [None, "6.002x"])
    def test_finds_nothing_where_all_agree(self, course_code: str | None) -> None:
        assert keys.find_contradiction([COURSE_V1, CCX_V1, SLASHES], org_code="MITX", course_code=course_code) is None


class TestCatalogCourseKey:
    @given(st.text(ALPHABET, min_size=1), codes)
    def test_is_split_into_what_it_was_made_of(self, org_code: str, course_code: str) -> None:
        key_str = keys.catalog_course_key(org_code=org_code, course_code=course_code)

        assert key_str == f"catalog-course:{org_code}:{course_code}"
        assert keys.split_catalog_course_key(key_str) == CatalogCourseKeyParts(org_code, course_code)

    @pytest.mark.parametrize(
        "key_str",
        [
            "",
            "catalog-course",
            "catalog-course:",
            "catalog-course:MITx",
            "catalog-course:MITx:",
            "catalog-course::6.002x",
            "catalog-course:MITx:6 002x",
            "catalog-course:MITx:6.002x\n",
            "catalog-course:MITx+:6.002x",
            "catalog-course:É:6.002x",
            "Catalog-course:MITx:6.002x",
            "MITx:6.002x",
            COURSE_V1,
        ],
    )
    def test_is_refused_where_it_is_malformed(self, key_str: str) -> None:
        with pytest.raises(ValueError, match=r"looks like catalog-course:MITx:6\.002x"):
            keys.split_catalog_course_key(key_str)
