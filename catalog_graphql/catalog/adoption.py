"""Migration operations that take over a table from another app."""

from functools import partial
from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState


class Adopt(migrations.CreateModel):
    """Create a model whose table another app owned until its migration `handed_over_by` gave the table up.

    If that migration has been applied, rename the table and keep its rows. Otherwise, create the table.
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
        """Give the table back its old name, or drop it."""
        model = from_state.apps.get_model(app_label, self.name)
        if self._is_handed_over(schema_editor):
            schema_editor.alter_db_table(model, model._meta.db_table, self._old_table())
        else:
            super().database_backwards(app_label, schema_editor, from_state, to_state)

    def _is_handed_over(self, schema_editor: BaseDatabaseSchemaEditor) -> bool:
        # The other app's migration is applied before this one and reversed after it.
        return self.handed_over_by in MigrationRecorder(schema_editor.connection).applied_migrations()

    def _old_table(self) -> str:
        return f"{self.handed_over_by[0]}_{self.name_lower}"


def move_content_types(old: str, new: str, *models: str) -> migrations.RunPython:
    """Return an operation that moves the models' content types to another app, or back.

    Permissions and logs keep pointing at them.
    """
    return migrations.RunPython(partial(_move, old, new, models), partial(_move, new, old, models))


def _move(old: str, new: str, models: tuple[str, ...], apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    content_types = apps.get_model("contenttypes", "ContentType").objects.using(schema_editor.connection.alias)
    for model in models:
        found = content_types.filter(model=model)
        if not found.filter(app_label=new).exists():
            found.filter(app_label=old).update(app_label=new)
