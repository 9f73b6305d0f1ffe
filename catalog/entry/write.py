"""The one way to make stored rows the wanted ones.

Whoever writes facts says what the rows should be, by what identifies them, and
which rows are there. Only the difference is written, in bulk; rows that are
right already are not touched, and nobody overwrites a hand that counts more.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum

from django.db import models

from catalog.entry.shape import Columns, Key, attributes, by_key, many_of

MARK = "import:"
"""Rows recorded by an importer begin so; they follow from the records and from nothing else."""

RECORDED_BY = "fixtures"
"""Written on every row that comes from a reviewed file."""


class Hand(IntEnum):
    """Whose word a row is; a later hand counts before an earlier one."""

    REGISTER = 0
    FILE = 1
    PERSON = 2


def hand_of(row: models.Model) -> Hand:
    """The hand that wrote a row; rows without a note of it are of the files."""
    author = str(getattr(row, "recorded_by", ""))
    if is_imported(author):
        return Hand.REGISTER
    return Hand.FILE if author in ("", RECORDED_BY) else Hand.PERSON


def is_imported(recorded_by: str) -> bool:
    """Whether a row follows from another register's record."""
    return recorded_by.startswith(MARK)


@dataclass(slots=True)
class Changes[M: models.Model]:
    """What was written. ``kept`` rows say something else, and belong to a hand that counts more.

    ``left`` rows are wanted no more, and not the writer's to take away.
    """

    created: list[M] = field(default_factory=list)
    updated: list[M] = field(default_factory=list)
    deleted: list[M] = field(default_factory=list)
    kept: list[M] = field(default_factory=list)
    left: list[M] = field(default_factory=list)

    @property
    def written(self) -> list[M]:
        """The rows that are there now and were not, or not so."""
        return [*self.created, *self.updated]

    @property
    def count(self) -> int:
        return len(self.created) + len(self.updated) + len(self.deleted)


def write[M: models.Model](
    model: type[M], wanted: Mapping[Key, Columns], stored: Iterable[M], *, hand: Hand
) -> Changes[M]:
    """Make the stored rows the wanted ones; returns what was written.

    Rows that follow from records are deleted by registers alone, since they
    would come back. Three queries at most for a few hundred rows, none where
    nothing differs.
    """
    changes: Changes[M] = Changes()
    names: set[str] = set()
    rows = by_key(stored)
    for key, columns in wanted.items():
        row = rows.pop(key, None)
        if row is None:
            identity = dict(zip(attributes(model), key, strict=True))
            changes.created.append(model(**identity | dict(columns)))
        elif has_hands(model) and hand_of(row) > hand:
            changes.kept.append(row)
        elif differing := differences(row, columns):
            names |= set(differing)
            changes.updated.append(assign(row, differing))
    for row in rows.values():
        (changes.deleted if is_free(row, hand) else changes.left).append(row)
    store(model, changes, names)
    return changes


def is_free(row: models.Model, hand: Hand) -> bool:
    """Whether a hand may take a row away."""
    theirs = hand_of(row)
    return not has_hands(type(row)) or theirs == hand or Hand.REGISTER < theirs <= hand


def has_hands(model: type[models.Model]) -> bool:
    """Whether the rows of a model note who wrote them; links do not."""
    return any(column.name == "recorded_by" for column in model._meta.fields)


def store[M: models.Model](model: type[M], changes: Changes[M], names: Iterable[str]) -> None:
    """Deletions first, so that what is unique is free for the rest."""
    manager = model._default_manager
    if changes.deleted:
        manager.filter(pk__in=[row.pk for row in changes.deleted]).delete()
    if changes.created:
        manager.bulk_create(changes.created, batch_size=500)
    if changes.updated:
        manager.bulk_update(changes.updated, sorted(names), batch_size=100)


def differences(row: models.Model, columns: Columns) -> dict[str, object]:
    """The columns in which a row says something else."""
    return {name: value for name, value in columns.items() if getattr(row, name) != value}


def assign[M: models.Model](row: M, columns: Columns) -> M:
    for name, value in columns.items():
        setattr(row, name, value)
    return row


def write_links(
    owner: type[models.Model], name: str, wanted: Mapping[int, Iterable[int]]
) -> Changes[models.Model]:
    """Make the many-to-many rows of these owners the wanted ones, in their order where it counts.

    Two to four queries.
    """
    relation = many_of(owner, name)
    through: type[models.Model] = relation.remote_field.through  # type: ignore[assignment]
    own, other = f"{relation.m2m_field_name()}_id", f"{relation.m2m_reverse_field_name()}_id"
    ordered = any(column.name == "position" for column in through._meta.fields)
    pairs: dict[Key, Columns] = {}
    for pk, others in wanted.items():
        for place, other_pk in enumerate(others):
            values = {own: pk, other: other_pk}
            key = tuple(values[attribute] for attribute in attributes(through))
            pairs.setdefault(key, {"position": place} if ordered else {})
    stored = through._default_manager.filter(**{f"{own}__in": list(wanted)})
    return write(through, pairs, stored, hand=Hand.PERSON)
