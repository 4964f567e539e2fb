"""`manage.py check_catalog`."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from catalog_graphql.catalog import audit


class Command(BaseCommand):
    help = (
        "Audit the rules that the database cannot enforce. Reports runs whose keys contradict their catalog course, "
        "organizations whose codes differ only by case or do not fit into a key, missing indexes and constraints, "
        "outdated search texts, and role rows without a target. Exits with status 1 if it finds anything."
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
