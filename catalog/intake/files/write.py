"""From records to rows: only differences are written, in the order of references."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import models

from catalog.entry.licence_links import LICENSED_MODELS, link_licences
from catalog.entry.shape import Columns, Key, Part, attribute, by_key
from catalog.entry.write import (
    RECORDED_BY,
    Changes,
    Hand,
    hand_of,
    has_hands,
    write,
    write_links,
)
from catalog.intake.files.read import Record
from catalog.intake.files.readers import Ref

type Owners = Sequence[tuple[int, Record]]


@dataclass(slots=True)
class Writer:
    """Keys already written, and what was done."""

    keys: dict[str, dict[str, int]] = field(default_factory=dict)
    created: int = 0
    updated: int = 0
    deleted: int = 0
    kept: int = 0

    @property
    def changes(self) -> int:
        return self.created + self.updated + self.deleted

    def learn(self, part: Part) -> None:
        """Read the primary keys of one kind. One query."""
        pairs = part.model._default_manager.values_list(part.identity[0], "pk")
        self.keys[part.kind] = dict(pairs)

    def write(self, part: Part, records: Sequence[Record]) -> None:
        """Write all records of one kind, then what hangs on them."""
        keys = [record.key for record in records]
        rows = part.model._default_manager.filter(**{f"{part.identity[0]}__in": keys})
        stored = by_key(rows)
        wanted: dict[Key, Columns] = {
            (record.key,): part.full(self.columns(record)) for record in records
        }
        self.count(write(part.model, wanted, stored.values(), hand=Hand.FILE))
        self.learn(part)
        if part.late:
            self.write_late(part, records)
        owners = self.owners(part, records)
        others = {key for key, row in stored.items() if hand_of(row) is Hand.PERSON}
        for name in part.links:
            links = {
                pk: [self.keys[ref.kind][ref.key] for ref in record.links.get(name, [])]
                for pk, record in owners
                if (record.key,) not in others
            }
            self.count(write_links(part.model, name, links))
        for child in part.children:
            if not child.last:
                self.write_children(child, owners)
        if part.licensed:
            self.link(part, "pk", owners)

    def owners(self, part: Part, records: Sequence[Record]) -> Owners:
        """Records with the primary keys of their rows, once these are written."""
        return [(self.keys[part.kind][record.key], record) for record in records]

    def columns(self, record: Record, *, late: bool = False) -> dict[str, object]:
        """Column values of a record; references as primary keys."""
        columns: dict[str, object] = {}
        for column, value in record.values.items():
            if (column in record.spec.late) != late:
                continue
            if isinstance(value, Ref):
                columns[f"{column}_id"] = self.keys[value.kind][value.key]
            else:
                columns[column] = value
        if not late and has_hands(record.spec.model):
            columns["recorded_by"] = RECORDED_BY
        return columns

    def write_late(self, part: Part, records: Sequence[Record]) -> None:
        """References between records of the same kind."""
        blank = {attribute(part.model, name): None for name in part.late}
        wanted: dict[Key, Columns] = {
            (record.key,): blank | self.columns(record, late=True) for record in records
        }
        keys = [record.key for record in records]
        rows = part.model._default_manager.filter(**{f"{part.identity[0]}__in": keys})
        self.updated += write(part.model, wanted, rows, hand=Hand.FILE).count

    def write_children(self, part: Part, owners: Owners) -> None:
        """Rows that belong to one record: the file is the whole truth about its own."""
        wanted: dict[Key, Columns] = {}
        for pk, record in owners:
            for child in record.children.get(part.name, []):
                columns = part.full(self.columns(child)) | {part.owner: pk}
                wanted[part.key(columns)] = columns
        stored = part.model._default_manager.filter(
            **{f"{part.owner}__in": [pk for pk, _ in owners]}
        )
        self.count(write(part.model, wanted, stored, hand=Hand.FILE))
        if part.licensed:
            self.link(part, part.owner, owners)

    def link(self, part: Part, column: str, owners: Owners) -> None:
        """Refresh the links to licences of these rows."""
        rows = part.model._default_manager.filter(**{f"{column}__in": [pk for pk, _ in owners]})
        licensed = [
            row for row in rows.only("licence_expression") if isinstance(row, LICENSED_MODELS)
        ]
        self.updated += link_licences(rows=licensed)

    def count(self, changes: Changes[models.Model]) -> None:
        self.created += len(changes.created)
        self.updated += len(changes.updated)
        self.deleted += len(changes.deleted)
        self.kept += len(changes.kept)
