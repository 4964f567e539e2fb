"""Mutations log each change once, with its actor and channel."""

from auditlog.models import LogEntry
from django.contrib.auth import get_user_model

from catalog_graphql.catalog.records import CatalogCourse, CourseRun, CourseSchedule
from tests.catalog_graphql.catalog.logged import told

COURSE_KEY = "catalog-course:MITx:6.002x"
KEY = "course-v1:MITx+6.002x+3T2012"
START, LATER = "2012-09-05T00:00:00+00:00", "2012-09-12T00:00:00+00:00"


class TestHistory:
    def test_tells_of_a_run_from_creation_to_deletion(self, mutate, make_catalog_course):
        catalog_course = make_catalog_course("MITx", "6.002x")
        schedule = {"start": START}

        mutate("createCourseRun", "existing { id }", catalogCourseKey=COURSE_KEY, runCode="3T2012", schedule=schedule)
        pk = CourseRun.objects.get().pk
        mutate("updateCourseRun", "courseRun { id }", courseKey=KEY, title="Circuits", schedule={"start": LATER})
        mutate("deleteCourseRun", "deletedId", courseKey=KEY)

        name = get_user_model().objects.get().username
        assert [entry[:3] for entry in told(CourseRun(), pk=pk)] == [
            ("delete", name, "api"),
            ("update", name, "api"),
            ("create", name, "api"),
        ]
        assert told(CourseRun(), pk=pk)[1][3] == {"title": ["6.002x", "Circuits"]}
        assert told(CourseSchedule(), pk=pk) == [
            ("delete", name, "api", {"start": [LATER, None]}),
            ("update", name, "api", {"start": [START, LATER]}),
            ("create", name, "api", {"start": [None, START]}),
        ]
        assert len(told(catalog_course)) == 1

    def test_tells_of_a_catalog_course(self, mutate, make_organization):
        make_organization("MITx")

        mutate("createCatalogCourse", "existing { id }", orgCode="MITx", courseCode="6.002x")
        pk = CatalogCourse.objects.get().pk
        mutate("updateCatalogCourse", "catalogCourse { id }", key=COURSE_KEY, title="Circuits", language="fr")
        mutate("updateCatalogCourse", "catalogCourse { id }", key=COURSE_KEY, title="Circuits")
        mutate("deleteCatalogCourse", "deletedId", key=COURSE_KEY)

        name = get_user_model().objects.get().username
        deleted, updated, created = told(CatalogCourse(), pk=pk)
        assert (deleted[:3], created[:3]) == (("delete", name, "api"), ("create", name, "api"))
        assert updated == ("update", name, "api", {"title": ["6.002x", "Circuits"], "language": ["en", "fr"]})

    def test_tells_of_a_sync(self, mutate):
        mutate("syncCourseRun", "courseRun { id }", courseKey=KEY, title="Circuits")

        run = CourseRun.objects.get()
        name = get_user_model().objects.get().username
        assert [told(row)[0][:3] for row in (run, run.catalog_course)] == [("create", name, "sync")] * 2
        assert LogEntry.objects.count() == 2

    def test_tells_nothing_of_what_is_refused(self, mutate, make_run):
        make_run("MITx", "6.002x", "3T2012", schedule={})
        logged = LogEntry.objects.count()

        mutate("updateCourseRun", "courseRun { id }", courseKey=KEY, title="", schedule={"start": START})
        mutate("updateCourseRun", "courseRun { id }", courseKey=KEY, title="New", expectedTitle="Another")
        mutate("deleteCatalogCourse", "deletedId", key=COURSE_KEY)

        assert LogEntry.objects.count() == logged
