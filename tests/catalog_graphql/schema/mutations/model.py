"""The catalog's rules on plain dictionaries: a model of what the server must do, without its code.

Each method is a mutation. It takes a client's input, and returns its problems, each as a code and a path; it changes
something only if there are no problems. The rules are those of `contract/catalog.graphql`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Errors = list[tuple[str, list[str] | None]]

ALIASES = {"zh-hans": "zh-cn", "zh-hant": "zh-hk", "ca@valencia": "ca-es-valencia"}
TIMES = ("start", "end", "enrollmentStart", "enrollmentEnd")
NO_SCHEDULE = dict.fromkeys(TIMES)
CONTROL = {*range(0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000)}

NEEDED = {
    "createOrganization": ("orgCode", "name"),
    "updateOrganization": ("orgCode",),
    "createCatalogCourse": ("orgCode", "courseCode"),
    "updateCatalogCourse": ("key",),
    "deleteCatalogCourse": ("key",),
    "createCourseRun": ("catalogCourseKey", "runCode"),
    "updateCourseRun": ("courseKey",),
    "deleteCourseRun": ("courseKey",),
    "syncCourseRun": ("courseKey", "title"),
}
FORMS = {
    "key": r"catalog-course:[-.\w]+:[-.~:%\w]+",
    "catalogCourseKey": r"catalog-course:[-.\w]+:[-.~:%\w]+",
    "courseKey": r"course-v1:([-.~:\w]+[+]){2}[-.~:\w]+|ccx-v1:([-.~:\w]+[+]){3}ccx@[0-9]+",
}


@dataclass
class Run:
    key: str
    title: str
    schedule: dict[str, Any] = field(default_factory=lambda: dict(NO_SCHEDULE))


@dataclass
class Course:
    code: str
    title: str
    language: str
    runs: dict[str, Run] = field(default_factory=dict)  # By run code, folded; a custom course's by its whole key.


@dataclass
class Organization:
    code: str
    name: str
    description: str | None = None
    is_active: bool = True
    courses: dict[str, Course] = field(default_factory=dict)  # By course code, folded.


class Catalog:
    """All organizations with their courses and runs."""

    def __init__(self) -> None:
        self.organizations: dict[str, Organization] = {}  # By code, folded.

    def answer(self, name: str, given: dict[str, Any]) -> Errors:
        """Run the mutation with this name. Input of the wrong form is refused before any rule is checked."""
        malformed = [("BAD_USER_INPUT", ["input", *path]) for path in malformed_paths(name, given)]
        return malformed or getattr(self, re.sub("([A-Z])", r"_\1", name).lower())(given)

    def create_organization(self, given: dict[str, Any]) -> Errors:
        code, name, description = (trimmed(given.get(key)) for key in ("orgCode", "name", "description"))
        errors = [*code_errors(code, "orgCode", r"[-.\w]+"), *line_errors(name, "name")]
        errors += text_errors(description, "description")
        if code.lower() in self.organizations:
            errors.append(("ALREADY_EXISTS", ["orgCode"]))
        if not errors:
            self.organizations[code.lower()] = Organization(code, name, description or None)
        return errors

    def update_organization(self, given: dict[str, Any]) -> Errors:
        organization = self.organizations.get(trimmed(given["orgCode"]).lower())
        if organization is None:
            return [("NOT_FOUND", ["orgCode"])]
        code = trimmed(given.get("newOrgCode", organization.code))
        name = trimmed(given.get("name", organization.name))
        description = trimmed(given.get("description", organization.description))
        errors = [*line_errors(name, "name"), *text_errors(description, "description")]
        if given.get("isActive", True) is None:
            errors.append(("REQUIRED", ["isActive"]))
        wrong = code_errors(code, "newOrgCode", r"[-.\w]+")
        errors += wrong
        if not wrong and code.lower() != organization.code.lower():
            if code.lower() in self.organizations:
                errors.append(("ALREADY_EXISTS", ["newOrgCode"]))
            if any(course.runs for course in organization.courses.values()):
                errors.append(("KEY_MISMATCH", ["newOrgCode"]))
        if not errors:
            del self.organizations[organization.code.lower()]
            self.organizations[code.lower()] = organization
            organization.code, organization.name, organization.description = code, name, description or None
            organization.is_active = given.get("isActive", organization.is_active)
        return errors

    def create_catalog_course(self, given: dict[str, Any]) -> Errors:
        code, title = trimmed(given["courseCode"]), trimmed(given.get("title"))
        language = language_of(given.get("language")) or "en"
        errors = [*code_errors(code, "courseCode", r"[-.~:\w]+"), *line_errors(title or "-", "title")]
        errors += language_errors(language, "language")
        organization = self.organizations.get(trimmed(given["orgCode"]).lower())
        if organization is None:
            return [*errors, ("NOT_FOUND", ["orgCode"])]
        if not organization.is_active:
            errors.append(("INVALID", ["orgCode"]))
        if code.lower() in organization.courses:
            errors.append(("ALREADY_EXISTS", ["courseCode"]))
        if not errors:
            organization.courses[code.lower()] = Course(code, title or code, language)
        return errors

    def update_catalog_course(self, given: dict[str, Any]) -> Errors:
        _, course = self.find_course(given["key"])
        if course is None:
            return [("NOT_FOUND", ["key"])]
        title = trimmed(given.get("title", course.title))
        language = language_of(given.get("language", course.language))
        errors = [*line_errors(title, "title"), *language_errors(language, "language"), *stale(course.title, given)]
        if not errors:
            course.title, course.language = title, language
        return errors

    def delete_catalog_course(self, given: dict[str, Any]) -> Errors:
        organization, course = self.find_course(given["key"])
        if course is None:
            return [("NOT_FOUND", ["key"])]
        if course.runs:
            return [("IN_USE", None)]
        del organization.courses[course.code.lower()]
        return []

    def create_course_run(self, given: dict[str, Any]) -> Errors:
        organization, course = self.find_course(given["catalogCourseKey"])
        if course is None:
            return [("NOT_FOUND", ["catalogCourseKey"])]
        code, title = trimmed(given["runCode"]), trimmed(given.get("title"))
        schedule = NO_SCHEDULE | (given.get("schedule") or {})
        key = f"course-v1:{organization.code}+{course.code}+{code}"
        errors = code_errors(code, "runCode", r"[-.~:\w]+")
        if not errors and len(key) > 255:
            errors.append(("TOO_LONG", ["runCode"]))
        errors += [*line_errors(title or "-", "title"), *schedule_errors(schedule)]
        if not organization.is_active:
            errors.append(("INVALID", ["catalogCourseKey"]))
        if code.lower() in course.runs:
            errors.append(("ALREADY_EXISTS", ["runCode"]))
        if not errors:
            course.runs[code.lower()] = Run(key, title or course.title, schedule)
        return errors

    def update_course_run(self, given: dict[str, Any]) -> Errors:
        _, run = self.find_run(given["courseKey"])
        if run is None:
            return [("NOT_FOUND", ["courseKey"])]
        title = trimmed(given.get("title", run.title))
        schedule = run.schedule | (NO_SCHEDULE if given.get("schedule", {}) is None else given.get("schedule", {}))
        errors = [*line_errors(title, "title"), *schedule_errors(schedule), *stale(run.title, given)]
        if not errors:
            run.title, run.schedule = title, schedule
        return errors

    def delete_course_run(self, given: dict[str, Any]) -> Errors:
        course, run = self.find_run(given["courseKey"])
        if run is None:
            return [("NOT_FOUND", ["courseKey"])]
        course.runs = {code: other for code, other in course.runs.items() if other is not run}
        return []

    def sync_course_run(self, given: dict[str, Any]) -> Errors:
        key, title = given["courseKey"], trimmed(given["title"])
        org_code, course_code, run_code = re.split("[+]", key.partition(":")[2])[:3]
        language = language_of(given.get("languageShort"))
        organization = self.organizations.get(org_code.lower())
        course = organization and organization.courses.get(course_code.lower())
        place = key.lower() if key.startswith("ccx-v1:") else run_code.lower()
        run = course and course.runs.get(place)
        schedule = run.schedule if run else NO_SCHEDULE
        schedule = schedule | (NO_SCHEDULE if given.get("schedule", {}) is None else given.get("schedule", {}))
        errors = [*line_errors(title, "title"), *schedule_errors(schedule)]
        if language:
            errors += language_errors(language, "languageShort")
        if course and course.code != course_code:
            errors.append(("KEY_MISMATCH", ["courseKey"]))
        elif run and run.key != key:
            errors.append(("ALREADY_EXISTS", ["courseKey"]))
        if not errors:
            organization = self.organizations.setdefault(org_code.lower(), Organization(org_code, org_code))
            course = organization.courses.setdefault(course_code.lower(), Course(course_code, title, language or "en"))
            course.runs[place] = Run(key, title, schedule)
            if len(course.runs) == 1 and language and language != shortened(course.language):
                course.language = language
        return errors

    def find_course(self, key: str) -> tuple[Any, Any]:
        """Return the course with exactly this key, after its organization; None if there is none."""
        for organization in self.organizations.values():
            for course in organization.courses.values():
                if key == f"catalog-course:{organization.code}:{course.code}":
                    return organization, course
        return None, None

    def find_run(self, key: str) -> tuple[Any, Any]:
        """Return the run with exactly this key, after its course; None if there is none."""
        for organization in self.organizations.values():
            for course in organization.courses.values():
                for run in course.runs.values():
                    if run.key == key:
                        return course, run
        return None, None

    def rows(self) -> list[tuple[Any, ...]]:
        """Return everything in the catalog, sorted: organizations, courses and runs."""
        found: list[tuple[Any, ...]] = []
        for organization in self.organizations.values():
            found.append((organization.code, organization.name, organization.description, organization.is_active))
            for course in organization.courses.values():
                found.append((organization.code, course.code, course.title, course.language))
                for run in course.runs.values():
                    times = [run.schedule[time] and datetime.fromisoformat(run.schedule[time]) for time in TIMES]
                    found.append((organization.code, course.code, run.key, run.title, *times))
        return sorted(found, key=repr)


def malformed_paths(name: str, given: dict[str, Any]) -> Iterator[list[str]]:
    """Yield the paths of required fields that are null, of invalid keys, and of times without an offset."""
    for key in NEEDED[name]:
        if given[key] is None or not re.fullmatch(FORMS.get(key, ".*"), given[key], re.ASCII | re.DOTALL):
            yield [key]
    for time, instant in (given.get("schedule") or {}).items():
        if instant is not None and datetime.fromisoformat(instant).tzinfo is None:
            yield ["schedule", time]


def trimmed(text: str | None) -> str:
    return (text or "").strip()


def language_of(text: str | None) -> str:
    language = trimmed(text).lower().replace("_", "-")
    return ALIASES.get(language, language)


def shortened(language: str) -> str:
    """Return the platform's older spelling of the language, in the catalog's letters."""
    return language if language in ("zh-cn", "zh-hk") else language[:2]


def code_errors(code: str, name: str, allowed: str) -> Errors:
    errors = []
    if not code:
        errors.append(("REQUIRED", [name]))
    elif not re.fullmatch(allowed, code, re.ASCII):
        errors.append(("INVALID", [name]))
    return errors + too_long(code, name)


def line_errors(line: str, name: str) -> Errors:
    errors = [] if line else [("REQUIRED", [name])]
    if any(ord(character) in CONTROL | {0x2028, 0x2029} for character in line):
        errors.append(("INVALID", [name]))
    return errors + too_long(line, name)


def text_errors(text: str, name: str) -> Errors:
    return [("INVALID", [name])] if any(ord(c) in CONTROL and c not in "\t\n\r" for c in text) else []


def language_errors(language: str, name: str) -> Errors:
    errors = []
    if not language:
        errors.append(("REQUIRED", [name]))
    elif not re.fullmatch(r"[a-z]{2}(-[a-z0-9]+)*", language):
        errors.append(("INVALID", [name]))
    return errors + too_long(language, name, most=64)


def schedule_errors(schedule: dict[str, Any]) -> Errors:
    return [
        ("INVALID", ["schedule", closing])
        for opening, closing in (("start", "end"), ("enrollmentStart", "enrollmentEnd"))
        if schedule[opening]
        and schedule[closing]
        and datetime.fromisoformat(schedule[closing]) < datetime.fromisoformat(schedule[opening])
    ]


def stale(title: str, given: dict[str, Any]) -> Errors:
    return [] if given.get("expectedTitle") in (None, title) else [("STALE", ["expectedTitle"])]


def too_long(text: str, name: str, *, most: int = 255) -> Errors:
    return [("TOO_LONG", [name])] if len(text) > most else []
