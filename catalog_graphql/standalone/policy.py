"""Who may see and do what by Studio's roles, which are rows of a table here."""

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
    """What one query or the other selects.

    Each has an index to go by, and "one or the other" of two conditions has none. A derived table is read once, where
    MySQL and MariaDB would look into a plain union for every row.
    """

    template = "(SELECT * FROM (%(subquery)s) AS either)"

    def __init__(self, one: QuerySet[Any, Any], other: QuerySet[Any, Any]) -> None:
        # Rows of openedx-core's models are ordered, which SQLite refuses within a union.
        super().__init__(one.order_by().union(other.order_by()))


class StudioPolicy(GlobalStaffPolicy):
    """Studio's rule: global staff see and do everything, others act by their roles.

    `instructor` and `staff` see and edit the runs they name, or all of an organization's where the row names no run;
    `instructor` deletes them, too. `org_course_creator_group` creates courses and runs in the organization. A catalog
    course is visible with one of its runs, or by any role on its organization; an organization to everyone signed in.
    """

    def __init__(self, user: User) -> None:
        super().__init__(user)
        self._user: Any = user

    @property
    def cache_key(self) -> Hashable:
        """Who is asking, and on which organizations they have roles; all global staff are alike."""
        if self.is_global_staff or not self._user.is_active:
            return super().cache_key
        return self._user.pk, self._roles_on_organizations

    def scope(self, queryset: QuerySet[RowT], subject: User) -> QuerySet[RowT]:
        """Return those of the rows that the viewer may see; the subject is the viewer.

        Raises ImproperlyConfigured for a model it does not know.
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
        """Return the condition on rows of the model that the viewer may do this to them; none where it knows none."""
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
        """Make the viewer the run's instructor and staff, as Studio does, unless they are global staff anyway."""
        if not self.is_global_staff:
            for role in _ON_RUNS:
                columns = {"org": course_run.org_code, "course_key": course_run.course_key, "role": role}
                row, is_new = CourseAccessRole.objects.get_or_create(user=self._user, **columns)
                if not is_new:  # MySQL and MariaDB find `Staff`, too.
                    CourseAccessRole.objects.filter(pk=row.pk).update(**columns)

    def _rows(self, *roles: Role) -> CourseAccessRoleQuerySet:
        return CourseAccessRole.objects.with_role(*roles).filter(user=self._user)

    @cached_property
    def _roles_on_organizations(self) -> tuple[tuple[int, frozenset[Role]], ...]:
        """Read the primary keys of the organizations on which the viewer has roles, with the roles.

        They are read once, since databases know how much there is of an organization they are told, and guess badly of
        those that a subquery finds.
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
        """Return the runs on each of which the viewer has one of the roles."""
        keys = self._rows(*roles).on_runs().values("course_key")
        return models.CourseRun.objects.filter(course_key__in=keys)

    def _runs(self, *roles: Role) -> Q:
        """Return the condition on runs that the viewer has one of the roles on them."""
        of_organizations = models.CourseRun.objects.filter(catalog_course__org__in=self._organizations(*roles))
        return Q(pk__in=_Either(of_organizations.values("pk"), self._named(*roles).values("pk")))
