"""The checks of the Open Source AI Definition 1.0; the criteria stand in its module."""

from definitions.answers import coverage_point, data_information_points
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
)
from definitions.core import Check, Finding
from definitions.facts import Component, Facts, Licence
from definitions.licences import Term, derivatives, free_use, or_osi_approved, osi_approved
from definitions.licences import redistribution as may_redistribute
from definitions.vocabulary import (
    Answer,
    Availability,
    ComponentKind,
    Status,
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


def freedom_to_use(facts: Facts) -> Finding:
    """Use for any purpose and without asking: free terms, and no approval by hand."""
    finding = use_by_terms(facts)
    weights = facts.component(WEIGHTS)
    if weights.availability not in BY_HAND:
        return finding
    words = "approved by the maker" if weights.availability is Availability.GATED_MANUAL else "sent"
    return Finding(
        status=Status.NOT_MET,
        reason=f"Nobody can use the final weights before a request has been {words}.",
        evidence=(weights.evidence,) if weights.evidence else (),
        facts_used=(*finding.facts_used, *path_of(WEIGHTS, "availability")),
        missing=("Let everybody download the final weights without asking.", *finding.missing),
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
    coverage = coverage_point(facts.data_information.covers_all_training_data, facts)
    if coverage.status is Status.MET:
        coverage = Point(
            status=Status.NEEDS_JUDGEMENT,
            text=f"{coverage.text}; whether in enough detail to rebuild the system, a person "
            "has to judge",
            remedy="Ask the editors for a ruling on the detail of the data information.",
            evidence=coverage.evidence,
            used=coverage.used,
        )
    return conclude([*points, coverage])


def data_described(facts: Facts) -> Finding:
    """The six things that must be told of all training data (clause 1)."""
    return conclude(data_information_points(facts))


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


def parameters_available(facts: Facts) -> Finding:
    return conclude([availability_point(WEIGHTS, facts.component(WEIGHTS), PUBLIC)])


def parameter_terms(identifier: str, licence: Licence) -> Status:
    """OSI-approved terms; other terms without any limit are a matter of judgement.

    The definition demands no particular legal mechanism for parameters, so a
    public-domain dedication or CC-BY may do; OSI has not said which.
    """
    if licence.osi_approved is Answer.YES:
        return Status.MET
    free = (free_use, derivatives, may_redistribute)
    granted = [term(identifier, licence) for term in free]
    if Status.NOT_MET in granted:
        return Status.NOT_MET
    if Status.UNKNOWN in granted:
        return Status.UNKNOWN
    return Status.NEEDS_JUDGEMENT


def parameters_terms(facts: Facts) -> Finding:
    row = facts.component(WEIGHTS)
    if not can_be_had(row):
        return conclude([availability_point(WEIGHTS, row, PUBLIC)])
    texts = TermTexts(
        met="the licence is approved by OSI",
        not_met="the licence limits use, change or sharing, and OSI has not approved it",
        remedy="Put the {component} under OSI-approved terms.",
    )
    point = licence_point(
        WEIGHTS, row, facts, parameter_terms, texts, none_stated=Status.NEEDS_JUDGEMENT
    )
    return conclude([point])
