"""Search texts: folded titles and names, each in a row of a table beside its owner's.

Saving an owner updates its search text; `.update()`, `bulk_create` and SQL do not. Call `write` after those.
"""

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from django.db import connections, models, router, transaction
from django.db.models.signals import post_save
from organizations.models import Organization

from catalog_graphql.catalog.fields import CodeField, OwnerField
from catalog_graphql.catalog.records import CatalogCourse, CourseRun
from catalog_graphql.catalog.text import GROWTH, fold_text

MAX_LENGTH = 255 * GROWTH
_BATCH = 5_000


class SearchText(models.Model):
    """The folded text of one field of the owner."""

    source: ClassVar[str]
    owner: Any  # The one-to-one field, which is the primary key.
    text = CodeField(max_length=MAX_LENGTH)

    class Meta:
        """Create no permissions: nobody edits search texts."""

        abstract = True
        default_permissions = ()

    def __str__(self) -> str:
        """Return the text."""
        return str(self.text)


class CatalogCourseSearchText(SearchText):
    """The text by which a catalog course is found, besides its codes."""

    source = "title"
    owner = OwnerField(CatalogCourse, related_name="search_text")


class CourseRunSearchText(SearchText):
    """The text by which a course run is found, besides its key."""

    source = "title"
    owner = OwnerField(CourseRun, related_name="search_text")


class OrganizationSearchText(SearchText):
    """The text by which an organization is found, besides its code."""

    source = "name"
    owner = OwnerField(Organization, related_name="search_text")


SEARCH_TEXTS: dict[type[models.Model], type[SearchText]] = {
    CatalogCourse: CatalogCourseSearchText,
    CourseRun: CourseRunSearchText,
    Organization: OrganizationSearchText,
}


def write(model: type[models.Model], owners: Iterable[Any], *, using: str | None = None) -> None:
    """Create or update the search texts of owners of this model; a few of them, in one statement."""
    search_text = SEARCH_TEXTS[model]
    using = using or router.db_for_write(search_text)
    names_target = connections[using].features.supports_update_conflicts_with_target
    search_text._default_manager.using(using).bulk_create(
        [
            search_text(owner_id=owner.pk, text=fold_text(str(getattr(owner, search_text.source))))  # type: ignore[misc]
            for owner in owners
        ],
        update_conflicts=True,
        update_fields=["text"],
        unique_fields=["owner"] if names_target else None,
    )


def stale(model: type[models.Model]) -> Iterator[list[int]]:
    """Yield batches of primary keys of owners of this model whose search text is missing or outdated."""
    rows = model._default_manager.order_by("pk").values_list("pk", SEARCH_TEXTS[model].source, "search_text__text")
    last = 0
    while batch := list(rows.filter(pk__gt=last)[:_BATCH]):
        last = batch[-1][0]
        yield [pk for pk, source, text in batch if text != fold_text(source)]


def mend(model: type[models.Model]) -> int:
    """Write the missing and outdated search texts of owners of this model, and return how many there were."""
    mended = 0
    for pks in stale(model):
        with transaction.atomic():
            owners = model._default_manager.select_for_update().filter(pk__in=pks)
            write(model, owners.only("pk", SEARCH_TEXTS[model].source))
        mended += len(pks)
    return mended


def _keep(sender: type[models.Model], instance: Any, using: str, update_fields: Any, **kwargs: Any) -> None:
    if update_fields is None or SEARCH_TEXTS[sender].source in update_fields:
        write(sender, [instance], using=using)


for _model in SEARCH_TEXTS:
    post_save.connect(_keep, sender=_model, dispatch_uid="catalog_graphql.keep_search_text")
