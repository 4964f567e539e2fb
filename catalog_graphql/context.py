"""What one request knows while it is answered."""

import datetime
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from strawberry.types import Info as StrawberryInfo

from catalog_graphql.access import AccessPolicy, RowT, User, make_policy
from catalog_graphql.errors import UnauthenticatedError


@dataclass
class Context:
    """Who is asking, and when: one instant for the whole answer."""

    request: HttpRequest
    user: User
    now: datetime.datetime = field(default_factory=timezone.now)

    @property
    def is_authenticated(self) -> bool:
        """Whether somebody has signed in who is still active."""
        return self.user.is_authenticated and self.user.is_active

    @cached_property
    def policy(self) -> AccessPolicy:
        """What the viewer may see and do. Raises UnauthenticatedError for anonymous ones."""
        if not self.is_authenticated:
            raise UnauthenticatedError
        return make_policy(self.user)

    def visible(self, rows: QuerySet[RowT]) -> QuerySet[RowT]:
        """Return those of the rows that the viewer may see. Raises UnauthenticatedError for anonymous ones."""
        return self.policy.scope(rows, self.user)


Info = StrawberryInfo[Context, None]
