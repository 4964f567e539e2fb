"""The context of a request."""

import datetime
from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from strawberry.types import Info as StrawberryInfo

from catalog_graphql import conf
from catalog_graphql.access import AccessPolicy, RowT, User, make_policy
from catalog_graphql.conf import Explorers
from catalog_graphql.errors import UnauthenticatedError
from catalog_graphql.limits import limits
from catalog_graphql.limits.answers import AnswerSize
from catalog_graphql.limits.deadlines import Deadline
from catalog_graphql.limits.limits import Limits
from catalog_graphql.restrictions import Grant, WithinOrganizations


@dataclass
class Context:
    """The viewer, the current time (the same for the whole response), and the state of a request."""

    request: HttpRequest
    user: User
    grant: Grant = field(default_factory=Grant)
    now: datetime.datetime = field(default_factory=timezone.now)
    limits: Limits = field(default_factory=limits.current)
    deadline: Deadline = field(default_factory=lambda: Deadline(limits.current().seconds))
    fields: int = 0
    """The number of the document's fields, once counted."""
    cost: int = 0
    """The document's cost, once known."""
    statements: int = 0
    """The number of statements it takes, once known."""
    done: list[str] = field(default_factory=list)
    """The response names of the mutations that have been committed."""

    @property
    def is_authenticated(self) -> bool:
        """Whether an active user has signed in."""
        return self.user.is_authenticated and self.user.is_active

    @property
    def is_global_staff(self) -> bool:
        """Whether the viewer may see and do everything."""
        return self.is_authenticated and self.policy.is_global_staff

    planned: dict[Hashable, Any] = field(default_factory=dict)
    """Results that the plans of this request share."""

    @property
    def costs(self) -> dict[str, int]:
        """The response's `extensions.cost`."""
        return limits.costs(self.limits.cost, requested=self.cost, fields=self.fields, statements=self.statements)

    @cached_property
    def answer_size(self) -> AnswerSize:
        """The size of the response so far."""
        return AnswerSize(self.limits.answer_bytes)

    @cached_property
    def may_explore(self) -> bool:
        """Whether the viewer may see the schema: by introspection, suggestions, and GraphiQL."""
        explorers = conf.explorers()
        return explorers == Explorers.EVERYONE or (explorers == Explorers.STAFF and self.is_global_staff)

    @cached_property
    def policy(self) -> AccessPolicy:
        """What the viewer may see and do. Raises UnauthenticatedError for anonymous viewers."""
        if not self.is_authenticated:
            raise UnauthenticatedError
        policy, org_codes = make_policy(self.user), self.grant.org_codes
        return policy if org_codes is None else WithinOrganizations(policy, org_codes)

    def visible(self, rows: QuerySet[RowT]) -> QuerySet[RowT]:
        """Return the rows that the viewer may see. Raises UnauthenticatedError for anonymous viewers."""
        return self.policy.scope(rows, self.user)


Info = StrawberryInfo[Context, None]
