"""From records to rows: only differences are written, in the order of references."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from catalog.models import SystemMaker
from catalog.services.licences import link_licences
from catalog.services.loading.readers import Ref
from catalog.services.loading.reading import Record
from catalog.services.loading.shape import Spec

IMPORTED = "import:"
RECORDED_BY = "fixtures"
"""Written on every row that comes from a file. Rows of anybody else are left alone."""


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

    def learn(self, spec: Spec) -> None:
        """Read the primary keys of one kind. One query."""
        pairs = spec.model._default_manager.values_list(spec.identity[0], "pk")
        self.keys[spec.kind] = dict(pairs)

    def write(self, spec: Spec, records: Sequence[Record]) -> None:
        """Write all records of one kind, then what hangs on them."""
        manager = spec.model._default_manager
        stored = {
            getattr(row, spec.identity[0]): row
            for row in manager.filter(
                **{f"{spec.identity[0]}__in": [record.key for record in records]}
            )
        }
        self.save(spec, [(stored.get(r.key), self.columns(r, late=False)) for r in records])
        self.learn(spec)
        if spec.late:
            self.write_late(spec, records)
        owners = self.owners(spec, records)
        ours = [
            (pk, record)
            for pk, record in owners
            if record.key not in stored or not belongs_to_others(stored[record.key])
        ]
        for key in spec.links.values():
            self.write_links(spec, key.column, ours)
        for name, child in spec.children.items():
            if not child.last:
                self.write_children(child, name, owners)
        if spec.licensed:
            self.link(spec.model, [pk for pk, _ in owners])

    def owners(self, spec: Spec, records: Sequence[Record]) -> list[tuple[int, Record]]:
        """Records with the primary keys of their rows, once these are written."""
        return [(self.keys[spec.kind][record.key], record) for record in records]

    def columns(self, record: Record, *, late: bool) -> dict[str, Any]:
        """Column values of a record; references as primary keys."""
        columns: dict[str, Any] = {}
        for column, value in record.values.items():
            if (column in record.spec.late) != late:
                continue
            if isinstance(value, Ref):
                columns[f"{column}_id"] = self.keys[value.kind][value.key]
            else:
                columns[column] = value
        if not late and has_field(record.spec.model, "recorded_by"):
            columns["recorded_by"] = RECORDED_BY
        return columns

    def save(self, spec: Spec, rows: Sequence[tuple[models.Model | None, dict[str, Any]]]) -> None:
        """Create what is new and update what differs."""
        manager = spec.model._default_manager
        new: list[models.Model] = []
        changed: list[models.Model] = []
        names: set[str] = set()
        for row, columns in rows:
            if row is None:
                new.append(spec.model(**columns))
                continue
            if belongs_to_others(row):
                self.kept += 1
                continue
            differing = differences(row, full(spec, columns))
            if differing:
                names |= set(differing)
                changed.append(assigned(row, differing))
        manager.bulk_create(new, batch_size=500)
        if changed:
            manager.bulk_update(changed, sorted(names), batch_size=100)
        self.created += len(new)
        self.updated += len(changed)

    def write_late(self, spec: Spec, records: Sequence[Record]) -> None:
        """References between records of the same kind."""
        rows = spec.model._default_manager.in_bulk(
            [self.keys[spec.kind][record.key] for record in records]
        )
        blank = {f"{column}_id": None for column in spec.late}
        changed = []
        for record in records:
            row = rows[self.keys[spec.kind][record.key]]
            differing = differences(row, blank | self.columns(record, late=True))
            if differing and not belongs_to_others(row):
                changed.append(assigned(row, differing))
        spec.model._default_manager.bulk_update(changed, list(spec.late), batch_size=500)
        self.updated += len(changed)

    def write_links(self, spec: Spec, column: str, owners: Sequence[tuple[int, Record]]) -> None:
        """Make many-to-many rows those of the files."""
        wanted = {
            (pk, self.keys[ref.kind][ref.key]): place
            for pk, record in owners
            for place, ref in enumerate(record.links.get(column, []))
        }
        relation: Any = spec.model._meta.get_field(column)
        through: Any = relation.remote_field.through
        own = f"{relation.m2m_field_name()}_id"
        other = f"{relation.m2m_reverse_field_name()}_id"
        ordered = through is SystemMaker
        stored = {
            (getattr(row, own), getattr(row, other)): row
            for row in through._default_manager.filter(**{f"{own}__in": [pk for pk, _ in owners]})
        }
        gone = [row.pk for pair, row in stored.items() if pair not in wanted]
        moved = [
            assigned(stored[pair], {"position": place})
            for pair, place in wanted.items()
            if ordered and pair in stored and stored[pair].position != place
        ]
        new = [
            through(**{own: pair[0], other: pair[1]} | ({"position": place} if ordered else {}))
            for pair, place in wanted.items()
            if pair not in stored
        ]
        if gone:
            through._default_manager.filter(pk__in=gone).delete()
        if moved:
            through._default_manager.bulk_update(moved, ["position"])
        through._default_manager.bulk_create(new, batch_size=500)
        self.created += len(new)
        self.updated += len(moved)
        self.deleted += len(gone)

    def write_children(self, spec: Spec, name: str, owners: Sequence[tuple[int, Record]]) -> None:
        """Rows that belong to one record: the file is the whole truth about its own."""
        parent = parent_column(spec)
        stored: dict[tuple[Any, ...], models.Model] = {
            (getattr(row, parent), *identity_of(spec, row)): row
            for row in spec.model._default_manager.filter(
                **{f"{parent}__in": [pk for pk, _ in owners]}
            )
        }
        rows = []
        for pk, record in owners:
            for child in record.children.get(name, []):
                columns = self.columns(child, late=False) | {parent: pk}
                identity = (pk, *identity_of(spec, spec.model(**columns)))
                rows.append((stored.pop(identity, None), columns))
        gone = [
            row.pk for row in stored.values() if not belongs_to_others(row) and not is_imported(row)
        ]
        if gone:
            spec.model._default_manager.filter(pk__in=gone).delete()
        self.deleted += len(gone)
        self.save(spec, rows)
        if spec.licensed:
            ids = spec.model._default_manager.filter(**{f"{parent}__in": [pk for pk, _ in owners]})
            self.link(spec.model, ids.values_list("pk", flat=True))

    def link(self, model: type[models.Model], pks: Iterable[int]) -> None:
        rows: Any = model._default_manager.filter(pk__in=list(pks)).only("pk", "licence_expression")
        self.updated += link_licences(rows=list(rows))


def has_field(model: type[models.Model], name: str) -> bool:
    return any(column.name == name for column in model._meta.fields)


def parent_column(spec: Spec) -> str:
    return "system_id" if has_field(spec.model, "system") else "organization_id"


def identity_of(spec: Spec, row: models.Model) -> tuple[Any, ...]:
    """What tells the rows of one parent apart."""
    return tuple(
        getattr(row, spec.model._meta.get_field(column).attname)  # type: ignore[union-attr]
        for column in spec.identity
    )


def full(spec: Spec, columns: Mapping[str, Any]) -> dict[str, Any]:
    """The stated columns, and the defaults of those that a file may state but does not."""
    values = dict(columns)
    names = {key.column for key in spec.keys.values()} - set(spec.late)
    if "released_on" in names:
        names.add("released_precision")
    for name in names:
        column: Any = spec.model._meta.get_field(name)
        values.setdefault(column.attname, column.get_default())
    return values


def differences(row: models.Model, columns: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in columns.items() if getattr(row, name) != value}


def assigned[M: models.Model](row: M, columns: Mapping[str, Any]) -> M:
    for name, value in columns.items():
        setattr(row, name, value)
    return row


def belongs_to_others(row: models.Model) -> bool:
    """True for a row that an editor has written or corrected: files do not overwrite it."""
    author = getattr(row, "recorded_by", RECORDED_BY)
    return author not in ("", RECORDED_BY) and not is_imported(row)


def is_imported(row: models.Model) -> bool:
    """True for a row that follows from another register's record: files count before it."""
    return str(getattr(row, "recorded_by", "")).startswith(IMPORTED)
