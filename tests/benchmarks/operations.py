"""The operations that are measured. Each contestant answers each of them, with the same data."""

import datetime
from dataclasses import dataclass
from typing import Literal

# How many rows a page has. A numbered page has ten, as in Studio, so that there is a page 4,000 of 42,000 runs.
HOME_COURSES, HOME_RUNS, FLAT_RUNS, LIST_RUNS, NUMBERED_RUNS = 50, 10, 100, 50, 10
DEEP_ROW = 500_000
PAGE_NUMBER = 4_000


@dataclass(frozen=True)
class Operation:
    """What is asked, and who asks."""

    name: str
    title: str
    viewer: Literal["staff", "author"] = "staff"


OPERATIONS = {
    operation.name: operation
    for operation in (
        Operation("home", f"home: {HOME_COURSES} catalog courses, {HOME_RUNS} runs of each, counts"),
        Operation("flat", f"flat list: {FLAT_RUNS} runs with course and organization"),
        Operation("key", "one run by key"),
        Operation("search", f"search: {LIST_RUNS} of the runs found, with count"),
        Operation("active", f"active only: {LIST_RUNS} runs"),
        Operation("deep", f"deep page by cursor: {LIST_RUNS} runs"),
        Operation("page", f"numbered page: {NUMBERED_RUNS} runs, with count"),
        Operation("author", "home of an author of 3 organizations and 200 runs", viewer="author"),
    )
}


@dataclass(frozen=True)
class Facts:
    """What the requests have to name of the catalog: a run, a place in the list of runs, a page's number."""

    course_key: str
    after_created: datetime.datetime
    after_pk: int
    deep_row: int
    page: int

    @property
    def offset(self) -> int:
        """How many rows come before the numbered page."""
        return (self.page - 1) * NUMBERED_RUNS
