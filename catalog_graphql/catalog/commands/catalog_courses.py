"""Commands that create, update and delete catalog courses."""

from django.db.models.lookups import Exact
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog_graphql.catalog import keys, languages, validation
from catalog_graphql.catalog.commands.command import InUseError, check_expected_title, command, refuse, save_changes
from catalog_graphql.catalog.commands.organizations import lock_organization
from catalog_graphql.catalog.problems import Problem, ProblemCode, RefusedError
from catalog_graphql.catalog.records import CatalogCourse, default_language, folded, lock_catalog_course
from catalog_graphql.catalog.text import fold_code

_NAMED = 20  # How many of the runs InUseError names.


@command
def create_catalog_course(*, org_code: str, course_code: str, title: str = "", language: str = "") -> CatalogCourse:
    """Create a catalog course. A blank title becomes the course code; a blank language, the site's.

    An inactive organization cannot get new courses. Raises RefusedError, with the existing catalog course, if any.
    """
    org_code, course_code, title = org_code.strip(), course_code.strip(), title.strip()
    language = languages.normalize(language) if language.strip() else default_language()
    problems = [
        *validation.check_code(course_code, "course_code"),
        *validation.check_line(title, "title", required=False),
        *validation.check_language(language, "language"),
    ]
    organization = lock_organization(org_code)
    if organization is None:
        message = _("There is no organization %(org_code)s.") % {"org_code": org_code}
        problems.append(Problem(ProblemCode.NOT_FOUND, message, ("org_code",)))
        raise RefusedError(problems)
    problems += validation.check_new_in(organization.short_name, active=organization.active, field="org_code")
    existing = None
    if keys.is_code(course_code):
        same_code = Exact(folded("course_code"), fold_code(course_code))
        existing = CatalogCourse.objects.filter(same_code, org=organization).first()
    if existing is not None:
        message = _("There is already a course %(key)s: codes must differ by more than case.")
        problems.append(Problem(ProblemCode.ALREADY_EXISTS, message % {"key": existing.key_str}, ("course_code",)))
    refuse(problems, existing=existing)
    return CatalogCourse.objects.create(org=organization, course_code=course_code, title=title, language=language)


@command
def update_catalog_course(
    catalog_course: CatalogCourse,
    *,
    title: str | None = None,
    language: str | None = None,
    expected_title: str | None = None,
) -> bool:
    """Update a catalog course's title or language, and return whether anything changed; None leaves a field alone.

    Refuses the update if the stored title is not `expected_title`, case-sensitively. Raises RefusedError, and
    CatalogCourse.DoesNotExist if the course has been deleted.
    """
    stored = CatalogCourse.objects.select_for_update().get(pk=catalog_course.pk)
    if stored.org_id == catalog_course.org_id:
        stored.org = catalog_course.org  # The log needs the key: this saves a query for the organization.
    problems = list(check_expected_title(stored.title, expected_title))
    changes: dict[str, str] = {}
    if title is not None:
        changes["title"] = title = title.strip()
        problems += validation.check_line(title, "title")
    if language is not None:
        changes["language"] = languages.normalize(language)
        problems += validation.check_language(changes["language"], "language")
    refuse(problems)
    return save_changes(catalog_course, stored, changes)


@command
def delete_catalog_course(catalog_course: CatalogCourse) -> None:
    """Delete a catalog course.

    Raises InUseError, a ProtectedError that names some of the runs, if the course has runs, and
    CatalogCourse.DoesNotExist if it has already been deleted.
    """
    stored = lock_catalog_course(catalog_course.pk)
    count = stored.runs.count()
    if count:
        message = ngettext(
            "The course has %(count)d run, to be deleted first.",
            "The course has %(count)d runs, to be deleted first.",
            count,
        )
        problem = Problem(ProblemCode.IN_USE, message % {"count": count})
        raise InUseError(problem, stored.runs.order_by("pk")[:_NAMED])
    stored.delete()
