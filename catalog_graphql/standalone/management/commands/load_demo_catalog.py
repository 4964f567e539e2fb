"""Load the demo catalog into an empty database."""

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from catalog_graphql.standalone import demo

ACCOUNT = "staff"


class Command(BaseCommand):
    help = (
        "Load the demo catalog into a database without organizations and catalog courses. In DEBUG, also create the "
        "global staff user staff, with the password staff."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing, instead of failing, if there is already a catalog"
        )

    def handle(self, *args: Any, if_empty: bool, **options: Any) -> None:
        if not demo.is_empty():
            if not if_empty:
                raise CommandError(
                    "There are organizations or catalog courses already: the demo catalog is for an empty database."
                )
            self.stdout.write("There is a catalog already: the demo catalog is left out.")
            return
        loaded = demo.load()
        self.stdout.write(
            f"Loaded the demo catalog: {loaded.organizations} organizations, {loaded.catalog_courses} catalog courses, "
            f"{loaded.course_runs} runs. {_create_account()}"
        )


def _create_account() -> str:
    if not settings.DEBUG:
        return f"The account {ACCOUNT} is left out: it is for DEBUG only."
    users = get_user_model()._default_manager
    if users.filter(**{get_user_model().USERNAME_FIELD: ACCOUNT}).exists():
        return f"The account {ACCOUNT} was there already."
    get_user_model().objects.create_superuser(username=ACCOUNT, password=ACCOUNT)
    return f"Sign in as {ACCOUNT}, password {ACCOUNT}."
