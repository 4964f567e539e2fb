"""`@graphql-eslint` accepts the published schema."""

BAD = '''
"""Where every query starts."""
type Query {
  """The rooms."""
  rooms: RoomConnection!
}

"""A page of rooms."""
type RoomConnection {
  """The rows of the page."""
  edges: [RoomEdge!]!

  """Where the page lies in the list."""
  pageInfo: PageInfo!
}

"""A room, and its place."""
type RoomEdge {
  """The room."""
  node: Room!

  """The room's place."""
  cursor: String!
}

type Room {
  """How many fit in."""
  Seats: Int! @deprecated
}

"""Where a page lies in its list."""
type PageInfo {
  """Whether rows follow the page."""
  hasNextPage: Boolean!
}
'''


class TestSchemaLint:
    def test_finds_nothing_in_the_published_schema(self, ask_node, schema):
        problems = ask_node("lint.mjs", schema)

        assert problems == []

    def test_finds_what_the_rules_are_about(self, ask_node, tmp_path):
        sdl = tmp_path / "bad.graphql"
        sdl.write_text(BAD)

        problems = ask_node("lint.mjs", sdl)

        assert {problem["rule"].removeprefix("@graphql-eslint/") for problem in problems} == {
            "naming-convention",
            "relay-arguments",
            "relay-edge-types",
            "relay-page-info",
            "require-deprecation-reason",
            "require-description",
            "strict-id-in-types",
        }
