"""Building the dumps: into a folder of its own, switched to in one step."""

import fcntl
import hashlib
import json
import os
import sqlite3
import zipfile
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Executor, Future, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager
from itertools import islice
from pathlib import Path
from typing import Protocol

from django.db import connection, transaction
from django.utils import timezone

from catalog.exports.dumps.files import (
    PACKED,
    Joined,
    JsonLines,
    Piece,
    checksum,
    csv_dictionary,
    csv_table,
    drop,
    pack,
)
from catalog.exports.dumps.manifest import README, manifest
from catalog.exports.dumps.published_build import CURRENT, MANIFEST, Shelf, shelf
from catalog.exports.dumps.schema import TABLES
from catalog.exports.dumps.sqlite import SqliteFile
from catalog.exports.dumps.systems_jsonl import address_of_entries, lines_schema, system_lines
from catalog.exports.dumps.tables import Table
from catalog.exports.dumps.workers import can_fork, counter, crew, job
from catalog.models import AISystem, CatalogState
from definitions import registry
from definitions.explain import definition_json

BATCH = 3000
"""Rows of a table in memory at one time."""

SYSTEMS = 1000
"""Systems with all that belongs to them in memory at one time."""

PIECE = 5000
"""Systems that one process writes at a time; fewer than that are written by one process."""

AHEAD = 6
"""Pieces that are under work or wait to be joined."""

KEPT = 2
"""Builds that stay: today's, and the one that somebody may still be reading."""

FORMAT = 2
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
        forks = can_fork()
        with alone(target), snapshot():
            version, changed_at = CatalogState.objects.moment()
            known = shelf(target)
            if known and not force and is_current(known, version, changed_at):
                return known, False
            folder = target / f".building-{os.getpid()}"
            drop(folder)
            folder.mkdir()
            try:
                fill(folder, (version, changed_at), watch, processes() if forks else 1)
                switch(target, folder, version)
            finally:
                drop(folder)
    except OSError as error:
        raise DumpError(f"{error.filename or target}: {error.strerror}") from error
    except sqlite3.Error as error:
        raise DumpError(f"{target}: {error}") from error
    except BrokenProcessPool as error:
        raise DumpError("One of the processes was ended before it was done.") from error
    built = shelf(target)
    assert built is not None  # noqa: S101 - it was written a moment ago
    return built, True


def processes() -> int:
    """How many it is worth to have. One query."""
    many = AISystem.objects.published().order_by()[:PIECE].count() == PIECE
    return os.cpu_count() or 1 if many else 1


def is_current(known: Shelf, version: int, changed_at: str) -> bool:
    """Whether a build is of this state. A restored database counts the same versions again."""
    state = (known.version, known.manifest.get("catalogue_changed_at"), known.manifest.get("rules"))
    return state == (version, changed_at, rules())


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


def fill(folder: Path, state: tuple[int, str], watch: Watch | None, size: int) -> None:
    """Write every file of a build, with as many processes."""
    now = timezone.now()
    version, changed_at = state
    about = {
        "catalogue_version": str(version),
        "built_at": now.isoformat(timespec="seconds"),
        "licence": "CC-BY-4.0",
    }
    address_of_entries()  # once for all processes
    with crew(size) as pool:
        tables = pool.submit(job, write_tables, folder, about, now.timetuple()[:6])
        told, rows = gather_lines(pool, tables, folder, watch)
        counts = tables.result()
        for packing in [pool.submit(job, pack, folder / SQLITE, ending) for ending in PACKED]:
            packing.result()
    (folder / SQLITE).unlink()
    tell(watch, told)
    rows |= write_lines(folder)
    rows |= {table.lines: counts[table.name] for table in TABLES if table.lines}
    write_json(folder / "schema.json", lines_schema())
    (folder / "README.txt").write_text(README, "utf-8")
    contents = manifest(
        folder,
        rows,
        checksum,
        version=version,
        changed_at=changed_at,
        built_at=now,
        rules=rules(),
        tables=counts,
    )
    write_json(folder / MANIFEST, contents)


def write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", "utf-8")


def write_tables(folder: Path, about: dict[str, str], stamp: tuple[int, ...]) -> dict[str, int]:
    """Every table into SQLite and the archive of CSV files; says how many rows each has."""
    with (
        SqliteFile(folder / SQLITE) as database,
        zipfile.ZipFile(folder / "glassbox.csv.zip", "w") as archive,
    ):
        counts = {
            table.name: write_table(folder, table, database, archive, stamp) for table in TABLES
        }
        csv_dictionary(archive, TABLES, stamp)
        database.finish(TABLES, about)
    return counts


def write_table(
    folder: Path,
    table: Table,
    database: SqliteFile,
    archive: zipfile.ZipFile,
    stamp: tuple[int, ...],
) -> int:
    """One table into SQLite, the archive and, where it has lines, JSON Lines."""
    total = 0
    database.make(table)
    with ExitStack() as stack:
        lines = stack.enter_context(JsonLines(folder, table.lines)) if table.lines else None
        write_csv = stack.enter_context(csv_table(archive, table, stamp))
        for batch in table.batches(BATCH):
            cells = table.flat(batch)
            database.write(table, cells)
            write_csv(cells)
            if lines is not None:
                lines.write(table.lines_of(batch))
            total += len(batch)
            counter.update(len(batch))
    return total


def gather_lines(
    pool: Executor, tables: Future[dict[str, int]], folder: Path, watch: Watch | None
) -> tuple[int, dict[str, int]]:
    """Let the systems be written piece by piece, and join the pieces in their order.

    Returns how many rows the watch has been told of, and how many lines there are.
    Where the tables fail in the meantime, this fails with them.
    """
    told = lines = 0
    waiting: deque[tuple[Path, Future[int]]] = deque()
    pieces = enumerate(pieces_of_systems(PIECE))
    with Joined(folder, "systems") as systems:
        while True:
            for number, (after, last) in islice(pieces, AHEAD - len(waiting)):
                path = folder / f"systems-{number}"
                waiting.append((path, pool.submit(job, write_piece, path, after, last)))
            if not waiting:
                return told, {"systems": lines}
            path, running = waiting.popleft()
            while wait([running], timeout=1).not_done:
                told += tell(watch, told)
                if tables.done():
                    tables.result()
            lines += running.result()
            systems.take(path)
            told += tell(watch, told)


def tell(watch: Watch | None, told: int) -> int:
    """Tell the watch of new rows; how many they were."""
    new: int = counter.value.value - told
    if watch is not None and new:
        watch.update(new)
    return new


def pieces_of_systems(size: int) -> Iterator[tuple[int, int | None]]:
    """After which key each piece begins, and its last key; the last piece has no end."""
    keys = AISystem.objects.published().order_by("pk").values_list("pk", flat=True)
    after = 0
    while found := list(keys.filter(pk__gt=after)[size - 1 : size]):
        yield after, found[0]
        after = found[0]
    yield after, None


def write_piece(path: Path, after: int, last: int | None) -> int:
    """The lines of some systems, as text and as a compressed member; how many they are."""
    lines = 0
    with Piece(path) as piece:
        for batch in system_lines(SYSTEMS, after, last):
            piece.write(batch)
            lines += len(batch)
            counter.update(len(batch))
    return lines


def write_lines(folder: Path) -> dict[str, int]:
    """The definitions, which no table has as a whole."""
    with JsonLines(folder, "definitions") as definitions:
        definitions.write(definition_json(item) for item in registry.DEFINITIONS)
    return {"definitions": definitions.rows}


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
