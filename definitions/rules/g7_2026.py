"""G7 Vision on AI Openness: four nested labels (Paris, 29 May 2026).

Source: https://g7.utoronto.ca/ict/260529-vision.html. The definitions of the
labels were read as quoted by OSI and the press; the annex was not seen.
"""

from definitions.checks import PUBLIC
from definitions.core import Definition, Level, Writer
from definitions.policies import Ladder
from definitions.rules import g7_2026_checks as checks
from definitions.vocabulary import ComponentKind

K = ComponentKind
WEIGHTS = K.WEIGHTS_FINAL
DATA = (K.PRETRAINING_DATA, K.FINETUNING_DATA)

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
        "Weights and deployment code are released free of charge. For training code and training "
        "data the criteria below ask the same.",
        checks.free_of_charge,
        (WEIGHTS, K.INFERENCE_CODE),
    ),
    criterion(
        "weights",
        "Weights",
        ALL,
        "The weights are released: all of them, and in a form that can be read.",
        checks.available(WEIGHTS),
        (WEIGHTS,),
    ),
    criterion(
        "deployment-code",
        "Deployment code",
        ALL,
        "The code to deploy and run the model is released.",
        checks.available(K.INFERENCE_CODE),
        (K.INFERENCE_CODE,),
    ),
    criterion(
        "some-licence",
        "Some licence",
        ALL,
        "Weights and deployment code are under a licence, whatever restrictions it has. Without "
        "a stated licence, or with all rights reserved, there is none.",
        checks.under(checks.some_licence, checks.SOME_TEXTS, checks.RELEASED),
        (WEIGHTS, K.INFERENCE_CODE),
    ),
    criterion(
        "open-source-licence",
        "Open Source licences",
        SECOND,
        "Weights and deployment code are under an Open Source licence.",
        checks.under(checks.open_source, checks.TEXTS, PUBLIC),
        (WEIGHTS, K.INFERENCE_CODE),
        about_terms=True,
    ),
    criterion(
        "training-code",
        "Training code",
        THIRD,
        "The training code is released free of charge and under an Open Source licence, all of it.",
        checks.training_code,
        (K.TRAINING_CODE,),
    ),
    criterion(
        "data-exception",
        "Training data, or information where sharing is impossible",
        THIRD,
        "All training data is released, free of charge and under an open licence; where that is "
        "legally or technically impossible, detailed information about the missing data stands "
        "in for it, and the rest is released on those terms.",
        checks.data_or_information,
        DATA,
        about_terms=True,
    ),
    criterion(
        "training-data-full",
        "All training data",
        FOURTH,
        "All training data is released, free of charge and with no exception.",
        checks.full_training_data,
        DATA,
    ),
    criterion(
        "open-data-licence",
        "Open licence on the data",
        FOURTH,
        "The training data is under terms as free as Open Source. Which licences do for data is "
        "not said; by our standing ruling those that conform to the Open Definition do.",
        checks.open_data,
        DATA,
        about_terms=True,
    ),
)

RUNGS = (
    ("weights-available", "Weights Available AI", 4),
    ("open-weights", "Open Weights AI", 5),
    ("open-source", "Open Source AI", 7),
    ("open-source-open-data", "Open Source AI with Open Data", 9),
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
        "“Free of charge” and “Open Source license” are said once, of all that is released, so "
        "both are asked of weights, code and data alike.",
        "Standing ruling: for data, terms that conform to the Open Definition, or a dedication to "
        "the public domain, count as “Open Source”, since OSI reviews no licences for data.",
        "Weights under an open content licence such as CC-BY, which OSI does not review, need "
        "judgement.",
        "The G7 has labelled no system.",
    ),
)
