"""What other registers say of a system, beside what counts on the entry."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypedDict

from catalog.models import Component
from catalog.models.records import sentences
from definitions.vocabulary import Availability, ComponentKind, LicenceStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """One component of which a source says something else than what counts."""

    kind: ComponentKind
    said: str
    counts: str


class RecordValues(TypedDict):
    """A record as it comes with its system."""

    key: str
    url: str
    version: str
    read_on: str
    source_key: str
    source_title: str
    terms: str
    problems: list[dict[str, str]] | None
    components: dict[str, dict[str, str]] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRow:
    """A record of another register that is part of an entry."""

    key: str
    url: str
    version: str
    read_on: dt.date
    source_key: str
    source_title: str
    terms: str
    problems: list[str]
    disagreements: list[Disagreement]


def record_rows(rows: Iterable[RecordValues], components: Iterable[Component]) -> list[RecordRow]:
    """The records that came as plain values with their system, and where they disagree."""
    counting = {row.kind: row for row in components}
    return [
        RecordRow(
            key=row["key"],
            url=row["url"],
            version=row["version"],
            read_on=dt.date.fromisoformat(row["read_on"]),
            source_key=row["source_key"],
            source_title=row["source_title"],
            terms=row["terms"],
            problems=sentences(row["problems"] or []),
            disagreements=disagreements(row["components"] or {}, counting),
        )
        for row in rows
    ]


def disagreements(
    said: Mapping[str, Mapping[str, str]], counting: Mapping[str, Component]
) -> list[Disagreement]:
    """Where both say something of availability or licence, and not the same.

    What one of them does not say is no disagreement.
    """
    found = []
    for kind in ComponentKind:
        row = counting.get(kind.value)
        words = said.get(kind.value)
        if row is None or words is None:
            continue
        for theirs, ours in pairs(words, row):
            if theirs and ours and theirs != ours:
                found.append(Disagreement(kind=kind, said=theirs, counts=ours))
    return found


def pairs(words: Mapping[str, str], row: Component) -> list[tuple[str, str]]:
    """Availability and licence in words: what the source says, and what counts."""
    return [
        (availability(words.get("availability", "")), availability(row.availability)),
        (
            licence(
                words.get("licence", ""),
                words.get("licence_status", ""),
                words.get("licence_text", ""),
            ),
            licence(row.licence_expression, row.licence_status, row.licence_text),
        ),
    ]


def availability(word: str) -> str:
    return "" if word in ("", "unknown") else Availability.of(word).label


def licence(expression: str, status: str, text: str) -> str:
    if expression:
        return expression
    if status == LicenceStatus.NONE_STATED:
        return LicenceStatus.NONE_STATED.label
    return f"“{text}”" if text else ""
