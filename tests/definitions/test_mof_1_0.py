"""Model Openness Framework 1.0, and the steward's own figures."""

from typing import Any

import pytest

from definitions.core import evaluate
from definitions.rules.mof_1_0 import DEFINITION
from tests.definitions import mof_files
from tests.definitions.build import LICENCES, also, component, facts, finding, open_facts

REFUSED = {"commercial": "no", "derivatives": "no", "redistribution": "no"}
OTHERS = {
    "CC-BY-NC-SA-4.0": {"commercial": "no"},
    "CC-BY-ND-4.0": {"derivatives": "no"},
    "LicenseRef-arXiv-nonexclusive-1.0": {"osi_approved": "no", "fsf_free": "not_listed"},
    "LicenseRef-AllRightsReserved": REFUSED,
}


def test_everything_open_is_class_one():
    verdict = evaluate(DEFINITION, open_facts())
    assert (verdict.level, verdict.level_possible) == (3, 3)
    assert verdict.label == "Class I – Open Science"
    assert verdict.reason == "Everything that Class I – Open Science asks for is met."
    assert [step.required for step in verdict.progress] == [6, 10, 14]
    assert verdict.missing == ()


def test_without_any_record_no_class_is_proven_and_every_class_is_possible():
    verdict = evaluate(DEFINITION, facts())
    assert (verdict.status, verdict.level, verdict.level_possible) == ("unknown", 0, 3)
    assert verdict.label == "Not known (at most Class I – Open Science)"


def test_a_withheld_class_three_component_makes_it_unclassified():
    verdict = evaluate(DEFINITION, open_facts(model_card=component(availability="not_released")))
    assert (verdict.status, verdict.level, verdict.level_possible) == ("not_met", 0, 0)
    assert verdict.label == "Unclassified"
    assert [step.gated for step in verdict.progress] == [83.33, 0.0, 0.0]
    assert [step.real for step in verdict.progress] == [83.33, 90.0, 92.86]


def test_the_next_class_is_what_is_missing():
    verdict = evaluate(DEFINITION, open_facts(training_code=component(availability="not_released")))
    assert (verdict.level, verdict.level_possible) == (1, 1)
    assert verdict.label == "Class III – Open Model"
    assert verdict.reason == (
        "Class III – Open Model is proven; Class II – Open Tooling fails on: training code."
    )
    assert {(m.level, m.code) for m in verdict.missing} == {
        ("Class II – Open Tooling", "mof-1.0/training-code")
    }


def test_an_unknown_component_leaves_the_class_possible():
    verdict = evaluate(DEFINITION, open_facts(weights_intermediate=None))
    assert (verdict.level, verdict.level_possible) == (2, 3)
    assert "still possible, but not proven: intermediate weights" in verdict.reason


def test_an_open_paper_stands_in_for_the_report():
    verdict = evaluate(DEFINITION, open_facts(technical_report=None))
    assert verdict.level == 3
    assert [step.required for step in verdict.progress] == [6, 10, 13]
    report = finding(DEFINITION, "technical-report", open_facts(technical_report=None))
    assert report.covered_by == "mof-1.0/research-paper"


def test_a_paper_without_a_licence_on_record_might_stand_in():
    paper = component(licence="", licence_status="unknown")
    report = component(availability="not_released")
    found = finding(
        DEFINITION, "technical-report", open_facts(technical_report=report, research_paper=paper)
    )
    assert (found.status, found.covered_by) == ("unknown", "")
    assert found.reason.startswith("The research paper might stand in")


def test_a_data_card_inside_the_model_card_counts():
    inside = {"included_in": "model_card", "evidence": {"url": "https://example.org/card"}}
    assert evaluate(DEFINITION, open_facts(data_documentation=inside)).level == 3


def test_fine_tuning_data_counts_once_it_is_recorded():
    closed = open_facts(finetuning_data=component(availability="not_released"))
    assert finding(DEFINITION, "datasets", closed).status == "not_met"
    none_used = open_facts(finetuning_data=component(availability="not_applicable"))
    assert finding(DEFINITION, "datasets", none_used).status == "met"


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"licence": "CC-BY-4.0"}, "met"),
        ({"licence": "CC-BY-2.0"}, "met"),
        ({"licence": "CC-BY-SA-3.0"}, "met"),
        ({"licence": "CDLA-Permissive-2.0"}, "met"),
        ({"licence": "CC0-1.0"}, "met"),
        ({"licence": "OpenMDW-1.0"}, "met"),
        ({"licence": "PDDL-1.0"}, "met"),
        ({"licence": "ODC-PDDL-1.0"}, "met"),
        ({"licence": "CC-BY-SA-3.0-DE"}, "met"),
        ({"licence": "OGL-UK-1.0"}, "met"),
        ({"licence": "CC-BY-NC-SA-4.0"}, "not_met"),
        ({"licence": "CC-BY-ND-4.0"}, "not_met"),
        ({"licence": "Apache-2.0 OR CC-BY-NC-4.0"}, "met"),
        ({"licence": "Apache-2.0 AND CC-BY-NC-4.0"}, "not_met"),
        ({"licence": "LicenseRef-arXiv-nonexclusive-1.0"}, "not_met"),
        ({"licence": "LicenseRef-AllRightsReserved"}, "not_met"),
        (
            {"licence": "", "licence_status": "unrecognised", "licence_text": "Proprietary"},
            "not_met",
        ),
        ({"licence": "", "licence_status": "unrecognised", "licence_text": "Foo"}, "unknown"),
        ({"licence": "Apache-2.0", "licence_status": "mixed"}, "unknown"),
        ({"licence": "CC-BY-NC-4.0"}, "not_met"),
        ({"licence": "LicenseRef-Llama-2"}, "not_met"),
        ({"licence": "LicenseRef-Unheard-Of"}, "unknown"),
        ({"licence": "", "licence_status": "none_stated"}, "not_met"),
        ({"licence": "", "licence_status": "unknown"}, "unknown"),
        ({"availability": "partial"}, "needs_judgement"),
        ({"availability": "on_request"}, "needs_judgement"),
        ({"availability": "not_applicable"}, "not_met"),
        ({"availability": "api_only"}, "not_met"),
    ],
)
def test_one_component(change: dict[str, Any], status: str):
    card = also(open_facts(model_card=component(**change)), licences=LICENCES | OTHERS)
    assert finding(DEFINITION, "model-card", card).status == status


def test_a_paper_under_the_licence_of_arxiv_does_not_stand_in_for_the_report():
    paper = component(licence="LicenseRef-arXiv-nonexclusive-1.0")
    of = also(open_facts(research_paper=paper, technical_report=None), licences=LICENCES | OTHERS)
    assert finding(DEFINITION, "research-paper", of).status == "not_met"
    assert finding(DEFINITION, "technical-report", of).status == "unknown"


def test_every_component_is_told_to_need_an_open_licence_and_the_page_says_which_are():
    assert all("under an open licence" in item.explanation for item in DEFINITION.criteria)
    assert DEFINITION.notes[0].startswith("What counts as open here: ")


# --- the steward's own figures ----------------------------------------------------------

needs_the_data = pytest.mark.skipif(
    not mof_files.DATA.exists(), reason="the shared truth tables are not beside this checkout"
)


def truth_rows() -> list[str]:
    return sorted(mof_files.truth()) if mof_files.DATA.exists() else []


@needs_the_data
@pytest.mark.parametrize("name", truth_rows())
def test_class_and_progress_equal_the_stewards_tool(name: str):
    row = mof_files.truth()[name]
    facts_of_file = mof_files.read(mof_files.DATA / "mof" / name, mof_files.licences())
    verdict = evaluate(DEFINITION, facts_of_file)
    reached = {1: 3, 2: 2, 3: 1, 0: 0}[int(row["class"])]
    third, second, first = verdict.progress
    assert verdict.level == reached
    assert [round(third.gated), round(second.gated), round(first.gated)] == [
        int(row["c3_percent"]),
        int(row["c2_percent"]),
        int(row["c1_percent"]),
    ]
    assert [round(second.real), round(first.real)] == [
        int(row["c2_ungated"]),
        int(row["c1_ungated"]),
    ]
