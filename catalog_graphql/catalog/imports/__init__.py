"""Import course runs from listings and requests.

`files` reads rows, by `spreadsheets` or `json_lines`; `rows` says what one may hold; `listing` compares the rows of one
listing; `stored` reads what the catalog holds of them; `batches` decides what becomes of them; `changes` writes it;
`taking` leaves out rows that the database objects to; `importing` does all of it.
"""

from catalog_graphql.catalog.imports.batches import Outcome, OutcomeKind
from catalog_graphql.catalog.imports.files import CourseRunFile, Format, find_format
from catalog_graphql.catalog.imports.importing import BATCH_SIZE, Summary, import_course_runs, sync_course_runs
from catalog_graphql.catalog.imports.lines import BrokenFileError
from catalog_graphql.catalog.imports.listing import ListingChangedError
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
