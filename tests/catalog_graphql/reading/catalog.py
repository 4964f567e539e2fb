"""A small catalog of everything that could be read wrongly, its viewers, and the values to use in documents.

Titles and times repeat, keys contradict their catalog courses, and texts contain characters that are special in SQL,
JSON or URLs. All times are far from now, so that it does not matter when a request comes.
"""

import datetime
import json
from collections.abc import Callable
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from graphql import GraphQLSchema, get_named_type
from opaque_keys.edx.keys import CourseKey
from organizations.models import Organization

from catalog_graphql.catalog.records import CatalogCourse, CourseRun, CourseSchedule
from catalog_graphql.catalog.search_text import mend
from tests.catalog_graphql.access.conftest import grant
from tests.catalog_graphql.reading.values import Known


def _at(year: int, microsecond: int = 0) -> datetime.datetime:
    return datetime.datetime(year, 1, 1, tzinfo=datetime.UTC, microsecond=microsecond)


ORGANIZATIONS: list[dict[str, Any]] = [
    {"short_name": "MITx", "name": "Institute", "description": "", "logo": "logos/a b%20é.png"},
    {"short_name": "mitX", "name": "Institute"},
    {"short_name": "Old.Org", "name": '100% "Old" \\ Üni \U0001f393', "description": "a\nb\t<b>", "active": False},
    {"short_name": "Empty_1", "name": "institute"},
]
# Organization, course code, title, language, year of creation.
COURSES = [
    ("MITx", "6.002x", "Circuits", "en", 2012),
    ("MITx", "8.02x", "Circuits", "en", 2012),
    ("MITx", "6.00.1x", "circuits", "fr-ca", 2013),
    ("MITx", "a:b~", '100% "quoted" \\ _ \U0001f469\u200d\U0001f52c', "zh-cn", 2013),
    ("MITx", "none", "No runs", "en", 2014),
    ("mitX", "6.002x", "Circuits", "pt-br", 2012),
    ("Old.Org", "h", "O'Brien & <b>Éa</b>", "de", 2011),
    ("Old.Org", "H2", "No runs", "de", 2014),
]
# Organization and course code, key, title, year of creation, schedule.
RUNS: list[tuple[str, str, str, str, int, str | None]] = [
    ("MITx", "6.002x", "course-v1:MITx+6.002x+R1", "Circuits", 2012, "past"),
    ("MITx", "6.002x", "course-v1:MITx+6.002x+R2", "Circuits", 2012, "future"),
    ("MITx", "6.002x", "course-v1:mitx+6.002x+R3", "Circuits", 2012, None),
    ("MITx", "6.002x", "course-v1:Other+6.002x+R4", "circuits", 2013, "past"),
    ("MITx", "6.002x", "course-v1:MITx+6.003x+R5", "circuits", 2013, "started"),
    ("MITx", "6.002x", "MITx/6.002x/R6", "Circuits", 2012, "blank"),
    ("MITx", "6.002x", "MITX/6.002X/R7", "100%", 2014, "past"),
    ("MITx", "6.002x", "ccx-v1:MITx+6.002x+R1+ccx@1", "Circuits", 2012, "past"),
    ("MITx", "6.002x", "ccx-v1:MITx+6.002x+R1+ccx@2", "CCX", 2014, None),
    ("MITx", "8.02x", "course-v1:MITx+8.02x+r1", "Circuits", 2012, "past"),
    ("MITx", "8.02x", "course-v1:MITx+8.02x+r2", "Circuits", 2012, "future"),
    ("MITx", "8.02x", "course-v1:MITx+8.02x+r3", "Circuits", 2012, "future"),
    ("MITx", "6.00.1x", "ccx-v1:mitx+6.00.1x+only+ccx@3", "Only a CCX", 2013, "ended"),
    ("MITx", "a:b~", "course-v1:MITx+a:b~+1-2_3.4~:", "\U0001f393 '\" \\", 2013, "started"),
    ("MITx", "a:b~", "course-v1:MITx+a:b~+R", "é", 2013, "ended"),
    ("MITx", "a:b~", "course-v1:MITx+a:b~+S", "É", 2013, "ended"),
    ("mitX", "6.002x", "course-v1:mitX+6.002x+X1", "Circuits", 2012, "past"),
    ("mitX", "6.002x", "course-v1:MITX+6.002x+X2", "Circuits", 2012, None),
    ("Old.Org", "h", "Old.Org/h/R%201", "O'Brien", 2011, "past"),
    ("Old.Org", "h", "course-v1:Old.Org+h+R1", "O'Brien", 2011, "past"),
    ("Old.Org", "h", "course-v1:old.org+h+R2", "O'Brien", 2012, "ended"),
    ("Old.Org", "h", "course-v1:Old.Org+h+R3", "Circuits", 2012, "future"),
    ("Old.Org", "h", "course-v1:Old.Org+h+R4", "Circuits", 2012, "blank"),
    ("Old.Org", "h", "course-v1:Old.Org+H+R5", "%", 2015, "future"),
    ("Old.Org", "h", "ccx-v1:Old.Org+h+R1+ccx@12", "CCX", 2015, "future"),
]
SCHEDULES: dict[str | None, dict[str, datetime.datetime]] = {
    "past": {"start": _at(2012), "end": _at(2013)},
    "ended": {"end": _at(2013, 1), "enrollment_start": _at(2011), "enrollment_end": _at(2012)},
    "started": {"start": _at(2012, 123456)},
    "future": {"start": _at(2098), "end": _at(2099, 500000)},
    "blank": {},
}

# The viewers; the first are the simplest.
ROLES: dict[str, list[tuple[str, str]]] = {
    "global_staff": [],
    "org_author": [
        ("staff", "mITX"),
        ("instructor", "course-v1:MITx+6.002x+R1"),
        ("staff", "course-v1:Old.Org+h+R3"),
        ("org_course_creator_group", "old.ORG"),
    ],
    "run_author": [
        ("staff", "course-v1:MITx+6.002x+R2"),
        ("instructor", "MITx/6.002x/R6"),
        ("staff", "ccx-v1:MITx+6.002x+R1+ccx@1"),
        ("instructor", "course-v1:old.org+h+R2"),
        ("staff", "course-v1:MITx+a:b~+R"),
        ("instructor", "course-v1:MITx+8.02x+r2"),
        ("staff", "course-v1:MITx+8.02x+r3"),
    ],
    "org_instructor": [("instructor", "old.ORG"), ("staff", "course-v1:MITx+6.002x+R2")],
    "creator": [("org_course_creator_group", "MITX"), ("instructor", "course-v1:MITx+8.02x+r1")],
    "nobody": [],
    "inactive": [("instructor", "MITx")],
}
VIEWERS = [*["global_staff"] * 2, *["org_author", "run_author", "org_instructor"] * 3, *ROLES, "anonymous"]

Post = Callable[[Client, str, dict[str, Any]], HttpResponse]


def make_catalog() -> None:
    """Create the catalog, including rows that `save` would refuse, but that old databases may have."""
    organizations, courses = {}, {}
    for fields in ORGANIZATIONS:
        # MySQL and MariaDB cannot have two organizations whose codes differ only by case.
        if fields["short_name"] != "mitX" or connection.vendor != "mysql":
            organizations[fields["short_name"]] = Organization.objects.create(**fields)
    for org_code, course_code, title, language, year in COURSES:
        if org_code in organizations:
            courses[org_code, course_code] = CatalogCourse.objects.create(
                org=organizations[org_code], course_code=course_code, title=title, language=language, created=_at(year)
            )
    runs = {
        key: CourseRun(
            catalog_course=courses[org_code, course_code],
            course_key=CourseKey.from_string(key),
            run_code=CourseKey.from_string(key).run,
            title=title,
            created=_at(year),
        )
        for org_code, course_code, key, title, year, _ in RUNS
        if (org_code, course_code) in courses
    }
    CourseRun.objects.bulk_create(runs.values())
    mend(CourseRun)
    CourseSchedule.objects.bulk_create(
        CourseSchedule(course_run=CourseRun.objects.get(course_key=key), **SCHEDULES[schedule])
        for *_, key, _, _, schedule in RUNS
        if key in runs and schedule is not None
    )


def make_clients() -> dict[str, Client]:
    """Create all viewers; return a client for each, signed in if the viewer can sign in."""
    clients = {"anonymous": Client(enforce_csrf_checks=True)}
    for username, roles in ROLES.items():
        is_staff, is_active = username == "global_staff", username != "inactive"
        user = get_user_model().objects.create_user(username, is_staff=is_staff, is_active=is_active)
        for role, on in roles:
            grant(user, role, on)
        clients[username] = Client(enforce_csrf_checks=True)
        clients[username].force_login(user)
    for client in clients.values():
        client.cookies["csrftoken"] = "t" * 32
    return clients


def post(client: Client, query: str, variables: dict[str, Any]) -> HttpResponse:
    """Post a document to the endpoint."""
    return client.post(
        "/graphql/",
        json.dumps({"query": query, "variables": variables}),
        content_type="application/json",
        headers={"x-csrftoken": "t" * 32},
    )


# Values worth using.

EVERYTHING = """{
    organizations(first: 100) { nodes { id orgCode } }
    catalogCourses(first: 100) { nodes { id key orgCode } }
    courseRuns(first: 100, filter: { includeCcx: true }) { nodes { id courseKey catalogCourse { key } } }
}"""
VALUES: dict[str, list[Any]] = {
    "first": [1, 2, 3, 4, 5, 6, 7, 20, 100, 0],
    "last": [1, 2, 3, 4, 5, 6, 7, 20, 100, 0],
    "offset": [1, 2, 0, 1, 2, 3, 5, 30],
    "search": ["circuits", "MITX", "", "r1 6.002", "%", "_", "'", '"quoted"', "é", "\U0001f393", "ccx-v1", "+h+", "\\"],
    "orgCodes": ["mitx", "OLD.ORG", "empty_1", "nobody"],
    "languages": ["EN", "en", "fr-CA", "de", "zh-cn", "klingon"],
    "Boolean": [True, False],
    "Int": [1, 2, 0],
    "String": ["a", "", "\U0001f393"],
    "DateTime": [
        "2012-01-01T00:00:00Z",
        "2013-01-01T02:00:00+02:00",
        "2012-01-01T00:00:00.123456Z",
        "9999-01-01T00:00:00Z",
    ],
}
ODD: dict[str, list[Any]] = {
    "first": [101, -1, 2**31],
    "last": [101, -1],
    "offset": [-1, 2**31 - 1],
    "search": ["a\0b", "\0"],
    "String": ["", "nonsense", "\0", "\U0001f600", "MITx "],
    "ID": ["", "nonsense", "T3JnYW5pemF0aW9u", "Q2F0YWxvZ0NvdXJzZTpNSVR4", "Tm9kZTphOmI", "T3JnYW5pemF0aW9uOgA"],
    "CourseKey": ["course-v1:MITx+6.002x", "course-v1:MITX+6.002X+R1", "course-v1:Nobody+a+b", ""],
    "CatalogCourseKey": ["catalog-course:MITX:6.002X", "catalog-course:Nobody:a", "MITx"],
    "DateTime": ["2012-01-01T00:00:00", "0001-01-01T00:00:00+01:00", "yesterday"],
}


def worth_asking(staff: Client, schema: GraphQLSchema) -> list[Known]:
    """Return sets of values to name in documents, each around a run with its catalog course and organization."""
    found = post(staff, EVERYTHING, {}).json()["data"]
    ids = [row["id"] for rows in found.values() for row in rows["nodes"]]
    courses = {row["key"]: row for row in found["catalogCourses"]["nodes"]}
    organizations = {row["orgCode"]: row for row in found["organizations"]["nodes"]}
    roots = _cursors(staff, schema, {"Query": "", "Viewer": "viewer"})
    known = []
    for run in found["courseRuns"]["nodes"][::4]:
        course = courses[run["catalogCourse"]["key"]]
        organization = organizations[course["orgCode"]]
        reached = {
            "Organization": f'organization(orgCode: "{organization["orgCode"]}")',
            "CatalogCourse": f'catalogCourse(key: "{course["key"]}")',
            "CourseRun": f'courseRun(courseKey: "{run["courseKey"]}")',
        }
        near = [run["id"], course["id"], organization["id"]]
        values = {
            "orgCode": [organization["orgCode"]] * 12 + [organization["orgCode"].swapcase(), *organizations],
            "CatalogCourseKey": [course["key"]] * 24 + [*courses],
            "CourseKey": [run["courseKey"]] * 60 + [row["courseKey"] for row in found["courseRuns"]["nodes"]],
            "id": near * 30 + ids,
            "ids": near * 8 + ids,
        }
        cursors = _cursors(staff, schema, reached)
        odd = {"String": [*ODD["String"], *(some[0] for some in (roots | cursors).values() if some)]}
        known.append(Known(VALUES | values | roots | cursors, ODD | odd))
    return known


def _cursors(staff: Client, schema: GraphQLSchema, reached: dict[str, str]) -> dict[str, list[str]]:
    """Return the cursors of all lists of some objects, in all orders; `reached` has the root field of each type."""
    cursors = {}
    for type_name, root in reached.items():
        for name, field in schema.type_map[type_name].fields.items():
            if "after" not in field.args:
                continue
            order = get_named_type(field.args["orderBy"].type)
            ways = [
                (f" {by} {way}", f"orderBy: {{field: {by}, direction: {way}}}")
                for by in order.fields["field"].type.of_type.values
                for way in ("ASC", "DESC")
            ]
            lists = " ".join(
                f"a{number}: {name}(first: 100, {argument}) {{ edges {{ cursor }} }}"
                for number, (_, argument) in enumerate([("", ""), *ways])
            )
            answer = post(staff, f"{{ {root} {{ {lists} }} }}" if root else f"{{ {lists} }}", {}).json()["data"]
            found = next(iter(answer.values())) if root else answer
            for (suffix, _), connection_ in zip([("", ""), *ways], found.values(), strict=True):
                cursors[f"{type_name}.{name}{suffix}"] = [edge["cursor"] for edge in connection_["edges"]]
    return cursors
