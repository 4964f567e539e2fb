"""The schema keeps the promises of the last release, unless the CHANGELOG lists the change."""

import re
from pathlib import Path

import pytest
from graphql import (
    BreakingChangeType,
    DangerousChangeType,
    GraphQLSchema,
    build_schema,
    find_schema_changes,
    resolve_schema_coordinate,
)

ROOT = Path(__file__).resolve().parents[1]

# Requests that omit an argument rely on its default.
BREAKING = {
    *BreakingChangeType,
    DangerousChangeType.ARG_DEFAULT_VALUE_CHANGE,
    DangerousChangeType.INPUT_FIELD_DEFAULT_VALUE_CHANGE,
}
# Only these can be deprecated in SDL.
REMOVALS = {
    BreakingChangeType.ARG_REMOVED,
    BreakingChangeType.FIELD_REMOVED,
    BreakingChangeType.VALUE_REMOVED_FROM_ENUM,
}
COORDINATE = re.compile(r"(@\w+|\w+\.\w+)(\(\w+:\))?")


def announced(changelog: str) -> set[str]:
    """Return the text in backticks under "Changed" and "Removed" in the "Unreleased" section."""
    releases = re.split(r"^## ", changelog, flags=re.MULTILINE)
    unreleased = "".join(release for release in releases if release.startswith("Unreleased\n"))
    sections = re.split(r"^### ", unreleased, flags=re.MULTILINE)
    breaking = "".join(section for section in sections if section.startswith(("Changed\n", "Removed\n")))
    return set(re.findall(r"`([^`]+)`", breaking))


def is_deprecated(schema: GraphQLSchema, coordinate: str) -> bool:
    """Return whether the field, argument or enum value of a schema is deprecated."""
    *_, element, _kind = resolve_schema_coordinate(schema, coordinate)
    return element.deprecation_reason is not None


def breaches(released: str, current: str, changelog: str) -> list[str]:
    """Return a sentence for each promise of the released SDL that the current one must still keep, but breaks."""
    promised = build_schema(released)
    found = []
    for change in find_schema_changes(promised, build_schema(current)):
        if change.type not in BREAKING:
            continue
        # A sentence about a whole type starts with its name.
        named = COORDINATE.search(change.description)
        coordinate = named[0] if named else change.description.split()[0]
        if coordinate not in announced(changelog):
            found.append(f"{change.description} The CHANGELOG does not announce `{coordinate}`.")
        if change.type in REMOVALS and not is_deprecated(promised, coordinate):
            found.append(f"{change.description} It was not deprecated.")
    return found


class TestReleasedSchema:
    def test_is_kept(self):
        released = (ROOT / "schema/released.graphql").read_text()
        current = (ROOT / "schema/schema.graphql").read_text()

        found = breaches(released, current, (ROOT / "CHANGELOG.md").read_text())

        assert found == [], "see schema/README.md"


class TestBreaches:
    released = """
        directive @beta(since: Int) on FIELD
        interface Named { name: String! }
        type Room implements Named { name: String! size: Int @deprecated(reason: "Ask seats.") kind: Kind! }
        enum Kind { HALL ROOF CELL @deprecated(reason: "There are none.") }
        input Filter { search: String kind: Kind = HALL }
        type Query { rooms(filter: Filter, floor: Int = 1, old: Int @deprecated(reason: "Say floor.")): [Room!]! }
    """
    changes = pytest.mark.parametrize(
        ("promised", "instead", "coordinate", "sentence"),
        [
            ('size: Int @deprecated(reason: "Ask seats.")', "", "Room.size", "Field Room.size was removed."),
            ('CELL @deprecated(reason: "There are none.")', "", "Kind.CELL", "Enum value Kind.CELL was removed."),
            (", old: Int", ", new: Int", "Query.rooms(old:)", "Argument Query.rooms(old:) was removed."),
            ("kind: Kind!", "kind: Kind", "Room.kind", "Field Room.kind changed type from Kind! to Kind."),
            ("search: String", "search: String day: Int!", "Filter.day", "A required field Filter.day was added."),
            ("kind: Kind = HALL", "kind: Kind", "Filter.kind", "Filter.kind defaultValue was removed."),
            ("implements Named", "", "Room", "Room no longer implements interface Named."),
            ("@beta(since: Int)", "@beta", "@beta(since:)", "Argument @beta(since:) was removed."),
        ],
    )

    @changes
    def test_names_what_is_not_announced(self, promised, instead, coordinate, sentence):
        current = self.released.replace(promised, instead)

        found = breaches(self.released, current, "## Unreleased\n")

        assert found == [f"{sentence} The CHANGELOG does not announce `{coordinate}`."]

    @changes
    @pytest.mark.parametrize("section", ["Changed", "Removed"])
    def test_lets_pass_what_is_announced(self, promised, instead, coordinate, sentence, section):
        current = self.released.replace(promised, instead)
        changelog = f"## Unreleased\n\n### {section}\n\n- What `{coordinate}` was.\n"

        found = breaches(self.released, current, changelog)

        assert found == []

    @pytest.mark.parametrize(
        "changelog",
        [
            "",
            "## Unreleased\n\n### Added\n\n- `Room.kind`\n",
            "## Unreleased\n\n### Changed\n\n- Room.kind\n",
            "## Unreleased\n\n### Changed\n\n- `Room`, `Kind`, `Room.kinds`\n",
            "## Unreleased\n\n### Changed\n\n### Fixed\n\n- `Room.kind`\n",
            "## Unreleased\n\n## 1.0.0\n\n### Changed\n\n- `Room.kind`\n",
        ],
    )
    def test_does_not_look_for_the_announcement_elsewhere(self, changelog):
        current = self.released.replace("kind: Kind!", "kind: Kind")

        found = breaches(self.released, current, changelog)

        assert found == [
            "Field Room.kind changed type from Kind! to Kind. The CHANGELOG does not announce `Room.kind`."
        ]

    @pytest.mark.parametrize(
        ("promised", "sentence"),
        [
            ("kind: Kind!", "Field Room.kind was removed. It was not deprecated."),
            ("search: String", "Field Filter.search was removed. It was not deprecated."),
            ("floor: Int = 1,", "Argument Query.rooms(floor:) was removed. It was not deprecated."),
            ("ROOF", "Enum value Kind.ROOF was removed. It was not deprecated."),
        ],
    )
    def test_names_what_goes_without_having_been_deprecated(self, promised, sentence):
        current = self.released.replace(promised, "")
        changelog = (
            "## Unreleased\n\n### Removed\n\n- `Room.kind`, `Filter.search`, `Query.rooms(floor:)`, `Kind.ROOF`\n"
        )

        found = breaches(self.released, current, changelog)

        assert found == [sentence]

    def test_names_a_type_that_goes(self):
        current = self.released.replace("interface Named { name: String! }", "").replace("implements Named", "")

        found = breaches(self.released, current, "## Unreleased\n")

        assert found == [
            "Named was removed. The CHANGELOG does not announce `Named`.",
            "Room no longer implements interface Named. The CHANGELOG does not announce `Room`.",
        ]

    def test_lets_pass_what_is_added(self):
        current = (
            self.released.replace("HALL ROOF", "HALL ROOF YARD")
            .replace("search: String", "search: String day: Int")
            .replace("floor: Int = 1", "floor: Int = 1, day: Int")
            .replace("name: String! size", "name: String! seats: Int! size")
            .replace("size: Int", "size: Int!")
        )

        found = breaches(self.released, current, "## Unreleased\n")

        assert found == []
