"""Who is asking, and what they may create."""

import strawberry
from django.db.models import Q
from organizations import models as organizations

from catalog_graphql.access import Action
from catalog_graphql.context import Context, Info
from catalog_graphql.graphql_internals import described
from catalog_graphql.lists.organizations import ORGANIZATIONS
from catalog_graphql.schema.connections import Connection, connection
from catalog_graphql.schema.types import Organization


def _creatable(context: Context) -> Q:
    return context.policy.permits(Action.CREATE_COURSES, organizations.Organization) & Q(active=True)


@described
@strawberry.type
class Viewer:
    """Who is asking."""

    creatable_organizations: Connection[Organization] = connection(
        ORGANIZATIONS,
        condition=_creatable,
        description="The active organizations in which the viewer may create courses and runs.",
    )

    @strawberry.field(description="Whether somebody has signed in; an inactive user has not.")
    def is_authenticated(self, info: Info) -> bool:
        """Say whether somebody has signed in."""
        return info.context.is_authenticated

    @strawberry.field(description="The viewer's user name; null for anonymous ones.")
    def username(self, info: Info) -> str | None:
        """Return the user name."""
        return info.context.user.get_username() if info.context.is_authenticated else None

    @strawberry.field(description="Whether the viewer may see and do everything.")
    def is_global_staff(self, info: Info) -> bool:
        """Say whether the viewer is global staff."""
        return info.context.is_authenticated and info.context.policy.is_global_staff

    @strawberry.field(description="Whether the viewer may create and rename organizations.")
    def can_create_organizations(self, info: Info) -> bool:
        """Say whether the viewer may create organizations."""
        return info.context.is_authenticated and info.context.policy.is_global_staff
