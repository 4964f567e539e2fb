"""The floor: the cost of the data with hand-written SQL for each operation, rows as tuples, and orjson."""

import datetime
from collections.abc import Callable
from itertools import groupby
from typing import Any

import orjson
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone

from tests.benchmarks.contestants import Ask
from tests.benchmarks.invention import SEARCH_WORD
from tests.benchmarks.operations import FLAT_RUNS, HOME_COURSES, HOME_RUNS, LIST_RUNS, NUMBERED_RUNS, Facts

_COURSES = "openedx_catalog_catalogcourse"
_RUNS = "openedx_catalog_courserun"
_ROLES = "catalog_graphql_courseaccessrole"

# What an author may see, by the rules of `catalog_graphql.standalone.policy.StudioPolicy`.
_ROLE_ORGS = f"""
    SELECT o.id FROM organizations_organization o WHERE LOWER(o.short_name) IN
        (SELECT LOWER(a.org) FROM {_ROLES} a WHERE a.user_id = %(user)s AND a.course_id = '' AND a.role IN """
_ORGS = f"{_ROLE_ORGS} ('instructor', 'staff', 'org_course_creator_group'))"
_RUN_ORGS = f"{_ROLE_ORGS} ('instructor', 'staff'))"
_NAMED = f"""
    FROM {_ROLES} a JOIN {_RUNS} n ON n.course_key = a.course_id
    WHERE a.user_id = %(user)s AND a.course_id <> '' AND a.role IN ('instructor', 'staff')"""
# Derived tables to join: MySQL and MariaDB would evaluate a union in a condition for every row.
_VISIBLE_COURSES = f"""
    (SELECT v.id FROM {_COURSES} v WHERE v.org_id IN ({_ORGS}) UNION SELECT n.catalog_course_id {_NAMED}) seen"""
_VISIBLE_RUNS = f"""
    (SELECT u.id FROM {_RUNS} u JOIN {_COURSES} v ON v.id = u.catalog_course_id WHERE v.org_id IN ({_RUN_ORGS})
    UNION SELECT n.id {_NAMED}) seen"""

_NOT_CCX = "r.course_key NOT LIKE 'ccx-v1:%%'"
_STATUS = "CASE WHEN s.{end} < %(now)s THEN 'ARCHIVED' ELSE 'ACTIVE' END"
_ROW = f"""
    SELECT {{straight}} r.course_key, r.title, r.run_code, {_STATUS}, r.created,
        c.course_code, c.title, o.short_name, o.name, s.{{start}}, s.{{end}}
    FROM {_RUNS} r
    JOIN {_COURSES} c ON c.id = r.catalog_course_id
    JOIN organizations_organization o ON o.id = c.org_id
    LEFT JOIN catalog_graphql_courseschedule s ON s.course_run_id = r.id"""
_NEWEST = "ORDER BY r.created DESC, r.id DESC"
_COUNT = f"SELECT COUNT(*) FROM {_RUNS} r WHERE {_NOT_CCX}"


def _select(sql: str, **params: Any) -> list[tuple[Any, ...]]:
    quote = connection.ops.quote_name
    sql = sql.replace("{start}", quote("start")).replace("{end}", quote("end"))
    # MySQL and MariaDB would start with the organizations, the smallest table, and sort everything.
    sql = sql.replace("{straight}", "STRAIGHT_JOIN" if connection.vendor == "mysql" else "")
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    with connection.cursor() as cursor:
        cursor.execute(sql, {"now": now, **params})
        return cursor.fetchall()


def _instant(stored: Any) -> Any:
    """Return a datetime as the response shows it. SQLite has text; orjson formats those of the others."""
    if not isinstance(stored, str):
        return stored
    return f"{stored[:10]}T{stored[11:]}Z"


def _home(request: HttpRequest) -> Any:
    staff, user = request.user.is_staff, request.user.pk
    courses = _select(
        f"""SELECT {{straight}} c.id, c.course_code, c.title, o.short_name, o.name
        FROM {"" if staff else f"{_VISIBLE_COURSES} JOIN"} {_COURSES} c {"" if staff else "ON c.id = seen.id"}
        JOIN organizations_organization o ON o.id = c.org_id ORDER BY c.title, c.id LIMIT {HOME_COURSES}""",
        user=user,
    )
    ids = ", ".join(str(row[0]) for row in courses) or "NULL"
    scope = "" if staff else f"JOIN {_VISIBLE_RUNS} ON seen.id = r.id"
    listed = f"FROM {_RUNS} r {scope} WHERE r.catalog_course_id IN ({ids}) AND {_NOT_CCX}"
    # SQLite takes longer for a COUNT(*) OVER beside the row number than for a separate query.
    totals = dict(_select(f"SELECT r.catalog_course_id, COUNT(*) {listed} GROUP BY 1", user=user))
    runs = _select(
        f"""SELECT w.course, w.course_key, w.title, w.run_code, {_STATUS}, w.created
        FROM (
            SELECT r.catalog_course_id AS course, r.id, r.course_key, r.title, r.run_code, r.created,
                ROW_NUMBER() OVER (PARTITION BY r.catalog_course_id {_NEWEST}) AS place
            {listed}
        ) w LEFT JOIN catalog_graphql_courseschedule s ON s.course_run_id = w.id
        WHERE w.place <= {HOME_RUNS} ORDER BY w.course, w.place""",
        user=user,
    )
    by_course = {course: list(rows) for course, rows in groupby(runs, key=lambda row: row[0])}
    return {
        "catalogCourses": {
            "nodes": [
                {
                    "key": f"catalog-course:{org_code}:{course_code}",
                    "title": title,
                    "org": {"orgCode": org_code, "name": name},
                    "runs": {
                        "totalCount": totals.get(pk, 0),
                        "nodes": [
                            {
                                "courseKey": row[1],
                                "title": row[2],
                                "runCode": row[3],
                                "status": row[4],
                                "created": _instant(row[5]),
                            }
                            for row in by_course.get(pk, ())
                        ],
                    },
                }
                for pk, course_code, title, org_code, name in courses
            ]
        }
    }


def _node(row: tuple[Any, ...]) -> dict[str, Any]:
    return {
        "courseKey": row[0],
        "title": row[1],
        "runCode": row[2],
        "status": row[3],
        "created": _instant(row[4]),
        "catalogCourse": {
            "key": f"catalog-course:{row[7]}:{row[5]}",
            "title": row[6],
            "org": {"orgCode": row[7], "name": row[8]},
        },
    }


def _list(where: str, limit: int, **params: Any) -> list[dict[str, Any]]:
    sql = f"{_ROW} WHERE {_NOT_CCX} AND {where} {_NEWEST} LIMIT {limit}"
    return [_node(row) for row in _select(sql, **params)]


def _flat(request: HttpRequest) -> Any:
    return {"courseRuns": {"nodes": _list("1 = 1", FLAT_RUNS)}}


def _key(request: HttpRequest) -> Any:
    rows = _select(f"{_ROW} WHERE r.course_key = %(key)s", key=request.GET["key"])
    if not rows:
        return {"courseRun": None}
    node = _node(rows[0])
    catalog_course = node.pop("catalogCourse")
    schedule = {"start": _instant(rows[0][9]), "end": _instant(rows[0][10])}
    return {"courseRun": node | {"schedule": schedule, "catalogCourse": catalog_course}}


def _search(request: HttpRequest) -> Any:
    like = "ILIKE" if connection.vendor == "postgresql" else "LIKE"
    where = f"(r.title {like} %(word)s OR r.course_key_folded LIKE %(word)s)"
    word = f"%{request.GET['search'].lower()}%"
    count = _select(f"{_COUNT} AND {where}", word=word)[0][0]
    return {"courseRuns": {"totalCount": count, "nodes": _list(where, LIST_RUNS, word=word)}}


def _active(request: HttpRequest) -> Any:
    return {"courseRuns": {"nodes": _list("(s.{end} IS NULL OR s.{end} >= %(now)s)", LIST_RUNS)}}


def _deep(request: HttpRequest) -> Any:
    beyond = "(r.created, r.id) < (%(created)s, %(pk)s)"
    if connection.vendor == "mysql":  # It cannot use an index for a comparison of row values.
        beyond = "r.created <= %(created)s AND (r.created < %(created)s OR r.id < %(pk)s)"
    created = datetime.datetime.fromisoformat(request.GET["created"])
    params = {"created": connection.ops.adapt_datetimefield_value(created), "pk": int(request.GET["pk"])}
    nodes = _list(beyond, LIST_RUNS + 1, **params)
    return {"courseRuns": {"pageInfo": {"hasNextPage": len(nodes) > LIST_RUNS}, "nodes": nodes[:LIST_RUNS]}}


def _page(request: HttpRequest) -> Any:
    # Skipped rows are not joined.
    listed = f"SELECT r.id FROM {_RUNS} r WHERE {_NOT_CCX} {_NEWEST} LIMIT {NUMBERED_RUNS} OFFSET %(offset)s"
    rows = _select(f"{_ROW} JOIN ({listed}) listed ON listed.id = r.id {_NEWEST}", offset=int(request.GET["offset"]))
    nodes = [_node(row) for row in rows]
    return {"courseRuns": {"totalCount": _select(_COUNT)[0][0], "nodes": nodes}}


_ANSWERS: dict[str, Callable[[HttpRequest], Any]] = {
    "home": _home,
    "author": _home,
    "flat": _flat,
    "key": _key,
    "search": _search,
    "active": _active,
    "deep": _deep,
    "page": _page,
}


def view(request: HttpRequest, operation: str) -> HttpResponse:
    """Answer an operation."""
    answer = {"data": _ANSWERS[operation](request)}
    # Database servers return datetimes, aware or in UTC.
    content = orjson.dumps(answer, option=orjson.OPT_UTC_Z | orjson.OPT_NAIVE_UTC)
    return HttpResponse(content, content_type="application/json")


urlpatterns = [path("floor/<str:operation>/", view)]


def ask(operation: str, facts: Facts, fetch: Callable[[Ask], Any]) -> Ask:
    """Return the request for the operation's data."""
    parameters: dict[str, dict[str, Any]] = {
        "key": {"key": facts.course_key},
        "search": {"search": SEARCH_WORD},
        "deep": {"created": facts.after_created.isoformat(), "pk": facts.after_pk},
        "page": {"offset": facts.offset},
    }
    return Ask(f"/floor/{operation}/", parameters=parameters.get(operation, {}))


def shaped(operation: str, answer: Any) -> Any:
    """Return the response's data, which is already in the common shape."""
    return answer["data"]
