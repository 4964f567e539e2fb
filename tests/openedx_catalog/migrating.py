"""Migrate to the schema before `catalog_graphql` had tables of the catalog, and back."""

from typing import Any

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

BEFORE = ("openedx_catalog", "0004_fill_search_text")


def migrate_back() -> Any:
    """Migrate to the earlier schema; return the models of that time."""
    MigrationExecutor(connection).migrate([BEFORE])
    return MigrationExecutor(connection).loader.project_state([BEFORE]).apps


def migrate_forth() -> None:
    """Apply all migrations."""
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
