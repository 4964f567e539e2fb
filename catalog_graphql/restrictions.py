"""Restrictions of a viewer's rights to those that their token grants, whatever the site's policy."""

from collections.abc import Collection, Hashable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Model, Q, QuerySet
from organizations.models import Organization

from catalog_graphql.access import AccessPolicy, Action, RowT, User, plan_key
from catalog_graphql.catalog import api
from catalog_graphql.catalog import records as models


@dataclass(frozen=True)
class Grant:
    """The rights that a token grants out of its user's. A session grants all of them."""

    writes: bool = True
    org_codes: frozenset[str] | None = None
    """The folded codes of the organizations to which it is limited; None if it is not."""


class WithinOrganizations:
    """Another policy, restricted to some organizations.

    Nobody counts as global staff, since that would mean they may see and do everything.
    """

    is_global_staff = False

    def __init__(self, policy: AccessPolicy, org_codes: Collection[str]) -> None:  # Folded.
        self._policy = policy
        self._org_codes = org_codes

    @property
    def cache_key(self) -> Hashable:
        """The key of the other policy, and the organizations; None if that policy has no key."""
        key = plan_key(self._policy)
        return None if key is None else (type(self._policy), key, self._organizations)

    def scope(self, queryset: QuerySet[RowT], subject: User) -> QuerySet[RowT]:
        """Return the rows that the viewer may see."""
        return self._policy.scope(queryset, subject).filter(self._within(queryset.model))

    def permits(self, action: Action, model: type[Model]) -> Q:
        """Return the condition on the model's rows for which the viewer may do this."""
        return self._policy.permits(action, model) & self._within(model)

    def created(self, course_run: models.CourseRun) -> None:
        """Let the other policy react to the viewer's creating a run."""
        self._policy.created(course_run)

    @cached_property
    def _organizations(self) -> tuple[int, ...]:
        """The primary keys of the organizations."""
        coded = Organization.objects.annotate(code=api.FoldedCode("short_name")).filter(code__in=self._org_codes)
        return tuple(coded.order_by("pk").values_list("pk", flat=True))

    def _within(self, model: type[Model]) -> Q:
        """Return the condition that a row of the model belongs to the organizations; rows of other models never do."""
        if model is Organization:
            return Q(pk__in=self._organizations)
        if model is models.CatalogCourse:
            return Q(org__in=self._organizations)
        if model is models.CourseRun:
            of_organizations = models.CatalogCourse.objects.filter(org__in=self._organizations)
            return Q(catalog_course__in=of_organizations.values("pk"))
        return Q(pk__in=[])
