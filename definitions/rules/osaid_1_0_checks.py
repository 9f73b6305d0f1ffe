"""The checks of the Open Source AI Definition 1.0; the criteria stand in its module."""

from definitions.answers import (
    coverage_point,
    data_information_points,
    no_rows_point,
    training_rows,
    without_exception,
)
from definitions.checks import (
    BY_HAND,
    PUBLIC,
    Point,
    TermTexts,
    availability_point,
    can_be_had,
    completeness_point,
    conclude,
    gathered,
    is_recorded,
    licence_point,
    path_of,
    shortfall_points,
)
from definitions.core import Check, Finding
from definitions.facts import Component, Dataset, Facts, Licence
from definitions.language import said
from definitions.licences import (
    Term,
    approved_or_judged,
    derivatives,
    free_use,
    or_osi_approved,
    osi_approved,
    worst,
)
from definitions.licences import redistribution as may_redistribute
from definitions.vocabulary import (
    Answer,
    Availability,
    ComponentKind,
    DataClass,
    ListAnswer,
    Status,
    UnshareableReason,
)

CODE = (
    ComponentKind.DATA_PREPROCESSING_CODE,
    ComponentKind.TRAINING_CODE,
    ComponentKind.INFERENCE_CODE,
    ComponentKind.MODEL_ARCHITECTURE,
    ComponentKind.SUPPORTING_LIBRARIES,
)
"""The code that the checklist requires; supporting libraries only where they are used."""

WEIGHTS = ComponentKind.WEIGHTS_FINAL
DOCUMENTS = ComponentKind.DATA_DOCUMENTATION


def counts(kind: ComponentKind, row: Component) -> bool:
    """Whether a component takes part: supporting libraries only once they are recorded."""
    return kind is not ComponentKind.SUPPORTING_LIBRARIES or is_recorded(row)


def freedom(term: Term, texts: TermTexts) -> Check:
    """A freedom granted by the terms of the weights and of all code that is released."""

    def points(kind: ComponentKind, row: Component, facts: Facts) -> list[Point]:
        if not counts(kind, row) or not (can_be_had(row) or kind is WEIGHTS):
            return []
        if not can_be_had(row):
            return [availability_point(kind, row, PUBLIC)]
        return [licence_point(kind, row, facts, term, texts, none_stated=silence(kind))]

    return gathered((WEIGHTS, *CODE), points)


def silence(kind: ComponentKind) -> Status:
    """Code without terms grants nothing; parameters may be free by their nature."""
    return Status.NEEDS_JUDGEMENT if kind is WEIGHTS else Status.NOT_MET


use_by_terms = freedom(
    free_use,
    TermTexts(
        met="the licence allows any use by anybody",
        not_met="the licence limits who may use it or for what",
        remedy="Put the {component} under terms without limits on use.",
    ),
)


APPROVED_FIRST = "Nobody can use the final weights before a request has been approved by the maker."
SENT_FIRST = "Nobody can use the final weights before a request has been sent."
WITHOUT_ASKING = "Let everybody download the final weights without asking."


def freedom_to_use(facts: Facts) -> Finding:
    """Use for any purpose and without asking: free terms, and no approval by hand."""
    finding = use_by_terms(facts)
    weights = facts.component(WEIGHTS)
    if weights.availability not in BY_HAND:
        return finding
    by_hand = weights.availability is Availability.GATED_MANUAL
    return Finding(
        status=Status.NOT_MET,
        reason=said(APPROVED_FIRST if by_hand else SENT_FIRST),
        evidence=(weights.evidence,) if weights.evidence else (),
        facts_used=(*finding.facts_used, *path_of(WEIGHTS, "availability")),
        missing=(said(WITHOUT_ASKING), *finding.missing),
    )


PARTS_JUDGED = PUBLIC | {Availability.PARTIAL: Status.NEEDS_JUDGEMENT}
"""A part may be enough to study; whether it is, a person has to judge."""


def study_points(kind: ComponentKind, row: Component, _: Facts) -> list[Point]:
    if not counts(kind, row):
        return []
    return [availability_point(kind, row, PARTS_JUDGED)]


freedom_to_modify = freedom(
    or_osi_approved(derivatives),
    TermTexts(
        met="the licence allows changes",
        not_met="the licence does not allow everybody to make changes",
        remedy="Put the {component} under terms that allow changes.",
    ),
)

freedom_to_share = freedom(
    or_osi_approved(may_redistribute),
    TermTexts(
        met="the licence allows passing it on",
        not_met="the licence does not allow everybody to pass it on",
        remedy="Put the {component} under terms that allow passing it on.",
    ),
)


def data_information_complete(facts: Facts) -> Finding:
    """Detailed enough for a skilled person to build a substantially equivalent system.

    The records can show that this fails. That it succeeds is a person's
    judgement: a bare datasheet is not enough.
    """
    document = facts.component(DOCUMENTS)
    points = [availability_point(DOCUMENTS, document, PUBLIC)]
    coverage = coverage_point(
        facts.data_information.covers_all_training_data, facts, Status.NOT_MET
    )
    if coverage.status in (Status.MET, Status.NOT_APPLICABLE):
        told = coverage.text if coverage.status is Status.MET else NO_DATA
        coverage = Point(
            status=Status.NEEDS_JUDGEMENT,
            text=f"{told}; whether in enough detail to rebuild the system, a person has to judge",
            remedy="Ask the editors for a ruling on the detail of the data information.",
            evidence=coverage.evidence,
            used=coverage.used,
        )
    return conclude([*points, coverage])


NO_DATA = "recorded as a system to which a list of training data does not apply"


def data_described(facts: Facts) -> Finding:
    """The six things that must be told of all training data (clause 1)."""
    return without_exception(
        data_information_points(facts),
        text="recorded as a system to which none of this applies; the clause has no exception",
        remedy="Ask the editors for a ruling on a system without training data.",
    )


FREEDOMS = (free_use, derivatives, may_redistribute)


def information_terms(identifier: str, licence: Licence) -> Status:
    """OSI-approved terms; OSI reviews no licences of documents, so open ones need judgement."""
    if licence.osi_approved is Answer.YES:
        return Status.MET
    granted = worst([term(identifier, licence) for term in FREEDOMS])
    if granted is Status.NOT_MET or licence.open_definition is ListAnswer.NO:
        return Status.NOT_MET
    listed = ListAnswer.YES in (licence.open_definition, licence.fsf_free)
    if listed or licence.public_domain is Answer.YES or granted is Status.MET:
        return Status.NEEDS_JUDGEMENT
    return Status.UNKNOWN


def data_information_terms(facts: Facts) -> Finding:
    """The terms of the description of the data; one that is withheld is judged elsewhere."""
    row = facts.component(DOCUMENTS)
    if not can_be_had(row):
        return conclude(
            [], nothing="No data documentation is released, so there are no terms to judge."
        )
    texts = TermTexts(
        met="the licence is approved by OSI",
        not_met="the licence limits use, change or sharing, and OSI has not approved it",
        remedy="Put the {component} under OSI-approved terms.",
    )
    return conclude([licence_point(DOCUMENTS, row, facts, information_terms, texts)])


REASONS: dict[UnshareableReason, tuple[Status, str]] = {
    UnshareableReason.LEGAL: (Status.MET, "cannot be shared for legal reasons"),
    UnshareableReason.TECHNICAL: (Status.MET, "cannot be shared for technical reasons"),
    UnshareableReason.PRIVACY: (Status.MET, "cannot be shared for the sake of privacy"),
    UnshareableReason.COMMERCIAL: (Status.NOT_MET, "withheld for commercial reasons"),
    UnshareableReason.OTHER: (
        Status.NEEDS_JUDGEMENT,
        "withheld for another reason; whether that explains it, a person has to judge",
    ),
    UnshareableReason.UNKNOWN: (Status.UNKNOWN, "nobody has recorded why it is withheld"),
}


def reason_point(row: Dataset) -> Point:
    """Why one dataset is withheld, where it is."""
    used = (f"datasets.{row.slug}.data_class", f"datasets.{row.slug}.unshareable_reason")
    if row.data_class is DataClass.UNKNOWN:
        remedy = f"Record whether {row.name} is open, public, obtainable or unshareable."
        text = "nobody has recorded how it can be had"
        return Point(Status.UNKNOWN, text, row.name, remedy, used, row.evidence)
    if row.data_class is not DataClass.UNSHAREABLE:
        return Point(Status.NOT_APPLICABLE, "not withheld", row.name, "", used)
    status, text = REASONS[row.unshareable_reason]
    remedy = f"Share {row.name}, or tell, or record, why that is impossible."
    return Point(status, text, row.name, remedy, used, row.evidence)


def unshareable_for_a_reason(facts: Facts) -> Finding:
    """Data may be left out of the release for explainable reasons only (FAQ, fourth class)."""
    rows = training_rows(facts)
    if not rows:
        return conclude([no_rows_point("unshareable")])
    points = [reason_point(row) for row in rows]
    if all(point.status is Status.NOT_APPLICABLE for point in points):
        return conclude([], nothing="None of the recorded training data is unshareable.")
    return conclude(points)


def code_complete_points(kind: ComponentKind, row: Component, _: Facts) -> list[Point]:
    if not counts(kind, row):
        return []
    available = availability_point(kind, row, PUBLIC)
    if available.status in (Status.NOT_MET, Status.NOT_APPLICABLE):
        return [available]
    return [available, completeness_point(kind, row)]


def code_licence_points(kind: ComponentKind, row: Component, facts: Facts) -> list[Point]:
    """The licence of code that is out; code that is withheld is judged by completeness."""
    if not counts(kind, row) or not can_be_had(row):
        return []
    texts = TermTexts(
        met="the licence is approved by OSI",
        not_met="the licence is not approved by OSI",
        remedy="Put the {component} under an OSI-approved licence.",
    )
    return [licence_point(kind, row, facts, osi_approved, texts)]


def code_complete(facts: Facts) -> Finding:
    """All the code, and all of each part of it."""
    points: list[Point] = []
    for kind in CODE:
        points += code_complete_points(kind, facts.component(kind), facts)
    return without_exception(
        points,
        text="recorded as a system to which no code applies; the clause has no exception",
        remedy="Ask the editors for a ruling on a system without code.",
    )


def parameters_available(facts: Facts) -> Finding:
    """There, whole, and in a form that can be changed."""
    row = facts.component(WEIGHTS)
    return without_exception(
        [availability_point(WEIGHTS, row, PUBLIC), *shortfall_points(WEIGHTS, row)],
        text="recorded as a system without parameters; the clause has no exception, and OSI's "
        "checklist was made for generative AI",
        remedy="Ask the editors for a ruling on a system without parameters.",
    )


def parameters_terms(facts: Facts) -> Finding:
    """OSI-approved terms, or others without any limit, which are a matter of judgement.

    The definition demands no particular legal mechanism for parameters, so a
    public-domain dedication or CC-BY may do; OSI has not said which.
    """
    row = facts.component(WEIGHTS)
    if not can_be_had(row):
        return conclude([availability_point(WEIGHTS, row, PUBLIC)])
    texts = TermTexts(
        met="the licence is approved by OSI",
        not_met="the licence limits use, change or sharing, and OSI has not approved it",
        remedy="Put the {component} under OSI-approved terms.",
    )
    point = licence_point(
        WEIGHTS, row, facts, approved_or_judged, texts, none_stated=Status.NEEDS_JUDGEMENT
    )
    return conclude([point])
