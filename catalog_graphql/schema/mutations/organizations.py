"""Changes of organizations."""

from functools import partial

import strawberry
from django.utils.translation import gettext as _
from strawberry import UNSET

from catalog_graphql.catalog import api
from catalog_graphql.context import Info
from catalog_graphql.graphql_internals import described
from catalog_graphql.schema.inputs import Change
from catalog_graphql.schema.mutations.mutation import (
    Done,
    Input,
    find_organization,
    given,
    mutation,
    read,
    require,
    text,
)
from catalog_graphql.schema.payloads import Payload
from catalog_graphql.schema.types import Organization


@described
@strawberry.input
class CreateOrganizationInput(Change):
    """The organization to create."""

    org_code: str = strawberry.field(
        description="The code. It must differ from every other organization's by more than case."
    )
    name: str = strawberry.field(description="The name.")
    description: str | None = strawberry.field(default=UNSET, description="The organization's description.")


@described
@strawberry.type
class CreateOrganizationPayload(Payload):
    """The answer to `createOrganization`."""

    organization: Organization | None = strawberry.field(
        default=None, description="The new organization; null if there are errors."
    )
    existing: Organization | None = strawberry.field(
        default=None, description="The existing organization with this code, if any."
    )


@described
@strawberry.input
class UpdateOrganizationInput(Change):
    """What to change of an organization."""

    org_code: str = strawberry.field(description="The organization's current code. Case does not matter.")
    new_org_code: str | None = strawberry.field(
        default=UNSET,
        description="The new code. Refused if it would contradict the keys of runs; a change of case alone is "
        "always allowed.",
    )
    name: str | None = strawberry.field(default=UNSET, description="The name.")
    description: str | None = strawberry.field(
        default=UNSET, description="The organization's description. Null or blank clears it."
    )
    is_active: bool | None = strawberry.field(
        default=UNSET, description="Whether the organization still offers courses."
    )


@described
@strawberry.type
class UpdateOrganizationPayload(Payload):
    """The answer to `updateOrganization`."""

    organization: Organization | None = strawberry.field(
        default=None, description="The changed organization; null if there are errors."
    )


@strawberry.type
class OrganizationMutations:
    """Changes of organizations."""

    @mutation(CreateOrganizationPayload)
    def create_organization(self, info: Info, input: Input[CreateOrganizationInput]) -> Done:
        """Create an organization."""
        require(info.context.policy.is_global_staff)
        organization = api.create_organization(
            org_code=input.org_code, name=input.name, description=text(input.description) or ""
        )
        return Done([organization.short_name], partial(read, info, organization=organization))

    @mutation(UpdateOrganizationPayload)
    def update_organization(self, info: Info, input: Input[UpdateOrganizationInput]) -> Done:
        """Change an organization."""
        organization = find_organization(info, input.org_code)
        require(info.context.policy.is_global_staff)
        problems = []
        if input.is_active is None:
            message = _("It must be said whether it is active.")
            problems.append(api.Problem(api.ProblemCode.REQUIRED, message, ("is_active",)))
        changed = api.update_organization(
            organization,
            new_org_code=text(input.new_org_code),
            name=text(input.name),
            description=text(input.description),
            is_active=given(input.is_active),
            problems=problems,
        )
        return Done([organization.short_name] if changed else (), partial(read, info, organization=organization))
