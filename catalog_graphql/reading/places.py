"""Places: where in a plan's rows an object's columns are."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Model
from django.db.models.constants import LOOKUP_SEP

from catalog_graphql.reading.columns import find_field
from catalog_graphql.reading.conversion import attribute, stand_in
from catalog_graphql.reading.output import Read, Row, if_there
from catalog_graphql.reading.plan import Select


@dataclass(frozen=True)
class Place:
    """The location of an object in the rows of a select: the columns below this path."""

    select: Select
    model: type[Model]
    path: str = ""
    single: bool = False

    def column(self, name: str) -> int:
        """Return the index of the object's column with this name."""
        return self.select.column(self.path + name)

    def field(self, name: str) -> Any:
        """Return the model's field with this name."""
        return find_field(self.model, name)

    def related(self, name: str) -> "Place":
        """Return the place of the related object behind this relation."""
        return replace(self, model=self.field(name).related_model, path=self.path + name + LOOKUP_SEP)

    def presence(self, name: str) -> int | None:
        """Return the index of a column that is null if there is no related object; None if there always is one."""
        return self.related(name).column("pk") if self.field(name).null else None


def stand_in_at(place: Place, paths: Iterable[str]) -> Callable[[Row], Any]:
    """Return a function that turns a row into an object with these columns as attributes, like a model instance."""
    attributes: dict[str, Read] = {}
    below: dict[str, list[str]] = defaultdict(list)
    for path in paths:
        name, _, rest = path.partition(LOOKUP_SEP)
        if rest:
            below[name].append(rest)
        else:
            attributes[name] = attribute(place.field(name), place.column(name))
    for name, rests in below.items():
        attributes[name] = if_there(stand_in_at(place.related(name), rests), place.presence(name))
    return stand_in(place.model, attributes)
