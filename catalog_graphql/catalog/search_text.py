"""Search texts: all that a search looks through, folded, each in a row of a table beside its owner's.

A text has a line for each title, name or code. Words hold no whitespace, so no word spans two lines.

Saving an owner updates its search text, and an organization's new code those of its catalog courses. `.update()`,
`bulk_create` and SQL do not: call `write` after those.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import reduce
from typing import Any, ClassVar

from django.db import connections, models, router, transaction
from django.db.models.signals import post_save
from organizations.models import Organization

from catalog_graphql.catalog import keys
from catalog_graphql.catalog.fields import CodeField, OwnerField
from catalog_graphql.catalog.records import CatalogCourse, CourseRun, as_text
from catalog_graphql.catalog.text import GROWTH, fold_text

MAX_LENGTH = 3 * (255 * GROWTH + 1)
_BATCH = 5_000


def fold_lines(*lines: str) -> dict[str, str]:
    """Return the columns of an organization or a catalog course: a line for each of these."""
    return {"text": "\n".join(map(fold_text, lines))}


def fold_run(title: str, run_code: str, course_key: Any) -> dict[str, str]:
    """Return the columns of a run. Custom courses share a run code with their course: their keys tell them apart."""
    key = str(course_key)
    return {**fold_lines(title, key if keys.is_ccx(key) else run_code), "key": fold_text(key)}


class SearchText(models.Model):
    """The folded text of the owner."""

    sources: ClassVar[tuple[str, ...]]
    """Where the text comes from: paths from the owner."""
    fold: ClassVar[Callable[..., dict[str, str]]] = staticmethod(fold_lines)
    """Returns the columns, given the values of the sources."""
    owner: Any  # The one-to-one field, which is the primary key.
    text = CodeField(max_length=MAX_LENGTH)

    class Meta:
        """Create no permissions: nobody edits search texts."""

        abstract = True
        default_permissions = ()

    def __str__(self) -> str:
        """Return the text."""
        return str(self.text)

    @classmethod
    def columns(cls) -> list[str]:
        """Return the names of the columns that hold text."""
        return [field.name for field in cls._meta.local_concrete_fields if not field.primary_key]


class CatalogCourseSearchText(SearchText):
    """The text by which a catalog course is found, besides its runs."""

    sources = ("org__short_name", "course_code", "title")
    owner = OwnerField(CatalogCourse, related_name="search_text")


class CourseRunSearchText(SearchText):
    """The text by which a course run and its catalog course are found, and the key by which the run is."""

    sources = ("title", "run_code", "course_key")
    fold = staticmethod(fold_run)
    owner = OwnerField(CourseRun, related_name="search_text")
    key = CodeField(max_length=255 * GROWTH, default="")


class OrganizationSearchText(SearchText):
    """The text by which an organization is found."""

    sources = ("short_name", "name")
    owner = OwnerField(Organization, related_name="search_text")


SEARCH_TEXTS: dict[type[models.Model], type[SearchText]] = {
    CatalogCourse: CatalogCourseSearchText,
    CourseRun: CourseRunSearchText,
    Organization: OrganizationSearchText,
}


def is_made_of(model: type[models.Model], fields: Collection[str] | None) -> bool:
    """Return whether search texts of this model depend on one of these fields; None stands for all."""
    if model not in SEARCH_TEXTS:
        return False
    sources = {source.partition("__")[0] for source in SEARCH_TEXTS[model].sources}
    return fields is None or any(field.removesuffix("_id") in sources for field in fields)


def write(model: type[models.Model], owners: Iterable[Any], *, using: str | None = None) -> None:
    """Create or update the search texts of owners of this model; a few of them, in one statement."""
    search_text = SEARCH_TEXTS[model]
    using = using or router.db_for_write(search_text)
    names_target = connections[using].features.supports_update_conflicts_with_target
    search_text._default_manager.using(using).bulk_create(
        [
            search_text(owner_id=owner.pk, **search_text.fold(*(_value(owner, path) for path in search_text.sources)))  # type: ignore[misc]
            for owner in owners
        ],
        update_conflicts=True,
        update_fields=search_text.columns(),
        unique_fields=["owner"] if names_target else None,
    )


def stale(model: type[models.Model], on_read: Callable[[int], Any] = lambda count: None) -> Iterator[list[int]]:
    """Yield batches of primary keys of owners of this model whose search text is missing or outdated.

    `on_read` is told how many owners a batch was chosen from, once the caller is done with it.
    """
    search_text = SEARCH_TEXTS[model]
    sources = [as_text(path) if path == "course_key" else path for path in search_text.sources]
    stored = [f"search_text__{name}" for name in search_text.columns()]
    rows = model._default_manager.order_by("pk").values_list("pk", *sources, *stored)
    last = 0
    while batch := list(rows.filter(pk__gt=last)[:_BATCH]):
        last = batch[-1][0]
        yield [
            pk
            for pk, *values in batch
            if values[len(sources) :] != list(search_text.fold(*values[: len(sources)]).values())
        ]
        on_read(len(batch))


def mend(model: type[models.Model], on_read: Callable[[int], Any] = lambda count: None) -> int:
    """Write the missing and outdated search texts of owners of this model, and return how many there were.

    `on_read` is told of progress: how many owners have been looked at since the last time.
    """
    mended = 0
    related = {path.partition("__")[0] for path in SEARCH_TEXTS[model].sources if "__" in path}
    for pks in stale(model, on_read):
        with transaction.atomic():
            write(model, model._default_manager.select_for_update().filter(pk__in=pks).prefetch_related(*related))
        mended += len(pks)
    return mended


def _value(owner: Any, path: str) -> Any:
    return reduce(getattr, path.split("__"), owner)


def _keep(sender: type[models.Model], instance: Any, using: str, update_fields: Any, **kwargs: Any) -> None:
    if is_made_of(sender, update_fields):
        write(sender, [instance], using=using)


def _keep_of_catalog_courses(instance: Any, created: bool, using: str, update_fields: Any, **kwargs: Any) -> None:
    """Write the search texts of an organization's catalog courses if its code has changed by more than case."""
    if created or (update_fields is not None and "short_name" not in update_fields):
        return
    code = fold_lines(instance.short_name, "")["text"]
    outdated = CatalogCourse.objects.using(using).filter(org=instance).exclude(search_text__text__startswith=code)
    catalog_courses = list(outdated)
    for catalog_course in catalog_courses:
        catalog_course.org = instance
    for start in range(0, len(catalog_courses), _BATCH):
        write(CatalogCourse, catalog_courses[start : start + _BATCH], using=using)


for _model in SEARCH_TEXTS:
    post_save.connect(_keep, sender=_model, dispatch_uid="catalog_graphql.keep_search_text")
post_save.connect(
    _keep_of_catalog_courses, sender=Organization, dispatch_uid="catalog_graphql.keep_search_text_of_catalog_courses"
)
