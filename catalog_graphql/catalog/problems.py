"""What can be wrong with a change, said so that the caller can put it right."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db import models


class ProblemCode(StrEnum):
    """What is wrong, for programs."""

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
    """One thing that is wrong: a code for programs, a sentence for people, and the argument at fault.

    `field` is a path from the argument's name on, such as `("schedule", "end")`; empty where no argument is at fault.
    """

    code: ProblemCode
    message: str
    field: tuple[str, ...] = ()


class RefusedError(Exception):
    """A change that was refused whole: all that is wrong with it, and the object in the way, if any."""

    def __init__(self, problems: Iterable[Problem], *, existing: models.Model | None = None) -> None:
        self.problems = tuple(problems)
        self.existing = existing
        super().__init__(" ".join(problem.message for problem in self.problems))
