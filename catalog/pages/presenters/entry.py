"""The parts of a system's page."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models

from catalog.entry.registers import register_of
from catalog.models import AISystem, Claim, Component, Evaluation, Source
from definitions import registry
from definitions.claims import ClaimResult, Promise, promise_of
from definitions.core import Definition
from definitions.licences import licence_ids
from definitions.tiers import Standing
from definitions.topics import Topic
from definitions.vocabulary import ComponentGroup, ComponentKind, LicenceStatus, Status


def hydrated[M: models.Model](
    model: type[M], system: AISystem, rows: Iterable[Mapping[str, Any]]
) -> list[M]:
    """Rows that came as plain values inside their system's row, with it and their source."""
    found = []
    for row in rows:
        columns = {
            field.attname: field.to_python(row[field.attname])
            for field in model._meta.concrete_fields
        }
        instance = model(**columns)
        instance.system = system  # type: ignore[attr-defined]
        if row.get("source") and row["source"]["key"]:
            instance.source = Source(pk=row["source_id"], **row["source"])  # type: ignore[attr-defined]
        found.append(instance)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleFactRow:
    """A single fact of a system or a maker, in words."""

    label: str
    value: str
    evidence_url: str
    quote: str
    note: str
    checked_on: dt.date | None
    source: None = None


def single_fact_rows(topics: type[Topic], rows: Iterable[Mapping[str, str]]) -> list[SingleFactRow]:
    """The single facts that came as plain values, in the order of the topics."""
    found = {row["topic"]: row for row in rows}
    return [
        SingleFactRow(
            label=topic.label,
            value=topic.value_label(found[topic.value]["value"]),
            evidence_url=found[topic.value]["evidence_url"],
            quote=found[topic.value]["quote"],
            note=found[topic.value]["note"],
            checked_on=dt.date.fromisoformat(found[topic.value]["checked_on"]),
        )
        for topic in topics
        if topic.value in found
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow:
    """The maker's words, the definition that they promise, and whether they hold."""

    claim: Claim
    promise: Promise | None
    definition: Definition | None
    result: ClaimResult
    verdict: str

    @property
    def status(self) -> Status:
        """The shape with which the result is drawn."""
        return {
            ClaimResult.HOLDS: Status.MET,
            ClaimResult.DOES_NOT_HOLD: Status.NOT_MET,
            ClaimResult.NOT_PROVED: Status.UNKNOWN,
        }.get(self.result, Status.NOT_APPLICABLE)


def claim_rows(claims: Iterable[Claim], evaluations: Iterable[Evaluation]) -> list[ClaimRow]:
    """Claims of one system beside the verdicts that they call upon."""
    labels = {row.definition_id: row.label for row in evaluations}
    known = {definition.id: definition for definition in registry.DEFINITIONS}
    rows = []
    for claim in claims:
        promise = promise_of(claim.claimed)
        definition = known.get(promise.definition) if promise else None
        rows.append(
            ClaimRow(
                claim=claim,
                promise=promise,
                definition=definition,
                result=ClaimResult.of(claim.result),
                verdict=labels.get(promise.definition, "") if promise else "",
            )
        )
    return rows


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentGroupRows:
    """The components of one group: those on record, and the names of those that are not."""

    group: ComponentGroup
    rows: list[Component]
    unrecorded: list[str]


def component_groups(components: Iterable[Component]) -> list[ComponentGroupRows]:
    """Every group, its rows in the fixed order of the kinds."""
    found = {component.kind: component for component in components}
    return [
        ComponentGroupRows(
            group=group,
            rows=[found[kind] for kind in kinds_of(group) if kind in found],
            unrecorded=[kind.label for kind in kinds_of(group) if kind not in found],
        )
        for group in ComponentGroup
    ]


def cited_rows(system: AISystem) -> list[object]:
    """The records of an entry that link to pages, itself included; nothing is read again."""
    told = (getattr(system, name, None) for name in ("data_information", "usage_information"))
    return [
        system,
        *system.components.all(),
        *system.training_data.all(),
        *system.derivations.all(),
        *(row for row in told if row is not None),
    ]


def kinds_of(group: ComponentGroup) -> list[ComponentKind]:
    return [kind for kind in ComponentKind if kind.group is group]


def row_standing(row: Component) -> Standing:
    """How far one component's row has been checked; it was read with its system and source."""
    verified = row.system.verified_on is not None
    return Standing.of(verified=verified, registers=[register_of(row)])


def licence_words(row: Component) -> str:
    """The terms of a row in a word or two, for a table."""
    if row.licence_expression:
        return row.licence_expression
    if row.licence_status == LicenceStatus.UNRECOGNISED:
        return f"“{row.licence_text}” (not recognised)"
    return str(LicenceStatus.of(row.licence_status).label)


def system_licence_ids(systems: Iterable[AISystem]) -> set[str]:
    return {
        identifier
        for system in systems
        for component in system.components.all()
        for identifier in licence_ids(component.licence_expression)
    }


def weights_licence_ids(systems: Iterable[AISystem]) -> set[str]:
    """The licences of the final weights."""
    return {name for system in systems for name in licence_ids(system.weights_licence)}
