"""What a part of the catalogue is: a model, its columns and their public names, its rules.

What tells the rows of a model apart is not written here. It is what the model's
own constraint says is unique (``identity``), so that no second list can differ.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from django.db import models
from django.db.models import F, Field, UniqueConstraint

from catalog.entry.rules import Rule

type Key = tuple[object, ...]
"""The values of a row's identity."""

type Columns = Mapping[str, object]
"""Columns of a row by the name of their attribute, such as ``dataset_id``."""

PROOF = {"evidence": "evidence_url", "quote": "quote", "note": "note"}
"""What a proposal says of where a fact can be seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a part: its name in the model, in files, and in documents.

    ``word`` is the name in documents of forms and registers. It is empty where
    only our own files state the column, or where the document says it in
    another way, as the key of a row or by the name of a noun.
    """

    name: str
    key: str
    word: str = ""
    required: bool = False


def stated(*names: str, required: bool = False) -> tuple[Column, ...]:
    """Columns that have one name everywhere."""
    return tuple(Column(name=name, key=name, word=name, required=required) for name in names)


def filed(*names: str, required: bool = False, **keys: str) -> tuple[Column, ...]:
    """Columns that our own files alone state; ``keys`` have another name there."""
    named = dict.fromkeys(names) | keys
    return tuple(
        Column(name=name, key=key or name, required=required) for name, key in named.items()
    )


@dataclass(frozen=True, kw_only=True, eq=False)
class Part:
    """One kind of record: a noun, or the rows of one kind that belong to a noun.

    ``name`` is its key in a reviewed file and ``document`` that in documents of
    forms and registers (empty where these have none). ``keyed`` is the column
    that is a row's key in a document. ``links`` are many-to-many columns;
    ``children`` are rows of other models; ``late`` are references to records of
    the same kind, written when all of these are there. ``last`` children are
    written after everything has been judged.
    """

    kind: str
    model: type[models.Model]
    columns: tuple[Column, ...]
    name: str = ""
    document: str = ""
    keyed: str = ""
    links: tuple[str, ...] = ()
    children: tuple["Part", ...] = ()
    rules: tuple[Rule, ...] = ()
    late: tuple[str, ...] = ()
    single: bool = False
    last: bool = False
    licensed: bool = False

    @cached_property
    def keys(self) -> dict[str, Column]:
        """The columns by their names in files."""
        return {column.key: column for column in self.columns}

    @property
    def has_provenance(self) -> bool:
        """Whether it may be recorded without evidence, which then has a block of its own."""
        return "evidence" in self.keys and not self.keys["evidence"].required

    @cached_property
    def words(self) -> dict[str, str]:
        """The names of columns by those in documents."""
        return {column.word: column.name for column in self.columns if column.word}

    @cached_property
    def own(self) -> dict[str, str]:
        """The same without what says where it can be seen."""
        return {word: name for word, name in self.words.items() if word not in PROOF}

    @cached_property
    def identity(self) -> tuple[str, ...]:
        """The fields that tell its rows apart; a child's owner is the first."""
        return identity(self.model)

    @cached_property
    def within(self) -> tuple[str, ...]:
        """The fields that tell the rows of one owner apart."""
        return self.identity[1:]

    @cached_property
    def owner(self) -> str:
        """The column of a child that names its owner, such as ``system_id``."""
        return attribute(self.model, self.identity[0])

    @cached_property
    def fields(self) -> "list[Field[Any, Any]]":
        """The fields that can be stated beside those that identify a row."""
        names = [column.name for column in self.columns if column.name not in self.late]
        if "released_on" in names:
            names.append("released_precision")
        return [field_of(self.model, name) for name in names if name not in self.identity]

    @property
    def defaults(self) -> dict[str, object]:
        """What these hold where nothing is stated, by attribute."""
        return {field.attname: field.get_default() for field in self.fields}

    def key(self, columns: Columns) -> Key:
        """What tells the row of these columns apart; what they do not state has its default."""
        row = self.model(**columns)
        return key_of(row)

    def full(self, columns: Columns) -> dict[str, object]:
        """The stated columns, and the defaults of those that are not stated."""
        return self.defaults | dict(columns)

    def columns_of(self, row: models.Model) -> dict[str, object]:
        """All columns of a row, by attribute, but what identifies it."""
        return {field.attname: getattr(row, field.attname) for field in self.fields}


@cache
def identity(model: type[models.Model]) -> tuple[str, ...]:
    """The fields that tell the rows of a model apart, as its own constraint says."""
    for constraint in model._meta.constraints:
        if isinstance(constraint, UniqueConstraint) and constraint.condition is None:
            return tuple(constraint.fields) or tuple(named_in(constraint.expressions))
    for names in model._meta.unique_together:
        return tuple(names)
    return tuple(
        field.name for field in model._meta.fields if field.unique and not field.primary_key
    )[:1]


def named_in(expressions: Iterable[Any]) -> list[str]:
    """The fields in the expressions of a constraint."""
    return [
        inner.name  # type: ignore[attr-defined]
        for expression in expressions
        for inner in expression.flatten()
        if isinstance(inner, F)
    ]


def attribute(model: type[models.Model], name: str) -> str:
    return field_of(model, name).attname


def field_of(model: type[models.Model], name: str) -> "Field[Any, Any]":
    return next(field for field in model._meta.fields if name in (field.name, field.attname))


def many_of(model: type[models.Model], name: str) -> "models.ManyToManyField[Any, Any]":
    return next(field for field in model._meta.many_to_many if field.name == name)


@cache
def attributes(model: type[models.Model]) -> tuple[str, ...]:
    """The attributes that hold a row's identity, such as ``("system_id", "kind")``."""
    return tuple(attribute(model, name) for name in identity(model))


def key_of(row: models.Model) -> Key:
    """What tells a row apart from the others of its model."""
    return tuple(getattr(row, name) for name in attributes(type(row)))


def by_key[M: models.Model](rows: Iterable[M]) -> dict[Key, M]:
    """Rows by what tells them apart."""
    return {key_of(row): row for row in rows}
