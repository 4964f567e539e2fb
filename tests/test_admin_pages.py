"""Every page of Django's admin, with the longest possible names."""

import re
from html import unescape
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from organizations.models import Organization

from catalog_graphql.catalog.records import CatalogCourse, CourseRun, as_text
from catalog_graphql.standalone.models import CourseAccessRole

TITLE = "\N{GRADUATION CAP}" * 255
ORG_CODE, COURSE_CODE = "o" * 255, "c" * 255
# A key has 255 characters, so the codes in it have fewer.
KEYS = (
    f"course-v1:{'p' * 241}+c+r",
    f"course-v1:o+{'c' * 241}+r",
    f"course-v1:o+c+{'r' * 241}",
    f"{'q' * 251}/c/r",
    f"o/c%{'d' * 248}/r",
    f"ccx-v1:o+c+{'s' * 238}+ccx@1",
)

# Filters and orders of lists can be combined in too many ways to try them all.
_TOO_MANY = re.compile("[&.]|_filters=")


def browse(client: Client) -> dict[str, int]:
    """Open every linked page of the admin, with at most one filter or order in each list; return their statuses."""
    waiting, seen = ["/admin/"], {}
    while waiting:
        address = waiting.pop()
        if address in seen or not address.startswith("/admin/") or _TOO_MANY.search(urlsplit(address).query):
            continue
        response = client.get(address)
        seen[address] = response.status_code
        if "text/html" in response.get("Content-Type", ""):
            links = map(unescape, re.findall(r'href="([^"]*)"', response.content.decode()))
            waiting += [urldefrag(urljoin(address, link)).url for link in links]
    return seen


def fields_of(form: Any) -> dict[str, Any]:
    """Return what a browser would send for the form as it is."""
    values = {form.add_prefix(name): form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value}


def save(client: Client, obj: Any, **typed: str) -> list[str]:
    """Save the page of an object; return the errors it shows."""
    opts = obj._meta
    address = reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[obj.pk])
    page = client.get(address)
    data = fields_of(page.context["adminform"].form)
    for formset in page.context["inline_admin_formsets"]:
        data |= fields_of(formset.formset.management_form)
    response = client.post(address, {**data, **typed})
    return [] if response.status_code == 302 else [str(response.context["errors"])]


@pytest.fixture
def client(db: None) -> Client:
    """Return a browser in which a superuser with the longest name is signed in."""
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("u" * 150))
    return client


@pytest.fixture
def objects(client: Client) -> list[Any]:
    """Return objects with the longest codes, keys and titles, created through the admin."""
    add = "/admin/organizations/organization/add/"
    for org_code in {ORG_CODE, *(key.removeprefix("ccx-v1:").removeprefix("course-v1:") for key in KEYS)}:
        org_code = re.split("[+/]", org_code)[0]
        if not Organization.objects.filter(short_name=org_code).exists():
            client.post(add, {"short_name": org_code, "name": TITLE, "description": TITLE, "active": "on"})
    courses = [(ORG_CODE, COURSE_CODE)]
    courses += [tuple(re.split("[+/]", re.sub("^.*:", "", key))[:2]) for key in KEYS]
    for org_code, course_code in dict.fromkeys(courses):
        org = Organization.objects.get(short_name=org_code)
        data = {"org": org.pk, "course_code": course_code, "title": TITLE, "language": "en-" + "x" * 61}
        client.post("/admin/openedx_catalog/catalogcourse/add/", data)
    for key in KEYS:
        org_code, course_code, run_code = re.split("[+/]", re.sub("^.*:", "", key))[:3]
        catalog_course = CatalogCourse.objects.get(org__short_name=org_code, course_code=course_code)
        data = {"catalog_course": catalog_course.pk, "run_code": run_code, "title": TITLE, "course_key": key}
        data |= {"schedule-TOTAL_FORMS": "1", "schedule-INITIAL_FORMS": "0"}
        data |= {"schedule-0-start_0": "2012-09-05", "schedule-0-start_1": "00:00:00"}
        client.post("/admin/openedx_catalog/courserun/add/", data)
    user = get_user_model().objects.get()
    for role in ({"org": ORG_CODE}, {"course_key": KEYS[0]}, {"course_key": KEYS[3]}):
        data = {"user": user.pk, "role": "staff", **role}
        client.post("/admin/catalog_graphql_standalone/courseaccessrole/add/", data)
    return [
        *Organization.objects.all(), *CatalogCourse.objects.all(), *CourseRun.objects.all(),
        *CourseAccessRole.objects.all(),
    ]  # fmt: skip


class TestAdmin:
    def test_takes_the_longest_codes_keys_and_titles(self, objects: list[Any]) -> None:
        found = {
            "organizations": sorted(Organization.objects.values_list("short_name", flat=True), key=len),
            "courses": CatalogCourse.objects.filter(course_code=COURSE_CODE, title=TITLE).count(),
            "keys": set(CourseRun.objects.values_list(as_text("course_key"), flat=True)),
            "roles": sorted(len(role.org) for role in CourseAccessRole.objects.all()),
        }

        assert found == {
            "organizations": ["o", "p" * 241, "q" * 251, ORG_CODE],
            "courses": 1,
            "keys": set(KEYS),
            "roles": [241, 251, 255],
        }

    def test_shows_them_on_every_page(self, client: Client, objects: list[Any]) -> None:
        statuses = browse(client)

        assert {address: status for address, status in statuses.items() if status != 200} == {}
        pages = set(statuses)
        for obj in objects:
            page = f"/admin/{obj._meta.app_label}/{obj._meta.model_name}/{obj.pk}/"
            assert pages >= {f"{page}change/", f"{page}history/", f"{page}delete/"}

    def test_finds_them(self, client: Client, objects: list[Any]) -> None:
        found = {
            (address, term[0]): client.get(f"/admin/{address}/", {"q": term}).context["cl"].result_count
            for address, term in [
                ("organizations/organization", ORG_CODE),
                ("openedx_catalog/catalogcourse", COURSE_CODE),
                ("openedx_catalog/courserun", KEYS[0]),
                ("openedx_catalog/courserun", TITLE),
                ("catalog_graphql_standalone/courseaccessrole", KEYS[0]),
            ]
        }
        completed = {
            model: len(
                client.get(
                    "/admin/autocomplete/", {"app_label": app, "model_name": model, "field_name": field, "term": term}
                ).json()["results"]
            )
            for app, model, field, term in [
                ("openedx_catalog", "catalogcourse", "org", ORG_CODE),
                ("openedx_catalog", "courserun", "catalog_course", COURSE_CODE),
                ("catalog_graphql_standalone", "courseaccessrole", "user", "u" * 150),
            ]
        }

        assert found == {
            ("organizations/organization", "o"): 1,
            ("openedx_catalog/catalogcourse", "c"): 1,
            ("openedx_catalog/courserun", "c"): 1,
            ("openedx_catalog/courserun", TITLE[0]): len(KEYS),
            ("catalog_graphql_standalone/courseaccessrole", "c"): 1,
        }
        assert completed == {"catalogcourse": 1, "courserun": 1, "courseaccessrole": 1}

    def test_changes_and_deletes_them(self, client: Client, objects: list[Any]) -> None:
        problems = [save(client, obj, title="t" * 255, name="n" * 255) for obj in objects]
        for obj in reversed(objects):
            opts = obj._meta
            client.post(reverse(f"admin:{opts.app_label}_{opts.model_name}_delete", args=[obj.pk]), {"post": "yes"})

        assert problems == [[]] * len(objects)
        assert [
            model.objects.count() for model in (CourseAccessRole, CourseRun, CatalogCourse, Organization)
        ] == [0, 0, 0, 0]  # fmt: skip
