"""G7 Vision on AI Openness: four nested labels (Paris, 29 May 2026).

Source: https://g7.utoronto.ca/ict/260529-vision.html. The definitions of the
labels were read as quoted by OSI and the press; the annex was not seen.
"""

from definitions.answers import (
    coverage_point,
    data_information_points,
    training_data_points,
    training_rows,
)
from definitions.checks import (
    BY_HAND,
    PUBLIC,
    Point,
    TermTexts,
    availability_point,
    can_be_had,
    conclude,
    licence_point,
    path_of,
)
from definitions.core import Check, Definition, Finding, Level, Writer
from definitions.facts import Dataset, Facts, Licence
from definitions.licences import osi_approved
from definitions.policies import Ladder
from definitions.vocabulary import (
    Answer,
    Availability,
    ComponentKind,
    Cost,
    DataClass,
    ListAnswer,
    Status,
    UnshareableReason,
)

K = ComponentKind
WEIGHTS = K.WEIGHTS_FINAL
DATA = (K.PRETRAINING_DATA, K.FINETUNING_DATA)

COST: dict[Cost, tuple[Status, str]] = {
    Cost.FREE: (Status.MET, "free of charge"),
    Cost.REPRODUCTION_COST: (Status.NOT_MET, "costs as much as the copying"),
    Cost.PAID: (Status.NOT_MET, "has to be paid for"),
    Cost.UNKNOWN: (Status.UNKNOWN, "nobody has recorded what it costs"),
}


def free_of_charge(facts: Facts) -> Finding:
    row = facts.component(WEIGHTS)
    status, text = COST[row.cost]
    return conclude(
        [
            Point(
                status=status,
                text=text,
                of="final weights",
                remedy="Give the final weights away free of charge, or record that they are.",
                evidence=row.evidence,
                used=path_of(WEIGHTS, "cost"),
            )
        ]
    )


RELEASED = PUBLIC | {Availability.GATED_MANUAL: Status.MET}
"""The first label allows restrictions; approval by hand is one, and the others judge it."""


def available(kind: ComponentKind) -> Check:
    def check(facts: Facts) -> Finding:
        return conclude([availability_point(kind, facts.component(kind), RELEASED)])

    return check


def open_source(identifier: str, licence: Licence) -> Status:
    """An Open Source licence: approved by OSI; an open content licence needs judgement."""
    answer = osi_approved(identifier, licence)
    content = ListAnswer.YES in (licence.open_definition, licence.fsf_free)
    return Status.NEEDS_JUDGEMENT if answer is Status.NOT_MET and content else answer


TEXTS = TermTexts(
    met="the licence is approved by OSI",
    not_met="the licence is not an Open Source licence",
    remedy="Put the {component} under an OSI-approved licence.",
)


def licences(*kinds: ComponentKind) -> Check:
    """Open Source licences on these components; what is withheld is judged by its own row."""

    def check(facts: Facts) -> Finding:
        points = []
        for kind in kinds:
            row = facts.component(kind)
            if can_be_had(row):
                points.append(licence_point(kind, row, facts, open_source, TEXTS))
            if row.availability in BY_HAND or not can_be_had(row):
                points.append(availability_point(kind, row, PUBLIC))
        return conclude(points)

    return check


def training_code(facts: Facts) -> Finding:
    row = facts.component(K.TRAINING_CODE)
    point = availability_point(K.TRAINING_CODE, row, PUBLIC)
    if point.status in (Status.NOT_MET, Status.NOT_APPLICABLE):
        return conclude([point])
    return conclude([point, licence_point(K.TRAINING_CODE, row, facts, open_source, TEXTS)])


def full_training_data(facts: Facts) -> Finding:
    return conclude(training_data_points(facts, whole=True))


REASONS: dict[UnshareableReason, tuple[Status, str]] = {
    UnshareableReason.LEGAL: (Status.MET, "sharing it is recorded as legally impossible"),
    UnshareableReason.TECHNICAL: (Status.MET, "sharing it is recorded as technically impossible"),
    UnshareableReason.PRIVACY: (
        Status.NEEDS_JUDGEMENT,
        "withheld for privacy; whether the law demands it, a person judges",
    ),
    UnshareableReason.COMMERCIAL: (Status.NOT_MET, "withheld for commercial reasons"),
    UnshareableReason.OTHER: (Status.NOT_MET, "withheld for other than legal or technical reasons"),
    UnshareableReason.UNKNOWN: (Status.UNKNOWN, "nobody has recorded why it is withheld"),
}


def reason_point(row: Dataset) -> Point:
    status, text = REASONS[row.unshareable_reason]
    return Point(
        status=status,
        text=text,
        of=row.name,
        remedy=f"Share {row.name}, or record why that is impossible.",
        evidence=row.evidence,
        used=(f"datasets.{row.slug}.unshareable_reason",),
    )


def data_or_information(facts: Facts) -> Finding:
    """The full training data; for what cannot be shared, data information in its place."""
    full = full_training_data(facts)
    withheld = [r for r in training_rows(facts) if r.data_class is DataClass.UNSHAREABLE]
    if full.status is Status.MET or not withheld:
        return full
    coverage = coverage_point(facts.data_information.covers_all_training_data, facts)
    return conclude([*map(reason_point, withheld), *data_information_points(facts), coverage])


def open_data_terms(_: str, licence: Licence) -> Status:
    """“An Open Source licence” on data: the Open Definition stands in, which needs judgement."""
    if licence.osi_approved is Answer.YES:
        return Status.MET
    if licence.open_definition is ListAnswer.YES or licence.public_domain is Answer.YES:
        return Status.NEEDS_JUDGEMENT
    known = licence.open_definition is not ListAnswer.UNKNOWN
    return Status.NOT_MET if known else Status.UNKNOWN


DATA_TEXTS = TermTexts(
    met="the licence is approved by OSI",
    not_met="the licence is not open",
    remedy="Put {component} under an open licence.",
)


def open_data(facts: Facts) -> Finding:
    """All training data, under terms as free as Open Source."""
    points = training_data_points(facts, whole=True, term=open_data_terms, texts=DATA_TEXTS)
    return conclude(points)


criterion = Writer("g7-2026")

ALL, SECOND, THIRD, FOURTH = (
    "All labels",
    "From Open Weights AI on",
    "From Open Source AI on",
    "Open Source AI with Open Data",
)

CRITERIA = (
    criterion(
        "free-of-charge",
        "Free of charge",
        ALL,
        "What is released is released free of charge.",
        free_of_charge,
        (WEIGHTS,),
    ),
    criterion(
        "weights",
        "Weights",
        ALL,
        "The weights are released.",
        available(WEIGHTS),
        (WEIGHTS,),
    ),
    criterion(
        "deployment-code",
        "Deployment code",
        ALL,
        "The code to deploy and run the model is released.",
        available(K.INFERENCE_CODE),
        (K.INFERENCE_CODE,),
    ),
    criterion(
        "open-source-licence",
        "Open Source licences",
        SECOND,
        "Weights and deployment code are under an Open Source licence.",
        licences(WEIGHTS, K.INFERENCE_CODE),
        (WEIGHTS, K.INFERENCE_CODE),
        about_terms=True,
    ),
    criterion(
        "training-code",
        "Training code",
        THIRD,
        "The training code is released under an Open Source licence.",
        training_code,
        (K.TRAINING_CODE,),
    ),
    criterion(
        "data-exception",
        "Training data, or information where sharing is impossible",
        THIRD,
        "All training data is released; where that is legally or technically impossible, "
        "detailed information about the missing data stands in.",
        data_or_information,
        DATA,
    ),
    criterion(
        "training-data-full",
        "All training data",
        FOURTH,
        "All training data is released, with no exception.",
        full_training_data,
        DATA,
    ),
    criterion(
        "open-data-licence",
        "Open licence on the data",
        FOURTH,
        "The training data is under terms as free as Open Source. Which licences do for data is "
        "not said; the Open Definition stands in, and a person judges.",
        open_data,
        DATA,
        about_terms=True,
    ),
)

RUNGS = (
    ("weights-available", "Weights Available AI", 3),
    ("open-weights", "Open Weights AI", 4),
    ("open-source", "Open Source AI", 6),
    ("open-source-open-data", "Open Source AI with Open Data", 8),
)
LEVELS = tuple(
    Level(rank=rank, key=key, label=label, codes=tuple(c.code for c in CRITERIA[:until]))
    for rank, (key, label, until) in enumerate(RUNGS, 1)
)

DEFINITION = Definition(
    key="g7",
    version="2026",
    title="G7 Vision on AI Openness",
    short_title="G7 2026",
    steward="G7 Digital and Technology Ministers",
    url="https://g7.utoronto.ca/ict/260529-vision.html",
    date="2026-05-29",
    standing="final",
    summary="Four nested labels, from Weights Available AI to Open Source AI with Open Data, by "
    "what is released free of charge and under which terms. Not binding.",
    criteria=CRITERIA,
    policy=Ladder(
        levels=LEVELS,
        titles={item.code: item.title.lower() for item in CRITERIA},
        nothing="No label",
    ),
    levels=LEVELS,
    revision=2,
    notes=(
        "The labels were read as quoted by OSI and the press; the annex and the footnotes were "
        "not seen.",
        "Stricter on data than OSI's definition: data that is merely listed is not enough, "
        "unless sharing it is impossible.",
        "Weights under an open content licence such as CC-BY, which OSI does not review, need "
        "judgement; so does every open licence on data.",
        "The G7 has labelled no system.",
    ),
)
