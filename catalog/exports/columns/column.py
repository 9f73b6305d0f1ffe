"""What a public column is: one name, one meaning, and how its value is read from a row."""

import datetime as dt
from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass
from enum import Flag, auto
from functools import cached_property
from typing import Any

from django.db.models.expressions import Combinable

type Reader = Callable[[Any], Any]
"""Rows are instances, or the plain values that a queryset gathered."""
type Source = str | Combinable


class Place(Flag):
    """Where columns are given out."""

    API = auto()
    ENTRY = auto()
    """The API, in the answer about a whole entry only."""
    LIST = auto()
    """The files of a list: ``/datasets.csv``, ``/datasets.json``."""
    DUMP = auto()
    """The whole register as files."""


EVERYWHERE = Place.API | Place.LIST | Place.DUMP
ANYWHERE = EVERYWHERE | Place.ENTRY
REASONS = {
    EVERYWHERE: "the usual case",
    Place.API: "an address on this server, or values of an answer that no flat table has",
    Place.ENTRY: "the findings of a verdict, which follow from the facts in the files",
    Place.LIST: "what the API and the dump say of the system of the row",
    Place.DUMP: "how a fact was found, and what only those who take everything need",
    Place.API | Place.DUMP: "long texts, and lists that a cell has no room for",
    Place.ENTRY | Place.DUMP: "long texts and addresses, which no list has",
    Place.API | Place.LIST: "the dump has a table of its own for it",
    Place.LIST | Place.DUMP: "the API gives it inside another answer: `facts` of a licence, "
    "the system of a claim",
}
"""Where a column can be: every combination that there is, and why it is not everywhere."""

JSON_TYPES = {
    "text": "string",
    "boolean": "boolean",
    "integer": "integer",
    "number": "number",
    "list": "array",
    "objects": "array",
    "object": "object",
}
SQL_TYPES = dict.fromkeys(JSON_TYPES, "TEXT") | {
    "boolean": "INTEGER",
    "integer": "INTEGER",
    "number": "REAL",
}


@dataclass(frozen=True, slots=True)
class OldName:
    """What a column was called; given out for one more release, behind the other columns."""

    name: str
    _: KW_ONLY
    places: Place = Place.DUMP
    sql: str = "{}"
    value: Reader | None = None
    """How the old value follows from the new one, in SQL and in Python, where they differ."""
    optional: bool = False

    def about(self, column: "Column") -> str:
        return f"The old name of {column.name}; it goes with the next release."

    def json_schema(self, column: "Column") -> dict[str, object]:
        kind = JSON_TYPES[column.kind]
        can_be_null = self.optional or column.optional
        return {
            "type": [kind, "null"] if can_be_null else kind,
            "description": self.about(column),
            "deprecated": True,
        }


@dataclass(frozen=True)
class Column:
    """One column of a noun.

    ``path`` is where it is read in the database, ``read`` the attribute or function of an
    instance where that is another. ``page`` names the page of what it refers to: the API
    gives slug, name and address then, files the slug alone.
    """

    name: str
    about: str
    _: KW_ONLY
    kind: str = "text"
    path: Source = ""
    read: Reader | str = ""
    places: Place = EVERYWHERE
    optional: bool = False
    references: str = ""
    page: str = ""
    in_api: Reader | None = None
    api_kind: str = ""
    example: str = ""
    old: tuple[OldName, ...] = ()

    @property
    def source(self) -> Source:
        """What a query asks for."""
        return self.path or self.name

    @cached_property
    def steps(self) -> tuple[str, ...]:
        """The way to the value on an instance, or in plain values."""
        return tuple(str(self.read or self.source).split("__"))

    def value(self, row: Any) -> Any:
        """What a list holds: plain values, days as ISO text, unknown texts empty."""
        if callable(self.read):
            found = self.read(row)
        else:
            found = row
            for step in self.steps:
                found = found[step] if isinstance(found, dict) else getattr(found, step)
                if found is None:
                    break
        if isinstance(found, dt.date):
            return found.isoformat()
        return "" if found is None and self.kind == "text" else found

    def cell(self, row: Any) -> Any:
        """What a file of a list holds: the slug of what it refers to."""
        found = self.value(row)
        if not self.page:
            return found
        return [item.slug for item in found] if self.kind == "list" else found and found.slug

    def json_schema(self) -> dict[str, Any]:
        kind = JSON_TYPES[self.kind]
        return {"type": [kind, "null"] if self.optional else kind, "description": self.about}


@dataclass(frozen=True, kw_only=True)
class Noun:
    """What a table is of, and its columns in their order."""

    name: str
    about: str
    columns: tuple[Column, ...]
    places: Place = ANYWHERE
    page: str = ""
    """The name of its pages, whose address the API gives."""
    each: Callable[[Any], dict[str, object]] | None = None
    """Further columns of its list, such as one for each definition."""
    key: tuple[str, ...] = ()
    indexes: tuple[tuple[str, ...], ...] = ()
    """Of its table in the database of the dump."""
    lines: str = ""
    """The name of its JSON Lines file; empty where the systems' lines hold the rows."""

    @cached_property
    def given(self) -> dict[Place, tuple[Column, ...]]:
        """The columns that are given out in each place."""
        return {
            place: tuple(item for item in self.columns if place in item.places & self.places)
            for place in Place
        }

    @cached_property
    def repeated(self) -> dict[Place, list[tuple[Column, OldName]]]:
        """The old names that each place still gives out, with the column that each repeats."""
        return {
            place: [(item, old) for item in columns for old in item.old if place in old.places]
            for place, columns in self.given.items()
        }

    def at(self, place: Place) -> tuple[Column, ...]:
        return self.given[place]

    def old(self, place: Place) -> list[tuple[Column, OldName]]:
        return self.repeated[place]

    def row(self, row: Any) -> dict[str, Any]:
        """A row of the files of a list."""
        found = {item.name: item.cell(row) for item in self.at(Place.LIST)}
        if self.each is not None:
            found |= self.each(row)
        return found | {name.name: found[item.name] for item, name in self.old(Place.LIST)}
