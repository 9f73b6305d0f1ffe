"""The checks of the Digital Public Goods Standard 1.1.7; the criteria stand in its module."""

from definitions.answers import (
    ANSWER_STATUS,
    circumstance_point,
    told_points,
    training_data_points,
)
from definitions.checks import (
    PUBLIC,
    Point,
    TermTexts,
    availability_point,
    can_be_had,
    conclude,
    is_recorded,
    licence_point,
    path_of,
    remedy_for,
    shortfall_points,
    without_terms,
)
from definitions.core import Check, Finding
from definitions.facts import Component, Facts, Licence
from definitions.licences import approved_or_judged, osi_approved
from definitions.vocabulary import (
    Answer,
    ComponentKind,
    Extent,
    ListAnswer,
    Status,
)

K = ComponentKind
CODE = (
    K.DATA_PREPROCESSING_CODE,
    K.TRAINING_CODE,
    K.EVALUATION_CODE,
    K.INFERENCE_CODE,
    K.SUPPORTING_LIBRARIES,
    K.MODEL_ARCHITECTURE,
)
DATA = (K.PRETRAINING_DATA, K.FINETUNING_DATA)
MANDATORY_CODE = (K.TRAINING_CODE, K.INFERENCE_CODE)


def open_data(identifier: str, licence: Licence) -> Status:
    """Conformant with the Open Definition (fact L3); since 1.1.7 nothing less will do.

    A licence that its list does not name fails where it limits use, change or sharing.
    """
    if licence.open_definition is ListAnswer.YES or licence.public_domain is Answer.YES:
        return Status.MET
    if licence.open_definition is ListAnswer.NO:
        return Status.NOT_MET
    if approved_or_judged(identifier, licence) is Status.NOT_MET:
        return Status.NOT_MET
    judged = licence.open_definition is ListAnswer.NOT_LISTED
    return Status.NEEDS_JUDGEMENT if judged else Status.UNKNOWN


SOFTWARE = TermTexts(
    met="the licence is approved by OSI",
    not_met="the licence is not approved by OSI",
    remedy="Put the {component} under an OSI-approved licence.",
)
OPEN_DATA = TermTexts(
    met="the licence is open by the Open Definition",
    not_met="the licence is not open by the Open Definition",
    remedy="Put {component} under an open data licence such as CC-BY-4.0.",
)
MODEL = TermTexts(
    met="the licence is approved by OSI",
    not_met="the licence limits use, change or sharing",
    remedy="Put the {component} under an OSI-approved licence, without limits on use.",
)


def software_points(kind: ComponentKind, row: Component, facts: Facts) -> list[Point]:
    if not (is_recorded(row) or kind in MANDATORY_CODE) or without_terms(row):
        return []
    return [licence_point(kind, row, facts, osi_approved, SOFTWARE)]


def data_licence(facts: Facts) -> Finding:
    """The terms of the training data that is out; whether it is out is asked elsewhere."""
    points = training_data_points(facts, whole=False, term=open_data, texts=OPEN_DATA)
    return conclude(
        [point for point in points if not is_availability(point)],
        nothing="No training data is released, so there are no terms to judge.",
    )


def is_availability(point: Point) -> bool:
    return any(path.endswith(".availability") for path in point.used)


MANDATORY = "recorded as not applying to this system; the Standard names it as mandatory"
ASK = "Ask the editors for a ruling on a system without {component}."


def without_a_part(point: Point, kind: ComponentKind) -> Point:
    """A mandatory part that does not apply is no part that is there: a person has to judge."""
    if point.status is not Status.NOT_APPLICABLE:
        return point
    remedy = remedy_for(ASK, kind)
    return point._replace(status=Status.NEEDS_JUDGEMENT, text=MANDATORY, remedy=remedy)


def mandatory_components(facts: Facts) -> Finding:
    """Data, code and model, all openly provided; data that is withheld fails (#193).

    The terms of a model that OSI has not approved are left to judgement where they
    limit nothing: what was read of the Standard names no list for them.
    """
    points = training_data_points(facts, whole=True, term=open_data, texts=OPEN_DATA)
    if all(point.status is Status.NOT_APPLICABLE for point in points):
        points = [without_a_part(points[0], K.PRETRAINING_DATA)]
    asked = [(kind, osi_approved, SOFTWARE) for kind in MANDATORY_CODE]
    for kind, term, texts in [*asked, (K.WEIGHTS_FINAL, approved_or_judged, MODEL)]:
        row = facts.component(kind)
        available = without_a_part(availability_point(kind, row, PUBLIC), kind)
        points += [available, *shortfall_points(kind, row)]
        if can_be_had(row) and available.status is not Status.NOT_MET:
            points.append(licence_point(kind, row, facts, term, texts))
    return conclude(points)


def sdg(facts: Facts) -> Finding:
    texts = {
        Answer.YES: (Status.MET, "the maker states a relevance to a Sustainable Development Goal"),
        Answer.NO: (Status.NOT_MET, "no relevance to a Sustainable Development Goal"),
    }
    remedy = "Record to which Sustainable Development Goal it is relevant, with evidence."
    return conclude([circumstance_point("sdg_relevance", facts, texts, remedy=remedy)])


OWNER_TEXT = {
    Status.MET: "the legal owner is documented",
    Status.NOT_MET: "the legal owner is not documented",
    Status.UNKNOWN: "nobody has recorded whether the legal owner is documented",
}


def ownership(facts: Facts) -> Finding:
    """One maker with a documented legal owner is enough."""
    if not facts.organizations:
        return conclude(
            [
                Point(
                    status=Status.UNKNOWN,
                    text="no maker is recorded",
                    remedy="Record who makes the system, with evidence.",
                    used=("organizations",),
                )
            ]
        )
    points = [
        Point(
            status=ANSWER_STATUS[maker.legal_owner],
            text=OWNER_TEXT[ANSWER_STATUS[maker.legal_owner]],
            of=maker.name,
            remedy=f"Record who legally owns what {maker.name} releases, with evidence.",
            evidence=maker.evidence.get("legal_owner"),
            used=(f"organizations.{maker.slug}.legal_owner",),
        )
        for maker in facts.organizations
    ]
    documented = [point for point in points if point.status is Status.MET]
    undecided = [point for point in points if point.status is Status.UNKNOWN]
    return conclude(documented or undecided or points)


def platform_independence(facts: Facts) -> Finding:
    """No closed component is needed, or an open one can take its place."""
    around = facts.circumstances
    needs = around.closed_dependencies
    replaceable = around.open_alternatives is Answer.YES
    if needs is Answer.YES or (needs is Answer.UNKNOWN and replaceable):
        texts = {
            Answer.YES: (Status.MET, "open components can take the place of the closed ones"),
            Answer.NO: (Status.NOT_MET, "it needs closed components that nothing open replaces"),
        }
        remedy = "Name open components that can take the place of the closed ones."
        return conclude([circumstance_point("open_alternatives", facts, texts, remedy=remedy)])
    texts = {Answer.NO: (Status.MET, "no closed component is needed")}
    remedy = "Record whether it needs closed components to run, with evidence."
    return conclude([circumstance_point("closed_dependencies", facts, texts, remedy=remedy)])


USAGE = {
    "modalities": "what goes in and comes out",
    "capabilities": "what it can do",
    "integration": "how to run and integrate it",
}


def documentation(facts: Facts) -> Finding:
    """Enough to run it without the makers, and the datasets described."""
    usage = facts.usage_information
    card = facts.component(K.DATA_DOCUMENTATION)
    return conclude(
        [
            *told_points(usage, USAGE, usage.evidence, "usage_information"),
            availability_point(K.DATA_DOCUMENTATION, card, PUBLIC),
        ]
    )


def data_extraction(facts: Facts) -> Finding:
    """A model stores no data of its users; where the format of the weights is known, it counts."""
    row = facts.component(K.WEIGHTS_FINAL)
    status, text = {
        Answer.YES: (Status.MET, "the weights come in an open format"),
        Answer.NO: (Status.NOT_MET, "the weights come in a closed format"),
        Answer.UNKNOWN: (Status.NOT_APPLICABLE, "a model stores no data of its users")
        if is_recorded(row)
        else (Status.UNKNOWN, "nothing is recorded of the weights"),
    }[row.open_format]
    return conclude(
        [
            Point(
                status=status,
                text=text,
                remedy="Release the weights in an open format.",
                evidence=row.evidence,
                used=path_of(K.WEIGHTS_FINAL, "open_format"),
            )
        ]
    )


def attested(kind: ComponentKind, *, missing: str, withheld: str, there: str, remedy: str) -> Check:
    """A document that the Alliance wants to see; what it is worth, only the Alliance attests.

    It asks to be handed the document. That it is not published says nothing of that.
    """

    def check(facts: Facts) -> Finding:
        row = facts.component(kind)
        status, text = Status.NEEDS_JUDGEMENT, there
        if not is_recorded(row) or not can_be_had(row):
            status, text = Status.UNKNOWN, withheld if is_recorded(row) else missing
        used = path_of(kind, "availability")
        return conclude([Point(status, text, "", remedy, used, row.evidence)])

    return check


def policy(topic: str, subject: str) -> Check:
    """Indicators 9a to 9c: a documented practice, attested by the Alliance alone."""
    texts: dict[str, tuple[Status, str]] = {
        Extent.YES: (Status.NEEDS_JUDGEMENT, f"{subject} is documented; the Alliance attests it"),
        Extent.PARTLY: (Status.NEEDS_JUDGEMENT, f"{subject} is documented in part"),
        Extent.NO: (Status.NOT_MET, f"{subject} is not documented"),
        Extent.NOT_APPLICABLE: (Status.NOT_APPLICABLE, "does not apply to this system"),
    }

    def check(facts: Facts) -> Finding:
        remedy = f"Document {subject}, and have the Alliance attest it."
        return conclude([circumstance_point(topic, facts, texts, remedy=remedy)])

    return check
