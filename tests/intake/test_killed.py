"""A run that is killed in the middle and started again ends as if nothing had happened."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from psycopg import sql

from tests import databases
from tests.intake.records import model, write

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]

RECORDS = 18
TABLES = {
    "catalog_aisystem": "slug, name, parameters, strip, facts_fingerprint, family_id IS NULL",
    "catalog_component": "kind, availability, licence_expression, evidence_url, recorded_by",
    "catalog_sourcerecord": "key, fingerprint, state, document::text",
    "catalog_evaluation": "definition_id, status, criteria, facts_fingerprint",
    "catalog_organization": "slug, name",
}


@pytest.fixture
def pair() -> Iterator[list[str]]:
    """Two migrated databases without rows beside the one of the tests, dropped at the end."""
    empty = databases.name_at_hand()
    names = [f"{empty}_whole", f"{empty}_killed"]
    for name in names:
        databases.copy(empty, name)
    yield names
    for name in names:
        databases.drop(name)


def manage(database: str, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, str(settings.BASE_DIR / "manage.py"), *arguments],
        env=os.environ | {"DATABASE_URL": databases.url_of(database), "PYTHONWARNINGS": "ignore"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def finish(process: subprocess.Popen[bytes]) -> None:
    _out, errors = process.communicate(timeout=300)
    assert process.returncode == 0, errors.decode()


def rows(database: str, table: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(databases.url_of(database)) as server:
        query = sql.SQL("SELECT {} FROM {}").format(sql.SQL(TABLES[table]), sql.Identifier(table))
        return sorted(server.execute(query).fetchall())


def records_in(database: str) -> int:
    with psycopg.connect(databases.url_of(database)) as server:
        found = server.execute("SELECT count(*) FROM catalog_sourcerecord").fetchone()
        return int(found[0]) if found else 0


def test_a_killed_run_ends_the_same_when_it_is_started_again(pair: list[str], tmp_path: Path):
    whole, killed = pair
    names = {f"m{n:02}": model(f"Thing-{n + 1}B", version=f"{n + 1}B") for n in range(RECORDS)}
    folder = str(write(tmp_path, **names))
    finish(manage(whole, "import_mof", folder))

    process = manage(killed, "import_mof", folder)
    until = time.monotonic() + 240
    while records_in(killed) < RECORDS // 3 and time.monotonic() < until:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    reached = records_in(killed)
    assert 0 < reached < RECORDS, "the run was not killed in the middle"

    finish(manage(killed, "import_mof", folder))

    for table in TABLES:
        assert rows(killed, table) == rows(whole, table), table
