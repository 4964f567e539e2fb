"""Visitors of the Studio home page, and catalogs to show."""

import datetime
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.utils.timezone import now
from playwright.sync_api import Page, Request, expect

from catalog_graphql.catalog.records import CatalogCourse, CourseRun
from catalog_graphql.catalog.search_text import mend
from catalog_graphql.standalone.models import CourseAccessRole, Role
from tests.browser.conftest import STATIC
from tests.browser.studio_home.looking import Visit, make_courses, operation_of

DAY = datetime.timedelta(days=1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    is_built = (STATIC / "studio-home/studio-home.js").exists()
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.django_db(transaction=True))
            item.add_marker(pytest.mark.skipif(not is_built, reason="needs the built pages: make frontend"))


@pytest.fixture
def asked(page: Page) -> list[str]:
    """The names of the operations that the page has requested."""
    names: list[str] = []

    def note(request: Request) -> None:
        if request.method == "POST" and urlsplit(request.url).path == "/graphql/":
            names.append(operation_of(request))

    page.on("request", note)
    return names


@pytest.fixture
def sign_in(page: Page, client, django_user_model, live_server) -> Callable[[str], None]:
    """Return a function that signs in `staff`, who may do everything, or `author`, who has roles on MITx."""

    def sign_in(who: str) -> None:
        user = django_user_model.objects.create_user(who, is_staff=who == "staff")
        if who == "author":
            for role in (Role.STAFF, Role.CREATOR):
                CourseAccessRole.objects.create(user=user, org="MITx", role=role)
        client.force_login(user)
        session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        page.context.add_cookies([session])

    return sign_in


@pytest.fixture
def visit(page: Page, sign_in) -> Visit:
    """Return a function that opens the page as a user, and waits for its list."""

    def visit(address: str = "/studio-home/", *, who: str = "staff", width: int = 1440) -> Page:
        sign_in(who)
        page.set_viewport_size({"width": width, "height": 740 if width < 600 else 900})
        page.goto(address)
        expect(page.locator("#courses")).to_have_attribute("aria-busy", "false")
        return page

    return visit


@pytest.fixture
def catalog(make_run, make_catalog_course) -> None:
    """Circuits with 10 runs, physics with an archived run, a course in French, and one without runs."""
    for number in range(10):
        created = now() - number * 30 * DAY
        run = make_run("MITx", "6.002x", f"R{number:02}", title="Circuits and Electronics", created=created)
        CourseRun.objects.filter(pk=run.pk).update(created=created)
    CatalogCourse.objects.filter(course_code="6.002x").update(title="Circuits and Electronics")
    schedule = {"start": now() - 90 * DAY, "end": now() - DAY}
    make_run("MITx", "8.02x", "Past", title="Electricity and Magnetism", schedule=schedule)
    CatalogCourse.objects.filter(course_code="8.02x").update(title="Electricity and Magnetism")
    make_run("SorbonneX", "ALG1", "session1", title="Algèbre linéaire")
    CatalogCourse.objects.filter(course_code="ALG1").update(title="Algèbre linéaire", language="fr")
    make_catalog_course("MITx", "NEXT", title="Next year")
    mend(CatalogCourse)


@pytest.fixture
def many_courses(make_organization) -> None:
    """Forty-five courses: three pages."""
    make_courses(make_organization("ManyX"), 45)
