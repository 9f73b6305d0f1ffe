"""European Open Source AI Index, rule set of 2026 with 12 dimensions (Radboud University).

The score is the plain mean of the dimensions: open 1, partial 0.5, closed or
not applicable 0. Since 13 March 2026 (commit ff85b6f) packages and APIs no
longer count.
"""

from definitions.core import Criterion, Definition
from definitions.policies import MeanScore
from definitions.rules import osai_dimensions as d
from definitions.vocabulary import ComponentKind as K

DIMENSIONS = (
    d.Dimension(
        slug="datasources-basemodel",
        title="Data of the base model",
        group=d.AVAILABILITY,
        explanation="Is all, some or none of the training data of the base model open for "
        "inspection or shared?",
        grading=d.base_data,
        kinds=(K.PRETRAINING_DATA,),
    ),
    d.Dimension(
        slug="datasources-endmodel",
        title="Data of the end model",
        group=d.AVAILABILITY,
        explanation="The same for the data with which the model that people use was tuned.",
        grading=d.end_data,
        kinds=(K.FINETUNING_DATA,),
    ),
    d.Dimension(
        slug="weights-basemodel",
        title="Weights of the base model",
        group=d.AVAILABILITY,
        explanation="Are the weights of the base model shared? Behind a gate is partial.",
        grading=d.base_weights,
        kinds=(K.WEIGHTS_FINAL,),
    ),
    d.Dimension(
        slug="weights-endmodel",
        title="Weights of the end model",
        group=d.AVAILABILITY,
        explanation="Are the weights of the model that people use shared? Behind a gate is "
        "partial.",
        grading=d.component(K.WEIGHTS_FINAL),
        kinds=(K.WEIGHTS_FINAL,),
    ),
    d.Dimension(
        slug="trainingcode",
        title="Training code",
        group=d.AVAILABILITY,
        explanation="Is the code for processing the data, training and tuning shared, in full or "
        "in part?",
        grading=d.training_code,
        kinds=d.CODE,
    ),
    d.Dimension(
        slug="code",
        title="Code documentation",
        group=d.DOCUMENTATION,
        explanation="Is the code documented for every step of the training?",
        grading=d.component(K.CODE_DOCUMENTATION),
        kinds=(K.CODE_DOCUMENTATION,),
    ),
    d.Dimension(
        slug="hardware-architecture",
        title="Hardware and architecture",
        group=d.DOCUMENTATION,
        explanation="Are the hardware and the set-up of the training documented?",
        grading=d.component(K.HARDWARE_DOCUMENTATION),
        kinds=(K.HARDWARE_DOCUMENTATION,),
    ),
    d.Dimension(
        slug="preprint",
        title="Preprint",
        group=d.DOCUMENTATION,
        explanation="Is there an archived preprint or report that covers the system?",
        grading=d.preprint,
        kinds=(K.TECHNICAL_REPORT, K.RESEARCH_PAPER),
    ),
    d.Dimension(
        slug="paper",
        title="Peer-reviewed paper",
        group=d.DOCUMENTATION,
        explanation="Is there a paper that was peer reviewed and covers the system?",
        grading=d.paper,
        kinds=(K.RESEARCH_PAPER,),
    ),
    d.Dimension(
        slug="modelcard",
        title="Model card",
        group=d.DOCUMENTATION,
        explanation="Is there a model card, comprehensive or in part?",
        grading=d.component(K.MODEL_CARD),
        kinds=(K.MODEL_CARD,),
    ),
    d.Dimension(
        slug="datasheet",
        title="Datasheet",
        group=d.DOCUMENTATION,
        explanation="Is the data described, as a datasheet does or in the summary that the EU AI "
        "Act asks for?",
        grading=d.component(K.DATA_DOCUMENTATION),
        kinds=(K.DATA_DOCUMENTATION,),
    ),
    d.Dimension(
        slug="licenses",
        title="Licences",
        group=d.ACCESS,
        explanation="Are the weights, the code and the data all under open licences? Two of the "
        "three is partial.",
        grading=d.licenses,
        kinds=(K.WEIGHTS_FINAL, K.TRAINING_CODE, K.PRETRAINING_DATA, K.FINETUNING_DATA),
    ),
)


def criteria(prefix: str, dimensions: tuple[d.Dimension, ...]) -> tuple[Criterion, ...]:
    return tuple(dimension.criterion(prefix) for dimension in dimensions)


NOTES = (
    "The index's reviewers grade by hand. Our grades follow from the records: an open download "
    "that is complete is open, one that is incomplete or behind a gate is partial. Where both "
    "are known and differ, both are shown.",
    "Where our records say nothing, the index's own grade stands in and is marked.",
    "The index counts what it does not know as 0. We keep to that for the score and show "
    "the highest score that the unknowns leave.",
    "The index sets no threshold. We count a system as “met” only where every dimension is open.",
)

CRITERIA = criteria("osai-2026", DIMENSIONS)

DEFINITION = Definition(
    key="osai",
    version="2026",
    title="European Open Source AI Index",
    short_title="OSAI 2026",
    steward="Radboud University",
    url="https://osai-index.eu",
    date="2026-03-13",
    standing="final",
    summary="Grades 12 dimensions of availability, documentation and access as open, partial or "
    "closed, and takes the mean. A score, not a yes or no.",
    criteria=CRITERIA,
    policy=MeanScore(titles={item.code: item.title for item in CRITERIA}),
    notes=NOTES,
    revision=2,
)
