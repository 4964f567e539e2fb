"""Node ids: an object's type and key, so that integer primary keys never leave the server."""

import base64
import binascii

import strawberry

from catalog_graphql.graphql_internals import described


@described
@strawberry.interface
class Node:
    """An object that can be fetched again by its ID. The ID encodes the object's key; treat it as opaque."""

    @strawberry.field(description="The object's ID, for `node` and `nodes`.")
    def id(self) -> strawberry.ID:
        """Return the id."""
        raise NotImplementedError


def encode_id(type_name: str, key: str) -> strawberry.ID:
    """Return the id of the object of this type and key."""
    return strawberry.ID(base64.urlsafe_b64encode(f"{type_name}:{key}".encode()).decode().rstrip("="))


def decode_id(node_id: str) -> tuple[str, str]:
    """Return the type and the key that an id is made of. Raises ValueError for what is no id."""
    try:
        text = base64.b64decode(node_id + "=" * (-len(node_id) % 4), altchars=b"-_", validate=True).decode()
    except (binascii.Error, ValueError) as error:
        raise ValueError("not an id") from error
    type_name, separator, key = text.partition(":")
    if not separator:
        raise ValueError("not an id")
    return type_name, key
