"""`manage.py index_catalog`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from catalog_graphql.catalog import indexes
from catalog_graphql.catalog.records import IS_STANDALONE


class Command(BaseCommand):
    help = (
        "Create the indexes on openedx-core's tables that the lists' orders need. Without them, most orders read and "
        "sort a whole table. It leaves existing indexes alone, and does nothing with openedx-catalog-standalone, whose "
        "migrations create them."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--drop", action="store_true", help="Drop these indexes instead.")

    def handle(self, *args: Any, drop: bool, **options: Any) -> None:
        if IS_STANDALONE:
            self.stdout.write("The tables have their indexes by their migrations.")
            return
        count = 0
        for name in indexes.drop() if drop else indexes.create():
            count += 1
            self.stdout.write(f"{name} {'dropped' if drop else 'created'}.")
        if not count:
            self.stdout.write("There is nothing to drop." if drop else "All indexes are there.")
