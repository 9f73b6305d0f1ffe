"""A table of the dumps: its columns, and the rows in batches, one query each."""

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from django.db.models import QuerySet

from catalog.exports.columns.column import SQL_TYPES, Column, Noun, OldName, Place, Source

type Row = tuple[Any, ...]

TIMES = frozenset({dt.date, dt.datetime})
DICTIONARY = ("table_name", "column_name", "kind", "about", "new_name")
"""The columns of the table that says what all the others mean."""
NESTED = frozenset({"boolean", "list", "objects", "object"})


class Made(NamedTuple):
    """How the values of a column are worked out of several fields."""

    make: Callable[..., Any]
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """One table: ``rows`` gives a queryset, or for rules that no database holds, the rows.

    ``made`` has the columns that no field holds, by name.
    """

    noun: Noun
    rows: Callable[[], QuerySet[Any] | Sequence[Row]]
    made: Mapping[str, Made] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.noun.name

    @property
    def lines(self) -> str:
        return self.noun.lines

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        return self.noun.at(Place.DUMP)

    @cached_property
    def old(self) -> list[tuple[int, OldName]]:
        """Old names of columns, each with the place of the column that it repeats."""
        return [(self.columns.index(item), name) for item, name in self.noun.old(Place.DUMP)]

    @property
    def header(self) -> tuple[str, ...]:
        """The names of the columns, the old ones behind the others."""
        return (*(item.name for item in self.columns), *(name.name for _, name in self.old))

    def batches(self, size: int) -> Iterator[list[Row]]:
        """The rows in batches of plain values; each batch is one query, by primary key."""
        rows = self.rows()
        if not isinstance(rows, QuerySet):
            yield list(rows)
            return
        sources = {key: source for item in self.columns for key, source in self.read(item)}
        last = 0
        while True:
            rest = rows.filter(pk__gt=last).order_by("pk")
            batch = list(rest.values_list("pk", *sources.values())[:size])
            if batch:
                last = batch[-1][0]
                _, *found = zip(*batch, strict=True)
                fields = dict(zip(sources, found, strict=True))
                columns = [self.values(item, fields) for item in self.columns]
                yield by_column(zip(*columns, strict=True), spelled, TIMES)
            if len(batch) < size:
                return

    def read(self, column: Column) -> list[tuple[str, Source]]:
        """What a query asks for to give a column, each under a name."""
        if column.name in self.made:
            return [(name, name) for name in self.made[column.name].fields]
        source = column.source
        return [(source if isinstance(source, str) else f"({column.name})", source)]

    def values(self, column: Column, fields: Mapping[str, Sequence[Any]]) -> Iterable[Any]:
        """The values of a column, out of what was read under these names."""
        read = [fields[name] for name, _ in self.read(column)]
        return map(self.made[column.name].make, *read) if column.name in self.made else read[0]

    def flat(self, rows: list[Row]) -> list[Row]:
        """Rows as cells have them."""
        places = [place for place, item in enumerate(self.columns) if item.kind in NESTED]
        if not places or not rows:
            return rows
        columns = list(zip(*rows, strict=True))
        for place in places:
            columns[place] = tuple(map(flat, columns[place]))
        return list(zip(*columns, strict=True))

    def with_old(self, rows: list[Row]) -> list[Row]:
        """Rows with the values of the old names behind the others."""
        if not self.old or not rows:
            return rows
        columns = list(zip(*rows, strict=True))
        for place, name in self.old:
            values = columns[place]
            columns.append(tuple(map(name.value, values)) if name.value else values)
        return list(zip(*columns, strict=True))

    def lines_of(self, rows: list[Row]) -> Iterator[dict[str, Any]]:
        """Rows as JSON objects."""
        return (dict(zip(self.header, row, strict=True)) for row in self.with_old(rows))

    def json_schema(self) -> dict[str, Any]:
        found = {item.name: item.json_schema() for item in self.columns}
        for place, name in self.old:
            found[name.name] = name.json_schema(self.columns[place])
        return {
            "title": self.noun.about,
            "type": "object",
            "properties": found,
            "required": list(found),
            "additionalProperties": False,
        }

    def ddl(self) -> str:
        """The statement that makes the table in SQLite; old names take no room there."""
        lines = []
        for item in self.columns:
            must = "" if item.optional else " NOT NULL"
            target = f" REFERENCES {item.references}" if item.references else ""
            lines.append(f"  {item.name} {SQL_TYPES[item.kind]}{must}{target}")
        for place, name in self.old:
            column = self.columns[place]
            lines.append(
                f"  {name.name} {SQL_TYPES[column.kind]}"
                f" GENERATED ALWAYS AS ({name.sql.format(column.name)}) VIRTUAL"
            )
        if self.noun.key:
            lines.append(f"  PRIMARY KEY ({', '.join(self.noun.key)})")
        return f"CREATE TABLE {self.name} (\n" + ",\n".join(lines) + "\n)"

    def dictionary(self) -> Iterator[tuple[str, str, str, str, str]]:
        """Its columns with kind and meaning, and for an old name, the column that it repeats."""
        for item in self.columns:
            yield self.name, item.name, item.kind, item.about, ""
        for place, name in self.old:
            item = self.columns[place]
            yield self.name, name.name, item.kind, name.about(item), item.name

    def index_ddl(self) -> list[str]:
        return [
            f"CREATE INDEX {self.name}_{'_'.join(names)} ON {self.name} ({', '.join(names)})"
            for names in self.noun.indexes
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
