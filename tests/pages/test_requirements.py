"""What the page of requirements says of one component in one definition."""

import pytest

from catalog.pages.presenters.matrix import requirement, requirement_matrix
from definitions import registry
from definitions.vocabulary import ComponentKind


@pytest.mark.parametrize(
    ("definition", "kind", "words"),
    [
        ("osaid-1.0", "data_documentation", "Required, under open terms"),
        ("osaid-1.0", "supporting_libraries", "Counts once it is recorded, under open terms"),
        ("osaid-1.0", "pretraining_data", "Required"),
        ("osaid-1.0", "api", "Not asked for"),
        ("osd-1.9", "training_code", "Required, under open terms"),
        ("osd-1.9", "evaluation_code", "Counts once it is recorded, under open terms"),
        ("osd-1.9", "data_preprocessing_code", "Counts once it is recorded, under open terms"),
        ("osd-1.9", "supporting_libraries", "Counts once it is recorded, under open terms"),
        ("fsf-2024", "finetuning_data", "Counts once it is recorded, under open terms"),
        ("dpg-standard-1.1.7", "data_documentation", "Required"),
        ("dpg-standard-1.1.7", "model_card", "Required"),
        ("dpg-standard-1.1.7", "inference_code", "Required, under open terms"),
        ("dpg-standard-1.1.7", "evaluation_code", "Counts once it is recorded, under open terms"),
        ("osai-2026", "finetuning_data", "Required, under open terms"),
        (
            "mof-1.0",
            "finetuning_data",
            "Counts once it is recorded, for Class I, under open terms",
        ),
        ("mof-1.0", "model_card", "Required for Class III, under open terms"),
        ("mof-1.0", "sample_outputs", "Optional"),
        ("owd-0.3", "weights_final", "Required, under open terms"),
    ],
)
def test_the_words_of_a_cell_are_what_the_rules_do(definition: str, kind: str, words: str) -> None:
    found = requirement(registry.get(definition), ComponentKind.of(kind))
    assert found.words == words


def test_every_kind_that_counts_once_recorded_is_one_that_is_asked_for() -> None:
    for definition in registry.DEFINITIONS:
        for criterion in definition.criteria:
            assert set(criterion.once_recorded) <= set(criterion.component_kinds), criterion.code


def test_every_row_has_a_cell_for_each_definition() -> None:
    count = len(registry.current())
    assert all(len(row.cells) == count for _, rows in requirement_matrix() for row in rows)
