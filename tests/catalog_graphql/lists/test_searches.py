"""Searches: which words find what."""

import pytest
from django.contrib import admin
from django.test import RequestFactory
from organizations.models import Organization

from catalog_graphql.catalog.records import CatalogCourse, CourseRun
from tests.titles import TITLES

CASES = [str, str.lower, str.upper, str.title]
ROOTS = {"courseRuns": "title", "catalogCourses": "title", "organizations": "name"}
LISTS = " ".join(
    f"{root}{case}: {root}(filter: {{search: $w{case}}}, first: 100) {{ nodes {{ {field} }} }}"
    for root, field in ROOTS.items()
    for case in range(len(CASES))
)
IN_EVERY_CASE = f"query ($w0: String, $w1: String, $w2: String, $w3: String) {{ {LISTS} }}"
RUNS = "query ($search: String) { courseRuns(filter: {search: $search}) { nodes { title } } }"
RUNS_AND_COURSES = """query ($search: String) {
    courseRuns(filter: {search: $search}) { nodes { courseKey } }
    catalogCourses(filter: {search: $search}) { nodes { courseCode } }
}"""


def forms_of(word):
    return {f"w{number}": case(word) for number, case in enumerate(CASES)}


@pytest.fixture
def titles(make_organization, make_run):
    """A catalog with titles in many scripts, each used for a run, a catalog course and an organization."""
    for number, title in enumerate(TITLES):
        make_organization(f"Org{number}", name=title)
        run = make_run(f"Org{number}", "C", "R", title=title)
        run.catalog_course.title = title
        run.catalog_course.save()


class TestSearch:
    def test_finds_a_title_by_each_of_its_words_in_every_case(self, ask, titles):
        missed = []
        for title in TITLES:
            for word in title.split():
                for name, connection in ask(IN_EVERY_CASE, **forms_of(word))["data"].items():
                    if title not in [node[ROOTS[name[:-1]]] for node in connection["nodes"]]:
                        missed.append((name, title, word))

        assert missed == []

    @pytest.mark.parametrize("model", [CourseRun, CatalogCourse, Organization])
    def test_finds_the_same_in_the_admin(self, titles, model):
        model_admin = admin.site.get_model_admin(model)
        request = RequestFactory().get("/")

        missed = [
            (title, word)
            for title in TITLES
            for part in title.split()
            for word in forms_of(part).values()
            if title
            not in model_admin.get_search_results(request, model.objects.all(), word)[0].values_list(
                "name" if model is Organization else "title", flat=True
            )
        ]

        assert missed == []

    @pytest.mark.parametrize(
        ("search", "found"),
        [
            ("ecole", 0),
            ("col", 1),
            ("e\u0301cole", 1),
            ("\u0301", 0),
            ("STRASSEN MASSE", 1),
            ("straßenund", 0),
            ("l_e", 0),
        ],
    )
    def test_finds_what_is_alike_and_nothing_else(self, ask, make_run, search, found):
        make_run(title="École \u00e9")
        make_run(run_code="2", title="Straßen und Maße")

        answer = ask(RUNS, search=search)

        assert len(answer["data"]["courseRuns"]["nodes"]) == found

    def test_finds_a_title_of_thirty_words(self, ask, make_run):
        title = " ".join(f"word{number}" for number in range(30))
        make_run(title=title)
        make_run(run_code="other", title=title.replace("word29", "other"))

        answer = ask(RUNS, search=title)

        assert [node["title"] for node in answer["data"]["courseRuns"]["nodes"]] == [title]

    @pytest.mark.parametrize(
        "search",
        [
            "course-v1:MITx+6.002x+3T2012",
            "COURSE-V1:mitX+6.002X+3t2012",
            "MITx/6.002x/3T2012",
            "ccx-v1:MITx+6.002x+3T2012+ccx@7",
            "CCX-v1:mitx+6.002x+3T2012+CCX@9",
            "circuits course-v1:MITx+6.002x+3T2012",
        ],
    )
    @pytest.mark.parametrize("course_key", ["course-v1:MITx+6.002x+3T2012", "MITx/6.002x/3T2012"])
    def test_finds_a_run_and_its_course_by_a_key_in_any_spelling(self, ask, make_run, search, course_key):
        make_run(course_key=course_key, title="Circuits")
        make_run(course_key="ccx-v1:MITx+6.002x+3T2012+ccx@7", title="Circuits")
        make_run("MITx", "8.02x", "3T2012", title="Circuits")

        answer = ask(RUNS_AND_COURSES, search=search)

        assert answer == {
            "data": {
                "courseRuns": {"nodes": [{"courseKey": course_key}]},
                "catalogCourses": {"nodes": [{"courseCode": "6.002x"}]},
            }
        }

    @pytest.mark.parametrize("search", ["MITx+6.002x+3T2012", "course-v1:MITx+6.002x", "V1:mitx+6.0"])
    def test_finds_a_run_and_its_course_by_part_of_a_key(self, ask, make_run, search):
        make_run()
        make_run("MITx", "8.02x", "3T2012")

        answer = ask(RUNS_AND_COURSES, search=search)

        assert answer == {
            "data": {
                "courseRuns": {"nodes": [{"courseKey": "course-v1:MITx+6.002x+3T2012"}]},
                "catalogCourses": {"nodes": [{"courseCode": "6.002x"}]},
            }
        }

    def test_finds_a_custom_course_by_its_key_where_those_are_included(self, ask, make_run):
        make_run()
        make_run(course_key="ccx-v1:MITx+6.002x+3T2012+ccx@7")
        make_run(course_key="ccx-v1:MITx+6.002x+3T2012+ccx@8")

        answer = ask(
            """query ($search: String) {
                courseRuns(filter: {search: $search, includeCcx: true}, orderBy: {field: COURSE_KEY}) {
                    nodes { courseKey }
                }
            }""",
            search="CCX-V1:MITx+6.002x+3T2012+ccx@7",
        )

        keys = [node["courseKey"] for node in answer["data"]["courseRuns"]["nodes"]]
        assert keys == ["ccx-v1:MITx+6.002x+3T2012+ccx@7", "course-v1:MITx+6.002x+3T2012"]

    @pytest.mark.parametrize(
        "search", ["catalog-course:MITx:6.002x", "Catalog-Course:mitx:6.002X", "catalog-course:MITx:6."]
    )
    def test_finds_a_course_by_its_key(self, ask, make_catalog_course, search):
        make_catalog_course("MITx", "6.002x")
        make_catalog_course("MITx", "8.02x")

        answer = ask(
            "query ($search: String) { catalogCourses(filter: {search: $search}) { nodes { courseCode } } }",
            search=search,
        )

        assert answer == {"data": {"catalogCourses": {"nodes": [{"courseCode": "6.002x"}]}}}

    def test_does_not_take_the_beginning_of_every_key_for_a_word(self, ask, make_run):
        make_run()

        answer = ask('{ catalogCourses(filter: {search: "course"}) { totalCount } }')

        assert answer == {"data": {"catalogCourses": {"totalCount": 0}}}

    @pytest.mark.parametrize(
        ("search", "is_answered"),
        [("a ab abc b bc c abcd", True), ("ab AB aB", True), ("ab cd", True), ("ab cd ef", False)],
    )
    def test_counts_only_the_words_that_are_looked_for(self, ask, make_run, settings, search, is_answered):
        settings.CATALOG_LIMITS = {"search_words": 2}

        answer = ask(RUNS, search=search)

        assert ("errors" not in answer) is is_answered


class TestLanguages:
    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ("zh_HANS", ["zh-cn"]),
            ("zh-Hans", ["zh-cn"]),
            ("zh-cn", ["zh-cn"]),
            ("zh_HANT", ["zh-hk"]),
            ("en_US", ["en-us"]),
            ("EN-us", ["en-us"]),
            ("en", []),
        ],
    )
    def test_are_taken_in_every_spelling_that_the_api_gives_out(self, ask, make_run, asked, found):
        for number, language in enumerate(["zh-cn", "zh-hk", "en-us"]):
            run = make_run(course_code=f"C{number}")
            run.catalog_course.language = language
            run.catalog_course.save()

        answer = ask(
            """query ($languages: [String!]) {
                catalogCourses(filter: {languages: $languages}) { nodes { language } }
                courseRuns(filter: {languages: $languages}) { nodes { catalogCourse { language } } }
            }""",
            languages=[asked],
        )

        nodes = [{"language": language} for language in found]
        runs = [{"catalogCourse": node} for node in nodes]
        assert answer == {"data": {"catalogCourses": {"nodes": nodes}, "courseRuns": {"nodes": runs}}}
