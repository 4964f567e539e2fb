"""`manage.py mend_search_text`."""

from typing import Any

from django.core.management.base import BaseCommand

from catalog_graphql.catalog import search_text


class Command(BaseCommand):
    help = (
        "Write what organizations, catalog courses and course runs are searched by, where it is missing or is not that "
        "of the title or name: after SQL, after QuerySet.update() or bulk_create(), and after a newer Python, which "
        "may know the capitals of more scripts. It does no harm to run it again, or while others write."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        for model in search_text.SEARCH_TEXTS:
            self.stdout.write(f"{model._meta.db_table}: {search_text.mend(model)} mended.")
