"""Tables that change hands: what migrations do where another app had the table before."""

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState


class Adopt(migrations.CreateModel):
    """Take over the table of the model of this name from another app, which a migration of that app hands over.

    The table is renamed, with all its rows. Where that migration is not part of the project, the table is created.
    """

    def __init__(self, *args: Any, handed_over_by: tuple[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.handed_over_by = handed_over_by

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Rename the other app's table, or create one."""
        model = to_state.apps.get_model(app_label, self.name)
        if self._is_handed_over(schema_editor):
            schema_editor.alter_db_table(model, self._old_table(), model._meta.db_table)
        else:
            super().database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Give the table back under its old name, or drop it."""
        model = from_state.apps.get_model(app_label, self.name)
        if self._is_handed_over(schema_editor):
            schema_editor.alter_db_table(model, model._meta.db_table, self._old_table())
        else:
            super().database_backwards(app_label, schema_editor, from_state, to_state)

    def _is_handed_over(self, schema_editor: BaseDatabaseSchemaEditor) -> bool:
        # The migration of the other app runs before this one, and is taken back after it.
        return self.handed_over_by in MigrationRecorder(schema_editor.connection).applied_migrations()

    def _old_table(self) -> str:
        return f"{self.handed_over_by[0]}_{self.name_lower}"


def move_content_type(apps: Any, schema_editor: BaseDatabaseSchemaEditor, old: str, new: str, model: str) -> None:
    """Give the content type of a model to another app: permissions and logs keep pointing at it."""
    using = schema_editor.connection.alias
    content_types = apps.get_model("contenttypes", "ContentType").objects.using(using).filter(model=model)
    if not content_types.filter(app_label=new).exists():
        content_types.filter(app_label=old).update(app_label=new)
