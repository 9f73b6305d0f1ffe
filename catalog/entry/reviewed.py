"""An entry as the reviewed file that would make it: the way back from rows to YAML.

What loading reads, this writes, by the same statement of the parts; loading the
file again changes nothing. Rows that follow from other registers' records are
not in it, since the records make them.
"""

import datetime as dt
from collections.abc import Iterator
from typing import override

import yaml
from django.db import models

from catalog.entry.parts import PROVENANCE_KEYS, SYSTEM
from catalog.entry.shape import Part, field_of, identity, many_of
from catalog.entry.write import MARK, has_hands
from definitions.readers.dates import iso

type Record = dict[str, object]

ABSENT = tuple(f"tag:yaml.org,2002:{kind}" for kind in ("null", "merge", "value"))
"""What plain text is not read as text; everything else needs no quotation marks."""


def file_of(row: models.Model, part: Part = SYSTEM) -> str:
    """The reviewed file of an entry, or of another noun. About fifteen queries for an entry."""
    record = record_of(part, row)
    return yaml.dump(record, Dumper=Dumper, sort_keys=False, allow_unicode=True, width=10**6)


def record_of(part: Part, row: models.Model) -> Record:
    """What a row states, under the names of its file, with the rows that belong to it."""
    record: Record = {}
    provenance: Record = {}
    for column in part.columns:
        if column.required or not is_default(row, column.name):
            apart = part.has_provenance and column.key in PROVENANCE_KEYS
            (provenance if apart else record)[column.key] = value_of(row, column.name)
    for name in part.links:
        if keys := list(linked(row, name)):
            record[name] = keys
    if provenance:
        record["provenance"] = provenance
    for child in part.children:
        if rows := [record_of(child, found) for found in rows_of(child, row)]:
            record[child.name] = rows[0] if child.single else rows
    return record


def rows_of(part: Part, owner: models.Model) -> "models.QuerySet[models.Model]":
    """The rows of a part that no other register's record made, in the order of their making."""
    rows = part.model._default_manager.filter(**{part.owner: owner.pk}).order_by("pk")
    relations = [field.name for field in part.fields if field.is_relation]
    rows = rows.select_related(*relations) if relations else rows
    return rows.exclude(recorded_by__startswith=MARK) if has_hands(part.model) else rows


def linked(row: models.Model, name: str) -> Iterator[str]:
    """The keys behind a many-to-many column, in the order in which they are named."""
    relation = many_of(type(row), name)
    through: type[models.Model] = relation.remote_field.through  # type: ignore[assignment]
    other = relation.m2m_reverse_field_name()
    links = through._default_manager.filter(**{relation.m2m_field_name(): row.pk})
    order = through._meta.ordering or ["pk"]
    for link in links.select_related(other).order_by(*order):
        yield name_of(getattr(link, other))


def name_of(noun: models.Model) -> str:
    """What a file calls a noun: its slug, or what else is unique."""
    return str(getattr(noun, identity(type(noun))[0]))


def is_default(row: models.Model, name: str) -> bool:
    """Whether a column says nothing that a file would have to state."""
    field = field_of(type(row), name)
    return bool(getattr(row, field.attname) == field.get_default())


def value_of(row: models.Model, name: str) -> object:
    """The value of a column as a file spells it."""
    value = getattr(row, name)
    match value:
        case models.Model():
            return name_of(value)
        case dt.date() if name == "released_on":
            return iso(value, str(getattr(row, "released_precision", "day")))
        case bool():
            return "yes" if value else "no"
        case list() | dict():
            return value
        case _:
            return str(value)


class Dumper(yaml.SafeDumper):
    """YAML as our files are written: words and dates plain, short lists in one line."""

    yaml_implicit_resolvers = {
        letter: [pair for pair in pairs if pair[0] in ABSENT]
        for letter, pairs in yaml.SafeDumper.yaml_implicit_resolvers.items()
    }

    @override
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow=flow, indentless=False)

    def represent_short(self, values: list[object]) -> yaml.Node:
        short = all(isinstance(value, str) for value in values)
        return self.represent_sequence("tag:yaml.org,2002:seq", values, flow_style=short)


Dumper.add_representer(list, Dumper.represent_short)
