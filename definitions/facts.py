"""The recorded facts about one AI system, as a frozen value.

A definition reads nothing but this value, and the facts about the licences
travel inside it: a facts file is enough to recompute every verdict. The
fields and their codes (C1, D1, I1, L1 …) are those of the fact list that
Glassbox publishes with its schema, ``glassbox-facts/1``.

Every field has the default *unknown*; a missing record is never a "no".
"""

import hashlib
import json
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any, Self

from definitions import codec
from definitions.codec import FactsError
from definitions.expressions import TooLongError, settled_terms
from definitions.licence_table import LicenceTable
from definitions.topics import Monetisation, PublicFunding
from definitions.vocabulary import (
    Answer,
    Availability,
    CommercialUse,
    Completeness,
    ComponentKind,
    Cost,
    DataClass,
    DerivationKind,
    Extent,
    Grade,
    LicenceStatus,
    ListAnswer,
    Modality,
    OrganizationKind,
    RulingAnswer,
    TrainingStage,
    UnshareableReason,
    UseRestriction,
    Verification,
    WeightsForm,
)

__all__ = ["SCHEMA_ID", "Facts", "FactsError", "json_schema"]

SCHEMA_ID = "glassbox-facts/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A page that shows a fact, and optionally its words (at most 25)."""

    url: str
    quote: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """What identifies the system (S1), when it was verified, and which register it is from."""

    slug: str
    name: str
    version: str = ""
    release_date: str = ""
    modalities: tuple[Modality, ...] = ()
    verified_on: str = ""
    recorded_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What is recorded of the system beside its components (facts S3 to S13).

    ``training_compute`` is in FLOP, written as a number such as ``3.8e25``.
    ``evidence`` holds the page of each fact under the fact's own name.
    """

    training_compute: str = ""
    gpai: Answer = Answer.UNKNOWN
    systemic_risk: Answer = Answer.UNKNOWN
    monetisation: Monetisation = Monetisation.UNKNOWN
    personal_data_required: Answer = Answer.UNKNOWN
    endpoint_operator: OrganizationKind = OrganizationKind.UNKNOWN
    endpoint_cost: Cost = Cost.UNKNOWN
    public_sector_use: Answer = Answer.UNKNOWN
    compute_owner: OrganizationKind = OrganizationKind.UNKNOWN
    sdg_relevance: Answer = Answer.UNKNOWN
    closed_dependencies: Answer = Answer.UNKNOWN
    open_alternatives: Answer = Answer.UNKNOWN
    pii_handling: Extent = Extent.UNKNOWN
    content_policy: Extent = Extent.UNKNOWN
    code_of_conduct: Extent = Extent.UNKNOWN
    evidence: Mapping[str, Evidence] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Organization:
    """One maker of the system (facts O1 to O7)."""

    slug: str
    name: str
    kind: OrganizationKind = OrganizationKind.UNKNOWN
    country: str = ""
    legal_owner: Answer = Answer.UNKNOWN
    public_funding: PublicFunding = PublicFunding.UNKNOWN
    public_governance: Answer = Answer.UNKNOWN
    public_mission: Answer = Answer.UNKNOWN
    microenterprise: Answer = Answer.UNKNOWN
    evidence: Mapping[str, Evidence] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """What is recorded of one component (C1 to C12), and by which register if not by us."""

    availability: Availability = Availability.UNKNOWN
    completeness: Completeness = Completeness.UNKNOWN
    licence: str = ""
    licence_status: LicenceStatus = LicenceStatus.UNKNOWN
    licence_text: str = ""
    url: str = ""
    licence_url: str = ""
    cost: Cost = Cost.UNKNOWN
    form: WeightsForm = WeightsForm.UNKNOWN
    machine_readable: Answer = Answer.UNKNOWN
    open_format: Answer = Answer.UNKNOWN
    persistent_id: str = ""
    peer_reviewed: Answer = Answer.UNKNOWN
    included_in: ComponentKind | None = None
    recorded_by: str = ""
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """One dataset that the system was trained or evaluated on (facts D1 to D5)."""

    slug: str
    name: str
    stage: TrainingStage
    data_class: DataClass = DataClass.UNKNOWN
    url: str = ""
    unshareable_reason: UnshareableReason = UnshareableReason.UNKNOWN
    licence: str = ""
    licence_status: LicenceStatus = LicenceStatus.UNKNOWN
    contains_pii: Answer = Answer.UNKNOWN
    synthetic: Answer = Answer.UNKNOWN
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DataInformation:
    """What the maker tells about all the training data (facts I1 to I8)."""

    provenance: Extent = Extent.UNKNOWN
    scope: Extent = Extent.UNKNOWN
    selection: Extent = Extent.UNKNOWN
    labelling: Extent = Extent.UNKNOWN
    processing: Extent = Extent.UNKNOWN
    filtering: Extent = Extent.UNKNOWN
    covers_all_training_data: Extent = Extent.UNKNOWN
    follows_datasheet_standard: Extent = Extent.UNKNOWN
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageInformation:
    """What the maker tells the people who use the system (facts U1 to U5)."""

    modalities: Extent = Extent.UNKNOWN
    capabilities: Extent = Extent.UNKNOWN
    limitations: Extent = Extent.UNKNOWN
    integration: Extent = Extent.UNKNOWN
    evaluation: Extent = Extent.UNKNOWN
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseSystem:
    """A system that this one was built on, and what was released of it (fact S2)."""

    name: str
    slug: str = ""
    kind: DerivationKind = DerivationKind.FINETUNE
    weights: Availability = Availability.UNKNOWN
    data: Availability = Availability.UNKNOWN
    data_completeness: Completeness = Completeness.UNKNOWN


@dataclass(frozen=True, kw_only=True)
class Licence:
    """What is known of one version of a licence (facts L1 to L24)."""

    name: str = ""
    osi_approved: Answer = Answer.UNKNOWN
    fsf_free: ListAnswer = ListAnswer.UNKNOWN
    open_definition: ListAnswer = ListAnswer.UNKNOWN
    free_cultural_work: Answer = Answer.UNKNOWN
    commercial: CommercialUse = CommercialUse.UNKNOWN
    derivatives: Answer = Answer.UNKNOWN
    redistribution: Answer = Answer.UNKNOWN
    use_restrictions: tuple[UseRestriction, ...] | None = None
    restricts_other_works: Answer = Answer.UNKNOWN
    user_cap: Answer = Answer.UNKNOWN
    revenue_cap: Answer = Answer.UNKNOWN
    territory_limits: Answer = Answer.UNKNOWN
    excluded_groups: Answer = Answer.UNKNOWN
    attribution: Answer = Answer.UNKNOWN
    share_alike: Answer = Answer.UNKNOWN
    network_copyleft: Answer = Answer.UNKNOWN
    naming_duty: Answer = Answer.UNKNOWN
    irrevocable: Answer = Answer.UNKNOWN
    unilateral_change: Answer = Answer.UNKNOWN
    sublicence_automatic: Answer = Answer.UNKNOWN
    royalty: Answer = Answer.UNKNOWN
    product_specific: Answer = Answer.UNKNOWN
    technology_neutral: Answer = Answer.UNKNOWN
    public_domain: Answer = Answer.UNKNOWN
    patent_termination: Answer = Answer.UNKNOWN
    verified: Verification = Verification.UNVERIFIED

    @cached_property
    def known(self) -> dict[Hashable, Any]:
        """Answers that have been worked out from this licence already."""
        return {}


def settled[Row: Component | Dataset](row: Row, path: str) -> Row:
    """A row whose terms say one thing; FactsError where its expression is beyond the limits."""
    try:
        licence, status, text = settled_terms(row.licence, row.licence_status)
    except TooLongError as error:
        raise FactsError(f"{path}.licence", str(error)) from None
    if (licence, status) == (row.licence, row.licence_status):
        return row
    if isinstance(row, Component):
        said = row.licence_text or text
        return replace(row, licence=licence, licence_status=status, licence_text=said)
    return replace(row, licence=licence or text, licence_status=status)


@dataclass(frozen=True, slots=True)
class JudgedFact:
    """One fact that a ruling was made on: its path in the facts document, and its value then."""

    path: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """An editor's published answer to a criterion; it counts while what it ``judged`` holds."""

    criterion: str
    answer: RulingAnswer
    rationale: str
    date: str = ""
    evidence: Evidence | None = None
    judged: tuple[JudgedFact, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Everything that the definitions may read about one system.

    The order in which rows are given does not matter: they are sorted here,
    so the same facts always give the same bytes. ``steward_classes`` are a
    steward's own published gradings, by criterion, such as
    ``osai-2026/weights-endmodel`` (fact S16).
    """

    schema: str = SCHEMA_ID
    system: System
    organizations: tuple[Organization, ...] = ()
    components: Mapping[ComponentKind, Component] = field(default_factory=dict)
    datasets: tuple[Dataset, ...] = ()
    data_information: DataInformation = DataInformation()
    usage_information: UsageInformation = UsageInformation()
    circumstances: Circumstances = Circumstances()
    base_systems: tuple[BaseSystem, ...] = ()
    licences: Mapping[str, Licence] = field(default_factory=dict)
    rulings: tuple[Ruling, ...] = ()
    steward_classes: Mapping[str, Grade] = field(default_factory=dict)

    def __post_init__(self) -> None:
        def store(name: str, value: object) -> None:
            object.__setattr__(self, name, value)

        store("components", MappingProxyType(dict(self.components)))
        store("licences", MappingProxyType(LicenceTable(self.licences)))
        store("steward_classes", MappingProxyType(dict(self.steward_classes)))
        store("organizations", tuple(sorted(self.organizations, key=lambda row: row.slug)))
        store("datasets", tuple(sorted(self.datasets, key=lambda row: (row.stage, row.slug))))
        store("base_systems", tuple(sorted(self.base_systems, key=lambda r: (r.slug, r.name))))
        store("rulings", tuple(sorted(self.rulings, key=lambda row: row.criterion)))

    @classmethod
    def from_json(cls, document: object) -> Self:
        """Read a parsed facts document; raises FactsError with the path of the fault."""
        facts = codec.decode(cls, document)
        if facts.schema != SCHEMA_ID:
            raise FactsError("$.schema", f"expected “{SCHEMA_ID}”")
        return replace(
            facts,
            components={
                kind: settled(row, f"$.components.{kind.value}")
                for kind, row in facts.components.items()
            },
            datasets=tuple(
                settled(row, f"$.datasets[{place}]") for place, row in enumerate(facts.datasets)
            ),
        )

    def to_json(self) -> dict[str, Any]:
        """The facts as JSON; unknowns are left out."""
        return {"schema": self.schema} | codec.encode(self)

    def canonical(self) -> bytes:
        """The one spelling of these facts, over which the fingerprint is taken."""
        return json.dumps(
            self.to_json(), sort_keys=True, ensure_ascii=False, separators=(",", ":")
        ).encode()

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of the canonical bytes, 64 hexadecimal digits."""
        return hashlib.sha256(self.canonical()).hexdigest()

    @cached_property
    def resolved(self) -> dict[ComponentKind, Component]:
        """Every component of which something is recorded, as ``component`` gives it."""
        return {kind: self.resolve(row) for kind, row in self.components.items()}

    @cached_property
    def known(self) -> dict[Hashable, Any]:
        """What has been worked out from these facts already."""
        return {}

    @cached_property
    def inferred(self) -> dict[str, Any]:
        """The values that were not recorded but follow from others, by path (see inferences)."""
        return {}

    def component(self, kind: ComponentKind) -> Component:
        """The record of a component, with what it takes over from its host."""
        return self.resolved.get(kind, UNRECORDED)

    def resolve(self, own: Component) -> Component:
        """Fill a record from the component that it is included in.

        A component that lives inside another one (a data card inside the model
        card, fact C12) has that one's availability, completeness and licence
        wherever its own are not recorded; and so on, to the end of the line.
        """
        kind = own.included_in
        passed: set[ComponentKind] = set()
        while kind and kind not in passed and (host := self.components.get(kind)):
            passed.add(kind)
            own, kind = filled(own, host), host.included_in
        return own


def filled(own: Component, host: Component) -> Component:
    """A record with what it lacks taken from the component that it is part of."""
    taken: dict[str, Any] = {}
    if own.availability is Availability.UNKNOWN:
        taken["availability"] = host.availability
    if own.completeness is Completeness.UNKNOWN:
        taken["completeness"] = host.completeness
    if own.licence_status is LicenceStatus.UNKNOWN:
        taken |= {
            "licence": host.licence,
            "licence_status": host.licence_status,
            "licence_text": host.licence_text,
            "licence_url": host.licence_url,
        }
    if taken and not own.recorded_by:
        taken["recorded_by"] = host.recorded_by
    return replace(own, **taken)


UNRECORDED = Component()
"""Stands for every component of which nothing is recorded."""


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a facts document (draft 2020-12)."""
    schema = codec.object_schema(Facts)
    schema["properties"]["schema"] = {"const": SCHEMA_ID}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:glassbox:facts:1",
        "title": "Facts about one AI system, as Glassbox records them",
        **schema,
    }
