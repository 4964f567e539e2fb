"""Root fields: objects by id and by key."""

import datetime

import pytest

from catalog_graphql.catalog.records import CatalogCourse
from catalog_graphql.schema.ids import encode_id

UTC = datetime.UTC


class TestOrganization:
    def test_is_found_by_code_case_aside(self, ask, make_organization):
        make_organization("MITx", name="MIT", description="On the Charles.")

        answer = ask('{ organization(orgCode: "mitX") { id orgCode name description logoUrl isActive } }')

        assert answer == {
            "data": {
                "organization": {
                    "id": encode_id("Organization", "MITx"),
                    "orgCode": "MITx",
                    "name": "MIT",
                    "description": "On the Charles.",
                    "logoUrl": None,
                    "isActive": True,
                }
            }
        }

    @pytest.mark.parametrize(("org_code", "found"), [("Éco", "Éco"), ("ÉCO", "Éco"), ("éco", None), ("Eco", None)])
    def test_is_found_by_an_old_code_ascii_case_aside(self, ask, make_organization, org_code, found):
        make_organization("Éco")

        answer = ask(
            """query ($orgCode: String!) {
                organization(orgCode: $orgCode) { orgCode }
                organizations(filter: {orgCodes: [$orgCode]}) { nodes { orgCode } }
            }""",
            orgCode=org_code,
        )

        expected = {"orgCode": found} if found else None
        assert answer == {"data": {"organization": expected, "organizations": {"nodes": [expected] if found else []}}}

    def test_shows_the_address_of_its_logo(self, ask, make_organization):
        make_organization("MITx", logo="organization_logos/mit.png")

        answer = ask('{ organization(orgCode: "MITx") { logoUrl } }')

        assert answer["data"]["organization"]["logoUrl"] == "http://testserver/media/organization_logos/mit.png"

    def test_is_null_where_there_is_none(self, ask):
        assert ask('{ organization(orgCode: "MITx") { orgCode } }') == {"data": {"organization": None}}

    def test_refuses_text_that_no_database_holds(self, ask):
        answer = ask("query ($orgCode: String!) { organization(orgCode: $orgCode) { orgCode } }", orgCode="a\0b")

        assert answer["data"] == {"organization": None}
        assert answer["errors"][0]["extensions"] == {"code": "BAD_USER_INPUT", "inputPath": ["orgCode"]}


class TestCatalogCourse:
    def test_is_found_by_key(self, ask, make_catalog_course):
        created = datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
        make_catalog_course("MITx", "6.002x", title="Circuits", language="zh-cn", created=created)

        answer = ask(
            """query ($key: CatalogCourseKey!) {
                catalogCourse(key: $key) {
                    id key orgCode courseCode title language languageShort created org { orgCode }
                }
            }""",
            key="catalog-course:MITx:6.002x",
        )

        assert answer == {
            "data": {
                "catalogCourse": {
                    "id": encode_id("CatalogCourse", "catalog-course:MITx:6.002x"),
                    "key": "catalog-course:MITx:6.002x",
                    "orgCode": "MITx",
                    "courseCode": "6.002x",
                    "title": "Circuits",
                    "language": "zh-cn",
                    "languageShort": "zh_HANS",
                    "created": "2026-01-02T03:04:05Z",
                    "org": {"orgCode": "MITx"},
                }
            }
        }

    @pytest.mark.parametrize("key", ["catalog-course:mitx:6.002x", "catalog-course:MITx:6.002X"])
    def test_is_null_under_other_capitals(self, ask, make_catalog_course, key):
        make_catalog_course("MITx", "6.002x")

        answer = ask("query ($key: CatalogCourseKey!) { catalogCourse(key: $key) { key } }", key=key)

        assert answer == {"data": {"catalogCourse": None}}

    def test_refuses_a_malformed_key_in_a_variable(self, ask):
        answer = ask("query ($it: CatalogCourseKey!) { catalogCourse(key: $it) { key } }", it="MITx:6.002x")

        assert answer["errors"][0]["extensions"] == {"code": "BAD_USER_INPUT", "inputPath": ["it"]}

    def test_refuses_a_malformed_key_in_the_document(self, ask):
        answer = ask('{ catalogCourse(key: "MITx:6.002x") { key } }')

        assert answer["errors"][0]["extensions"] == {"code": "BAD_USER_INPUT", "inputPath": ["key"]}


class TestCourseRun:
    def test_is_found_by_key(self, ask, make_run, settings):
        settings.CMS_ROOT_URL, settings.LMS_ROOT_URL = "https://studio.example.com/", "https://lms.example.com"
        start, end = (datetime.datetime(2012, month, 1, tzinfo=UTC) for month in (9, 12))
        run = make_run(title="Circuits, fall", created=start, schedule={"start": start, "end": end})

        answer = ask(
            """query ($courseKey: CourseKey!) {
                courseRun(courseKey: $courseKey) {
                    id courseKey orgCode courseCode runCode title created isCcx status warnings
                    schedule { start end enrollmentStart enrollmentEnd }
                    studioUrl lmsUrl rerunUrl
                    catalogCourse { key }
                }
            }""",
            courseKey=str(run.course_key),
        )

        key = "course-v1:MITx+6.002x+3T2012"
        assert answer == {
            "data": {
                "courseRun": {
                    "id": encode_id("CourseRun", key),
                    "courseKey": key,
                    "orgCode": "MITx",
                    "courseCode": "6.002x",
                    "runCode": "3T2012",
                    "title": "Circuits, fall",
                    "created": "2012-09-01T00:00:00Z",
                    "isCcx": False,
                    "status": "ARCHIVED",
                    "warnings": [],
                    "schedule": {
                        "start": "2012-09-01T00:00:00Z",
                        "end": "2012-12-01T00:00:00Z",
                        "enrollmentStart": None,
                        "enrollmentEnd": None,
                    },
                    "studioUrl": f"https://studio.example.com/course/{key}",
                    "lmsUrl": f"https://lms.example.com/courses/{key}",
                    "rerunUrl": f"https://studio.example.com/course_rerun/{key}",
                    "catalogCourse": {"key": "catalog-course:MITx:6.002x"},
                }
            }
        }

    def test_is_active_without_a_schedule_and_has_no_links_without_a_site(self, ask, make_run):
        run = make_run()

        answer = ask(
            """query ($key: CourseKey!) {
                courseRun(courseKey: $key) { status schedule { end } studioUrl lmsUrl rerunUrl }
            }""",
            key=str(run.course_key),
        )

        assert answer["data"]["courseRun"] == {
            "status": "ACTIVE",
            "schedule": None,
            "studioUrl": None,
            "lmsUrl": None,
            "rerunUrl": None,
        }

    def test_has_addresses_that_lead_to_an_old_key(self, ask, make_run, settings):
        settings.CMS_ROOT_URL, settings.LMS_ROOT_URL = "https://studio.example.com", "https://lms.example.com"
        key = "MITx/6%2F002x/3T%2012"
        make_run("MITx", "6%2F002x", "3T%2012", course_key=key)

        answer = ask("{ courseRuns { nodes { courseKey studioUrl lmsUrl rerunUrl } } }")

        [run] = answer["data"]["courseRuns"]["nodes"]
        encoded = "MITx/6%252F002x/3T%252012"
        assert run == {
            "courseKey": key,
            "studioUrl": f"https://studio.example.com/course/{encoded}",
            "lmsUrl": f"https://lms.example.com/courses/{encoded}",
            "rerunUrl": f"https://studio.example.com/course_rerun/{encoded}",
        }

    def test_of_a_custom_course_has_an_address_in_the_lms_only(self, ask, make_run, settings):
        settings.LMS_ROOT_URL, settings.CMS_ROOT_URL = "https://lms.example.com", "https://studio.example.com"
        make_run(course_key="ccx-v1:MITx+6.002x+3T2012+ccx@7")

        answer = ask("{ courseRuns(filter: {includeCcx: true}) { nodes { studioUrl lmsUrl rerunUrl } } }")

        lms_url = "https://lms.example.com/courses/ccx-v1:MITx+6.002x+3T2012+ccx@7"
        expected = {"studioUrl": None, "lmsUrl": lms_url, "rerunUrl": None}
        assert answer["data"]["courseRuns"]["nodes"] == [expected]

    @pytest.mark.parametrize(
        ("key", "org_code", "is_ccx"),
        [
            ("course-v1:MITX+6.002x+3T2012", "MITX", False),
            ("ccx-v1:MITx+6.002x+3T2012+ccx@7", "MITx", True),
            ("MITx/6.002x/3T2012", "MITx", False),
        ],
    )
    def test_spells_its_codes_as_its_key_does(self, ask, make_run, key, org_code, is_ccx):
        make_run(course_key=key)

        answer = ask(
            "query ($key: CourseKey!) { courseRun(courseKey: $key) { courseKey orgCode courseCode runCode isCcx } }",
            key=key,
        )

        assert answer["data"]["courseRun"] == {
            "courseKey": key,
            "orgCode": org_code,
            "courseCode": "6.002x",
            "runCode": "3T2012",
            "isCcx": is_ccx,
        }

    def test_warns_of_a_key_that_is_spelled_differently(self, ask, make_run):
        run = make_run(course_key="course-v1:MITX+6.002x+3T2012")
        other = make_run(run_code="1T2013")
        CatalogCourse.objects.update(course_code="6.003x")

        answer = ask("{ courseRuns(orderBy: {field: COURSE_KEY}) { nodes { courseKey warnings } } }")

        assert answer["data"]["courseRuns"]["nodes"] == [
            {"courseKey": str(run.course_key), "warnings": ["ORG_CODE_CASE_DIFFERS", "COURSE_CODE_DIFFERS"]},
            {"courseKey": str(other.course_key), "warnings": ["COURSE_CODE_DIFFERS"]},
        ]

    @pytest.mark.parametrize("key", ["6.002x", "library-v1:MITx+6.002x", "course-v1:MITx+6.002x+É", "", 5, None])
    def test_refuses_a_malformed_key(self, ask, key):
        answer = ask("query ($key: CourseKey!) { courseRun(courseKey: $key) { courseKey } }", key=key)

        assert "data" not in answer
        assert answer["errors"][0]["extensions"] == {"code": "BAD_USER_INPUT", "inputPath": ["key"]}


class TestNode:
    QUERY = """query ($id: ID!) {
        node(id: $id) {
            __typename id
            ... on Organization { orgCode }
            ... on CatalogCourse { courseCode }
            ... on CourseRun { runCode catalogCourse { org { orgCode } } }
        }
    }"""

    @pytest.mark.parametrize(
        ("type_name", "key", "shown"),
        [
            ("Organization", "MITx", {"orgCode": "MITx"}),
            ("CatalogCourse", "catalog-course:MITx:6.002x", {"courseCode": "6.002x"}),
            (
                "CourseRun",
                "course-v1:MITx+6.002x+3T2012",
                {"runCode": "3T2012", "catalogCourse": {"org": {"orgCode": "MITx"}}},
            ),
        ],
    )
    def test_fetches_an_object_of_any_type_in_one_query(
        self, ask, make_run, django_assert_num_queries, type_name, key, shown
    ):
        make_run()
        node_id = encode_id(type_name, key)
        session_and_user = 2

        with django_assert_num_queries(session_and_user + 1):
            answer = ask(self.QUERY, id=node_id)

        assert answer == {"data": {"node": {"__typename": type_name, "id": node_id, **shown}}}

    def test_is_null_where_the_id_names_nothing(self, ask):
        assert ask(self.QUERY, id=encode_id("Organization", "MITx")) == {"data": {"node": None}}

    @pytest.mark.parametrize(
        "node_id",
        [
            "",
            "!",
            "nonsense",
            "é",
            encode_id("User", "staff"),
            encode_id("CourseRun", "6.002x"),
            encode_id("CatalogCourse", "MITx:6.002x"),
            encode_id("Organization", "MI\0Tx"),
        ],
    )
    def test_refuses_what_is_no_id(self, ask, node_id):
        answer = ask(self.QUERY, id=node_id)

        assert answer["data"] == {"node": None}
        assert answer["errors"][0]["path"] == ["node"]
        assert answer["errors"][0]["extensions"] == {"code": "BAD_USER_INPUT", "inputPath": ["id"]}


class TestNodes:
    QUERY = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }"

    def test_answers_in_the_order_asked_with_null_for_nothing(self, ask, make_run):
        run = make_run()
        ids = [
            encode_id("CourseRun", str(run.course_key)),
            encode_id("Organization", "nobody"),
            encode_id("CatalogCourse", run.catalog_course.key_str),
            encode_id("CourseRun", str(run.course_key)),
            encode_id("Organization", "MITx"),
        ]

        answer = ask(self.QUERY, ids=ids)

        assert answer["data"]["nodes"] == [{"id": ids[0]}, None, {"id": ids[2]}, {"id": ids[3]}, {"id": ids[4]}]

    def test_takes_a_hundred_ids_at_a_query_a_type(self, ask, make_run, django_assert_num_queries):
        keys = [str(make_run(run_code=f"R{number}").course_key) for number in range(100)]
        ids = [encode_id("CourseRun", key) for key in keys]
        session_and_user = 2

        with django_assert_num_queries(session_and_user + 1):
            answer = ask(self.QUERY, ids=ids)

        assert answer["data"]["nodes"] == [{"id": node_id} for node_id in ids]

    def test_refuses_more_than_a_hundred(self, ask):
        answer = ask(self.QUERY, ids=[encode_id("Organization", "MITx")] * 101)

        assert answer["errors"][0]["extensions"] == {"code": "BAD_USER_INPUT", "inputPath": ["ids"]}

    def test_says_which_id_is_malformed(self, ask):
        answer = ask(self.QUERY, ids=[encode_id("Organization", "MITx"), "nonsense"])

        assert answer["errors"][0]["extensions"] == {"code": "BAD_USER_INPUT", "inputPath": ["ids", "1"]}
