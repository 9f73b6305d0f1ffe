"""European Open Source AI Index, rule set of 2024: a package and an API count too."""

import pytest

from definitions import registry
from definitions.core import evaluate
from definitions.rules import osai_2026
from definitions.rules.osai_2024 import DEFINITION
from tests.definitions.build import component, facts, finding


def test_there_are_14_dimensions_those_of_today_among_them():
    slugs = {criterion.slug for criterion in DEFINITION.criteria}
    today = {criterion.slug for criterion in osai_2026.DEFINITION.criteria}
    assert len(DEFINITION.criteria) == 14
    assert slugs == today | {"package", "api"}


def test_it_is_superseded_by_the_rule_set_of_2026():
    assert DEFINITION.standing == "superseded"
    assert registry.latest("osai").id == "osai-2026"


@pytest.mark.parametrize(
    ("availability", "grade"),
    [
        ("open_download", "Open"),
        ("api_only", "Partial"),
        ("gated_auto", "Partial"),
        ("not_released", "Closed"),
        ("not_applicable", "Not applicable"),
        ("unknown", ""),
    ],
)
def test_an_api_for_everybody_is_open_and_one_with_a_key_partial(availability: str, grade: str):
    of = facts(components={"api": component(availability=availability)})
    assert finding(DEFINITION, "api", of).grade == grade


@pytest.mark.parametrize(
    ("change", "grade"),
    [
        ({}, "Open"),
        ({"completeness": "partial"}, "Partial"),
        ({"availability": "not_released"}, "Closed"),
    ],
)
def test_a_package_is_graded_as_a_release(change: dict[str, str], grade: str):
    of = facts(components={"package": component(**change)})
    assert finding(DEFINITION, "package", of).grade == grade


def test_a_package_counts_one_part_in_14():
    of = facts(components={"package": component()})
    assert evaluate(DEFINITION, of).score == round(1 / 14, 4)
