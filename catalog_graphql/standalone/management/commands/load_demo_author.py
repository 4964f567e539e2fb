"""Create an author who sees part of the demo catalog."""

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand
from django.db import transaction

from catalog_graphql.catalog import records as models
from catalog_graphql.standalone.models import CourseAccessRole, Role

ACCOUNT = "author"
ORG_CODE = "Harbor.Tech"
ELSEWHERE = {"NorthlakeX": Role.INSTRUCTOR, "TroisRives": Role.STAFF}


class Command(BaseCommand):
    help = (
        "Create an account for the demo catalog, in DEBUG only. The user author, with the password author, is staff of "
        "one organization, can create courses in it, and has a role on two runs elsewhere."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        users = get_user_model()._default_manager
        if not settings.DEBUG:
            self.stdout.write(f"The account {ACCOUNT} is left out: it is for DEBUG only.")
        elif users.filter(username=ACCOUNT).exists():
            self.stdout.write(f"The account {ACCOUNT} is there already.")
        else:
            _create_author()
            self.stdout.write(f"Or sign in as {ACCOUNT}, password {ACCOUNT}, who sees some of it.")


@transaction.atomic
def _create_author() -> None:
    author = get_user_model().objects.create_user(username=ACCOUNT, password=ACCOUNT)
    for role in (Role.STAFF, Role.CREATOR):
        CourseAccessRole.objects.create(user=author, org=ORG_CODE, role=role)
    for org_code, role in ELSEWHERE.items():
        run = models.CourseRun.objects.filter(catalog_course__org__short_name=org_code).order_by("course_key").first()
        if run is not None:
            CourseAccessRole.objects.create(user=author, org=org_code, course_key=run.course_key, role=role)
