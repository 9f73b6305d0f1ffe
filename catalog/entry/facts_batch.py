"""The rows behind the facts of many systems, as plain values and each table read once.

For ``catalog.entry.facts`` alone. What many systems share, such as datasets, organisations and
bases, is read once per batch. A page about one system reads models instead, with
``with_facts()``, since it shows more than the facts.
"""

import datetime as dt
from collections import namedtuple
from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple, Protocol, Self

from django.db.models import QuerySet

from catalog.entry.registers import SOURCE
from catalog.models import (
    AISystem,
    Component,
    DataInformation,
    Dataset,
    Derivation,
    Organization,
    OrganizationFact,
    Ruling,
    SystemFact,
    SystemMaker,
    TrainingData,
    UsageInformation,
)
from catalog.models.facts import USAGE
from catalog.models.systems import DERIVED, INFORMATION
from catalog.querysets.gathered import BASE_KINDS, single_facts, steward_grades


class ComponentRow(NamedTuple):
    system_id: int
    kind: str
    availability: str
    completeness: str
    licence_expression: str
    licence_status: str
    licence_text: str
    url: str
    licence_url: str
    cost: str
    form: str
    machine_readable: str
    open_format: str
    persistent_id: str
    peer_reviewed: str
    included_in: str
    evidence_url: str
    quote: str
    source__key: str | None
    source__kind: str | None
    source__title: str | None


class DatasetRow(NamedTuple):
    pk: int
    slug: str
    name: str
    data_class: str
    homepage: str
    licence_expression: str
    licence_status: str
    contains_pii: str
    synthetic: str


class TrainingRow(NamedTuple):
    system_id: int
    dataset_id: int
    stage: str
    data_class: str
    where: str
    unshareable_reason: str
    evidence_url: str
    quote: str


class DerivationRow(NamedTuple):
    system_id: int
    kind: str
    base_id: int | None
    base_name: str


class BaseRow(NamedTuple):
    pk: int
    name: str
    slug: str


class RulingRow(NamedTuple):
    system_id: int
    criterion: str
    answer: str
    rationale: str
    decided_on: dt.date
    evidence_url: str
    quote: str
    judged: Mapping[str, str]


ORIGIN = ["system_id", "evidence_url", "quote"]
InformationRow: Any = namedtuple("InformationRow", ORIGIN + list(INFORMATION))  # type: ignore[misc]
UsageRow: Any = namedtuple("UsageRow", ORIGIN + list(USAGE))  # type: ignore[misc]


class HasSystem(Protocol):
    @property
    def system_id(self) -> int: ...


class FactRows(NamedTuple):
    """Every row that the facts of a batch of systems are made from."""

    systems: list[AISystem]
    components: Mapping[int, list[ComponentRow]]
    training: Mapping[int, list[TrainingRow]]
    datasets: Mapping[int, DatasetRow]
    makers: Mapping[int, list[int]]
    organizations: Mapping[int, Organization]
    derivations: Mapping[int, list[DerivationRow]]
    bases: Mapping[int, BaseRow]
    released: Mapping[int, list[dict[str, Any]]]
    information: Mapping[int, Any]
    usage: Mapping[int, Any]
    rulings: Mapping[int, list[RulingRow]]

    @classmethod
    def of(cls, pks: Collection[int]) -> Self:
        """Twelve queries for any number of systems."""
        training = by_system(read(TrainingRow, those(TrainingData, pks).order_by("stage", "pk")))
        datasets = {row.dataset_id for rows in training.values() for row in rows}
        makers: dict[int, list[int]] = {}
        for system, maker in those(SystemMaker, pks).values_list("system_id", "organization_id"):
            makers.setdefault(system, []).append(maker)
        derivations = by_system(read(DerivationRow, those(Derivation, pks)))
        bases = {row.base_id for rows in derivations.values() for row in rows if row.base_id}
        return cls(
            systems=list(systems_of(pks)),
            components=by_system(read(ComponentRow, those(Component, pks).order_by("kind"))),
            training=training,
            datasets={
                row.pk: row
                for row in read(DatasetRow, Dataset.objects.filter(pk__any_of=[*datasets]))
            },
            makers=makers,
            organizations=organizations_of({pk for some in makers.values() for pk in some}),
            derivations=derivations,
            bases={
                row.pk: row for row in read(BaseRow, AISystem.objects.filter(pk__any_of=[*bases]))
            },
            released=released_of(bases),
            information={
                row.system_id: row for row in read(InformationRow, those(DataInformation, pks))
            },
            usage={row.system_id: row for row in read(UsageRow, those(UsageInformation, pks))},
            rulings=by_system(read(RulingRow, those(Ruling, pks))),
        )


def those(model: type[Any], pks: Collection[int]) -> QuerySet[Any]:
    """The rows of a table that belong to these systems."""
    rows: QuerySet[Any] = model._default_manager.filter(system__any_of=[*pks])
    return rows


def read(kind: Any, rows: QuerySet[Any]) -> Iterable[Any]:
    """Rows with the columns that a kind names."""
    return map(kind._make, rows.values_list(*kind._fields))


def by_system[R: HasSystem](rows: Iterable[R]) -> dict[int, list[R]]:
    found: dict[int, list[R]] = {}
    for row in rows:
        found.setdefault(row.system_id, []).append(row)
    return found


def systems_of(pks: Collection[int]) -> QuerySet[AISystem]:
    """Systems with what the facts say of them, and what follows from the facts already."""
    facts = single_facts(AISystem, SystemFact, "system")
    systems = AISystem.objects.filter(pk__any_of=[*pks]).order_by("pk")
    known = systems.annotate(fact_rows=facts, grade_rows=steward_grades())
    return known.select_related("source").only(
        *("slug", "name", "version", "released_on", "released_precision", "modalities"),
        *("verified_on", *SOURCE, *DERIVED),
    )


def organizations_of(pks: Collection[int]) -> dict[int, Organization]:
    """Organisations with their single facts, by key."""
    facts = single_facts(Organization, OrganizationFact, "organization")
    rows = Organization.objects.filter(pk__any_of=[*pks]).annotate(fact_rows=facts)
    return {row.pk: row for row in rows}


def released_of(bases: Collection[int]) -> dict[int, list[dict[str, Any]]]:
    """What was released of systems that others are built on."""
    found: dict[int, list[dict[str, Any]]] = {}
    rows = those(Component, bases).filter(kind__in=BASE_KINDS).order_by("kind")
    for row in rows.values("system_id", "kind", "availability", "completeness"):
        found.setdefault(row["system_id"], []).append(row)
    return found
