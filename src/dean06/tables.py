"""Tables of a room made in one step: what a new database is made with, in seconds.

Django applies a migration operation by operation and draws all related models anew after each. Every table here refers
to a group, so a hundred and fifty tables were drawn a thousand times: half a minute before a new house could open.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation, OperationCategory
from django.db.migrations.state import ProjectState
from typing_extensions import override

__all__ = ["CreateModels"]


class CreateModels(Operation):
    """Create several models together: their state first, then every table, from models that are drawn once."""

    category = OperationCategory.ADDITION
    serialization_expand_args = ["models"]

    def __init__(self, models: Sequence[CreateModel]) -> None:
        self.models = models

    @override
    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        """Return what a file of migrations writes of this operation."""
        return type(self).__qualname__, [], {"models": self.models}

    @override
    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Add the models to the state before anything is drawn."""
        vars(state).pop("apps", None)  # drawn models, kept by the state; they are drawn again when next asked for
        for model in self.models:
            model.state_forwards(app_label, state)

    @override
    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Create the tables with their indexes and constraints."""
        for model in self._drawn(app_label, schema_editor, to_state.apps):
            schema_editor.create_model(model)

    @override
    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Remove the tables, the last made first."""
        for model in reversed(self._drawn(app_label, schema_editor, from_state.apps)):
            schema_editor.delete_model(model)

    def _drawn(self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, apps: Apps) -> list[type]:
        models = [apps.get_model(app_label, model.name) for model in self.models]
        return [model for model in models if self.allow_migrate_model(schema_editor.connection.alias, model)]

    @override
    def describe(self) -> str:
        """Say what is made."""
        return f"Create {', '.join(model.name for model in self.models)}"
