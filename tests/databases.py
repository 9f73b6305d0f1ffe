"""Databases beside the one of the tests: copied from it or from each other, and dropped again.

PostgreSQL copies a database in a fraction of the time that migrating, filling or emptying one
takes, so what several tests need is laid out once and copied.
"""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.db import connection, connections
from psycopg import sql

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


def drop(name: str) -> None:
    with psycopg.connect(url_of("postgres"), autocommit=True) as server:
        query = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
        server.execute(query.format(sql.Identifier(name)))


def copy(template: str, name: str) -> None:
    """A copy of a database. Sessions on the original are ended, our own among them.

    A thread of an earlier test, or a browser's last request, may have left one behind.
    """
    connection.close()
    drop(name)
    with psycopg.connect(url_of("postgres"), autocommit=True) as server:
        server.execute(ENDED, [template])
        query = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        server.execute(query.format(sql.Identifier(name), sql.Identifier(template)))


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
