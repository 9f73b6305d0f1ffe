"""Verdicts into the database and out of it, as plain values: a batch has thousands of rows."""

import datetime as dt
from collections.abc import Mapping, Sequence
from itertools import batched
from typing import NamedTuple, Self

import psycopg
from django.db import connection

from catalog.models import AISystem, Evaluation
from catalog.models.systems import DERIVED
from catalog.querysets import AISystemQuerySet
from definitions.core import Definition
from definitions.facts import Facts
from definitions.marks import Result


class Row(NamedTuple):
    """A verdict as it is written, in the order of the columns."""

    system_id: int
    definition_id: str
    status: str
    level: int | None
    level_possible: int | None
    score: float | None
    score_low: float | None
    score_high: float | None
    criteria: str
    facts_fingerprint: str
    definition_fingerprint: str
    evaluated_at: dt.datetime
    status_since: dt.datetime


class Stored(NamedTuple):
    """A verdict as it is in the database."""

    pk: int
    system_id: int
    definition_id: str
    status: str
    level: int | None
    level_possible: int | None
    score: float | None
    score_low: float | None
    score_high: float | None
    criteria: str
    facts_fingerprint: str
    definition_fingerprint: str
    status_since: dt.datetime

    @classmethod
    def of(cls, systems: AISystemQuerySet) -> dict[tuple[int, str], Self]:
        """The verdicts of these systems, by system and definition. One query."""
        rows = Evaluation.objects.filter(system__in=systems).order_by()
        found = map(cls._make, rows.values_list(*cls._fields).iterator(chunk_size=10_000))
        return {(row.system_id, row.definition_id): row for row in found}


AT_ONCE = 3000
"""Rows per statement: a megabyte."""

COUNTED = {
    "system_id": "bigint",
    "level": "smallint",
    "level_possible": "smallint",
    "score": "float8",
    "score_low": "float8",
    "score_high": "float8",
    "evaluated_at": "timestamptz",
    "status_since": "timestamptz",
}
"""The types of the columns that hold no text."""

KEYS = ("system_id", "definition_id")
CHANGED = tuple(name for name in Row._fields if name not in KEYS)


def array_of(name: str) -> str:
    """A parameter for a column's values: text goes as it is, without being quoted."""
    return f"%t::{COUNTED[name]}[]" if name in COUNTED else "%b::text[]"


TABLE = Evaluation._meta.db_table
MERGE = f"""
INSERT INTO {TABLE} ({", ".join(Row._fields)})
SELECT * FROM unnest({", ".join(map(array_of, Row._fields))})
    AS judged ({", ".join(Row._fields)})
ON CONFLICT ({", ".join(KEYS)}) DO UPDATE
SET {", ".join(f"{name} = excluded.{name}" for name in CHANGED)}
"""  # noqa: S608 - names of our own columns, here and below
DERIVE = f"""
UPDATE {AISystem._meta.db_table} AS system
SET {", ".join(f"{name} = fresh.{name}" for name in DERIVED)}
FROM unnest(%s::bigint[], {", ".join(["%s::text[]"] * len(DERIVED))})
    AS fresh (id, {", ".join(DERIVED)})
WHERE system.id = fresh.id
"""  # noqa: S608


def row_of(
    system: int,
    definition: Definition,
    result: Result,
    facts: Facts,
    now: dt.datetime,
    before: Stored | None,
) -> Row:
    """A verdict as a row; it holds since now, or as long as the stored one with its status."""
    same = before is not None and before.status == result.status
    since = before.status_since if before is not None and same else now
    prints = (facts.fingerprint, definition.fingerprint)
    return Row(system, definition.id, *result, *prints, now, since)


def store_verdicts(rows: Sequence[Row]) -> None:
    """Write new and changed verdicts, in one transaction with whoever calls.

    Past Django's cursor, which would quote every value. Before that it runs one
    statement, and with it sets for the transaction why history is written.
    """
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.execute("VALUES (1)")
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        for some in batched(rows, AT_ONCE, strict=False):
            cursor.execute(MERGE, [list(column) for column in zip(*some, strict=True)])


def store_derived(systems: Mapping[int, Sequence[str]]) -> None:
    """Write what follows from the facts into the systems' own rows. One statement at most."""
    if not systems:
        return
    columns = [list(column) for column in zip(*systems.values(), strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(DERIVE, [list(systems), *columns])
