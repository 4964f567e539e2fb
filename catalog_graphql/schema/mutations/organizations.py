"""Changes of organizations."""

from functools import partial

import strawberry
from django.utils.translation import gettext as _

from catalog_graphql.catalog import api
from catalog_graphql.context import Info
from catalog_graphql.schema import inputs
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
from catalog_graphql.schema.payloads import CreateOrganizationPayload, UpdateOrganizationPayload


@strawberry.type
class OrganizationMutations:
    """Changes of organizations."""

    @mutation(CreateOrganizationPayload, "Create an organization.")
    def create_organization(self, info: Info, input: Input[inputs.CreateOrganizationInput]) -> Done:
        """Create an organization."""
        require(info.context.policy.is_global_staff)
        organization = api.create_organization(
            org_code=input.org_code, name=input.name, description=text(input.description) or ""
        )
        return Done([organization.short_name], partial(read, info, organization=organization))

    @mutation(UpdateOrganizationPayload, "Change an organization.")
    def update_organization(self, info: Info, input: Input[inputs.UpdateOrganizationInput]) -> Done:
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
