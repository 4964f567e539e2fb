"""The catalog's public Python API. Nothing here checks permissions; callers must."""

from catalog_graphql.catalog.commands.catalog_courses import (
    create_catalog_course,
    delete_catalog_course,
    update_catalog_course,
)
from catalog_graphql.catalog.commands.command import InUseError
from catalog_graphql.catalog.commands.course_runs import create_course_run, delete_course_run, update_course_run
from catalog_graphql.catalog.commands.organizations import create_organization, update_organization
from catalog_graphql.catalog.commands.syncs import MAX_ROWS, sync_course_runs
from catalog_graphql.catalog.database_errors import DatabaseFailure, failure_of
from catalog_graphql.catalog.findings import Finding, register_audit
from catalog_graphql.catalog.history import By, made
from catalog_graphql.catalog.imports import Outcome, OutcomeKind, Row, make_row
from catalog_graphql.catalog.keys import (
    CATALOG_COURSE_PREFIX,
    CCX_PREFIX,
    COURSE_KEY_FORMS,
    KeyWarning,
    catalog_course_key,
    is_ccx,
    is_course_key,
    key_warnings,
    split_catalog_course_key,
)
from catalog_graphql.catalog.keys import split as split_course_key
from catalog_graphql.catalog.languages import normalize as normalize_language
from catalog_graphql.catalog.organizations import find_organization, organizations_of
from catalog_graphql.catalog.problems import Problem, ProblemCode, RefusedError
from catalog_graphql.catalog.schedules import archived, is_archived
from catalog_graphql.catalog.searches import (
    catalog_course_has,
    code_has,
    course_run_has,
    every,
    organization_has,
    words_of,
)
from catalog_graphql.catalog.text import FoldedCode, fold_code
from catalog_graphql.catalog.transactions import BusyError, in_transaction

__all__ = [
    "CATALOG_COURSE_PREFIX",
    "CCX_PREFIX",
    "COURSE_KEY_FORMS",
    "MAX_ROWS",
    "BusyError",
    "By",
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
    "archived",
    "catalog_course_has",
    "catalog_course_key",
    "code_has",
    "course_run_has",
    "create_catalog_course",
    "create_course_run",
    "create_organization",
    "delete_catalog_course",
    "delete_course_run",
    "every",
    "failure_of",
    "find_organization",
    "fold_code",
    "in_transaction",
    "is_archived",
    "is_ccx",
    "is_course_key",
    "key_warnings",
    "made",
    "make_row",
    "normalize_language",
    "organization_has",
    "organizations_of",
    "register_audit",
    "split_catalog_course_key",
    "split_course_key",
    "sync_course_runs",
    "update_catalog_course",
    "update_course_run",
    "update_organization",
    "words_of",
]
