"""The demo catalog's courses: each organization teaches every subject of its languages, in one or more forms."""

from collections.abc import Iterator
from random import Random
from typing import Any, NamedTuple

# The kinds of runs that a course may have had so far; see timetable.
_HISTORIES: tuple[list[str], ...] = (
    [],
    ["placeholder"],
    ["announced"],
    ["running"],
    ["running", "announced"],
    ["open"],
    ["archived"],
    ["archived", "running"],
    ["archived", "open", "announced"],
    ["archived", "archived", "running", "announced", "placeholder"],
    ["archived", "archived", "archived"],
    ["archived", "archived", "archived", "archived", "running"],
)


class DemoCourse(NamedTuple):
    """A course to create: `runs` has the kinds of its runs, and `run_code` is the pattern of their codes."""

    org_code: str
    course_code: str
    title: str
    language: str
    runs: list[Any]
    run_code: str


def offered_courses(data: dict[str, Any], random: Random) -> Iterator[DemoCourse]:
    """Yield the hand-written courses, then those generated for each organization."""
    organizations = {described["code"]: described for described in data["organizations"]}
    for course in data["courses"]:
        organization = organizations[course["org"]]
        language = course.get("language", organization["languages"][0])
        yield DemoCourse(course["org"], course["code"], course["title"], language, course["runs"], organization["run"])
    for organization in organizations.values():
        yield from _subjects_in_forms(organization, data["languages"], random)


def _subjects_in_forms(
    organization: dict[str, Any], languages: dict[str, dict[str, Any]], random: Random
) -> Iterator[DemoCourse]:
    subjects = [
        (language, subject, title)
        for language in organization["languages"]
        for subject, title in languages[language].items()
        if subject != "forms"
    ]
    for number, (language, subject, title) in enumerate(subjects, start=1):
        forms = languages[language]["forms"]
        for level, form in enumerate(forms[: random.randint(1, len(forms))], start=1):
            full_title = form.format(title)
            yield DemoCourse(
                organization["code"],
                organization["course"].format(subject=subject, level=level, number=7 * number),
                full_title[0].upper() + full_title[1:],
                language,
                random.choice(_HISTORIES),
                organization["run"],
            )
