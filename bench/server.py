"""Give the private PostgreSQL the memory that a million systems need; ``--reset`` takes it back.

A quarter of the machine's, 4 GB at most. It counts from the next start of the
server, which is why this is a process of its own: the server stops with the last
process that uses it. A server that ``DATABASE_URL`` names is its owner's affair.
"""

import os
import sys

import psycopg
from psycopg import sql

from bench.pages import address_of
from config import env

MOST = 4_096
"""Megabytes of 2**20 bytes, as PostgreSQL counts them."""


def quarter() -> int:
    """A quarter of the machine's memory, in megabytes."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 4 // 2**20


def main(words: list[str]) -> None:
    if env.text("DATABASE_URL"):
        return
    command = sql.SQL("ALTER SYSTEM RESET shared_buffers")
    if "--reset" not in words:
        wanted = f"{min(MOST, quarter())}MB"
        command = sql.SQL("ALTER SYSTEM SET shared_buffers = {}").format(wanted)
    with psycopg.connect(address_of("postgres"), autocommit=True) as server:
        server.execute(command)


if __name__ == "__main__":
    main(sys.argv[1:])
