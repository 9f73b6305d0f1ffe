"""Building the dumps: into a folder of its own, switched to in one step."""

import fcntl
import hashlib
import json
import os
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Protocol

from django.db import connection, transaction
from django.utils import timezone

from catalog.exporters.dumps.contents import TABLES
from catalog.exporters.dumps.files import JsonLines, checksum, csv_table, drop, pack
from catalog.exporters.dumps.lines import lines_schema, system_lines
from catalog.exporters.dumps.manifest import README, manifest
from catalog.exporters.dumps.shelf import CURRENT, MANIFEST, Shelf, shelf
from catalog.exporters.dumps.sqlite import SqliteFile
from catalog.exporters.dumps.tables import Table, flat_rows
from catalog.models import AISystem, CatalogState
from definitions import registry
from definitions.explain import definition_json

BATCH = 1000
"""Rows of a table in memory at one time."""

SYSTEMS = 500
"""Systems with all that belongs to them in memory at one time."""

KEPT = 2
"""Builds that stay: today's, and the one that somebody may still be reading."""

FORMAT = 1
"""Counted up when the files change their form, so that they are built anew."""

SQLITE = "glassbox.sqlite"


class DumpError(Exception):
    """The dumps cannot be built; the message is for whoever runs the command."""


class Watch(Protocol):
    """Is told how many rows were written; what a progress bar does."""

    def update(self, rows: int) -> object: ...


def rules() -> str:
    """What the definitions and the form of the files are at, in one word."""
    words = [str(FORMAT), *(definition.fingerprint for definition in registry.DEFINITIONS)]
    return hashlib.sha256(" ".join(words).encode()).hexdigest()[:16]


def build_dumps(
    *, target: Path, watch: Watch | None = None, force: bool = False
) -> tuple[Shelf, bool]:
    """The current dumps, and whether they had to be built.

    DumpError where another process builds them at this moment, or nothing can
    be written there. Everything is read from one snapshot of the database.
    """
    try:
        target.mkdir(parents=True, exist_ok=True)
        with alone(target), snapshot():
            version = CatalogState.objects.current()
            known = shelf(target)
            if known and not force and is_current(known, version):
                return known, False
            folder = target / f".building-{os.getpid()}"
            drop(folder)
            folder.mkdir()
            try:
                fill(folder, version, watch)
                switch(target, folder, version)
            finally:
                drop(folder)
    except OSError as error:
        raise DumpError(f"{error.filename or target}: {error.strerror}") from error
    built = shelf(target)
    assert built is not None  # noqa: S101 - it was written a moment ago
    return built, True


def is_current(known: Shelf, version: int) -> bool:
    return known.version == version and known.manifest.get("rules") == rules()


@contextmanager
def alone(target: Path) -> Iterator[None]:
    """Only one process builds into a folder; the lock goes with the process."""
    with (target / ".lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise DumpError("Another process is building the dumps.") from None
        yield


@contextmanager
def snapshot() -> Iterator[None]:
    """All reads see the catalogue as it was at the first of them."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def fill(folder: Path, version: int, watch: Watch | None) -> None:
    """Write every file of a build."""
    now = timezone.now()
    counts: dict[str, int] = {}
    with (
        SqliteFile(folder / SQLITE) as database,
        zipfile.ZipFile(folder / "glassbox.csv.zip", "w") as archive,
    ):
        for table in TABLES:
            counts[table.name] = write_table(
                folder, table, database, archive, now.timetuple()[:6], watch
            )
        about = {"catalogue_version": str(version), "built_at": now.isoformat(timespec="seconds")}
        database.finish(TABLES, about | {"licence": "CC-BY-4.0"})
    pack(folder / SQLITE)
    rows = write_lines(folder, watch)
    rows |= {table.lines: counts[table.name] for table in TABLES if table.lines}
    write_json(folder / "schema.json", lines_schema())
    (folder / "README.txt").write_text(README, "utf-8")
    contents = manifest(
        folder,
        rows,
        checksum,
        version=version,
        built_at=now,
        rules=rules(),
        tables=counts,
    )
    write_json(folder / MANIFEST, contents)


def write_json(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", "utf-8")


def write_table(
    folder: Path,
    table: Table,
    database: SqliteFile,
    archive: zipfile.ZipFile,
    stamp: tuple[int, ...],
    watch: Watch | None,
) -> int:
    """One table into SQLite, the archive of CSV files and, where it has lines, JSON Lines."""
    total = 0
    database.make(table)
    with ExitStack() as stack:
        lines = stack.enter_context(JsonLines(folder, table.lines)) if table.lines else None
        write_csv = stack.enter_context(csv_table(archive, table, stamp))
        for batch in table.batches(BATCH):
            cells = flat_rows(batch)
            database.write(table, cells)
            write_csv(cells)
            if lines is not None:
                lines.write(table.line(row) for row in batch)
            total += len(batch)
            if watch is not None:
                watch.update(len(batch))
    return total


def write_lines(folder: Path, watch: Watch | None) -> dict[str, int]:
    """The lines that are more than the row of a table: systems and definitions."""
    with JsonLines(folder, "systems") as systems:
        for batch in system_lines(SYSTEMS):
            systems.write_lines(batch)
            if watch is not None:
                watch.update(len(batch))
    with JsonLines(folder, "definitions") as definitions:
        definitions.write(definition_json(item) for item in registry.DEFINITIONS)
    return {"systems": systems.rows, "definitions": definitions.rows}


def switch(target: Path, folder: Path, version: int) -> None:
    """Serve the new build from now on, and drop the old ones but the last."""
    done = target / f"v{version}-{timezone.now():%Y%m%dT%H%M%S%f}"
    folder.rename(done)
    link = target / f".{CURRENT}-{os.getpid()}"
    link.unlink(missing_ok=True)
    link.symlink_to(done.name)
    link.replace(target / CURRENT)
    builds = sorted(target.glob("v*-*"), key=lambda path: path.name.rpartition("-")[2])
    for old in builds[:-KEPT]:
        drop(old)
    for left in target.glob(".building-*"):
        drop(left)


def rows_to_write() -> int:
    """How many rows a build will write, for a progress bar. One query per table."""
    found = AISystem.objects.published().count()
    for table in TABLES:
        rows = table.rows()
        found += len(rows) if isinstance(rows, list) else rows.count()  # type: ignore[call-arg]
    return found
