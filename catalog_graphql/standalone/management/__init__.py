"""Management commands of the standalone server."""
