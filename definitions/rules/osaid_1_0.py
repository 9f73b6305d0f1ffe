"""Open Source AI Definition 1.0 (Open Source Initiative, 28 October 2024).

Binary. A system is open source AI if it grants the freedoms to use, study,
modify and share, and comes with the preferred form for making modifications:
data information, code and parameters.

Sources: https://opensource.org/ai/open-source-ai-definition and the FAQ,
https://opensource.org/ai/faq (four classes of training data).
"""

from definitions import departures
from definitions.answers import listed
from definitions.checks import gathered
from definitions.core import Criterion, Definition
from definitions.policies import AllOf, Labels
from definitions.rules import osaid_1_0_checks as checks
from definitions.rules.osaid_1_0_checks import CODE, DOCUMENTS, WEIGHTS
from definitions.vocabulary import ComponentKind, DataClass, Status

FREEDOMS = "What is Open Source AI"
PREFERRED = "Preferred form to make modifications"
LIBRARIES = (ComponentKind.SUPPORTING_LIBRARIES,)

CRITERIA = (
    Criterion(
        code="osaid-1.0/freedom-use",
        title="Free to use",
        clause=FREEDOMS,
        explanation="Anybody may use the system for any purpose without asking for permission. "
        "The licences of the weights and of the code must not limit who uses them or for what.",
        check=checks.freedom_to_use,
        component_kinds=(WEIGHTS, *CODE),
        once_recorded=LIBRARIES,
        about_terms=True,
    ),
    Criterion(
        code="osaid-1.0/freedom-study",
        title="Free to study",
        clause=FREEDOMS,
        explanation="Anybody may study how the system works and inspect its components: the "
        "code, the weights and the description of the data have to be there to look at.",
        check=gathered((WEIGHTS, *CODE, DOCUMENTS), checks.study_points),
        component_kinds=(WEIGHTS, *CODE, DOCUMENTS),
        once_recorded=LIBRARIES,
    ),
    Criterion(
        code="osaid-1.0/freedom-modify",
        title="Free to modify",
        clause=FREEDOMS,
        explanation="Anybody may change the system for any purpose, including its output. The "
        "terms must allow it; the preferred form for changes is judged by the criteria below.",
        check=checks.freedom_to_modify,
        component_kinds=(WEIGHTS, *CODE),
        once_recorded=LIBRARIES,
        about_terms=True,
    ),
    Criterion(
        code="osaid-1.0/freedom-share",
        title="Free to share",
        clause=FREEDOMS,
        explanation="Anybody may pass the system on, with or without changes, for any purpose.",
        check=checks.freedom_to_share,
        component_kinds=(WEIGHTS, *CODE),
        once_recorded=LIBRARIES,
        about_terms=True,
    ),
    Criterion(
        code="osaid-1.0/data-info-complete",
        title="Data information detailed enough",
        clause=f"{PREFERRED}: Data Information",
        explanation="What is told about the training data must let a skilled person build a "
        "substantially equivalent system. Records can show that it does not; that it does is "
        "for a person to judge, so this is met only by a published ruling.",
        check=checks.data_information_complete,
        component_kinds=(DOCUMENTS,),
    ),
    Criterion(
        code="osaid-1.0/data-info-terms",
        title="Data information under OSI-approved terms",
        clause=f"{PREFERRED}: Data Information",
        explanation="What is told about the training data must be available under OSI-approved "
        "terms. OSI reviews no licences of documents, so open ones that it has not approved, such "
        "as CC0, CC-BY or CC-BY-SA, are left to judgement. Terms that forbid business use or "
        "changes fail, and so does a document without any stated licence.",
        check=checks.data_information_terms,
        component_kinds=(DOCUMENTS,),
        about_terms=True,
    ),
    Criterion(
        code="osaid-1.0/data-info-description",
        title="All training data described",
        clause=f"{PREFERRED}: Data Information (1)",
        explanation="A complete description of all data used for training, unshareable data "
        "included: where it comes from, its scope and characteristics, how it was obtained and "
        "selected, labelled, processed and filtered.",
        check=checks.data_described,
        component_kinds=(DOCUMENTS,),
    ),
    Criterion(
        code="osaid-1.0/data-info-public-list",
        title="List of public training data",
        clause=f"{PREFERRED}: Data Information (2)",
        explanation="A list of all publicly available training data and where to get it. Open "
        "data has to be shared; a description alone is not enough for it.",
        check=listed(
            frozenset({DataClass.OPEN, DataClass.PUBLIC}),
            what="open or publicly available",
            partly=Status.NOT_MET,
        ),
        component_kinds=(ComponentKind.PRETRAINING_DATA, ComponentKind.FINETUNING_DATA),
    ),
    Criterion(
        code="osaid-1.0/data-info-thirdparty-list",
        title="List of third-party training data",
        clause=f"{PREFERRED}: Data Information (3)",
        explanation="A list of all training data that can be had from third parties and where, "
        "also for a fee.",
        check=listed(
            frozenset({DataClass.OBTAINABLE}),
            what="obtainable from third parties",
            partly=Status.NOT_MET,
        ),
        component_kinds=(ComponentKind.PRETRAINING_DATA, ComponentKind.FINETUNING_DATA),
    ),
    Criterion(
        code="osaid-1.0/data-info-unshareable",
        title="Data withheld for an explainable reason",
        clause=f"{PREFERRED}: Data Information; FAQ, unshareable non-public data",
        explanation="Training data may be left out of the release only where it cannot be shared "
        "for explainable reasons, such as personal data or the law. Data withheld for commercial "
        "reasons fails; reasons of another kind are left to judgement.",
        check=checks.unshareable_for_a_reason,
        component_kinds=(ComponentKind.PRETRAINING_DATA, ComponentKind.FINETUNING_DATA),
    ),
    Criterion(
        code="osaid-1.0/code-complete",
        title="Complete code",
        clause=f"{PREFERRED}: Code",
        explanation="The complete source code used to train and run the system: processing and "
        "filtering of the data, training, inference, the architecture, and the supporting "
        "libraries that are used, such as tokenizers and code for the search of hyperparameters.",
        check=checks.code_complete,
        component_kinds=CODE,
        once_recorded=LIBRARIES,
    ),
    Criterion(
        code="osaid-1.0/code-licence",
        title="Code under OSI-approved licences",
        clause=f"{PREFERRED}: Code",
        explanation="All code must be under licences that OSI has approved. Code without any "
        "stated licence fails.",
        check=gathered(CODE, checks.code_licence_points),
        component_kinds=CODE,
        once_recorded=LIBRARIES,
        about_terms=True,
    ),
    Criterion(
        code="osaid-1.0/parameters",
        title="Parameters available",
        clause=f"{PREFERRED}: Parameters",
        explanation="The model parameters, such as weights, must be available to everybody, all "
        "of them and in a form in which they can be changed. A system recorded as having none is "
        "left to judgement: the clause has no exception.",
        check=checks.parameters_available,
        component_kinds=(WEIGHTS,),
    ),
    Criterion(
        code="osaid-1.0/parameters-terms",
        title="Parameters under OSI-approved terms",
        clause=f"{PREFERRED}: Parameters, and the last paragraph",
        explanation="The parameters must be under OSI-approved terms. The definition demands no "
        "particular legal mechanism, so terms without any limit that OSI has not approved, "
        "such as CC0 or CC-BY, are left to judgement.",
        check=checks.parameters_terms,
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
        "The English page of version 1.0 could not be read here. The text was read in the "
        "translation of Open Source Group Japan and in the English release candidate 1.",
        "OSI's FAQ tells four classes of training data apart. Open data has to be shared. Public "
        "data, which anybody can inspect on the web, and obtainable data, also for a fee, need "
        "not be shared, but it has to be told where to get them. Data that cannot be shared, such "
        "as personal data, has to be described in detail. A dataset counts as what its record "
        "says; data withheld for commercial reasons is none of the four.",
        "A description or a list of only a part of the training data fails: the text asks for "
        "all of it. A single subject that is told in part is left to judgement.",
        "Supporting libraries count once they are recorded. That weights are only a part, or made "
        "unreadable on purpose, counts once it is recorded; weights in a quantised version only "
        "are left to judgement, because the definition asks for the preferred form for changes.",
        "OSI judged systems of 2024 against drafts 0.0.6 to 0.0.9, before version 1.0 asked for "
        "lists of the training data.",
        "OSI reviews legal documents, not systems; what it published is not a certification.",
    ),
    departures=departures.OSAID_1_0,
    revision=2,
)
