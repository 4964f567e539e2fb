"""The published schema matches the code, has all that the contract names, and describes everything."""

from pathlib import Path

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    build_schema,
    is_specified_directive,
)
from strawberry.printer import print_schema

from catalog_graphql.schema.schema import schema

ROOT = Path(__file__).resolve().parents[3]
CONTRACT = ROOT / "../shared/contract/catalog.graphql"


def describe(built: GraphQLSchema) -> dict[str, str]:
    """Return everything that the schema names, with its type, by schema coordinate."""
    places = {}
    for name, type_ in built.type_map.items():
        if name.startswith("__"):
            continue
        places[name] = type(type_).__name__
        if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType):
            places[f"{name} implements"] = " ".join(sorted(interface.name for interface in type_.interfaces))
        if isinstance(type_, GraphQLEnumType):
            places |= {f"{name}.{value}": "value" for value in type_.values}
        if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
            for field_name, field in type_.fields.items():
                places[f"{name}.{field_name}"] = str(field.type)
                if isinstance(type_, GraphQLInputObjectType):
                    continue
                for argument_name, argument in field.args.items():
                    places[f"{name}.{field_name}({argument_name})"] = str(argument.type)
    return places


def descriptions(built: GraphQLSchema) -> dict[str, str | None]:
    """Return the description of every type, field, argument and enum value, by schema coordinate."""
    places: dict[str, str | None] = {}
    for name, type_ in built.type_map.items():
        if name.startswith("__") or name in {"String", "Int", "Float", "Boolean", "ID"}:
            continue
        places[name] = type_.description
        for member_name, member in {**getattr(type_, "fields", {}), **getattr(type_, "values", {})}.items():
            places[f"{name}.{member_name}"] = member.description
            for argument_name, argument in getattr(member, "args", {}).items():
                places[f"{name}.{member_name}({argument_name})"] = argument.description
    for directive in built.directives:
        if not is_specified_directive(directive):
            places[f"@{directive.name}"] = directive.description
    return places


class TestPublishedSchema:
    published = ROOT / "schema/schema.graphql"

    def test_is_what_the_code_says(self):
        assert self.published.read_text() == print_schema(schema) + "\n", "run `make schema`"

    def test_describes_everything(self):
        built = build_schema(self.published.read_text())

        assert [place for place, description in descriptions(built).items() if not description] == []

    def test_has_everything_of_the_contract(self):
        if not CONTRACT.exists():
            pytest.skip("needs ../shared/contract/catalog.graphql, which a clone of the project does not have")
        promised = describe(build_schema(CONTRACT.read_text()))
        kept = describe(build_schema(self.published.read_text()))

        missing = {place: type_ for place, type_ in promised.items() if kept.get(place) != type_}
        assert missing == {}
