"""`manage.py rebuild_search`."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from catalog_graphql.catalog import search_text


class Command(BaseCommand):
    help = (
        "Write missing and outdated search texts of organizations, catalog courses and course runs. Run it after "
        "changes by SQL, QuerySet.update() or bulk_create(), and after an upgrade of Python, whose newer Unicode data "
        "may fold more letters. It is safe to run while others write, and continues where it was interrupted."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        for model in search_text.SEARCH_TEXTS:
            name = model._meta.db_table
            with tqdm(desc=name, total=model._default_manager.count(), disable=not sys.stderr.isatty()) as bar:
                mended = search_text.mend(model, bar.update)
            self.stdout.write(f"{name}: {mended} rewritten.")
