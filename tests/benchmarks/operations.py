"""The operations to measure. Each contestant answers each of them with the same data."""

import datetime
from dataclasses import dataclass
from typing import Literal

# The number of rows on a page. A numbered page has ten, as in Studio, so that 42,000 runs have a page 4,000.
HOME_COURSES, HOME_RUNS, FLAT_RUNS, LIST_RUNS, NUMBERED_RUNS = 50, 10, 100, 50, 10
DEEP_ROW = 500_000
PAGE_NUMBER = 4_000


@dataclass(frozen=True)
class Operation:
    """A request, and its viewer."""

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
    """What the requests must name in the catalog: a run, a position in the list of runs, a page number."""

    course_key: str
    after_created: datetime.datetime
    after_pk: int
    deep_row: int
    page: int

    @property
    def offset(self) -> int:
        """The number of rows before the numbered page."""
        return (self.page - 1) * NUMBERED_RUNS
