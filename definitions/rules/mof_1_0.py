"""Model Openness Framework 1.0 (LF AI & Data, Generative AI Commons, 15 December 2024).

A ladder: Class III Open Model, Class II Open Tooling, Class I Open Science.
A class is reached if all its required components and those of the lower
classes are released under open licences.

Sources: arXiv 2403.13784, specification 1.0, and the steward's own tool,
https://github.com/lfai/model_openness_tool (commit 8b5d30e, 11 May 2026),
whose list of licences and way of counting we follow. Where that list names some
national and older versions of an open licence and not others, we take them all.
"""

from dataclasses import dataclass

from definitions import departures
from definitions.checks import (
    PUBLIC,
    Point,
    TermTexts,
    availability_point,
    conclude,
    is_recorded,
    licence_point,
    lower,
)
from definitions.core import Check, Criterion, Definition, Finding, Level
from definitions.facts import Facts, Licence
from definitions.language import said
from definitions.licences import RANK
from definitions.policies import Ladder
from definitions.vocabulary import (
    Answer,
    Availability,
    CommercialUse,
    ComponentKind,
    ListAnswer,
    Status,
)

OPEN_DATA_PREFIXES = ("CC-BY-SA-", "CDLA-", "OGL-")
OPEN_DATA_IDS = frozenset(
    {
        "CC0-1.0", "ODC-By-1.0", "ODbL-1.0", "GFDL-1.3", "GFDL-1.3-only", "GFDL-1.3-or-later",
        "PDDL-1.0", "ODC-PDDL-1.0",
    }
)  # fmt: skip
OPEN_MODEL_IDS = frozenset({"OpenMDW-1.0"})
"""MOF 1.0 tool: lists beyond OSI and FSF. OpenMDW-1.1 is not on them; of the two spellings of
PDDL the tool lists the one that no SPDX list has, and means both."""


def attribution_only(identifier: str) -> bool:
    """CC-BY in any version, but none of its NC, ND or SA variants."""
    return identifier.startswith("CC-BY-") and identifier[6:7].isdigit()


def open_licence(identifier: str, licence: Licence) -> Status:
    """Open as the steward's tool counts it: OSI, FSF, or its own list.

    A licence that none of the lists names is not open, nor one that forbids
    business use, changes or sharing; only where a list was never consulted is the
    answer unknown.
    """
    if licence.osi_approved is Answer.YES or licence.fsf_free is ListAnswer.YES:
        return Status.MET
    if identifier in OPEN_DATA_IDS | OPEN_MODEL_IDS or attribution_only(identifier):
        return Status.MET
    if identifier.startswith(OPEN_DATA_PREFIXES):
        return Status.MET
    refused = Answer.NO in (licence.derivatives, licence.redistribution)
    if refused or licence.commercial is CommercialUse.NO:
        return Status.NOT_MET
    if licence.osi_approved is Answer.UNKNOWN or licence.fsf_free is ListAnswer.UNKNOWN:
        return Status.UNKNOWN
    return Status.NOT_MET


RELEASED = PUBLIC | {Availability.PARTIAL: Status.NEEDS_JUDGEMENT}
"""The framework asks whether a component is included; a part of one is left to judgement."""

TEXTS = TermTexts(
    met="the licence is open",
    not_met="the licence is not on the framework's lists of open licences",
    remedy="Put the {component} under a licence that the framework counts as open.",
)


def component_points(kind: ComponentKind, facts: Facts) -> list[Point]:
    """Included and openly licensed: the two questions for every component."""
    row = facts.component(kind)
    included = availability_point(kind, row, RELEASED)
    if included.status in (Status.NOT_MET, Status.NOT_APPLICABLE):
        return [included._replace(status=Status.NOT_MET)]
    return [included, licence_point(kind, row, facts, open_licence, TEXTS)]


def component(kind: ComponentKind) -> Check:
    def check(facts: Facts) -> Finding:
        return conclude(component_points(kind, facts))

    return check


def datasets(facts: Facts) -> Finding:
    """Pretraining and fine-tuning data together; fine-tuning only where it is recorded."""
    points = component_points(ComponentKind.PRETRAINING_DATA, facts)
    tuning = facts.component(ComponentKind.FINETUNING_DATA)
    if is_recorded(tuning) and tuning.availability is not Availability.NOT_APPLICABLE:
        points += component_points(ComponentKind.FINETUNING_DATA, facts)
    return conclude(points)


def technical_report(facts: Facts) -> Finding:
    """The report, or the research paper in its place if that one is open."""
    report = component(ComponentKind.TECHNICAL_REPORT)(facts)
    paper = component(ComponentKind.RESEARCH_PAPER)(facts)
    if RANK[report.status] >= RANK[paper.status]:
        return report
    met = paper.status is Status.MET
    return Finding(
        status=paper.status,
        reason=said("The research paper stands in for the technical report.")
        if met
        else said("The research paper might stand in for the technical report: {reason}").format(
            reason=paper.reason
        ),
        evidence=paper.evidence,
        facts_used=report.facts_used + paper.facts_used,
        missing=() if met else paper.missing,
        covered_by="mof-1.0/research-paper" if met else "",
    )


# --- the 17 components -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A row of the framework's component table: our kind, its class, required or not."""

    kind: ComponentKind
    slug: str
    rank: int
    required: bool = True
    explanation: str


PARTS = (
    Part(
        kind=ComponentKind.MODEL_ARCHITECTURE,
        slug="model-architecture",
        rank=1,
        explanation="The code that describes the structure of the model.",
    ),
    Part(
        kind=ComponentKind.WEIGHTS_FINAL,
        slug="parameters-final",
        rank=1,
        explanation="The trained weights of the finished model.",
    ),
    Part(
        kind=ComponentKind.TECHNICAL_REPORT,
        slug="technical-report",
        rank=1,
        explanation="A report on what the model can do and how to use it. An openly licensed "
        "research paper may stand in for it.",
    ),
    Part(
        kind=ComponentKind.EVALUATION_RESULTS,
        slug="evaluation-results",
        rank=1,
        explanation="The results of evaluating the model; they may be part of another document.",
    ),
    Part(
        kind=ComponentKind.MODEL_CARD,
        slug="model-card",
        rank=1,
        explanation="A card with the model's details, intended use and limits.",
    ),
    Part(
        kind=ComponentKind.DATA_DOCUMENTATION,
        slug="data-card",
        rank=1,
        explanation="A card about the training data; it may be part of the model card.",
    ),
    Part(
        kind=ComponentKind.SAMPLE_OUTPUTS,
        slug="sample-outputs",
        rank=1,
        required=False,
        explanation="Examples of what the model gives out. Optional.",
    ),
    Part(
        kind=ComponentKind.TRAINING_CODE,
        slug="training-code",
        rank=2,
        explanation="The code that the model was trained with.",
    ),
    Part(
        kind=ComponentKind.INFERENCE_CODE,
        slug="inference-code",
        rank=2,
        explanation="The code that runs the model.",
    ),
    Part(
        kind=ComponentKind.EVALUATION_CODE,
        slug="evaluation-code",
        rank=2,
        explanation="The code that the model was evaluated with.",
    ),
    Part(
        kind=ComponentKind.EVALUATION_DATA,
        slug="evaluation-data",
        rank=2,
        explanation="The data that the model was evaluated on.",
    ),
    Part(
        kind=ComponentKind.SUPPORTING_LIBRARIES,
        slug="supporting-libraries",
        rank=2,
        required=False,
        explanation="Libraries and tools made for the model. Optional.",
    ),
    Part(
        kind=ComponentKind.RESEARCH_PAPER,
        slug="research-paper",
        rank=3,
        explanation="A paper on how the model was made.",
    ),
    Part(
        kind=ComponentKind.PRETRAINING_DATA,
        slug="datasets",
        rank=3,
        explanation="The data that the model was trained on.",
    ),
    Part(
        kind=ComponentKind.DATA_PREPROCESSING_CODE,
        slug="data-preprocessing-code",
        rank=3,
        explanation="The code that cleaned and prepared the data.",
    ),
    Part(
        kind=ComponentKind.WEIGHTS_INTERMEDIATE,
        slug="parameters-intermediate",
        rank=3,
        explanation="Weights saved during training.",
    ),
    Part(
        kind=ComponentKind.MODEL_METADATA,
        slug="model-metadata",
        rank=3,
        required=False,
        explanation="Configuration and optimiser states. Optional.",
    ),
)

CLASSES = {1: ("III", "Class III – Open Model"), 2: ("II", "Class II – Open Tooling")} | {
    3: ("I", "Class I – Open Science")
}
"""Rank on our ladder (rising) → the steward's numeral (falling) and name."""

SPECIAL: dict[str, Check] = {"technical-report": technical_report, "datasets": datasets}


def criterion(part: Part) -> Criterion:
    title = "Datasets" if part.slug == "datasets" else part.kind.label
    kinds: tuple[ComponentKind, ...] = (part.kind,)
    once_recorded: tuple[ComponentKind, ...] = ()
    if part.slug == "datasets":
        kinds = (ComponentKind.PRETRAINING_DATA, ComponentKind.FINETUNING_DATA)
        once_recorded = kinds[1:]
    return Criterion(
        code=f"mof-1.0/{part.slug}",
        title=title,
        clause=f"Class {CLASSES[part.rank][0]}" + ("" if part.required else ", optional"),
        explanation=f"{part.explanation} It counts once it is released under an open licence.",
        check=SPECIAL.get(part.slug, component(part.kind)),
        component_kinds=kinds,
        once_recorded=once_recorded,
        optional=not part.required,
    )


def level(rank: int) -> Level:
    """A class, with the required components of the lower classes included."""
    key, label = CLASSES[rank]
    codes = (f"mof-1.0/{p.slug}" for p in PARTS if p.required and p.rank <= rank)
    return Level(rank=rank, key=key, label=label, codes=tuple(codes))


CRITERIA = tuple(criterion(part) for part in PARTS)
LEVELS = tuple(level(rank) for rank in CLASSES)

DEFINITION = Definition(
    key="mof",
    version="1.0",
    title="Model Openness Framework",
    short_title="MOF 1.0",
    steward="LF AI & Data",
    url="https://isitopen.ai",
    date="2024-12-15",
    standing="final",
    summary="Sorts models into three classes by which of 17 components are released under open "
    "licences: III, the model and its documents; II, the tools to train and test it as well; "
    "I, everything for open science, with the data.",
    criteria=CRITERIA,
    policy=Ladder(
        levels=LEVELS,
        titles={item.code: lower(item.component_kinds[0]) for item in CRITERIA}
        | {"mof-1.0/datasets": "datasets"},
        nothing="Unclassified",
    ),
    levels=LEVELS,
    departures=departures.MOF_1_0,
    notes=(
        "What counts as open here: every licence that OSI has approved or that the FSF lists as "
        "free; CC0, CC-BY and CC-BY-SA in any version, but none of their non-commercial or "
        "no-derivatives variants; the Community Data License Agreements (CDLA); ODC-By, ODbL and "
        "PDDL; the GNU Free Documentation License 1.3; the Open Government Licences; and OpenMDW "
        "1.0. No stated licence, and the arXiv licence to distribute, are not open.",
        "The paper describes 16 components. The tool has 17: it splits the weights into final and "
        "intermediate ones, and so do we.",
        "The steward's tool has no “unknown”: what is not listed counts as missing. We keep the "
        "two apart and say which class is proven and which is still possible.",
        "The paper tolerates datasets without a licence; the tool does not. We follow the tool.",
        "The tool takes an open licence of the wrong type, such as Apache-2.0 on weights, with a "
        "warning. So do we.",
        "Like the tool we accept OpenMDW-1.0 but not 1.1. The tool lists PDDL as “ODC-PDDL-1.0”, "
        "which is not its SPDX id, so that the licence never matches there. We take that for a "
        "slip and accept it by either name. Of CC-BY, CC-BY-SA and the Open Government Licences "
        "the tool lists 12, 8 and 3 versions; we accept the others as well.",
        "The tool compares a licence letter for letter, so “Apache-2.0 OR MIT” is invalid there. "
        "Here a choice is open if one of its licences is, and a combination if all are.",
        "A licence text that we do not know is invalid in the tool. Here it is unknown, unless it "
        "says that all rights are reserved.",
    ),
    revision=2,
)
