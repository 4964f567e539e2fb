"""A site's own policies: results for one viewer are reused for another only if the policy says so itself."""

from collections.abc import Hashable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Q
from organizations.models import Organization

from catalog_graphql.access import Action, plan_key
from catalog_graphql.catalog.records import CatalogCourse, CourseRun, CourseSchedule
from catalog_graphql.standalone.models import CourseAccessRole
from catalog_graphql.standalone.policy import StudioPolicy
from tests.catalog_graphql.access.conftest import grant
from tests.catalog_graphql.answers import answer_of

RUNS = "{ courseRuns(orderBy: {field: TITLE}) { nodes { title viewerCanEdit } } }"


class OwnRows(StudioPolicy):
    """Show even global staff only the runs titled like their username."""

    def scope(self, queryset: Any, subject: Any) -> Any:
        return queryset.filter(title=subject.get_username()) if queryset.model is CourseRun else queryset


class OwnRights(StudioPolicy):
    """Let even global staff edit only the runs titled like their username."""

    def permits(self, action: Action, model: type[Any]) -> Q:
        return Q(title=self._user.get_username()) if model is CourseRun else super().permits(action, model)


class OwnStart(StudioPolicy):
    """Store something on which conditions may depend."""

    def __init__(self, user: Any) -> None:
        super().__init__(user)
        self.is_global_staff = False


class OwnHelper(StudioPolicy):
    """Change a method that the conditions are made of."""

    def _organizations(self, *roles: Any) -> list[int]:
        return []


class RowsMixin:
    """Change the rows of the policy into which it is mixed."""

    def scope(self, queryset: Any, subject: Any) -> Any:
        return queryset.filter(title=subject.get_username()) if queryset.model is CourseRun else queryset


class MixedIn(RowsMixin, StudioPolicy):
    """Change the rows by a mixin."""


class KeyMixin:
    """Define the key of the policy into which it is mixed."""

    @property
    def cache_key(self) -> Hashable:
        return "all alike"


class MixedInKey(KeyMixin, OwnRows):
    """Have the key of a class that does not know about the conditions."""


class OwnKey(StudioPolicy):
    """Redefine the key of Studio's conditions."""

    @property
    def cache_key(self) -> Hashable:
        return "own"


class KeyBesideRows(OwnKey, OwnRows):
    """Have the conditions of one base class and the key of another."""


class KeyOfItsOwn(OwnRows):
    """Define the key of the rows."""

    @property
    def cache_key(self) -> Hashable:
        return self._user.pk


class RowsAndKey(StudioPolicy):
    """Define the key of the rows, next to them."""

    @property
    def cache_key(self) -> Hashable:
        return self._user.pk

    def scope(self, queryset: Any, subject: Any) -> Any:
        return OwnRows.scope(self, queryset, subject)  # type: ignore[arg-type]


class OwnRowsOfKeyed(RowsAndKey):
    """Change the rows again."""

    def scope(self, queryset: Any, subject: Any) -> Any:
        return queryset


class Renamed(StudioPolicy):
    """Change nothing."""


class OwnRoles(StudioPolicy):
    """Change only what happens when a viewer creates a run."""

    def created(self, course_run: CourseRun) -> None:
        """Do nothing."""


class Wrapper:
    """Delegate whatever it does not define itself."""

    def __init__(self, user: Any) -> None:
        self._policy = StudioPolicy(user)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._policy, name)


class OwnWrapper(Wrapper):
    """Define the rows itself."""

    def scope(self, queryset: Any, subject: Any) -> Any:
        return queryset.none()


FAIL_CLOSED = [OwnRows, OwnRights, OwnStart, OwnHelper, MixedIn, MixedInKey, KeyBesideRows, OwnRowsOfKeyed, OwnWrapper]


@pytest.fixture
def policy_of(db, settings):
    """Return a function that returns the policy of a new user."""
    return lambda policy, **fields: policy(get_user_model().objects.create_user("ada", **fields))


class TestPlanKey:
    @pytest.mark.parametrize("policy", FAIL_CLOSED)
    def test_is_none_where_other_conditions_have_an_inherited_key(self, policy_of, policy):
        assert plan_key(policy_of(policy, is_staff=True)) is None

    @pytest.mark.parametrize("policy", [StudioPolicy, Renamed, OwnRoles])
    def test_is_the_inherited_one_where_the_conditions_are_inherited(self, policy_of, policy):
        assert plan_key(policy_of(policy, is_staff=True)) is True

    @pytest.mark.parametrize("policy", [KeyOfItsOwn, RowsAndKey])
    def test_is_what_the_class_of_the_conditions_says(self, policy_of, policy):
        ada = policy_of(policy, is_staff=True)

        assert plan_key(ada) == ada._user.pk

    def test_is_none_where_a_policy_is_changed_after_it_was_made(self, policy_of):
        policy = policy_of(StudioPolicy, is_staff=True)

        policy.scope = lambda queryset, subject: queryset.none()

        assert plan_key(policy) is None


@pytest.mark.parametrize("policy", [OwnRows, OwnRights, MixedIn, MixedInKey, KeyBesideRows, KeyOfItsOwn, RowsAndKey])
class TestTwoOfGlobalStaff:
    @pytest.fixture
    def ask_both(self, settings, policy, make_run, client, post):
        """Return a function that sends the same document as two global staff users, one after the other."""
        settings.CATALOG_ACCESS_POLICY = f"{__name__}.{policy.__name__}"
        staff = [get_user_model().objects.create_user(name, is_staff=True) for name in ("A", "B")]
        for user in staff:
            make_run(run_code=user.username, title=user.username)

        def ask(query):
            for user in staff:
                client.force_login(user)
                yield user.username, answer_of(post(query))["data"]

        return ask

    def test_are_answered_each_by_conditions_of_their_own(self, ask_both):
        for username, data in ask_both(RUNS):
            own = [run["title"] for run in data["courseRuns"]["nodes"] if run["viewerCanEdit"]]

            assert own == [username]


class TestScope:
    @pytest.mark.parametrize("model", [Group, CourseAccessRole])
    @pytest.mark.parametrize("flags", [{}, {"is_staff": True}, {"is_superuser": True}])
    def test_refuses_what_it_does_not_know(self, policy_of, model, flags):
        policy = policy_of(StudioPolicy, **flags)

        with pytest.raises(ImproperlyConfigured, match=f"StudioPolicy does not say who may see {model.__name__} rows"):
            policy.scope(model._default_manager.all(), policy._user)

    @pytest.mark.parametrize("model", [Organization, CatalogCourse, CourseRun])
    def test_is_of_what_the_api_shows(self, policy_of, model):
        policy = policy_of(StudioPolicy)

        assert list(policy.scope(model._default_manager.all(), policy._user)) == []


class TestPermits:
    @pytest.mark.parametrize(
        ("action", "model"),
        [
            *((action, model) for action in Action for model in (Group, CourseAccessRole, CourseSchedule)),
            (Action.CREATE_COURSES, CourseRun),
            (Action.EDIT, Organization),
            (Action.DELETE, Organization),
        ],
    )
    def test_allows_nothing_that_it_does_not_know(self, policy_of, make_run, action, model):
        make_run("MITx", schedule={})
        policy = policy_of(StudioPolicy)
        for role in ("instructor", "staff", "org_course_creator_group"):
            grant(policy._user, role, "MITx")

        assert list(model._default_manager.filter(policy.permits(action, model))) == []
