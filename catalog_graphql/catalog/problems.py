"""Problems with a change, described so that the caller can fix them."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db import models


class ProblemCode(StrEnum):
    """The kind of a problem, for programs."""

    NOT_FOUND = "NOT_FOUND"
    ALREADY_EXISTS = "ALREADY_EXISTS"
    REQUIRED = "REQUIRED"
    INVALID = "INVALID"
    TOO_LONG = "TOO_LONG"
    KEY_MISMATCH = "KEY_MISMATCH"
    IN_USE = "IN_USE"
    STALE = "STALE"


@dataclass(frozen=True)
class Problem:
    """A single problem: a code for programs, a sentence for people, and the argument at fault.

    `field` is a path that starts with the argument's name, such as `("schedule", "end")`; empty if no argument is at
    fault.
    """

    code: ProblemCode
    message: str
    field: tuple[str, ...] = ()


class RefusedError(Exception):
    """A change that was refused as a whole, with all its problems, and the existing object that conflicts, if any."""

    def __init__(self, problems: Iterable[Problem], *, existing: models.Model | None = None) -> None:
        self.problems = tuple(problems)
        self.existing = existing
        super().__init__(" ".join(problem.message for problem in self.problems))
