"""What lists have in common: how filters and orders are described, and the conditions that several filters set."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import fields
from enum import Enum
from typing import Any, TypeVar

import strawberry
from django.db.models import Model, QuerySet
from django.db.models.lookups import In

from catalog_graphql.catalog import api
from catalog_graphql.context import Context
from catalog_graphql.errors import BadUserInputError

RowT = TypeVar("RowT", bound=Model)

SEARCH_WORDS = (
    "Words separated by spaces. Titles and names are compared without case, in any script; codes and keys without the "
    "case of ASCII letters."
)
ORG_CODES = "Any of these organization codes, the case of ASCII letters aside. An empty list matches nothing."
LANGUAGES = (
    "Any of these languages, such as `en` or `fr-ca`, in any spelling: `zh_HANS` is `zh-cn`. An empty list matches "
    "nothing."
)
TITLE = (
    "The title, in the order of the database: PostgreSQL, MySQL and MariaDB sort letters of one kind together, in "
    "either case; SQLite does so for ASCII only, and sorts the others by their code points."
)
DIRECTION = "Which way."

_UNASKABLE = re.compile("[\0\ud800-\udfff]")


class Filter:
    """A filter of which every field may be left out: none is a condition then, as when it is null."""

    def __post_init__(self) -> None:
        for field in fields(self):  # type: ignore[arg-type]
            if getattr(self, field.name) is strawberry.UNSET:
                setattr(self, field.name, None)


@strawberry.enum(description="Which way a list is ordered.")
class OrderDirection(Enum):
    """Which way a list is ordered."""

    ASC = strawberry.enum_value("ASC", description="From A to Z, from the oldest to the newest.")
    DESC = strawberry.enum_value("DESC", description="From Z to A, from the newest to the oldest.")


def check_text(value: Any, input_path: Sequence[str | int]) -> None:
    """Refuse, with BadUserInputError, text that no database can be asked about: NUL and lone surrogates."""
    if isinstance(value, str) and _UNASKABLE.search(value):
        raise BadUserInputError("The text must not hold NUL or half of a surrogate pair.", input_path=input_path)
    if isinstance(value, list):
        for index, item in enumerate(value):
            check_text(item, [*input_path, index])


def words_of(search: str | None, context: Context) -> list[str]:
    """Return the words of a search. Raises BadUserInputError where there is too much of it."""
    input_path, limits = ["filter", "search"], context.limits
    check_text(search, input_path)
    if len(search or "") > limits.search_length:
        raise BadUserInputError(f"A search has {limits.search_length} characters at most.", input_path=input_path)
    words = api.words_of(search or "")
    if len(words) > limits.search_words:
        raise BadUserInputError(f"A search has {limits.search_words} different words at most.", input_path=input_path)
    return words


def among_codes(rows: QuerySet[RowT], path: str, codes: list[str] | None, context: Context) -> QuerySet[RowT]:
    """Return the rows whose code at the path is one of these, case aside."""
    if codes is None:
        return rows
    _check_values(codes, "orgCodes", context)
    return rows.filter(In(api.FoldedCode(path), sorted(set(map(api.fold_code, codes)))))


def among_languages(rows: QuerySet[RowT], path: str, spelled: list[str] | None, context: Context) -> QuerySet[RowT]:
    """Return the rows whose language at the path is one of these, in whichever spelling."""
    if spelled is None:
        return rows
    _check_values(spelled, "languages", context)
    return rows.filter(**{f"{path}__in": sorted(set(map(api.normalize_language, spelled)))})


def between(
    rows: QuerySet[RowT], path: str, earliest: datetime.datetime | None, latest: datetime.datetime | None
) -> QuerySet[RowT]:
    """Return the rows whose instant at the path lies within the bounds, which belong to it."""
    if earliest is not None:
        rows = rows.filter(**{f"{path}__gte": earliest})
    if latest is not None:
        rows = rows.filter(**{f"{path}__lte": latest})
    return rows


def _check_values(values: list[str], name: str, context: Context) -> None:
    most = context.limits.filter_values
    if len(values) > most:
        raise BadUserInputError(f"Ask for {most} values at most.", input_path=["filter", name])
    check_text(values, ["filter", name])
