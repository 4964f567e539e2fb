"""What a viewer may see and do: what may not be seen does not exist.

A policy is made once a request. The setting `CATALOG_ACCESS_POLICY` names its class, so that a site can put its own
there.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable
from enum import StrEnum
from functools import cache, cached_property
from typing import Any, Protocol, TypeVar, cast

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model, Q, QuerySet, Subquery
from django.utils.module_loading import import_string
from organizations.models import Organization

from catalog_graphql import conf
from catalog_graphql.catalog import api
from catalog_graphql.catalog import records as models
from catalog_graphql.models import CourseAccessRole, CourseAccessRoleQuerySet, Role

RowT = TypeVar("RowT", bound=Model)
User = AbstractBaseUser | AnonymousUser


class Action(StrEnum):
    """What may be done to an object, apart from seeing it."""

    EDIT = "edit"
    DELETE = "delete"
    CREATE_COURSES = "create courses in"


class AccessPolicy(Protocol):
    """The rights of one viewer.

    `scope` has the shape of `edx_rest_framework_extensions.scoping.ScopingPolicy`, by which Open edX scopes lists.
    """

    def __init__(self, user: User) -> None: ...

    @property
    def cache_key(self) -> Hashable:
        """All that the conditions below depend on, beside the database: policies of one key have the same conditions.

        None where that is not known: then nothing that was worked out for one request serves another. A class that
        changes the conditions defines its own key; see `plan_key`.
        """

    @property
    def is_global_staff(self) -> bool:
        """Whether the viewer may see and do everything."""

    def scope(self, queryset: QuerySet[RowT], subject: User) -> QuerySet[RowT]:
        """Return those of the rows that the viewer may see.

        Raises ImproperlyConfigured for a model that the policy does not know.
        """

    def permits(self, action: Action, model: type[Model]) -> Q:
        """Return the condition on rows of the model that the viewer may do this to them, if they may see them."""

    def created(self, course_run: models.CourseRun) -> None:
        """Do what is to be done for a viewer who has created a run, such as giving them a role on it."""


def make_policy(user: User) -> AccessPolicy:
    """Return the policy for a user, of the class that the setting names."""
    name = conf.access_policy()
    return cast(Callable[[User], AccessPolicy], import_string(name))(user)


# What a class may define without a word on who may see or do what.
_NO_CONDITION = {"created", "__module__", "__doc__", "__qualname__", "__annotations__", "__dict__", "__weakref__"}
_NO_CONDITION |= {"__firstlineno__", "__static_attributes__"}  # Of later Pythons.


def plan_key(policy: AccessPolicy) -> Hashable | None:
    """Return what may serve every policy of the same class and key; None where nothing may.

    An inherited key knows nothing of the conditions that a subclass has changed, or of what they are made of. So it
    counts only if its class is the one that defines them, or inherits from every class that does.
    """
    changed_later = {"scope", "permits"} & getattr(policy, "__dict__", {}).keys()
    return policy.cache_key if _key_covers_conditions(type(policy)) and not changed_later else None


@cache
def _key_covers_conditions(policy_class: type[AccessPolicy]) -> bool:
    lineage = policy_class.__mro__
    keyed = next((ancestor for ancestor in lineage if "cache_key" in vars(ancestor)), None)
    return keyed is not None and all(
        ancestor in keyed.__mro__ for ancestor in lineage if vars(ancestor).keys() - _NO_CONDITION
    )


def may(policy: AccessPolicy, action: Action, row: Model) -> bool:
    """Say whether the viewer may do this to an object that they may see."""
    return type(row)._default_manager.filter(policy.permits(action, type(row)), pk=row.pk).exists()


_EVERYTHING = ~Q(pk__in=[])
_NOTHING = Q(pk__in=[])
_ON_RUNS = (Role.INSTRUCTOR, Role.STAFF)


class _Either(Subquery):
    """What one query or the other selects.

    Each has an index to go by, and "one or the other" of two conditions has none. A derived table is read once, where
    MySQL and MariaDB would look into a plain union for every row.
    """

    template = "(SELECT * FROM (%(subquery)s) AS either)"

    def __init__(self, one: QuerySet[Any, Any], other: QuerySet[Any, Any]) -> None:
        super().__init__(one.union(other))


class StudioPolicy:
    """Studio's rule: global staff see and do everything, others act by their roles.

    `instructor` and `staff` see and edit the runs they name, or all of an organization's where the row names no run;
    `instructor` deletes them, too. `org_course_creator_group` creates courses and runs in the organization. A catalog
    course is visible with one of its runs, or by any role on its organization; an organization to everyone signed in.
    """

    def __init__(self, user: User) -> None:
        self._user: Any = user
        is_staff = getattr(user, "is_staff", False) or getattr(user, "is_superuser", False)
        self.is_global_staff = user.is_active and is_staff

    @property
    def cache_key(self) -> Hashable:
        """Who is asking, and on which organizations they have roles; all global staff are alike."""
        if self.is_global_staff or not self._user.is_active:
            return self.is_global_staff
        return self._user.pk, self._roles_on_organizations

    def scope(self, queryset: QuerySet[RowT], subject: User) -> QuerySet[RowT]:
        """Return those of the rows that the viewer may see; the subject is the viewer.

        Raises ImproperlyConfigured for a model it does not know.
        """
        model = queryset.model
        if model not in (Organization, models.CatalogCourse, models.CourseRun):
            raise ImproperlyConfigured(f"{type(self).__name__} does not say who may see {model.__name__} rows.")
        if self.is_global_staff:
            return queryset
        if not self._user.is_active:
            return queryset.none()
        if model is models.CourseRun:
            return queryset.filter(self._runs(*_ON_RUNS))
        if model is models.CatalogCourse:
            of_organizations = models.CatalogCourse.objects.filter(org__in=self._organizations(*Role)).values("pk")
            return queryset.filter(pk__in=_Either(of_organizations, self._named(*_ON_RUNS).values("catalog_course")))
        return queryset

    def permits(self, action: Action, model: type[Model]) -> Q:
        """Return the condition on rows of the model that the viewer may do this to them; none where it knows none."""
        if self.is_global_staff:
            return _EVERYTHING
        if not self._user.is_active:
            return _NOTHING
        roles = {Action.EDIT: _ON_RUNS, Action.DELETE: (Role.INSTRUCTOR,), Action.CREATE_COURSES: (Role.CREATOR,)}
        if model is models.CatalogCourse:
            return Q(org__in=self._organizations(*roles[action]))
        if model is models.CourseRun and action is not Action.CREATE_COURSES:
            return self._runs(*roles[action])
        if model is Organization and action is Action.CREATE_COURSES:
            return Q(pk__in=self._organizations(*roles[action]))
        return _NOTHING

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
