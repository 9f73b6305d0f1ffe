"""A table of the dumps: its columns, and the rows in batches, one query each."""

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet

type Row = tuple[Any, ...]

TIMES = frozenset({dt.date, dt.datetime})
NESTED = frozenset({"boolean", "list", "object"})

SQL_TYPES = {
    "text": "TEXT",
    "boolean": "INTEGER",
    "integer": "INTEGER",
    "number": "REAL",
    "list": "TEXT",
    "object": "TEXT",
}
JSON_TYPES: dict[str, dict[str, Any]] = {
    "text": {"type": "string"},
    "boolean": {"type": "boolean"},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "list": {"type": "array"},
    "object": {"type": "object"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column; ``path`` is where the value is read, ``references`` the table it names."""

    name: str
    path: str
    kind: str = "text"
    references: str = ""
    optional: bool = False

    def json_schema(self) -> dict[str, Any]:
        schema = JSON_TYPES[self.kind]
        return {"type": [schema["type"], "null"]} if self.optional else schema


def column(
    name: str, path: str = "", kind: str = "text", *, to: str = "", optional: bool = False
) -> Column:
    """A column whose value is read under its own name unless a path is given."""
    return Column(name=name, path=path or name, kind=kind, references=to, optional=optional)


def columns(*names: str) -> tuple[Column, ...]:
    """Columns of text that are read under their own names."""
    return tuple(column(name) for name in names)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table: ``rows`` gives a queryset, or for rules that no database holds, the rows."""

    name: str
    about: str
    columns: tuple[Column, ...]
    rows: Callable[[], QuerySet[Any] | Sequence[Row]]
    key: tuple[str, ...]
    indexes: tuple[tuple[str, ...], ...] = ()
    lines: str = ""
    """The name of its JSON Lines file; empty where the systems' lines hold the rows."""

    def batches(self, size: int) -> Iterator[list[Row]]:
        """The rows in batches of plain values; each batch is one query, by primary key."""
        rows = self.rows()
        if not isinstance(rows, QuerySet):
            yield list(rows)
            return
        paths = [item.path for item in self.columns]
        last = 0
        while True:
            batch = list(rows.filter(pk__gt=last).order_by("pk").values_list("pk", *paths)[:size])
            if batch:
                last = batch[-1][0]
                yield by_column((row[1:] for row in batch), spelled, TIMES)
            if len(batch) < size:
                return

    def flat(self, rows: list[Row]) -> list[Row]:
        """Rows as cells have them."""
        places = [place for place, item in enumerate(self.columns) if item.kind in NESTED]
        if not places or not rows:
            return rows
        columns = list(zip(*rows, strict=True))
        for place in places:
            columns[place] = tuple(map(flat, columns[place]))
        return list(zip(*columns, strict=True))

    def line(self, row: Row) -> dict[str, Any]:
        """A row as a JSON object."""
        return {item.name: value for item, value in zip(self.columns, row, strict=True)}

    def json_schema(self) -> dict[str, Any]:
        return {
            "title": self.about,
            "type": "object",
            "properties": {item.name: item.json_schema() for item in self.columns},
            "required": [item.name for item in self.columns],
            "additionalProperties": False,
        }

    def ddl(self) -> str:
        """The statement that makes the table in SQLite."""
        lines = []
        for item in self.columns:
            must = "" if item.optional else " NOT NULL"
            target = f" REFERENCES {item.references}" if item.references else ""
            lines.append(f"  {item.name} {SQL_TYPES[item.kind]}{must}{target}")
        if self.key:
            lines.append(f"  PRIMARY KEY ({', '.join(self.key)})")
        return f"CREATE TABLE {self.name} (\n" + ",\n".join(lines) + "\n)"

    def index_ddl(self) -> list[str]:
        return [
            f"CREATE INDEX {self.name}_{'_'.join(names)} ON {self.name} ({', '.join(names)})"
            for names in self.indexes
        ]


def by_column(
    rows: Iterable[Row], change: Callable[[Any], Any], kinds: frozenset[type]
) -> list[Row]:
    """The rows, changed in the columns that hold a value of these types."""
    columns = list(zip(*rows, strict=True))
    for place, values in enumerate(columns):
        if not kinds.isdisjoint(map(type, values)):
            columns[place] = tuple(map(change, values))
    return list(zip(*columns, strict=True))


def plain(value: Any) -> Any:
    """A value as JSON has it: days and times as ISO text."""
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    if isinstance(value, dt.date):
        return value.isoformat()
    return value


def spelled(value: Any) -> Any:
    """``plain``, which remembers: days and times occur again and again."""
    return moment(value) if type(value) in TIMES else value


moment = lru_cache(maxsize=4000)(plain)


def flat(value: Any) -> Any:
    """A value as a cell has it: lists and objects as JSON text, yes and no as 1 and 0."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return value
