"""Verdicts into the database: few with one statement, many with COPY."""

from collections.abc import Sequence
from json import dumps
from typing import Any

from django.db import connection

from catalog.models import AISystem, Evaluation

WORTH_COPYING = 500
"""Rows from which on a table to copy into pays."""

KEYS = ("system_id", "definition_id")
FIELDS = tuple(field.attname for field in Evaluation._meta.concrete_fields if not field.primary_key)
CHANGED = tuple(name for name in FIELDS if name not in KEYS)

DERIVED = ("strip", "commercial_use", "weights_licence", "facts_fingerprint")
"""Columns of a system that follow from its facts."""

TABLE = Evaluation._meta.db_table
MAKE_ROOM = f"""
CREATE TEMPORARY TABLE IF NOT EXISTS judged ON COMMIT DROP
AS SELECT {", ".join(FIELDS)} FROM {TABLE} WITH NO DATA
"""  # noqa: S608 - names of our own columns, here and below
COPY = f"COPY judged ({', '.join(FIELDS)}) FROM STDIN"
MERGE = f"""
INSERT INTO {TABLE} ({", ".join(FIELDS)}) SELECT {", ".join(FIELDS)} FROM judged
ON CONFLICT ({", ".join(KEYS)}) DO UPDATE
SET {", ".join(f"{name} = excluded.{name}" for name in CHANGED)}
"""  # noqa: S608
DERIVE = f"""
UPDATE {AISystem._meta.db_table} AS system
SET {", ".join(f"{name} = fresh.{name}" for name in DERIVED)}
FROM unnest(%s::bigint[], {", ".join(["%s::text[]"] * len(DERIVED))})
    AS fresh (id, {", ".join(DERIVED)})
WHERE system.id = fresh.id
"""  # noqa: S608


def store_verdicts(rows: Sequence[Evaluation]) -> None:
    """Write new and changed verdicts, in one transaction with whoever calls."""
    if len(rows) >= WORTH_COPYING:
        copy_verdicts(rows)
    else:
        Evaluation.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["system", KEYS[1]], update_fields=CHANGED
        )


def copy_verdicts(rows: Sequence[Evaluation]) -> None:
    """The same through a table of this transaction: COPY takes no time for quoting."""
    with connection.cursor() as cursor:
        cursor.execute(MAKE_ROOM)
        cursor.execute("TRUNCATE judged")
        with cursor.copy(COPY) as copy:
            for row in rows:
                copy.write_row([plain(getattr(row, name)) for name in FIELDS])
        cursor.execute(MERGE)


def plain(value: Any) -> Any:
    return dumps(value, ensure_ascii=False) if isinstance(value, dict) else value


def store_derived(systems: Sequence[AISystem]) -> None:
    """Write what follows from the facts into the systems' own rows. One statement at most."""
    if not systems:
        return
    columns = [[getattr(system, name) for system in systems] for name in ("pk", *DERIVED)]
    with connection.cursor() as cursor:
        cursor.execute(DERIVE, columns)
