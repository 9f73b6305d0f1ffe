"""The shapes of answers, as OpenAPI describes them."""

from typing import Annotated, Any

from ninja import Schema
from pydantic import ConfigDict, Field

DATE = "An ISO 8601 date: a day, a month or a year, as exactly as it is known."


class ProblemOut(Schema):
    """Problem Details (RFC 9457)."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    detail: str
    errors: list[dict[str, str]] = Field(
        default=[], description="What is wrong, with the place: a parameter, or a path in the file."
    )


class Named(Schema):
    slug: str
    name: str
    url: str


TIER = "How far it was checked: verified, recorded (by one reading, or another register), metadata."
RECORDED_BY = "The other registers whose word it is, by name; empty where our editors read."


class VerdictShort(Schema):
    """One definition on one system, without its criteria."""

    tier: str = Field(description=TIER)
    recorded_by: list[str] = Field(description=RECORDED_BY)

    definition: str = Field(examples=["osaid-1.0"])
    status: str = Field(examples=["not_met"])
    label: str = Field(examples=["Not Open Source AI"])
    level: int | None = None
    level_possible: int | None = None
    score: float | None = None
    score_low: float | None = None
    score_high: float | None = None


class SystemRow(Schema):
    """A system in a list."""

    slug: str = Field(examples=["olmo-7b"])
    name: str
    version: str
    family: str
    makers: list[Named]
    released: str = Field(description=DATE)
    parameters: int | None
    modalities: list[str]
    weights_licence: str = Field(description="SPDX expression; empty where none is known.")
    commercial_use: str = Field(
        description="Whether the terms of the weights let business use them: yes, limited (some "
        "uses are forbidden), capped, no, unknown. To be read with its tier."
    )
    commercial_use_tier: str = Field(description=TIER)
    commercial_use_recorded_by: list[str] = Field(description=RECORDED_BY)
    strip: str = Field(
        description="One letter for each component kind in fixed order: o open, l limited, "
        "c closed, u unknown, n not applicable."
    )
    tier: str = Field(description=TIER)
    recorded_by: list[str] = Field(description=RECORDED_BY)
    verified_on: str
    url: str
    verdicts: list[VerdictShort]


class Verdict(VerdictShort):
    """One definition on one system, with every criterion."""

    reason: str
    fingerprint: str = Field(description="Which definition, in which revision of our reading.")
    findings: list[dict[str, Any]] = Field(
        description="One per criterion: code, status, reason, evidence, facts used, missing, "
        "and the inferences that it rests on."
    )
    missing: list[dict[str, Any]] = Field(description="What is missing for the next level.")
    progress: list[dict[str, Any]]
    since: str


class Statement(Schema):
    """A maker's claim."""

    claimed: str
    quote: str
    url: str
    date: str
    definition: str
    result: str


class Judgement(Schema):
    """What the steward of a definition itself said."""

    definition: str
    result: str
    version_judged: str
    classes: dict[str, str]
    url: str
    date: str


class RecordOut(Schema):
    """A record of another register on this system."""

    source: str
    key: str
    url: str
    version: str
    read_on: str
    terms: str


class TermsOut(Schema):
    """One licence of a system: what it allows, demands and limits, and what is under it."""

    licence: str
    name: str
    url: str
    components: list[str]
    permissions: str
    conditions: str = Field(description="What the licence demands, in its record's own words.")
    limits: str


class SystemOut(SystemRow):
    """A whole entry: facts, verdicts, claims, sources."""

    summary: str
    homepage: str
    huggingface_id: str
    repository: str
    paper: str
    terms: list[TermsOut] = Field(description="By licence, that of the weights first.")
    facts: dict[str, Any] = Field(description="A facts document, glassbox-facts/1.")
    evaluations: list[Verdict]
    claims: list[Statement]
    judgements: list[Judgement]
    records: list[RecordOut]


class VerdictThen(VerdictShort):
    """A verdict as it was recorded; the reasons follow from the facts and the rules of today."""

    since: str


class SystemThen(Schema):
    """A system at the end of a day in the past."""

    as_of: str
    slug: str
    name: str
    version: str
    released: str = Field(description=DATE)
    parameters: int | None
    modalities: list[str]
    weights_licence: str
    commercial_use: str
    commercial_use_tier: str = Field(description=TIER)
    commercial_use_recorded_by: list[str] = Field(description=RECORDED_BY)
    strip: str
    tier: str = Field(description=TIER)
    recorded_by: list[str] = Field(description=RECORDED_BY)
    verified_on: str
    verdicts: list[VerdictThen]
    facts: dict[str, Any] | None = Field(
        description="The facts document of that day; null where none was kept yet."
    )
    url: str


class Pages(Schema):
    """Where the list goes on."""

    next: str | None = Field(description="The address of the next page; null on the last.")


class SystemPage(Pages):
    items: list[SystemRow]


class SystemThenPage(Pages):
    items: list[SystemThen]


class DefinitionOut(Schema):
    """A rule set: criteria, levels, steward, and our notes on it."""

    model_config = ConfigDict(extra="allow")

    id: str
    title: str
    version: str
    steward: str
    url: str
    standing: str


class DefinitionPage(Pages):
    items: list[DefinitionOut]


class LicenceOut(Schema):
    """One version of a licence with the facts that the rules read."""

    id: str
    name: str
    url: str
    is_spdx: bool
    deprecated: bool
    facts: dict[str, Any]
    permissions: str
    conditions: str
    limits: str


class LicencePage(Pages):
    items: list[LicenceOut]


class DatasetOut(Schema):
    """A dataset with its terms."""

    slug: str
    name: str
    summary: str
    homepage: str
    makers: list[Named]
    modalities: list[str]
    languages: list[str]
    size: str
    availability: str
    data_class: str
    licence: str
    licence_status: str
    licence_url: str
    contains_pii: str
    synthetic: str
    released: str = Field(description=DATE)
    evidence: str
    url: str


class DatasetPage(Pages):
    items: list[DatasetOut]


class OrganisationOut(Schema):
    """A maker or an initiative."""

    slug: str
    name: str
    other_names: list[str]
    kind: str
    country: str
    homepage: str
    summary: str
    is_initiative: bool
    evidence: str
    url: str


class OrganisationPage(Pages):
    items: list[OrganisationOut]


class ChangeOut(Schema):
    """A verdict that became another one, or a system that came into the register."""

    id: int
    system: Named
    definition: str
    cause: str
    before: str
    after: str
    criteria: list[dict[str, Any]]
    at: str


class ChangePage(Pages):
    items: list[ChangeOut]


class EvaluationOut(Schema):
    """The verdicts on a facts document, and the fingerprint of the facts that were judged.

    ``licences_filled`` are the licences whose facts came from the register.
    """

    facts_fingerprint: str
    licences_filled: list[str]
    verdicts: list[dict[str, Any]]


SystemAtAnyTime = Annotated[SystemOut | SystemThen, Field(union_mode="left_to_right")]
SystemsAtAnyTime = Annotated[SystemPage | SystemThenPage, Field(union_mode="left_to_right")]
"""Tried in this order, so that answers of today are not checked against both shapes."""
