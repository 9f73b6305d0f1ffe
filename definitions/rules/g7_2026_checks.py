"""How the criteria of the G7 labels look at the facts; the labels are in ``g7_2026``."""

from collections.abc import Sequence

from definitions.answers import (
    STAGES,
    coverage_point,
    data_information_points,
    dataset_terms_point,
    training_data_points,
    training_kinds,
    training_rows,
)
from definitions.checks import (
    BY_HAND,
    FORM_FAULTS,
    PUBLIC,
    Point,
    TermTexts,
    availability_point,
    can_be_had,
    conclude,
    licence_point,
    lower,
    path_of,
    shortfall_points,
)
from definitions.core import Check, Finding
from definitions.facts import Component, Dataset, Facts, Licence
from definitions.licences import UNDESCRIBED, Term, osi_approved
from definitions.vocabulary import (
    Answer,
    Availability,
    CommercialUse,
    ComponentKind,
    Cost,
    DataClass,
    LicenceStatus,
    ListAnswer,
    Status,
    UnshareableReason,
    WeightsForm,
)

K = ComponentKind
WEIGHTS = K.WEIGHTS_FINAL
DATA = (K.PRETRAINING_DATA, K.FINETUNING_DATA)

# --- free of charge --------------------------------------------------------------------------

COST: dict[Cost, tuple[Status, str]] = {
    Cost.FREE: (Status.MET, "free of charge"),
    Cost.REPRODUCTION_COST: (Status.NOT_MET, "costs as much as the copying"),
    Cost.PAID: (Status.NOT_MET, "has to be paid for"),
    Cost.UNKNOWN: (Status.UNKNOWN, "nobody has recorded what it costs"),
}


def cost_points(kind: ComponentKind, row: Component) -> list[Point]:
    """What a component costs that can be had; for one of which that is unknown, a recorded cost."""
    unrecorded = row.availability is Availability.UNKNOWN and row.cost is Cost.UNKNOWN
    if unrecorded or not can_be_had(row):
        return []
    status, text = COST[row.cost]
    remedy = f"Give the {lower(kind)} away free of charge, or record what it costs."
    return [Point(status, text, lower(kind), remedy, path_of(kind, "cost"), row.evidence)]


def free_of_charge(facts: Facts) -> Finding:
    """What every label is about, weights and deployment code, costs nothing."""
    row = facts.component(WEIGHTS)
    points = cost_points(WEIGHTS, row)
    if not points and can_be_had(row):
        text, remedy = "nothing is recorded of the release", "Record what the final weights cost."
        used = path_of(WEIGHTS, "availability", "cost")
        points = [Point(Status.UNKNOWN, text, lower(WEIGHTS), remedy, used)]
    elif not points:
        points = [availability_point(WEIGHTS, row, NOT_RELEASED)]
    return conclude([*points, *cost_points(K.INFERENCE_CODE, facts.component(K.INFERENCE_CODE))])


NOT_RELEASED = dict.fromkeys(Availability, Status.NOT_APPLICABLE)
"""What is withheld has no price; that it is withheld is another criterion."""

# --- released --------------------------------------------------------------------------------

RELEASED = PUBLIC | {Availability.GATED_MANUAL: Status.MET}
"""The first label allows restrictions; approval by hand is one, and the others judge it."""

UNUSABLE = {form: FORM_FAULTS[form] for form in (WeightsForm.PARTIAL, WeightsForm.OBFUSCATED)}
"""The labels do not speak of quantised weights, so these are the model's weights as well."""


def released_points(
    kind: ComponentKind, row: Component, answers: dict[Availability, Status]
) -> list[Point]:
    """Whether a component is released, and not only a part of it."""
    return [availability_point(kind, row, answers), *shortfall_points(kind, row, UNUSABLE)]


def available(kind: ComponentKind) -> Check:
    def check(facts: Facts) -> Finding:
        return conclude(released_points(kind, facts.component(kind), RELEASED))

    return check


# --- licences --------------------------------------------------------------------------------

NO_LICENCE = frozenset({"LicenseRef-AllRightsReserved", "LicenseRef-arXiv-nonexclusive-1.0"})
"""Rows that stand for “no licence to the public”."""


def some_licence(identifier: str, licence: Licence) -> Status:
    """A licence of whatever kind: all rights reserved is none; an undescribed id says nothing."""
    if identifier in NO_LICENCE or grants_nothing(licence):
        return Status.NOT_MET
    return Status.UNKNOWN if licence == UNDESCRIBED else Status.MET


def grants_nothing(licence: Licence) -> bool:
    """Every right is refused, and no use is named for which one is given."""
    refused = (licence.derivatives, licence.redistribution, licence.sublicence_automatic)
    nothing = licence.commercial is CommercialUse.NO and set(refused) == {Answer.NO}
    return nothing and not licence.use_restrictions


SOME_TEXTS = TermTexts(
    met="there is a licence",
    not_met="all rights are reserved, so there is no licence",
    remedy="Put the {component} under a licence.",
)


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


def under(term: Term, texts: TermTexts, answers: dict[Availability, Status]) -> Check:
    """Weights and deployment code under such a licence; what is withheld is judged by its row."""

    def check(facts: Facts) -> Finding:
        points = []
        for kind in (WEIGHTS, K.INFERENCE_CODE):
            row = facts.component(kind)
            if can_be_had(row):
                points.append(licence_point(kind, row, facts, term, texts))
            if row.availability in BY_HAND or not can_be_had(row):
                points.append(availability_point(kind, row, answers))
        return conclude(points)

    return check


def training_code(facts: Facts) -> Finding:
    kind, row = K.TRAINING_CODE, facts.component(K.TRAINING_CODE)
    points = released_points(kind, row, PUBLIC)
    if points[0].status not in (Status.NOT_MET, Status.NOT_APPLICABLE):
        points += [licence_point(kind, row, facts, open_source, TEXTS), *cost_points(kind, row)]
    return conclude(points)


# --- training data ---------------------------------------------------------------------------


def open_data_terms(_: str, licence: Licence) -> Status:
    """“An Open Source licence” on data: by a standing ruling, the Open Definition says which."""
    if licence.osi_approved is Answer.YES or licence.public_domain is Answer.YES:
        return Status.MET
    if licence.open_definition is ListAnswer.YES:
        return Status.MET
    known = licence.open_definition is not ListAnswer.UNKNOWN
    return Status.NOT_MET if known else Status.UNKNOWN


DATA_TEXTS = TermTexts(
    met="the licence is open, by OSI or by the Open Definition",
    not_met="the licence is not open",
    remedy="Put {component} under an open licence.",
)


def data_costs(facts: Facts) -> list[Point]:
    return [point for kind, row in training_kinds(facts) for point in cost_points(kind, row)]


def full_training_data(facts: Facts) -> Finding:
    return conclude([*training_data_points(facts, whole=True), *data_costs(facts)])


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
    """The full training data; for what cannot be shared, data information in its place.

    What is released has to be free of charge and under an open licence either way.
    """
    full = training_data_points(facts, whole=True, term=open_data_terms, texts=DATA_TEXTS)
    withheld = [r for r in training_rows(facts) if r.data_class is DataClass.UNSHAREABLE]
    whole = all(p.status in SETTLED for p in training_data_points(facts, whole=True))
    if whole or not withheld:
        return conclude([*full, *data_costs(facts)])
    coverage = coverage_point(facts.data_information.covers_all_training_data, facts)
    points = [*map(reason_point, withheld), *data_information_points(facts), coverage]
    return conclude([*points, *released_terms(facts, withheld), *data_costs(facts)])


SETTLED = (Status.MET, Status.NOT_APPLICABLE)


def released_terms(facts: Facts, withheld: Sequence[Dataset]) -> list[Point]:
    """The terms of the training data that is out while the rest of it cannot be."""
    points: list[Point] = []
    for kind, row in training_kinds(facts):
        if row.availability is Availability.UNKNOWN or not can_be_had(row):
            continue
        parts = [item for item in training_rows(facts) if item.stage is STAGES[kind]]
        shared = [item for item in parts if item not in withheld]
        if row.licence_status is LicenceStatus.UNKNOWN and shared:
            points += [dataset_terms_point(i, facts, open_data_terms, DATA_TEXTS) for i in shared]
        else:
            points.append(licence_point(kind, row, facts, open_data_terms, DATA_TEXTS))
    return points


def open_data(facts: Facts) -> Finding:
    """All training data, under terms as free as Open Source."""
    points = training_data_points(facts, whole=True, term=open_data_terms, texts=DATA_TEXTS)
    return conclude(points)
