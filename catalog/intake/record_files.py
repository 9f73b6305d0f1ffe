"""Imported records as files of our own, so that a fresh clone holds them.

``fixtures/records/<source>.jsonl`` has one record a line, in the form that
``catalog.intake.registers.base`` describes, with the slug of the entry it belongs to. A
record that is withheld belongs to none; its problems say why.
"""

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.utils import timezone

from catalog.entry.shape import Columns, Key
from catalog.entry.write import Hand, differences, write
from catalog.intake.entries import make_entry, renew_entry
from catalog.intake.families import group_families
from catalog.intake.nouns import Nouns
from catalog.intake.origin import Origin
from catalog.intake.precedence import Settlement, leave
from catalog.models import AISystem, RecordState, Source, SourceRecord

FOLDER = "records"
SAME = ("version", "url", "fingerprint", "problems", "document")
"""Keys of a line that are columns of a record as they are."""

KEYS = (*SAME, "key", "read_on", "system")


class RecordFileError(Exception):
    """A line of a record file that cannot be read."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        super().__init__(reason)
        self.path = path
        self.line = line


def record_files(paths: Iterable[Path]) -> list[Path]:
    """The record files among these paths, in a fixed order."""
    found: set[Path] = set()
    for path in paths:
        if path.is_dir():
            found.update(path.rglob(f"{FOLDER}/*.jsonl"))
        elif path.suffix == ".jsonl":
            found.add(path)
    return sorted(found)


def lines_of(path: Path) -> Iterator[dict[str, Any]]:
    """The records of a file; RecordFileError with the line that is no record."""
    with path.open(encoding="utf-8") as file:
        for number, text in enumerate(file, 1):
            try:
                row = json.loads(text)
                if not isinstance(row, dict):
                    raise ValueError("not an object")
                missing = [key for key in KEYS if key not in row]
                if missing:
                    raise ValueError(f"the key “{missing[0]}” is missing")
                dt.date.fromisoformat(row["read_on"])
            except (ValueError, TypeError) as error:
                raise RecordFileError(path, number, str(error)) from error
            yield row


def read_records(paths: Iterable[Path]) -> dict[str, list[dict[str, Any]]]:
    """The records of all files, by the key of their source, which is the file's name."""
    return {path.stem: list(lines_of(path)) for path in record_files(paths)}


def load_records(records: dict[str, list[dict[str, Any]]], *, settle: bool) -> int:
    """Bring the records of the files in; returns the number of rows written.

    Entries that the files of systems do not hold are made. With ``settle``, or
    where a record is new or changed, all entries with records are settled again.
    Verdicts are the caller's business.
    """
    if not records:
        return 0
    sources = {source.key: source for source in Source.objects.filter(key__in=records)}
    nouns = Nouns.load()
    systems = {row.slug: row for row in AISystem.objects.select_related("merged_into")}
    touched = 0
    for key, rows in records.items():
        if key in sources:
            touched += load_source(sources[key], rows, systems, nouns)
    if not touched and not settle:
        return 0
    with_records = list(AISystem.objects.filter(source_records__isnull=False).distinct())
    for system in with_records:
        touched += renew_entry(system, nouns)
    touched += Settlement([system.pk for system in with_records], nouns).write()
    return touched + group_families()


def load_source(
    source: Source, rows: list[dict[str, Any]], systems: dict[str, AISystem], nouns: Nouns
) -> int:
    """The records of one source; only what differs is written."""
    stored = {record.key: record for record in SourceRecord.objects.filter(source=source)}
    wanted: dict[Key, Columns] = {}
    taken = set(systems)
    left: set[int] = set()
    for row in rows:
        record = stored.get(row["key"])
        system = entry_of(row, source, systems, nouns, taken) if row["system"] else None
        state = RecordState.MATCHED if system else RecordState.WITHHELD
        values: dict[str, object] = {name: row[name] for name in SAME}
        values |= {
            "read_on": dt.date.fromisoformat(row["read_on"]),
            "state": state.value,
            "system_id": system.pk if system else None,
        }
        if record is None or differences(record, values):
            wanted[source.pk, row["key"]] = values | {"imported_at": timezone.now()}
            if record and record.system_id and record.system_id != values["system_id"]:
                left.add(record.system_id)
    moved = [stored[str(key)] for _, key in wanted if key in stored]
    changes = write(SourceRecord, wanted, moved, hand=Hand.FILE)
    leave(left, nouns)
    return changes.count


def entry_of(
    row: dict[str, Any],
    source: Source,
    systems: dict[str, AISystem],
    nouns: Nouns,
    taken: set[str],
) -> AISystem:
    """The entry that a filed record names; made where there is none."""
    system = systems.get(row["system"])
    if system is None:
        origin = Origin(source, row["url"], dt.date.fromisoformat(row["read_on"]))
        system = make_entry(row["document"], origin, nouns, taken, slug=row["system"])
        systems[system.slug] = system
    return system.merged_into or system


def filed(source: Source) -> Iterator[str]:
    """The records of a source as lines, by key. One query."""
    rows = SourceRecord.objects.filter(source=source).exclude(state=RecordState.REJECTED.value)
    for record in rows.select_related("system").order_by("key"):
        if record.system is None and record.state == RecordState.MATCHED:
            continue
        values = {
            "key": record.key,
            "system": record.system.slug if record.system else "",
            "version": record.version,
            "url": record.url,
            "read_on": record.read_on.isoformat(),
            "fingerprint": record.fingerprint,
            "document": record.document,
            "problems": record.problems,
        }
        yield json.dumps(values, ensure_ascii=False, sort_keys=False) + "\n"
