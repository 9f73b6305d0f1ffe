"""European Open Source AI Index, rule set of 2026, and the index's own figures."""

import pytest

from definitions.core import evaluate
from definitions.rules.osai_2026 import DEFINITION
from tests.definitions import osai_files
from tests.definitions.build import component, facts, finding, open_facts


def test_there_are_12_dimensions_and_package_and_api_are_gone():
    slugs = {criterion.slug for criterion in DEFINITION.criteria}
    assert len(DEFINITION.criteria) == 12
    assert not slugs & {"package", "api"}


def test_everything_open_scores_one():
    untuned = {"availability": "not_applicable"}
    of = open_facts(
        finetuning_data=untuned,
        code_documentation=component(),
        hardware_documentation=component(),
        research_paper=component(peer_reviewed="yes"),
    )
    verdict = evaluate(DEFINITION, of)
    assert (verdict.status, verdict.label, verdict.score) == ("met", "1.00", 1.0)
    assert verdict.reason == "Of 12 dimensions: 12 open."


def test_without_any_record_the_score_is_zero_and_may_be_one():
    verdict = evaluate(DEFINITION, facts())
    assert (verdict.status, verdict.label) == ("unknown", "0.00 (up to 1.00)")
    assert (verdict.score, verdict.score_low, verdict.score_high) == (0.0, 0.0, 1.0)
    assert verdict.reason == "Of 12 dimensions: 12 unknown, counted as 0."


def test_the_indexs_own_grade_stands_in_where_nothing_is_recorded():
    of = facts(steward_classes={"osai-2026/modelcard": "partial"})
    found = finding(DEFINITION, "modelcard", of)
    assert (found.status, found.grade, found.value, found.steward) == (
        "not_met",
        "Partial",
        0.5,
        "Partial",
    )
    assert found.reason == ("Not told by our own records; the index's reviewers call it partial.")


def test_our_grade_stands_beside_the_indexs_where_the_two_differ():
    of = facts(
        components={"model_card": component()},
        steward_classes={"osai-2026/modelcard": "closed"},
    )
    found = finding(DEFINITION, "modelcard", of)
    assert (found.grade, found.steward) == ("Open", "Closed")


# --- the steward's own figures ----------------------------------------------------------

needs_the_data = pytest.mark.skipif(
    not osai_files.DATA.exists(), reason="the shared truth tables are not beside this checkout"
)

NAMED = [
    ("Mustango", 1.000),
    ("YuLan", 1.000),
    ("OLMo", 0.958),
    ("bloomz", 0.958),
    ("Apertus", 0.917),
    ("smollm", 0.875),
    ("mT0", 0.875),
    ("SantaCoder", 0.875),
    ("Pythia", 0.833),
    ("amber", 0.833),
    ("StarCoder", 0.833),
    ("Lucie", 0.833),
    ("EuroLLM", 0.792),
    ("K2", 0.792),
    ("minerva", 0.708),
    ("Teuken", 0.667),
    ("GPT-SW", 0.625),
    ("Salamandra", 0.625),
    ("Phi", 0.542),
    ("deepseek-R1", 0.417),
    ("Falcon", 0.375),
    ("Gemma", 0.375),
    ("Bielik", 0.375),
    ("deepseek-v3", 0.375),
    ("KimiK2.5", 0.375),
    ("llama-4", 0.333),
    ("llama-3.1", 0.292),
    ("Crystal", 0.250),
    ("llama-2-chat", 0.250),
    ("llama-3.3", 0.208),
    ("Qwen", 0.167),
    ("Grok", 0.083),
    ("lumo", 0.0),
]
"""Scores that the index publishes, by the name of the record's file."""


@needs_the_data
@pytest.mark.parametrize(("name", "score"), NAMED, ids=[name for name, _ in NAMED])
def test_named_systems_score_as_the_index_publishes(name: str, score: float):
    of = osai_files.read(osai_files.DATA / "osai" / f"{name}.yaml", DEFINITION.id)
    assert round(evaluate(DEFINITION, of).score or 0.0, 3) == score


def truth_rows() -> list[str]:
    return sorted(osai_files.truth()) if osai_files.DATA.exists() else []


@needs_the_data
@pytest.mark.parametrize("name", truth_rows())
def test_scores_equal_the_indexs_own(name: str):
    row = osai_files.truth()[name]
    of = osai_files.read(osai_files.DATA / "osai" / name, DEFINITION.id)
    verdict = evaluate(DEFINITION, of)
    assert f"{verdict.score:.4f}" == row["score"]
    assert verdict.score == verdict.score_low == verdict.score_high
    for found in verdict.findings:
        dimension = found.code.partition("/")[2].replace("-", "_")
        assert found.grade.lower() == (row[dimension] or "not applicable")
