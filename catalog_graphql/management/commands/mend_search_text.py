"""`manage.py mend_search_text`."""

from typing import Any

from django.core.management.base import BaseCommand

from catalog_graphql.catalog import search_text


class Command(BaseCommand):
    help = (
        "Write missing and outdated search texts of organizations, catalog courses and course runs. Run it after "
        "changes by SQL, QuerySet.update() or bulk_create(), and after an upgrade of Python, whose newer Unicode data "
        "may fold more letters. It is idempotent, and safe to run while others write."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        for model in search_text.SEARCH_TEXTS:
            self.stdout.write(f"{model._meta.db_table}: {search_text.mend(model)} mended.")
