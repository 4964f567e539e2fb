"""`manage.py check_catalog`."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from catalog_graphql.catalog import audit


class Command(BaseCommand):
    help = (
        "Audit what the database cannot keep: runs whose keys contradict their catalog course, organizations that "
        "differ only by case or that no key can name, tables without an index or constraint, titles and names "
        "that a search does not find, role rows that lead nowhere. Exits 1 if anything is found."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        found = 0
        for finding in audit.findings():
            found += 1
            self.stdout.write(f"{finding.key}: {finding.message}")
        if not found:
            self.stdout.write(self.style.SUCCESS("The catalog is as it should be."))
            return
        self.stdout.write(self.style.ERROR(f"{found} {'finding' if found == 1 else 'findings'}."))
        sys.exit(1)
