"""Databases beside the one of the tests: copied from it or from each other, and dropped again.

PostgreSQL copies a database in a fraction of the time that migrating, filling or emptying one
takes, so what several tests need is laid out once and copied.
"""

import hashlib
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.utils import timezone
from psycopg import sql

from catalog.intake.files import load_catalog
from tests.servers import programs

ENDED = "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = %s"
"""Ends the sessions on a database, and waits until they are gone."""


def url_of(name: str) -> str:
    """The address of a database on the server of the tests."""
    parts = connection.settings_dict
    host = parts["HOST"]
    password = f":{parts['PASSWORD']}" if parts["PASSWORD"] else ""
    if host.startswith("/"):
        return f"postgresql://{parts['USER']}{password}@/{name}?host={host}"
    return f"postgresql://{parts['USER']}{password}@{host}:{parts['PORT'] or 5432}/{name}"


def name_at_hand() -> str:
    """The database that Django uses now."""
    return str(connection.settings_dict["NAME"])


def end_sessions(name: str) -> None:
    """End every session on a database, our own among them, and wait until they are gone.

    A thread of an earlier test, or a browser's last request, may have left one behind. While a
    browser is driven, an event loop runs in the main thread and Django keeps a second connection
    for it: what is forked meanwhile, and what runs after it, finds the first one again.
    """
    connection.close()
    with psycopg.connect(url_of("postgres"), autocommit=True) as server:
        server.execute(ENDED, [name])


def drop(name: str) -> None:
    with psycopg.connect(url_of("postgres"), autocommit=True) as server:
        query = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
        server.execute(query.format(sql.Identifier(name)))


def copy(template: str, name: str) -> None:
    """A copy of a database. Sessions on the original are ended, our own among them."""
    end_sessions(template)
    drop(name)
    with psycopg.connect(url_of("postgres"), autocommit=True) as server:
        query = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        server.execute(query.format(sql.Identifier(name), sql.Identifier(template)))


EMPTY = ("catalog/migrations", "catalog/models", "config/settings.py", "requirements-dev.lock")
"""Whatever a database without rows is made from; types of content and permissions are rows too."""

WHOLE = ("catalog", "config", "definitions", "fixtures", "requirements-dev.lock")
"""Whatever the catalogue of ``fixtures/`` with its verdicts is made from."""


def migrated() -> str:
    """The name of an empty database that has run every migration."""
    return kept(
        "migrated", fingerprint(EMPTY), "template1", lambda: call_command("migrate", verbosity=0)
    )


def whole() -> str:
    """The name of a database with the catalogue of ``fixtures/`` and its verdicts, of today."""
    made_from = f"{fingerprint(WHOLE)}_{timezone.now():%m%d}"
    return kept("catalogue", made_from, migrated(), load_whole_catalogue)


def load_whole_catalogue() -> None:
    load_catalog(paths=[settings.FIXTURES_DIR])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # else thousands of statements are planned for empty tables


def kept(kind: str, made_from: str, begun_as: str, lay_out: Callable[[], object]) -> str:
    """The name of a database that is copied and never written to.

    It stays on the server, named after what it was made from, so that only the first run after a
    change makes one. Of several processes one makes it, and the others wait.
    """
    name, half = f"test_{kind}_{made_from}", f"test_{kind}_half"
    with psycopg.connect(url_of("postgres"), autocommit=True) as server:
        server.execute("SELECT pg_advisory_lock(hashtext(%s))", [kind])
        known = names(server, f"test_{kind}_")
        if name not in known:
            for old in known:
                drop(old)
            copy(begun_as, half)
            with used(half):
                lay_out()
            rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
            server.execute(rename.format(sql.Identifier(half), sql.Identifier(name)))
    return name


def fingerprint(places: Sequence[str]) -> str:
    """The same for the same files in these places."""
    found = hashlib.sha256()
    for place in places:
        path = settings.BASE_DIR / place
        inside = [file for file in sorted(path.rglob("*")) if file.suffix != ".pyc"]
        for file in filter(Path.is_file, inside or [path]):
            found.update(file.read_bytes())
    return found.hexdigest()[:16]


def names(server: psycopg.Connection, beginning: str) -> list[str]:
    query = "SELECT datname FROM pg_database WHERE starts_with(datname, %s)"
    return [name for (name,) in server.execute(query, [beginning]).fetchall()]


@contextmanager
def laid_out(ending: str, lay_out: Callable[[], object]) -> Iterator[str]:
    """The name of a copy of the database at hand with what a function writes; dropped after it."""
    name = f"{name_at_hand()}_{ending}"
    copy(name_at_hand(), name)
    with used(name):
        lay_out()
    try:
        yield name
    finally:
        drop(name)


@contextmanager
def used(name: str) -> Iterator[None]:
    """Django uses this database inside the block, in every thread that connects anew."""
    before = name_at_hand()
    connection.close()
    connections.settings["default"]["NAME"] = connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connections.settings["default"]["NAME"] = connection.settings_dict["NAME"] = before


class Rows:
    """What a function writes into an empty catalogue, kept to be written again at once.

    Copying rows in takes a twentieth of the time in which a catalogue is read from its files.
    """

    def __init__(self, lay_out: Callable[[], object]) -> None:
        self.lay_out = lay_out
        self.kept: dict[str, bytes] = {}

    def write(self) -> None:
        """In one transaction, or in that of a test, which takes them back."""
        if self.kept:
            copy_in(self.kept)
            return
        before = filled_tables()
        self.lay_out()
        self.kept = {table: copied_out(table) for table in filled_tables() - before}


def filled_tables() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [name for (name,) in cursor.fetchall()]
        filled = sql.SQL(" UNION ALL ").join(
            sql.SQL("(SELECT {} FROM {} LIMIT 1)").format(sql.Literal(name), sql.Identifier(name))
            for name in tables
        )
        cursor.execute(filled)
        return {name for (name,) in cursor.fetchall()}


def copied_out(table: str) -> bytes:
    query = sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(table))
    with connection.cursor() as cursor, cursor.cursor.copy(query) as stream:
        return b"".join(bytes(piece) for piece in stream)


def copy_in(rows: Mapping[str, bytes]) -> None:
    """Without a trigger, since what triggers wrote is among the rows, and in any order."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table, text in rows.items():
            query = sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(table))
            with cursor.cursor.copy(query) as stream:
                stream.write(text)
        cursor.execute("SET LOCAL session_replication_role = origin")


def dump(folder: Path) -> Path:
    """The database at hand as a file that ``restore`` reads into another server."""
    path = folder / "laid-out.sql"
    command = [str(programs() / "pg_dump"), "--no-owner", "--file", str(path)]
    subprocess.run([*command, url_of(name_at_hand())], check=True)  # noqa: S603 - PostgreSQL's own
    return path


def restore(path: Path, url: str) -> None:
    command = [str(programs() / "psql"), "--quiet", "--no-psqlrc", "-v", "ON_ERROR_STOP=1"]
    subprocess.run(  # noqa: S603 - PostgreSQL's own
        [*command, "--file", str(path), url], check=True, stdout=subprocess.DEVNULL
    )
