"""A new SPDX License List: what it changes in our licences, and which verdicts follow.

The list decides the rows that it alone made. Where a record of ours states an
answer, or an editor has written the row, that answer stays, and a contradiction
about an approval is reported.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pghistory
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from catalog.entry.nouns import LICENCE
from catalog.entry.write import RECORDED_BY, Hand, assign, differences, hand_of
from catalog.evaluation.catalogue_version import bump_version
from catalog.evaluation.evaluate import dependents_of, evaluate_systems
from catalog.intake import spdx_list
from catalog.intake.files.read import LoadError, Record, find_files, read_files
from catalog.intake.files.readers import Ref
from catalog.intake.files.resolve import spdx_record
from catalog.intake.registers.base import ReadingError
from catalog.intake.spdx_list import Listed, columns_of
from catalog.models import AISystem, Evaluation, License, Source
from definitions import registry
from definitions.marks import Result
from definitions.vocabulary import Answer, SourceKind

OWN_RECORDS = "licences.yaml"
"""The file of the catalogue in which our own records of licences stand."""

FLAGS = ("osi_approved", "fsf_free", "deprecated")
"""Columns whose contradiction with the list is worth a line."""

APPROVALS = {"osi_approved": "osi", "fsf_free": "fsf"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A verdict that became another."""

    system: str
    definition: str
    before: str
    after: str

    def to_json(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in ("system", "definition", "before", "after")}


@dataclass(slots=True, kw_only=True)
class LicenceChange:
    """What the list changes in one licence, and what hangs on it.

    ``what`` are words such as ``new``, ``renamed``, ``osi_lost``; ``before`` and
    ``after`` are the columns that differ.
    """

    licence: str
    what: tuple[str, ...]
    before: Mapping[str, object]
    after: Mapping[str, object]
    systems: int = 0
    moved: list[Moved] = field(default_factory=list)

    def to_json(self) -> dict[str, object]:
        return {
            "licence": self.licence,
            "what": list(self.what),
            "before": dict(self.before),
            "after": dict(self.after),
            "systems": self.systems,
            "verdicts_moved": [moved.to_json() for moved in self.moved],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An answer of ours that the list contradicts, and whose it is."""

    licence: str
    column: str
    ours: object
    listed: object
    by: str

    def to_json(self) -> dict[str, object]:
        return {name: getattr(self, name) for name in ("licence", "column", "ours", "listed", "by")}


@dataclass(slots=True, kw_only=True)
class SpdxReport:
    """What a run found and, unless it was a trial, did."""

    version: str
    licences: int
    version_before: str
    trial: bool
    changes: list[LicenceChange] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    evaluated: int = 0

    @property
    def pending(self) -> bool:
        """True where the catalogue and the list differ."""
        return bool(self.changes) or self.version != self.version_before

    def to_json(self) -> dict[str, object]:
        return {
            "list": {
                "package": spdx_list.PACKAGE,
                "version": self.version,
                "licences": self.licences,
            },
            "version_before": self.version_before,
            "applied": self.pending and not self.trial,
            "changes": [change.to_json() for change in self.changes],
            "kept": [kept.to_json() for kept in self.kept],
            "systems_evaluated": self.evaluated,
        }


def import_spdx(*, trial: bool = False, fixtures: Path | None = None) -> SpdxReport:
    """Bring our licences up to the installed list, all or nothing.

    A trial does everything and takes it back, so that it can tell which verdicts
    would move. ReadingError where the list or our own file cannot be read. Six
    queries and two per changed licence, beside the evaluation.
    """
    listed, version = spdx_list.read_list(), spdx_list.list_version()
    own = own_records(fixtures or settings.FIXTURES_DIR)
    with transaction.atomic(), pghistory.context(command="import_spdx", version=version):
        report = apply(listed, version, own, trial=trial)
        if trial:
            transaction.set_rollback(True)
    return report


def own_records(folder: Path) -> dict[str, Record]:
    """Our own records of licences by identifier; none where the file is not there."""
    path = folder / OWN_RECORDS
    if not path.exists():
        return {}
    try:
        reading = read_files(find_files([path]))
    except LoadError as error:
        raise ReadingError(str(error)) from error
    if reading.problems:
        raise ReadingError("\n".join(str(problem) for problem in sorted(reading.problems)))
    return {record.key: record for record in reading.of(LICENCE)}


def apply(
    listed: Mapping[str, Listed], version: str, own: Mapping[str, Record], *, trial: bool
) -> SpdxReport:
    """Compare and write inside the caller's transaction."""
    source = Source.objects.filter(key=spdx_list.SOURCE).first()
    report = SpdxReport(
        version=version,
        licences=len(listed),
        version_before=source.version if source else "",
        trial=trial,
    )
    if report.version_before != version:
        write_source(source, version)
    rows = {row.spdx_id: row for row in License.objects.select_for_update().order_by("pk")}
    for entry in listed.values():
        if entry.id in own:
            report.kept += contradictions(own[entry.id].values, entry, by=OWN_RECORDS)
    changed = []
    for identifier, columns in wanted_columns(listed, own).items():
        changed += changes_of(report, rows.get(identifier), columns, listed[identifier])
    for identifier, row in rows.items():
        if row.is_spdx and identifier not in listed and hand_of(row) is not Hand.PERSON:
            changed.append((change_of(row, {"is_spdx": False}), row))
    write(report, changed)
    return report


def write_source(source: Source | None, version: str) -> None:
    """The version that was read, and the day."""
    source = source or Source(
        key=spdx_list.SOURCE,
        title="SPDX License List",
        kind=SourceKind.LIST.value,
        url=spdx_list.HOME,
    )
    source.version, source.retrieved_on = version, timezone.localdate()
    source.save()


def wanted_columns(
    listed: Mapping[str, Listed], own: Mapping[str, Record]
) -> dict[str, dict[str, object]]:
    """The columns that the list decides, per licence, with the answers of our records laid over."""
    sources = dict(Source.objects.values_list("key", "pk"))
    wanted = {}
    for identifier, entry in listed.items():
        values = spdx_record(entry, set(sources), own.get(identifier)).values
        columns = {name: values[name] for name in columns_of(entry)}
        ref = values.get("source")
        if isinstance(ref, Ref) and ref.key in sources:
            columns["source_id"] = sources[ref.key]
        wanted[identifier] = columns
    return wanted


def changes_of(
    report: SpdxReport, row: License | None, columns: dict[str, object], entry: Listed
) -> list[tuple[LicenceChange, License]]:
    """The change of one licence and its row, unwritten; none where an editor wrote the row."""
    if row is None:
        row = License(**columns, recorded_by=RECORDED_BY)
        change = LicenceChange(licence=entry.id, what=("new",), before={}, after=shown(columns))
        return [(change, row)]
    if hand_of(row) is Hand.PERSON:
        ours = {name: getattr(row, name) for name in FLAGS}
        report.kept += contradictions(ours, entry, by=row.recorded_by)
        return []
    differing = differences(row, columns)
    return [(change_of(row, differing), row)] if differing else []


def change_of(row: License, differing: Mapping[str, object]) -> LicenceChange:
    """The change from what a row says, and the row made to say it."""
    before = {name: getattr(row, name) for name in differing}
    what = [word_of(name, before[name], value) for name, value in differing.items()]
    assign(row, differing)
    return LicenceChange(
        licence=row.spdx_id,
        what=tuple(sorted(set(what))),
        before=shown(before),
        after=shown(differing),
    )


def word_of(column: str, before: object, after: object) -> str:
    """One word for the change of one column, such as ``osi_lost``."""
    if column in APPROVALS:
        gained, lost = after == Answer.YES.value, before == Answer.YES.value
        return f"{APPROVALS[column]}_{'gained' if gained else 'lost' if lost else 'told'}"
    if column == "deprecated":
        return "deprecated" if after else "restored"
    if column == "is_spdx":
        return "listed" if after else "removed"
    return "renamed" if column == "name" else "details"


def shown(columns: Mapping[str, object]) -> dict[str, object]:
    """Columns as people read them: without keys of the database."""
    return {name: value for name, value in columns.items() if name != "source_id"}


def contradictions(ours: Mapping[str, object], entry: Listed, *, by: str) -> list[Kept]:
    """Where our answer and the list's cannot both hold. Silence contradicts nothing."""
    listed = columns_of(entry)
    return [
        Kept(licence=entry.id, column=name, ours=ours[name], listed=listed[name], by=by)
        for name in FLAGS
        if ours.get(name, Answer.UNKNOWN.value) != Answer.UNKNOWN.value
        and affirmed(ours[name]) != affirmed(listed[name])
    ]


def affirmed(value: object) -> bool:
    return value in (True, Answer.YES.value)


def write(report: SpdxReport, changed: list[tuple[LicenceChange, License]]) -> None:
    """Store the rows, judge again what hangs on them, and note which verdicts moved."""
    report.changes = sorted((change for change, _ in changed), key=lambda change: change.licence)
    License.objects.bulk_create([row for _, row in changed if row.pk is None], batch_size=500)
    old = [(change, row) for change, row in changed if "new" not in change.what]
    columns = sorted({name for change, _ in old for name in change.after} | {"source"})
    License.objects.bulk_update([row for _, row in old], columns, batch_size=100)
    touched = {
        change.licence: set(dependents_of(row).values_list("pk", flat=True)) for change, row in old
    }
    systems = {pk for pks in touched.values() for pk in pks}
    before = standing(systems)
    evaluate_systems(systems=AISystem.objects.filter(pk__in=systems))
    moved = moves(before, standing(systems))
    for change, _ in old:
        pks = touched[change.licence]
        change.systems = len(pks)
        change.moved = [move for pk, move in moved if pk in pks]
    report.evaluated = len(systems)
    if report.pending:
        bump_version(systems=systems)


type Standing = dict[tuple[int, str], tuple[str, str]]


def standing(systems: Iterable[int]) -> Standing:
    """Slug and verdict in words, by system and definition. One query."""
    rows = Evaluation.objects.filter(system__in=list(systems)).values_list(
        "system_id", "definition_id", "system__slug", *Result._fields
    )
    return {
        (pk, definition): (slug, registry.label_of(definition, Result(*result)))
        for pk, definition, slug, *result in rows
    }


def moves(before: Standing, after: Standing) -> list[tuple[int, Moved]]:
    """The verdicts that are others now, in the order of systems and definitions."""
    return [
        (key[0], Moved(system=slug, definition=key[1], before=before[key][1], after=verdict))
        for key, (slug, verdict) in sorted(after.items(), key=lambda item: (item[1][0], item[0][1]))
        if key in before and before[key][1] != verdict
    ]
