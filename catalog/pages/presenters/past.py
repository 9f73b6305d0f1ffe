"""The history of an entry in words: which fact was recorded, changed or taken away, and when."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from catalog.models import FactsDocument
from definitions import tiers
from definitions.facts import Facts
from definitions.tiers import Standing
from definitions.topics import SystemTopic
from definitions.vocabulary import ComponentKind

QUIET = frozenset(
    {"pgh_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context_id", "id", "table"}
    | {"system_id", "source_id", "recorded_by", "checked_on"}
)
"""Columns whose change is not a change of facts."""

VERBS = {"insert": "recorded", "delete": "taken away"}
LONGEST = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class FactLine:
    """One fact row that changed: which, how, and which columns from what to what."""

    subject: str
    verb: str
    columns: list[tuple[str, str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """Everything that was written in one transaction."""

    at: dt.datetime
    lines: list[FactLine]


def moments(events: Iterable[Mapping[str, Any]]) -> list[Moment]:
    """Fact changes by transaction, the newest first."""
    before: dict[tuple[str, int], Mapping[str, Any]] = {}
    told: list[tuple[dt.datetime, FactLine]] = []
    for event in events:
        row = (event["table"], event["pgh_obj_id"])
        line = line_of(before.get(row), event)
        before[row] = event
        if line:
            told.append((event["pgh_created_at"], line))
    grouped = groupby(told, key=lambda pair: pair[0])
    return [Moment(at=at, lines=[line for _, line in pairs]) for at, pairs in grouped][::-1]


def line_of(before: Mapping[str, Any] | None, event: Mapping[str, Any]) -> FactLine | None:
    """What an event says; None where nothing of the facts moved."""
    verb = VERBS.get(event["pgh_label"])
    if verb:
        return FactLine(subject=subject_of(event), verb=verb, columns=[])
    moved = [
        (name.replace("_", " "), short((before or {}).get(name)), short(value))
        for name, value in event.items()
        if name not in QUIET and (before is None or before.get(name) != value)
    ]
    return FactLine(subject=subject_of(event), verb="changed", columns=moved) if moved else None


def subject_of(event: Mapping[str, Any]) -> str:
    """What a row is about, in words."""
    table = str(event["table"])
    if "kind" in event and table == "component":
        return ComponentKind.of(event["kind"]).label
    if "topic" in event:
        return SystemTopic.of(event["topic"]).label
    if "criterion" in event:
        return f"{table}: {event['criterion']}"
    if "claimed" in event:
        return f"{table}: “{event['claimed']}”"
    return table


def short(value: Any) -> str:
    """A value in a few words."""
    text = "–" if value in (None, "", [], {}) else str(value)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def standings(documents: Mapping[int, FactsDocument]) -> dict[int, Standing]:
    """How far entries had been checked, by key, as the facts of that day tell."""
    return {pk: tiers.of_entry(Facts.from_json(row.document)) for pk, row in documents.items()}
