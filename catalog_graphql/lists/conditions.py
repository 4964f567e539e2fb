"""Shared parts of lists: descriptions of filters and orders, and conditions that several filters use."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import fields
from enum import Enum
from typing import Any, TypeVar

import strawberry
from django.db.models import Model, QuerySet
from django.db.models.lookups import In
from django.utils.translation import gettext as _

from catalog_graphql.catalog import api
from catalog_graphql.context import Context
from catalog_graphql.errors import BadUserInputError
from catalog_graphql.graphql_internals import described

RowT = TypeVar("RowT", bound=Model)

SEARCH_WORDS = (
    "Words separated by spaces. Case is ignored: in titles and names for every script, in codes and keys for ASCII "
    "letters."
)
ORG_CODES = "Any of these organization codes, ignoring the case of ASCII letters. An empty list matches nothing."
LANGUAGES = (
    "Any of these languages, such as `en` or `fr-ca`, in any spelling: `zh_HANS` means `zh-cn`. An empty list "
    "matches nothing."
)
TITLE = (
    "The title, by the database's collation. PostgreSQL, MySQL and MariaDB ignore case and sort accented letters "
    "next to plain ones; SQLite ignores case for ASCII letters only and sorts all others by code point."
)
DIRECTION = "The direction."

_UNASKABLE = re.compile("[\0\ud800-\udfff]")


class Filter:
    """A filter with optional fields. An omitted field means the same as null: no condition."""

    def __post_init__(self) -> None:
        for field in fields(self):  # type: ignore[arg-type]
            if getattr(self, field.name) is strawberry.UNSET:
                setattr(self, field.name, None)


@described
@strawberry.enum
class OrderDirection(Enum):
    """The direction of an order."""

    ASC = strawberry.enum_value("ASC", description="A to Z, oldest to newest.")
    DESC = strawberry.enum_value("DESC", description="Z to A, newest to oldest.")


def check_text(value: Any, input_path: Sequence[str | int]) -> None:
    """Raise BadUserInputError for text that databases reject in queries: NUL and lone surrogates."""
    if isinstance(value, str) and _UNASKABLE.search(value):
        raise BadUserInputError("The text must not hold NUL or half of a surrogate pair.", input_path=input_path)
    if isinstance(value, list):
        for index, item in enumerate(value):
            check_text(item, [*input_path, index])


def words_of(search: str | None, context: Context) -> list[str]:
    """Return the words of a search. Raises BadUserInputError if it has too many words or characters."""
    input_path, limits = ["filter", "search"], context.limits
    check_text(search, input_path)
    if len(search or "") > limits.search_length:
        message = _("A search has %(limit)d characters at most.") % {"limit": limits.search_length}
        raise BadUserInputError(message, input_path=input_path)
    words = api.words_of(search or "")
    if len(words) > limits.search_words:
        message = _("A search has %(limit)d different words at most.") % {"limit": limits.search_words}
        raise BadUserInputError(message, input_path=input_path)
    return words


def among_codes(rows: QuerySet[RowT], path: str, codes: list[str] | None, context: Context) -> QuerySet[RowT]:
    """Return the rows whose code at the path is one of these, ignoring case."""
    if codes is None:
        return rows
    _check_values(codes, "orgCodes", context)
    return rows.filter(In(api.FoldedCode(path), sorted(set(map(api.fold_code, codes)))))


def among_languages(rows: QuerySet[RowT], path: str, spelled: list[str] | None, context: Context) -> QuerySet[RowT]:
    """Return the rows whose language at the path is one of these, in any spelling."""
    if spelled is None:
        return rows
    _check_values(spelled, "languages", context)
    return rows.filter(**{f"{path}__in": sorted(set(map(api.normalize_language, spelled)))})


def between(
    rows: QuerySet[RowT], path: str, earliest: datetime.datetime | None, latest: datetime.datetime | None
) -> QuerySet[RowT]:
    """Return the rows whose time at the path lies between the bounds, inclusively."""
    if earliest is not None:
        rows = rows.filter(**{f"{path}__gte": earliest})
    if latest is not None:
        rows = rows.filter(**{f"{path}__lte": latest})
    return rows


def _check_values(values: list[str], name: str, context: Context) -> None:
    most = context.limits.filter_values
    if len(values) > most:
        message = _("Ask for %(limit)d values at most.") % {"limit": most}
        raise BadUserInputError(message, input_path=["filter", name])
    check_text(values, ["filter", name])
