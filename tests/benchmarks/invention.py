"""The catalogs to measure, invented row by row; they are the same each time.

Rows are tuples, in the order of the columns in `COLUMNS`. Datetimes are text in UTC, which every database accepts.
"""

import datetime
from collections.abc import Iterator
from itertools import accumulate
from random import Random
from typing import Any, NamedTuple

from tests.benchmarks.viewers import AUTHOR_PK

COLUMNS = {
    "organizations_organization": ("id", "created", "modified", "name", "short_name", "description", "logo", "active"),
    "openedx_catalog_catalogcourse": ("id", "org_id", "course_code", "created", "title", "language"),
    "openedx_catalog_courserun": ("id", "catalog_course_id", "run_code", "course_key", "created", "title"),
    "catalog_graphql_courseschedule": ("course_run_id", "start", "end", "enrollment_start", "enrollment_end"),
    "catalog_graphql_courseaccessrole": ("user_id", "org", "course_id", "role"),
}

SEARCH_WORD = "demo"  # Nothing else that is invented here contains it.
AUTHOR_ORGANIZATIONS, AUTHOR_COURSES, AUTHOR_RUNS, NAMED_RUNS = 3, 20, 5, 200

Row = tuple[Any, ...]

_LANGUAGES = ("en", "es", "fr", "pt-br", "zh-cn", "ar", "de", "ja")
_LANGUAGE_WEIGHTS = (70, 9, 6, 5, 4, 3, 2, 1)
_RUN_COUNTS = (0, 1, 2, 3, 4, 5, 6, 8, 12, 20, 40)
_RUN_COUNT_WEIGHTS = (9, 22, 20, 14, 10, 8, 6, 5, 3, 2, 1)
_LEVELS = ("", "Introduction to ", "Advanced ", "Applied ", "Foundations of ", "Topics in ", "Principles of ")
_SUBJECTS = [
    "Algebra",
    "Anatomy",
    "Astronomy",
    "Biology",
    "Calculus",
    "Chemistry",
    "Circuits",
    "Cryptography",
    "Economics",
    "Ecology",
    "Ethics",
    "Finance",
    "Genetics",
    "Geology",
    "Geometry",
    "Grammar",
    "History",
    "Hydrology",
    "Linguistics",
    "Logic",
    "Logistics",
    "Marketing",
    "Mechanics",
    "Medicine",
    "Music",
    "Networks",
    "Optics",
    "Painting",
    "Philosophy",
    "Physics",
    "Poetry",
    "Programming",
    "Psychology",
    "Robotics",
    "Rhetoric",
    "Sociology",
    "Statistics",
    "Surgery",
    "Thermodynamics",
    "Topology",
    "Toxicology",
    "Virology",
    "Zoology",
]
_PLACES = ("", " in Practice", " for Engineers", " for Everyone", ": a Seminar", ": the Project", " at Scale", " Today")
_DEPARTMENTS = ("MATH", "PHYS", "CS", "BIO", "ECON", "HIST", "EE", "LING", "MED", "ART")
_FIRST, _LAST = datetime.datetime(2013, 1, 1), datetime.datetime(2026, 1, 1)
_FAR = datetime.datetime(2040, 6, 1)


class _Run(NamedTuple):
    course: int
    run_code: str
    created: datetime.datetime
    is_ccx: bool


def search_matches(size: int) -> int:
    """Return how many runs of a catalog of this size contain the search word: 1,197 of 42,000."""
    return size * 1197 // 42_000


def invent(size: int) -> dict[str, list[Row]]:
    """Return each table's rows: this many runs and a fourth as many courses; a million runs have 500 organizations."""
    random = Random(size)
    organizations = [f"{'ABCDEFGHKLMNPRSTUVWZ'[index % 20]}{index}X" for index in range(_organization_count(size))]
    courses = list(_courses(size, organizations, random))
    runs = sorted(_runs(size, courses, random), key=lambda run: run.created)
    found = set(random.sample([pk for pk, run in enumerate(runs, 1) if not run.is_ccx], search_matches(size)))
    run_rows = [_run_row(pk, run, courses, SEARCH_WORD if pk in found else "") for pk, run in enumerate(runs, 1)]
    return {
        "organizations_organization": [
            (pk, _text(_FIRST), _text(_FIRST), f"The University of {code}", code, "", "", True)
            for pk, code in enumerate(organizations, 1)
        ],
        "openedx_catalog_catalogcourse": [row for row, _code in courses],
        "openedx_catalog_courserun": run_rows,
        "catalog_graphql_courseschedule": [
            schedule for pk, run in enumerate(runs, 1) if (schedule := _schedule(pk, run, random))
        ],
        "catalog_graphql_courseaccessrole": _roles(organizations, courses, run_rows, random),
    }


def _organization_count(size: int) -> int:
    return max(8, round(500 * (size / 1_000_000) ** 0.5))


def _text(instant: datetime.datetime) -> str:
    return instant.isoformat(" ")


def _courses(size: int, organizations: list[str], random: Random) -> Iterator[tuple[Row, str]]:
    """Yield the courses' rows and their organizations' codes. The last organizations are the author's."""
    count = size // 4
    others = len(organizations) - AUTHOR_ORGANIZATIONS
    weights = list(accumulate(1 / (rank + 1) ** 0.8 for rank in range(others)))  # A few are large, most are small.
    authors = min(AUTHOR_ORGANIZATIONS * AUTHOR_COURSES, count // 2)
    for pk in range(1, count + 1):
        is_authors = pk > count - authors
        org = (
            others + pk % AUTHOR_ORGANIZATIONS if is_authors else random.choices(range(others), cum_weights=weights)[0]
        )
        title = random.choice(_LEVELS) + random.choice(_SUBJECTS) + random.choice(_PLACES)
        language = random.choices(_LANGUAGES, _LANGUAGE_WEIGHTS)[0]
        course_code = f"{random.choice(_DEPARTMENTS)}{pk}{random.choice(('', 'x', '.1'))}"
        created = _text(_FIRST + datetime.timedelta(hours=random.randrange(24 * 365)))
        yield (pk, org + 1, course_code, created, title, language), organizations[org]


def _runs(size: int, courses: list[tuple[Row, str]], random: Random) -> Iterator[_Run]:
    """Yield this many runs. The author's courses have the same number of runs in a catalog of any size."""
    authors = min(AUTHOR_ORGANIZATIONS * AUTHOR_COURSES, len(courses) // 2)
    others = len(courses) - authors
    counts = random.choices(_RUN_COUNTS, _RUN_COUNT_WEIGHTS, k=others)
    missing = size - authors * AUTHOR_RUNS - sum(counts)
    while missing:
        course = random.randrange(others)
        step = 1 if missing > 0 else -1
        if counts[course] + step >= 0 and counts[course] > 1:  # Courses without runs stay without runs.
            counts[course] += step
            missing -= step
    span = (_LAST - _FIRST).total_seconds()
    for course, count in enumerate([*counts, *[AUTHOR_RUNS] * authors]):
        for number in range(count):
            created = _FIRST + datetime.timedelta(
                seconds=int(random.random() * span), microseconds=random.randrange(10**6)
            )
            # A custom course is based on the course's first run, and shares its run code.
            is_ccx = course < others and number > 0 and random.random() < 0.006
            yield _Run(course, "R0" if is_ccx else f"R{number}", created, is_ccx)


def _run_row(pk: int, run: _Run, courses: list[tuple[Row, str]], word: str) -> Row:
    (course_pk, _org, course_code, _created, title, _language), org_code = courses[run.course]
    run_code = run.run_code
    if word and pk % 3 == 0:
        run_code = f"{run_code}-{word}"
    elif word:
        title = f"{title} ({word.title()})"
    elif pk % 10 == 0:
        title = f"{title}, {run.created.year}"
    if run.is_ccx:
        course_key = f"ccx-v1:{org_code}+{course_code}+{run_code}+ccx@{pk}"
    elif run.created.year < 2014:
        course_key = f"{org_code}/{course_code}/{run_code}"
    else:
        course_key = f"course-v1:{org_code}+{course_code}+{run_code}"
    return (pk, course_pk, run_code, course_key, _text(run.created), title)


def _schedule(pk: int, run: _Run, random: Random) -> Row | None:
    """Return a schedule for nine of ten runs. No end is near the present, so archived runs stay archived for years."""
    if random.random() < 0.1:
        return None
    start = run.created.replace(minute=0, second=0, microsecond=0) + datetime.timedelta(days=random.randrange(5, 60))
    chance = random.random()
    if chance < 0.15:
        end = None
    elif chance < 0.7:
        end = start + datetime.timedelta(days=random.randrange(20, 90))
    else:
        end = _FAR + datetime.timedelta(days=random.randrange(1000))
    opens = start - datetime.timedelta(days=30)
    return (pk, _text(start), end and _text(end), _text(opens), None)


def _roles(organizations: list[str], courses: list[tuple[Row, str]], run_rows: list[Row], random: Random) -> list[Row]:
    """Return the author's roles: on three organizations, and on individual runs of others."""
    authors = organizations[-AUTHOR_ORGANIZATIONS:]
    roles: list[Row] = [(AUTHOR_PK, code, "", role) for code in authors for role in ("instructor", "staff")]
    elsewhere = [row for row in run_rows if courses[row[1] - 1][1] not in authors and not row[3].startswith("ccx-v1:")]
    for index, row in enumerate(random.sample(elsewhere, min(NAMED_RUNS, len(elsewhere) // 2))):
        roles.append((AUTHOR_PK, courses[row[1] - 1][1], row[3], ("instructor", "staff")[index % 2]))
    return roles
