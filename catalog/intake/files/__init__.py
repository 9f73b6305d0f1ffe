"""Load the reviewed catalogue from files: all of it or nothing.

``load_catalog`` reads and checks everything first, names every fault with file
and line, then writes the differences in one transaction and judges again what
they touch.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pghistory
from django.db import IntegrityError, transaction

from catalog.entry.lineage import self_ancestors
from catalog.entry.nouns import LICENCE, ORDER
from catalog.entry.parts import RULINGS, SYSTEM
from catalog.evaluation.catalogue_version import bump_version
from catalog.evaluation.evaluate import evaluate_systems, stale
from catalog.intake.files.read import LoadError, Problem, Reading, find_files, read_files
from catalog.intake.files.resolve import resolve, with_spdx_list
from catalog.intake.files.write import Writer
from catalog.intake.record_files import RecordFileError, load_records, read_records
from catalog.links.rows import record_links
from catalog.models import AISystem, Source

__all__ = ["LoadError", "Loaded", "Problem", "check_catalog", "load_catalog"]

type Watch = Callable[[Iterable[Path]], Iterable[Path]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What a run found and did."""

    records: int
    created: int = 0
    updated: int = 0
    deleted: int = 0
    kept: int = 0
    evaluated: int = 0

    @property
    def changes(self) -> int:
        return self.created + self.updated + self.deleted


def unwatched(paths: Iterable[Path]) -> Iterable[Path]:
    return paths


def read_catalog(paths: Iterable[Path], watch: Watch = unwatched) -> Reading:
    """Read and check these files and folders; LoadError with every fault."""
    reading = read_files(watch(find_files(paths)))
    resolve(reading)
    if reading.problems:
        raise LoadError(sorted(reading.problems))
    return reading


def check_catalog(*, paths: Iterable[Path], watch: Watch = unwatched) -> Loaded:
    """Validate without writing."""
    return Loaded(records=count(read_catalog(paths, watch)))


def load_catalog(*, paths: Iterable[Path], watch: Watch = unwatched) -> Loaded:
    """Load these files and folders; a second run with the same files writes nothing."""
    places = list(paths)
    reading = read_catalog(places, watch)
    try:
        filed = read_records(places)
    except RecordFileError as error:
        raise LoadError([Problem(str(error.path), error.line, str(error))]) from error
    try:
        with transaction.atomic(), pghistory.context(command="load_catalog"):
            return write_catalog(reading, filed)
    except IntegrityError as error:
        reason = f"the database refuses the records: {str(error).splitlines()[0]}"
        raise LoadError([Problem("database", 1, reason)]) from error


def write_catalog(reading: Reading, filed: dict[str, list[dict[str, Any]]]) -> Loaded:
    """Write the nouns, judge them, then write the rulings on those verdicts and judge again.

    A ruling answers a verdict that was computed before it; written in this order,
    the history shows what each ruling changed.
    """
    writer = Writer()
    for spec in ORDER:
        records = reading.of(spec)
        if spec is LICENCE:
            known = {source.key for source in Source.objects.only("key")}
            records = with_spdx_list(records, known)
        writer.learn(spec)
        writer.write(spec, records)
    imported = load_records(filed, settle=bool(writer.changes))
    writer.updated += imported
    if writer.changes:
        refuse_circles()
    writer.created += record_links()
    behind = judge_stale()
    before = writer.changes
    writer.write_children(RULINGS, writer.owners(SYSTEM, reading.of(SYSTEM)))
    if writer.changes > before:
        behind |= judge_stale()
    if writer.changes:
        bump_version()
    return Loaded(
        records=count(reading) + sum(len(rows) for rows in filed.values()),
        created=writer.created,
        updated=writer.updated,
        deleted=writer.deleted,
        kept=writer.kept,
        evaluated=len(behind),
    )


def refuse_circles() -> None:
    """LoadError where a system would descend from itself."""
    circles = self_ancestors()
    if circles:
        raise LoadError(
            [Problem("derivations", 1, f"descends from itself: {circle}") for circle in circles]
        )


def judge_stale() -> set[int]:
    """Judge again whatever is not from today's facts and rules; returns the systems' keys."""
    behind = {system.pk for system in stale()}
    evaluate_systems(systems=AISystem.objects.filter(pk__in=behind))
    return behind


def count(reading: Reading) -> int:
    return sum(1 for _ in reading.every())
