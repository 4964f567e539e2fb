"""The access policy that follows Studio's roles, as stored in role rows."""

from collections import defaultdict
from collections.abc import Hashable
from functools import cached_property
from typing import Any

from django.db.models import Model, Q, QuerySet, Subquery
from organizations.models import Organization

from catalog_graphql.access import Action, GlobalStaffPolicy, RowT, User
from catalog_graphql.catalog import api
from catalog_graphql.catalog import records as models
from catalog_graphql.standalone.models import CourseAccessRole, CourseAccessRoleQuerySet, Role

_ON_RUNS = (Role.INSTRUCTOR, Role.STAFF)


class _Either(Subquery):
    """The union of two subqueries.

    Each of them can use an index, but their conditions combined with OR cannot. The derived table makes MySQL and
    MariaDB evaluate the union once instead of for each row.
    """

    template = "(SELECT * FROM (%(subquery)s) AS either)"

    def __init__(self, one: QuerySet[Any, Any], other: QuerySet[Any, Any]) -> None:
        # The models of openedx-core have a default order, which SQLite refuses in a union.
        super().__init__(one.order_by().union(other.order_by()))


class StudioPolicy(GlobalStaffPolicy):
    """Studio's rules: global staff may see and do everything; others, what their roles allow.

    Users with the roles `instructor` and `staff` see and edit the run in the row, or all runs of the organization if
    the row names no run; `instructor` may also delete them. `org_course_creator_group` may create courses and runs in
    the organization. A catalog course is visible to those who see one of its runs or have any role on its organization;
    an organization, to everyone who has signed in.
    """

    def __init__(self, user: User) -> None:
        super().__init__(user)
        self._user: Any = user

    @property
    def cache_key(self) -> Hashable:
        """The viewer, and their roles on organizations. All global staff share one key."""
        if self.is_global_staff or not self._user.is_active:
            return super().cache_key
        return self._user.pk, self._roles_on_organizations

    def scope(self, queryset: QuerySet[RowT], subject: User) -> QuerySet[RowT]:
        """Return the rows that the viewer may see; the subject is the viewer.

        Raises ImproperlyConfigured for an unknown model.
        """
        none_or_all = super().scope(queryset, subject)
        if self.is_global_staff or not self._user.is_active:
            return none_or_all
        model = queryset.model
        if model is models.CourseRun:
            return queryset.filter(self._runs(*_ON_RUNS))
        if model is models.CatalogCourse:
            of_organizations = models.CatalogCourse.objects.filter(org__in=self._organizations(*Role)).values("pk")
            return queryset.filter(pk__in=_Either(of_organizations, self._named(*_ON_RUNS).values("catalog_course")))
        return queryset

    def permits(self, action: Action, model: type[Model]) -> Q:
        """Return the condition on the model's rows for which the viewer may do this; no row, for an unknown model."""
        none_or_all = super().permits(action, model)
        if self.is_global_staff or not self._user.is_active:
            return none_or_all
        roles = {Action.EDIT: _ON_RUNS, Action.DELETE: (Role.INSTRUCTOR,), Action.CREATE_COURSES: (Role.CREATOR,)}
        if model is models.CatalogCourse:
            return Q(org__in=self._organizations(*roles[action]))
        if model is models.CourseRun and action is not Action.CREATE_COURSES:
            return self._runs(*roles[action])
        if model is Organization and action is Action.CREATE_COURSES:
            return Q(pk__in=self._organizations(*roles[action]))
        return none_or_all

    def created(self, course_run: models.CourseRun) -> None:
        """Make the viewer the run's instructor and staff, as Studio does, unless they are global staff."""
        if not self.is_global_staff:
            for role in _ON_RUNS:
                columns = {"org": course_run.org_code, "course_key": course_run.course_key, "role": role}
                row, is_new = CourseAccessRole.objects.get_or_create(user=self._user, **columns)
                if not is_new:  # On MySQL and MariaDB, it may be `Staff`: correct the spelling.
                    CourseAccessRole.objects.filter(pk=row.pk).update(**columns)

    def _rows(self, *roles: Role) -> CourseAccessRoleQuerySet:
        return CourseAccessRole.objects.with_role(*roles).filter(user=self._user)

    @cached_property
    def _roles_on_organizations(self) -> tuple[tuple[int, frozenset[Role]], ...]:
        """The primary keys of the organizations on which the viewer has roles, with these roles.

        They are read in a query of their own, since databases have statistics for literal keys, but guess badly about
        the results of a subquery.
        """
        held = defaultdict(set)
        for org_code, role in self._rows(*Role).on_organizations().values_list("org", "role"):
            held[api.fold_code(org_code)].add(Role(role))
        coded = Organization.objects.annotate(code=api.FoldedCode("short_name")).filter(code__in=held).order_by("pk")
        return tuple((pk, frozenset(held[code])) for pk, code in coded.values_list("pk", "code"))

    def _organizations(self, *roles: Role) -> list[int]:
        """Return the primary keys of the organizations on which the viewer has one of the roles."""
        return [pk for pk, held in self._roles_on_organizations if held.intersection(roles)]

    def _named(self, *roles: Role) -> QuerySet[models.CourseRun]:
        """Return the runs on which the viewer has one of the roles individually."""
        keys = self._rows(*roles).on_runs().values("course_key")
        return models.CourseRun.objects.filter(course_key__in=keys)

    def _runs(self, *roles: Role) -> Q:
        """Return the condition that the viewer has one of the roles on a run or on its organization."""
        of_organizations = models.CourseRun.objects.filter(catalog_course__org__in=self._organizations(*roles))
        return Q(pk__in=_Either(of_organizations.values("pk"), self._named(*roles).values("pk")))
