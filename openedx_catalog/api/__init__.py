"""Everything other code may ask of the catalog or do to it. Nothing here checks permission: callers do."""

from openedx_catalog.api.catalog_courses import (
    create_catalog_course,
    delete_catalog_course,
    get_catalog_course,
    update_catalog_course,
)
from openedx_catalog.api.commands import InUseError
from openedx_catalog.api.course_runs import (
    create_course_run,
    create_course_run_for_modulestore_course_with,
    delete_course_run,
    get_course_run,
    sync_course_run_details,
    update_course_run,
)
from openedx_catalog.api.organizations import create_organization, update_organization
from openedx_catalog.api.syncs import MAX_ROWS, sync_course_runs
from openedx_catalog.database_errors import DatabaseFailure, failure_of
from openedx_catalog.findings import Finding, register_audit
from openedx_catalog.imports import Outcome, OutcomeKind, Row, make_row
from openedx_catalog.keys import (
    CATALOG_COURSE_PREFIX,
    CCX_PREFIX,
    KeyWarning,
    catalog_course_key,
    is_ccx,
    is_course_key,
    key_warnings,
    split_catalog_course_key,
)
from openedx_catalog.keys import split as split_course_key
from openedx_catalog.languages import normalize as normalize_language
from openedx_catalog.models.catalog_course import find_organization, organizations_of
from openedx_catalog.models.organization_codes import org_code_changed
from openedx_catalog.problems import Problem, ProblemCode, RefusedError
from openedx_catalog.searches import catalog_course_has, code_has, course_run_has, every, organization_has, words_of
from openedx_catalog.text import FoldedCode, fold_code
from openedx_catalog.transactions import BusyError, in_transaction

__all__ = [
    "CATALOG_COURSE_PREFIX",
    "CCX_PREFIX",
    "MAX_ROWS",
    "BusyError",
    "DatabaseFailure",
    "Finding",
    "FoldedCode",
    "InUseError",
    "KeyWarning",
    "Outcome",
    "OutcomeKind",
    "Problem",
    "ProblemCode",
    "RefusedError",
    "Row",
    "catalog_course_has",
    "catalog_course_key",
    "code_has",
    "course_run_has",
    "create_catalog_course",
    "create_course_run",
    "create_course_run_for_modulestore_course_with",
    "create_organization",
    "delete_catalog_course",
    "delete_course_run",
    "every",
    "failure_of",
    "find_organization",
    "fold_code",
    "get_catalog_course",
    "get_course_run",
    "in_transaction",
    "is_ccx",
    "is_course_key",
    "key_warnings",
    "make_row",
    "normalize_language",
    "org_code_changed",
    "organization_has",
    "organizations_of",
    "register_audit",
    "split_catalog_course_key",
    "split_course_key",
    "sync_course_run_details",
    "sync_course_runs",
    "update_catalog_course",
    "update_course_run",
    "update_organization",
    "words_of",
]
