"""Migrations that the site can run through while it serves: an old process and a new schema."""

from collections.abc import Iterator

import pytest
from django.db import migrations
from django.db.migrations.loader import MigrationLoader

BEGUN_WITH = "0008"
"""Older ones make the first release; nobody runs them over data that is served."""

LOCKING = (migrations.AddIndex, migrations.RemoveIndex, migrations.AddConstraint)
"""They keep writers out for as long as they read a table: there are forms that do not."""

BREAKING = (
    migrations.RemoveField,
    migrations.RenameField,
    migrations.RenameModel,
    migrations.DeleteModel,
    migrations.AlterModelTable,
)
"""A process of the release before would ask for what is gone."""


def problems(migration: migrations.Migration) -> Iterator[str]:
    """What would hurt a site that goes on serving; ``stops_the_site`` says why it has to be."""
    if getattr(migration, "stops_the_site", ""):
        return
    made = {
        operation.name_lower
        for operation in migration.operations
        if isinstance(operation, migrations.CreateModel)
    }
    for operation in migration.operations:
        if type(operation) in LOCKING and operation.model_name_lower not in made:
            yield f"{migration.name}: {operation.describe()} locks the table"
        if isinstance(operation, BREAKING):
            yield f"{migration.name}: {operation.describe()} breaks the release before"


def ours() -> list[migrations.Migration]:
    loader = MigrationLoader(None)
    return [
        migration
        for (app, name), migration in loader.disk_migrations.items()
        if app == "catalog" and name > BEGUN_WITH
    ]


def test_migrations_can_be_run_while_the_site_serves():
    assert ours()
    assert [problem for migration in ours() for problem in problems(migration)] == []


@pytest.mark.parametrize(
    "operation",
    [
        migrations.RemoveField("aisystem", "name"),
        migrations.DeleteModel("aisystem"),
        migrations.RemoveIndex("aisystem", "aisystem_by_name"),
    ],
)
def test_what_would_hurt_is_found(operation: migrations.operations.base.Operation):
    migration = migrations.Migration("0099_bad", "catalog")
    migration.operations = [operation]
    assert len(list(problems(migration))) == 1
    migration.stops_the_site = "There is no other way."
    assert list(problems(migration)) == []
