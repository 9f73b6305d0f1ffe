"""Open Source AI Definition 1.0 (Open Source Initiative, 28 October 2024).

Binary. A system is open source AI if it grants the freedoms to use, study,
modify and share, and comes with the preferred form for making modifications:
data information, code and parameters.

Sources: https://opensource.org/ai/open-source-ai-definition and the FAQ,
https://opensource.org/ai/faq (four classes of training data).
"""

from definitions import departures
from definitions.answers import coverage_point, data_information_points, listed
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
from definitions.core import Check, Criterion, Definition, Finding
from definitions.facts import Component, Facts, Licence
from definitions.licences import Term, derivatives, free_use, or_osi_approved, osi_approved
from definitions.licences import redistribution as may_redistribute
from definitions.policies import AllOf, Labels
from definitions.vocabulary import (
    Answer,
    Availability,
    ComponentKind,
    DataClass,
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


# --- the definition ------------------------------------------------------------------------

FREEDOMS = "What is Open Source AI"
PREFERRED = "Preferred form to make modifications"

CRITERIA = (
    Criterion(
        code="osaid-1.0/freedom-use",
        title="Free to use",
        clause=FREEDOMS,
        explanation="Anybody may use the system for any purpose without asking for permission. "
        "The licences of the weights and of the code must not limit who uses them or for what.",
        check=freedom_to_use,
        component_kinds=(WEIGHTS, *CODE),
        about_terms=True,
    ),
    Criterion(
        code="osaid-1.0/freedom-study",
        title="Free to study",
        clause=FREEDOMS,
        explanation="Anybody may study how the system works and inspect its components: the "
        "code, the weights and the description of the data have to be there to look at.",
        check=gathered((WEIGHTS, *CODE, DOCUMENTS), study_points),
        component_kinds=(WEIGHTS, *CODE, DOCUMENTS),
    ),
    Criterion(
        code="osaid-1.0/freedom-modify",
        title="Free to modify",
        clause=FREEDOMS,
        explanation="Anybody may change the system for any purpose, including its output. The "
        "terms must allow it; the preferred form for changes is judged by the criteria below.",
        check=freedom_to_modify,
        component_kinds=(WEIGHTS, *CODE),
        about_terms=True,
    ),
    Criterion(
        code="osaid-1.0/freedom-share",
        title="Free to share",
        clause=FREEDOMS,
        explanation="Anybody may pass the system on, with or without changes, for any purpose.",
        check=freedom_to_share,
        component_kinds=(WEIGHTS, *CODE),
        about_terms=True,
    ),
    Criterion(
        code="osaid-1.0/data-info-complete",
        title="Data information detailed enough",
        clause=f"{PREFERRED}: Data Information",
        explanation="What is told about the training data must let a skilled person build a "
        "substantially equivalent system. Records can show that it does not; that it does is "
        "for a person to judge, so this is met only by a published ruling.",
        check=data_information_complete,
        component_kinds=(DOCUMENTS,),
    ),
    Criterion(
        code="osaid-1.0/data-info-description",
        title="All training data described",
        clause=f"{PREFERRED}: Data Information (1)",
        explanation="A complete description of all data used for training, unshareable data "
        "included: where it comes from, its scope and characteristics, how it was obtained and "
        "selected, labelled, processed and filtered.",
        check=data_described,
        component_kinds=(DOCUMENTS,),
    ),
    Criterion(
        code="osaid-1.0/data-info-public-list",
        title="List of public training data",
        clause=f"{PREFERRED}: Data Information (2)",
        explanation="A list of all publicly available training data and where to get it. Open "
        "data has to be shared; a description alone is not enough for it.",
        check=listed(
            frozenset({DataClass.OPEN, DataClass.PUBLIC}), what="open or publicly available"
        ),
        component_kinds=(ComponentKind.PRETRAINING_DATA, ComponentKind.FINETUNING_DATA),
    ),
    Criterion(
        code="osaid-1.0/data-info-thirdparty-list",
        title="List of third-party training data",
        clause=f"{PREFERRED}: Data Information (3)",
        explanation="A list of all training data that can be had from third parties and where, "
        "also for a fee.",
        check=listed(frozenset({DataClass.OBTAINABLE}), what="obtainable from third parties"),
        component_kinds=(ComponentKind.PRETRAINING_DATA, ComponentKind.FINETUNING_DATA),
    ),
    Criterion(
        code="osaid-1.0/code-complete",
        title="Complete code",
        clause=f"{PREFERRED}: Code",
        explanation="The complete source code used to train and run the system: processing and "
        "filtering of the data, training, inference, the architecture, and the supporting "
        "libraries where any were made for it.",
        check=gathered(CODE, code_complete_points),
        component_kinds=CODE,
    ),
    Criterion(
        code="osaid-1.0/code-licence",
        title="Code under OSI-approved licences",
        clause=f"{PREFERRED}: Code",
        explanation="All code must be under licences that OSI has approved. Code without any "
        "stated licence fails.",
        check=gathered(CODE, code_licence_points),
        component_kinds=CODE,
        about_terms=True,
    ),
    Criterion(
        code="osaid-1.0/parameters",
        title="Parameters available",
        clause=f"{PREFERRED}: Parameters",
        explanation="The model parameters, such as weights, must be available to everybody.",
        check=parameters_available,
        component_kinds=(WEIGHTS,),
    ),
    Criterion(
        code="osaid-1.0/parameters-terms",
        title="Parameters under OSI-approved terms",
        clause=f"{PREFERRED}: Parameters, and the last paragraph",
        explanation="The parameters must be under OSI-approved terms. The definition demands no "
        "particular legal mechanism, so terms without any limit that OSI has not approved, "
        "such as CC0 or CC-BY, are left to judgement.",
        check=parameters_terms,
        component_kinds=(WEIGHTS,),
        about_terms=True,
    ),
)

DEFINITION = Definition(
    key="osaid",
    version="1.0",
    title="Open Source AI Definition",
    short_title="OSAID 1.0",
    steward="Open Source Initiative",
    url="https://opensource.org/ai/open-source-ai-definition",
    date="2024-10-28",
    standing="final",
    summary="Says yes or no: may anybody use, study, modify and share the system, and is the "
    "preferred form for changing it there, with code, parameters and detailed information "
    "about the training data? The data itself need not be shared where it cannot be.",
    criteria=CRITERIA,
    policy=AllOf(
        labels=Labels(met="Open Source AI", not_met="Not Open Source AI"),
        titles={criterion.code: criterion.title for criterion in CRITERIA},
    ),
    notes=(
        "OSI judged systems of 2024 against drafts 0.0.6 to 0.0.9, before version 1.0 asked for "
        "lists of the training data.",
        "OSI reviews legal documents, not systems; what it published is not a certification.",
    ),
    departures=departures.OSAID_1_0,
)
