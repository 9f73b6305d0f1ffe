"""One record: into the catalogue, or aside with the reason."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils import timezone

from catalog.evaluation.evaluate import dependents_of, evaluate_systems
from catalog.intake.entries import make_entry, renew_entry
from catalog.intake.match import Match, Matcher
from catalog.intake.nouns import Nouns
from catalog.intake.origin import Origin
from catalog.intake.precedence import Settlement, leave
from catalog.intake.registers.base import SourceReading
from catalog.models import (
    AISystem,
    Component,
    PossibleDuplicate,
    RecordState,
    Source,
    SourceRecord,
)
from definitions.readers.records import Problem

COMPARED = {"availability": "availability", "licence": "licence_expression"}
"""What two sources can contradict each other on, component by component."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one record.

    ``status`` is *new*, *changed*, *same*, *rejected* or *withheld*; ``conflicts`` names the
    components of which the entry counts another source's word.
    """

    file: str
    status: str
    slug: str = ""
    reason: str = ""
    problems: tuple[Problem, ...] = ()
    conflicts: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    figures: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        return {
            "file": self.file,
            "status": self.status,
            "slug": self.slug,
            "reason": self.reason,
            "problems": [problem.to_json() for problem in self.problems],
            "conflicts": list(self.conflicts),
            "doubts": list(self.doubts),
            **self.figures,
        }


def put_aside(reading: SourceReading, *more: Problem) -> Outcome:
    """The outcome of a record that is not taken."""
    problems = (*reading.problems, *more)
    reason = problems[-1].message if problems else "the record is empty"
    return Outcome(file=reading.key, status="rejected", reason=reason, problems=problems)


def take_in(*, reading: SourceReading, source: Source, matcher: Matcher, nouns: Nouns) -> Outcome:
    """Take one record in, settle its entry and judge it. Inside a transaction of the caller.

    About thirty queries for a record that is new or changed, one for the same.
    """
    stored = SourceRecord.objects.filter(source=source, key=reading.key).first()
    if reading.document is None or reading.withheld:
        return aside(reading, source, stored, nouns)
    day = day_of(reading, source)
    if stored is not None and says_the_same(stored, reading, day):
        return same(reading, stored)
    origin = Origin(source, reading.url, day)
    makers = nouns.known_makers(reading.document)
    match = matcher.match(source.key, reading, makers)
    record = stored or SourceRecord(source=source, key=reading.key)
    fill(record, reading, origin.day)
    if match.system is None:
        system = make_entry(reading.document, origin, nouns, matcher.slugs)
    else:
        system = AISystem.objects.get(pk=match.system)
    record.system = system
    record.save()
    renew_entry(system, nouns)
    Settlement([system.pk], nouns).write()
    evaluate_systems(systems=dependents_of(system))
    doubts = note_doubts(system, match)
    matcher.records[source.key, reading.key] = system.pk
    if match.system is None:
        known = set(system.makers.values_list("organization_id", flat=True))
        matcher.add(system.pk, system.name, system.parameters, system.huggingface_id, known)
    return Outcome(
        file=reading.key,
        status="changed" if stored else "new",
        slug=system.slug,
        reason="a new entry" if match.system is None else f"matched: {match.reason}",
        problems=reading.problems,
        conflicts=conflicts(system, record),
        doubts=doubts,
        figures=reading.figures,
    )


def says_the_same(stored: SourceRecord, reading: SourceReading, day: dt.date) -> bool:
    return (
        stored.state == RecordState.MATCHED
        and stored.document == reading.document
        and (stored.url, stored.read_on) == (reading.url, day)
        and stored.problems == [problem.to_json() for problem in reading.problems]
    )


def same(reading: SourceReading, stored: SourceRecord) -> Outcome:
    return Outcome(
        file=reading.key,
        status="same",
        slug=stored.system.slug if stored.system else "",
        reason="nothing has changed",
        problems=reading.problems,
        figures=reading.figures,
    )


def day_of(reading: SourceReading, source: Source) -> dt.date:
    """The day of the record, else of the source's retrieval, else today."""
    if reading.read_on:
        return dt.date.fromisoformat(reading.read_on)
    return source.retrieved_on or timezone.localdate()


def fill(record: SourceRecord, reading: SourceReading, day: dt.date) -> None:
    record.version = reading.version
    record.url = reading.url
    record.fingerprint = reading.fingerprint
    record.state = RecordState.MATCHED
    record.document = reading.document or {}
    record.problems = [problem.to_json() for problem in reading.problems]
    record.read_on = day
    record.imported_at = timezone.now()


def aside(
    reading: SourceReading, source: Source, stored: SourceRecord | None, nouns: Nouns
) -> Outcome:
    """Keep a record that makes no entry: it cannot be read, or it names no system."""
    if reading.document is None:
        return reject(reading, source, stored)
    return withhold(reading, source, stored, nouns)


def reject(reading: SourceReading, source: Source, stored: SourceRecord | None) -> Outcome:
    """Keep that a record could not be read; what an earlier version said stays in the catalogue."""
    if stored is None or stored.state == RecordState.REJECTED:
        record = stored or SourceRecord(source=source, key=reading.key)
        if stored is None or stored.fingerprint != reading.fingerprint:
            fill(record, reading, day_of(reading, source))
            record.state = RecordState.REJECTED
            record.save()
    return put_aside(reading)


def withhold(
    reading: SourceReading, source: Source, stored: SourceRecord | None, nouns: Nouns
) -> Outcome:
    """Keep a record that names no system for editors; an entry that rested on it alone is hidden.

    About ten queries the first time, none after that.
    """
    why = Problem(path="name", code="withheld", message=reading.withheld)
    kept = replace(reading, problems=(*reading.problems, why))
    record = stored or SourceRecord(source=source, key=reading.key)
    before = record.system_id
    noted = [problem.to_json() for problem in kept.problems]
    known = record.state == RecordState.WITHHELD and record.problems == noted
    if not known:
        fill(record, kept, day_of(reading, source))
        record.state, record.system = RecordState.WITHHELD, None
        record.save()
    if before:
        leave([before], nouns)
        evaluate_systems(systems=AISystem.objects.filter(pk=before))
    return Outcome(
        file=reading.key,
        status="same" if known else "withheld",
        reason=reading.withheld,
        problems=kept.problems,
        figures=reading.figures,
    )


def note_doubts(system: AISystem, match: Match) -> tuple[str, ...]:
    """Put pairs that may be one system before the editors, each once."""
    noted = []
    for other, reason in match.doubts:
        if other == system.pk:
            continue
        first, second = sorted((system.pk, other))
        PossibleDuplicate.objects.get_or_create(
            first_id=first, second_id=second, defaults={"reason": reason}
        )
        slug = AISystem.objects.values_list("slug", flat=True).get(pk=other)
        noted.append(f"{slug}: {reason}")
    return tuple(noted)


def conflicts(system: AISystem, record: SourceRecord) -> tuple[str, ...]:
    """The components of which the record says something else than what counts. One query."""
    counting = {row.kind: row for row in Component.objects.filter(system=system)}
    return tuple(
        kind
        for kind, said in record.document.get("components", {}).items()
        if kind in counting and contradicts(said, counting[kind])
    )


def contradicts(said: Mapping[str, Any], row: Component) -> bool:
    """Both say something, and not the same. Unknown contradicts nothing."""
    for name, column in COMPARED.items():
        stated, counts = said.get(name, ""), getattr(row, column)
        if stated and counts not in ("", "unknown") and stated != counts:
            return True
    return False
