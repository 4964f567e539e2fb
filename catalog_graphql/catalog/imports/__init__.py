"""Import course runs from listings and requests.

`files` reads rows, with `spreadsheets` or `json_lines`; `rows` validates a single row; `listing_notes` compares the
rows of one listing; `stored` reads what the catalog already has; `batches` decides the outcome of each row;
`bulk_writes` writes the result; `taking` rejects rows that the database objects to; `importing` puts it all together.
"""

from catalog_graphql.catalog.imports.batches import Outcome, OutcomeKind
from catalog_graphql.catalog.imports.files import CourseRunFile, Format, find_format
from catalog_graphql.catalog.imports.importing import BATCH_SIZE, Summary, import_course_runs, sync_course_runs
from catalog_graphql.catalog.imports.lines import BrokenFileError
from catalog_graphql.catalog.imports.listing_notes import ListingChangedError
from catalog_graphql.catalog.imports.rows import Row, make_row, read_row

__all__ = [
    "BATCH_SIZE",
    "BrokenFileError",
    "CourseRunFile",
    "Format",
    "ListingChangedError",
    "Outcome",
    "OutcomeKind",
    "Row",
    "Summary",
    "find_format",
    "import_course_runs",
    "make_row",
    "read_row",
    "sync_course_runs",
]
