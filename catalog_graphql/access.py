"""Access policies: what a viewer may see and do. To viewers, what they may not see does not exist.

Each request has its own policy object. A site can set `CATALOG_ACCESS_POLICY` to its own class.
"""

from collections.abc import Callable, Hashable
from enum import StrEnum
from functools import cache
from typing import Protocol, TypeVar, cast

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model, Q, QuerySet
from django.utils.module_loading import import_string
from organizations.models import Organization

from catalog_graphql import conf
from catalog_graphql.catalog import records as models

RowT = TypeVar("RowT", bound=Model)
User = AbstractBaseUser | AnonymousUser


class Action(StrEnum):
    """What a viewer may do to an object, apart from seeing it."""

    EDIT = "edit"
    DELETE = "delete"
    CREATE_COURSES = "create courses in"


class AccessPolicy(Protocol):
    """The rights of one viewer.

    `scope` has the signature of `edx_rest_framework_extensions.scoping.ScopingPolicy`, by which Open edX scopes lists.
    """

    def __init__(self, user: User) -> None: ...

    @property
    def cache_key(self) -> Hashable:
        """All that the conditions below depend on besides the database: policies with equal keys have equal conditions.

        None if that is unknown: then nothing computed for one request is reused for another. A class that changes the
        conditions must define its own key; see `plan_key`.
        """

    @property
    def is_global_staff(self) -> bool:
        """Whether the viewer may see and do everything."""

    def scope(self, queryset: QuerySet[RowT], subject: User) -> QuerySet[RowT]:
        """Return the rows that the viewer may see.

        Raises ImproperlyConfigured for a model that the policy does not know.
        """

    def permits(self, action: Action, model: type[Model]) -> Q:
        """Return the condition on the model's rows for which the viewer may do this, provided they may see the row."""

    def created(self, course_run: models.CourseRun) -> None:
        """React to the viewer's creating a run, for example by giving them a role on it."""


def make_policy(user: User) -> AccessPolicy:
    """Return the policy for a user, an instance of the class that the setting names."""
    name = conf.access_policy()
    return cast(Callable[[User], AccessPolicy], import_string(name))(user)


# Attributes that a class may define without changing who may see or do what.
_NO_CONDITION = {"created", "__module__", "__doc__", "__qualname__", "__annotations__", "__dict__", "__weakref__"}
_NO_CONDITION |= {"__firstlineno__", "__static_attributes__"}  # Newer Python versions add these.


def plan_key(policy: AccessPolicy) -> Hashable | None:
    """Return the policy's key if other policies of its class with the same key can share results; otherwise, None.

    An inherited key cannot take into account which conditions a subclass has changed. So it counts only if the class
    that defines it also defines the conditions, or inherits from every class that does.
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
    """Return whether the viewer may do this to an object that they may see."""
    return type(row)._default_manager.filter(policy.permits(action, type(row)), pk=row.pk).exists()


_EVERYTHING = ~Q(pk__in=[])
_NOTHING = Q(pk__in=[])


class GlobalStaffPolicy:
    """Global staff may see and do everything; others, nothing."""

    def __init__(self, user: User) -> None:
        is_staff = getattr(user, "is_staff", False) or getattr(user, "is_superuser", False)
        self.is_global_staff = user.is_active and is_staff

    @property
    def cache_key(self) -> Hashable:
        """Whether the viewer is global staff: nothing else makes a difference."""
        return self.is_global_staff

    def scope(self, queryset: QuerySet[RowT], subject: User) -> QuerySet[RowT]:
        """Return all of the rows or none; the subject is the viewer.

        Raises ImproperlyConfigured for an unknown model.
        """
        if queryset.model not in (Organization, models.CatalogCourse, models.CourseRun):
            name = queryset.model.__name__
            raise ImproperlyConfigured(f"{type(self).__name__} does not say who may see {name} rows.")
        return queryset if self.is_global_staff else queryset.none()

    def permits(self, action: Action, model: type[Model]) -> Q:
        """Return a condition that all rows satisfy, or one that no row does."""
        return _EVERYTHING if self.is_global_staff else _NOTHING

    def created(self, course_run: models.CourseRun) -> None:
        """Do nothing: global staff already have all rights."""
