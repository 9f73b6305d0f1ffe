"""The facet index of the whole catalogue says what the database says."""

import random

import pytest

from catalog.listing import facets
from catalog.listing.index import FacetIndex
from catalog.listing.index.bitmaps import PUBLISHED
from catalog.listing.index.build import build, read_text
from catalog.models import AISystem, CatalogState

pytestmark = pytest.mark.once


def some_choices(made: FacetIndex, number: int) -> list[dict[str, list[str]]]:
    """Random values of random facets, the same in every run."""
    chance = random.Random(6)  # noqa: S311
    keys = [key for key, held in made.values.items() if key != PUBLISHED and held]
    return [
        {
            key: chance.sample(sorted(made.values[key]), min(chance.randint(1, 3), len(held)))
            for key in chance.sample(keys, chance.randint(1, 3))
            if (held := made.values[key])
        }
        for _ in range(number)
    ]


def test_any_choice_leaves_the_systems_that_the_database_finds(catalogue: None):
    made = build(CatalogState.objects.current())

    for chosen in some_choices(made, 40):
        systems = AISystem.objects.published()
        for facet in facets.build():
            if facet.key in chosen:
                systems = facet.narrow(systems, chosen[facet.key])
        assert set(made.matching(chosen)) == set(systems.values_list("pk", flat=True)), chosen


def test_every_count_is_the_number_of_systems_that_its_value_leaves(catalogue: None):
    made = build(CatalogState.objects.current())

    for facet in facets.build():
        counted = made.totals(facet.key, made.published, most=10**6)
        for value, total in counted.items():
            found = facet.narrow(AISystem.objects.published(), [value]).count()
            assert (facet.key, value, total) == (facet.key, value, found)


TEXTS = [
    "olmo",
    "Qwen2.5-VL",
    "gpt-oss",
    "C++",
    "meta llama",
    "open source language model",
    "allenai",
    "a",
    "mistral 7b",
    "models",
    '"quoted words"',
    "nothing-at-all-like-this",
    "-",
    "100%",
    "under_score",
]


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_finds_the_systems_that_one_statement_finds(text: str, catalogue: None):
    found = build(0).found(read_text(text))

    matching = AISystem.objects.published().matching(text).values_list("pk", flat=True)
    assert set(found) == set(matching)
