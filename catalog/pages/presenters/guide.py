"""The kinds of component in plain words, for people who fill in a form for the first time."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from definitions.vocabulary import ComponentGroup, ComponentKind

type Kinds = list[tuple[ComponentKind, Promise]]

PLAIN_WORDS: dict[ComponentKind, Promise] = {
    ComponentKind.PRETRAINING_DATA: _(
        "What the model first learned from: usually very many texts, pictures or recordings."
    ),
    ComponentKind.FINETUNING_DATA: _(
        "What it learned from afterwards, for a task or a manner: instructions and answers."
    ),
    ComponentKind.EVALUATION_DATA: _("The questions and samples that the makers tested it with."),
    ComponentKind.DATA_DOCUMENTATION: _(
        "A page or paper that describes the data: a data card or datasheet."
    ),
    ComponentKind.DATA_PREPROCESSING_CODE: _(
        "Programs that collected, cleaned, filtered or labelled the data."
    ),
    ComponentKind.TRAINING_CODE: _("Programs that trained the model, with their settings."),
    ComponentKind.EVALUATION_CODE: _("Programs that ran the tests."),
    ComponentKind.INFERENCE_CODE: _("Programs that run the finished model and give answers."),
    ComponentKind.SUPPORTING_LIBRARIES: _(
        "Further programs of the makers that the others need, such as a tokeniser."
    ),
    ComponentKind.MODEL_ARCHITECTURE: _(
        "The code or file that says how the model is built: its layers and their sizes."
    ),
    ComponentKind.WEIGHTS_FINAL: _(
        "The numbers that make up the trained model: the files that people download and run."
    ),
    ComponentKind.WEIGHTS_INTERMEDIATE: _(
        "The same numbers as they were during training: checkpoints, state of the optimiser."
    ),
    ComponentKind.MODEL_METADATA: _(
        "Files beside the weights that programs read: configuration, versions, settings."
    ),
    ComponentKind.MODEL_CARD: _(
        "The page that says what the model is for, how it was made and where its limits are."
    ),
    ComponentKind.TECHNICAL_REPORT: _("A longer text of the makers on how it was made and tested."),
    ComponentKind.RESEARCH_PAPER: _("A scientific paper on it. Say whether it was peer reviewed."),
    ComponentKind.EVALUATION_RESULTS: _("What came out of the tests, in figures."),
    ComponentKind.SAMPLE_OUTPUTS: _("Examples of what it writes, draws or says."),
    ComponentKind.USAGE_DOCUMENTATION: _("Instructions for people who want to use it."),
    ComponentKind.CODE_DOCUMENTATION: _(
        "Explanations of the code for people who want to read or change it."
    ),
    ComponentKind.HARDWARE_DOCUMENTATION: _(
        "On which machines it was trained, and what it needs to run."
    ),
    ComponentKind.RISK_ASSESSMENT: _("What could go wrong, and what the makers did about it."),
    ComponentKind.ACCEPTABLE_USE_POLICY: _("Which uses the makers forbid or ask to avoid."),
    ComponentKind.PRIVACY_POLICY: _("How the makers treat data of people who use the system."),
    ComponentKind.COPYRIGHT_POLICY: _(
        "How the makers treat works of others, in training and after a complaint."
    ),
    ComponentKind.API: _("A service through which programs can use the system without having it."),
    ComponentKind.PACKAGE: _("The system as software ready to install."),
}
"""One short explanation for every kind."""


def kinds_by_group() -> list[tuple[ComponentGroup, Kinds]]:
    """Every kind of component with its explanation, in the order and groups of the form."""
    return [
        (group, [(kind, PLAIN_WORDS[kind]) for kind in ComponentKind if kind.group is group])
        for group in ComponentGroup
    ]
