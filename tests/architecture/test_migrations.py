"""Migrations that the site can run through while it serves: an old process and a new schema."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import migrations
from django.db.migrations.loader import MigrationLoader

PINS = Path(__file__).with_name("migrations.sha256")

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


def test_a_migration_that_was_committed_is_never_edited():
    """A database that has run one would differ for ever from one that runs the edited file.

    A new migration gets its line by ``sha256sum``, in the folder of the migrations.
    """
    pinned = dict(reversed(line.split()) for line in PINS.read_text().splitlines())
    folder = settings.BASE_DIR / "catalog" / "migrations"
    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("0*.py")
    }
    assert found == pinned
