"""Copy the history of catalog courses, runs and schedules to django-auditlog's log.

Each historical record becomes an entry, whose changes are the differences from the previous record. If an object's
first record is not a creation, the row is older than the history: its previous values are unknown, so the entry has no
changes.

Reversing the migration leaves the log as it is, since it also has the changes made since then.
"""

from datetime import UTC, datetime

from django.db import migrations
from django.db.models import Q

BATCH = 500

# The model, its primary key's column in the history, and the fields.
MODELS = (
    ("CatalogCourse", "id", ("org_id", "course_code", "created", "title", "language")),
    ("CourseRun", "id", ("catalog_course_id", "run_code", "course_key", "created", "title")),
    ("CourseSchedule", "course_run_id", ("start", "end", "enrollment_start", "enrollment_end")),
)
ACTIONS = {"+": 0, "~": 1, "-": 2}


def log_history(apps, schema_editor):
    using = schema_editor.connection.alias
    entries = apps.get_model("auditlog", "LogEntry").objects.using(using)
    for name, pk, fields in MODELS:
        records = apps.get_model("openedx_catalog", f"Historical{name}").objects.using(using)
        expected = records.count()
        if not expected:
            continue
        content_types = apps.get_model("contenttypes", "ContentType").objects.using(using)
        content_type, _ = content_types.get_or_create(app_label="openedx_catalog", model=name.lower())
        logged = entries.filter(content_type=content_type)
        there = logged.count()
        previous = None
        for batch in batches(records, pk):
            keys = keys_of(apps, using, name, batch)
            written = []
            for record in batch:
                if previous is not None and getattr(previous, pk) != getattr(record, pk):
                    previous = None
                written.append(entry_of(entries.model, content_type, record, previous, pk, fields, keys))
                previous = record
            entries.bulk_create(written)
        found = logged.count() - there
        if found != expected:
            raise RuntimeError(f"{expected} historical records of {name} became {found} entries of the log.")


def batches(records, pk):
    """Yield all records in batches, sorted by object, and by the time they were written within an object.

    Every database can serve the condition from its index on the primary key, without sorting.
    """
    rows, condition = records.order_by(pk, "history_id"), Q()
    while batch := list(rows.filter(condition)[:BATCH]):
        yield batch
        last = getattr(batch[-1], pk)
        condition = Q(**{f"{pk}__gte": last}) & ~Q(**{pk: last, "history_id__lte": batch[-1].history_id})


def entry_of(entry, content_type, record, previous, pk, fields, keys):
    after = {field: plain(getattr(record, field)) for field in fields}
    if record.history_type == "+":
        changes = {field: [None, new] for field, new in after.items()}
    elif record.history_type == "-":
        changes = {field: [old, None] for field, old in after.items()}
    elif previous is None or previous.history_type == "-":
        changes = {}
    else:
        changes = {field: [plain(getattr(previous, field)), new] for field, new in after.items()}
    object_id = getattr(record, pk)
    reason = {"reason": record.history_change_reason} if record.history_change_reason else {}
    return entry(
        content_type=content_type,
        object_pk=str(object_id),
        object_id=object_id,
        object_repr=keys(record),
        action=ACTIONS[record.history_type],
        changes={field.removesuffix("_id"): [old, new] for field, (old, new) in changes.items() if old != new},
        actor_id=record.history_user_id,
        timestamp=record.history_date,
        additional_data={"by": "unknown", **reason},
    )


def keys_of(apps, using, name, batch):
    """Return a function that returns the key of a record's object."""
    if name == "CourseRun":
        return lambda record: str(record.course_key)
    if name == "CatalogCourse":
        # If the organization was deleted, its own history has the code.
        pks, org_codes = {record.org_id for record in batch}, {}
        for model, pk in (("HistoricalOrganization", "id"), ("Organization", "pk")):
            found = apps.get_model("organizations", model).objects.using(using).filter(**{f"{pk}__in": pks})
            org_codes |= dict(found.order_by("pk").values_list(pk, "short_name"))
        return lambda record: f"catalog-course:{org_codes.get(record.org_id, '')}:{record.course_code}"
    pks, course_keys = {record.course_run_id for record in batch}, {}
    for model in ("HistoricalCourseRun", "CourseRun"):
        found = apps.get_model("openedx_catalog", model).objects.using(using).filter(id__in=pks)
        course_keys |= dict(found.order_by("pk").values_list("id", "course_key"))
    return lambda record: str(course_keys.get(record.course_run_id, ""))


def plain(value):
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value if value is None or isinstance(value, int) else str(value)


class Migration(migrations.Migration):
    dependencies = [
        ("openedx_catalog", "0004_fill_search_text"),
        ("auditlog", "0017_add_actor_email"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("organizations", "0004_auto_20230727_2054"),
    ]

    operations = [migrations.RunPython(log_history, migrations.RunPython.noop)]
