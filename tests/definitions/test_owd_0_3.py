"""Open Weight Definition 0.3, clause by clause."""

from typing import Any

import pytest

from definitions.core import evaluate
from definitions.rules.owd_0_3 import DEFINITION
from tests.definitions.build import component, facts, failing, finding, open_facts


def weights(**change: Any):
    return facts(components={"weights_final": component(**change)})


def test_osi_approved_weights_that_anybody_can_download_are_open_weight():
    verdict = evaluate(DEFINITION, weights())
    assert (verdict.status, verdict.label) == ("met", "Open Weight")


def test_code_and_data_are_out_of_scope():
    closed = open_facts(training_code=component(availability="not_released"))
    assert evaluate(DEFINITION, closed).status == "met"


def test_a_free_licence_without_osi_approval_is_judged_clause_by_clause():
    assert evaluate(DEFINITION, weights(licence="CC-BY-4.0")).status == "met"


def test_llama_2_fails_on_people_fields_and_other_works():
    verdict = evaluate(DEFINITION, weights(licence="LicenseRef-Llama-2"))
    assert failing(verdict) == {
        "free-redistribution",
        "no-persons-discrimination",
        "no-field-discrimination",
        "no-contamination",
    }


@pytest.mark.parametrize("availability", ["api_only", "not_released"])
def test_of_weights_that_are_withheld_nobody_is_asked_for_the_licence(availability: str):
    closed = facts(components={"weights_final": {"availability": availability}})
    verdict = evaluate(DEFINITION, closed)
    assert (verdict.status, failing(verdict)) == ("not_met", {"weights-included"})
    assert [item.text for item in verdict.missing] == [
        "Release the final weights for everybody to download."
    ]
    found = finding(DEFINITION, "derived-works", closed)
    assert found.reason == "No weights are released, so there are no terms to judge."


def test_it_does_not_speak_of_systems_without_weights():
    verdict = evaluate(DEFINITION, weights(availability="not_applicable", cost="paid"))
    assert (verdict.status, verdict.label) == ("not_applicable", "Not applicable")
    assert {finding.status for finding in verdict.findings} == {"not_applicable"}


def test_the_clauses_bear_the_stewards_names():
    clauses = dict.fromkeys(item.clause for item in DEFINITION.criteria)
    assert [*clauses][1] == "2. Model Weights"
    assert "4. Integrity of The Author's Work" in clauses
    assert "9. License Must Not Restrict Other Software" in clauses
    assert len(clauses) == 10


def test_rail_fails_on_fields():
    assert "no-field-discrimination" in failing(
        evaluate(DEFINITION, weights(licence="LicenseRef-RAIL"))
    )


@pytest.mark.parametrize(
    ("code", "change", "status"),
    [
        ("weights-included", {"availability": "gated_auto"}, "needs_judgement"),
        ("weights-included", {"availability": "gated_manual"}, "not_met"),
        ("weights-included", {"availability": "on_request"}, "not_met"),
        ("weights-included", {"availability": "partial"}, "not_met"),
        ("weights-included", {"availability": "unknown"}, "unknown"),
        ("weights-included", {"cost": "paid"}, "not_met"),
        ("weights-included", {"cost": "reproduction_cost"}, "met"),
        ("weights-usable-form", {"form": "quantised_only"}, "needs_judgement"),
        ("weights-usable-form", {"form": "obfuscated"}, "not_met"),
        ("weights-usable-form", {"form": "partial"}, "not_met"),
        ("weights-usable-form", {"completeness": "partial"}, "not_met"),
        ("weights-usable-form", {"availability": "api_only"}, "not_applicable"),
        ("free-redistribution", {"availability": "not_released"}, "met"),
        (
            "free-redistribution",
            {"licence": "", "licence_status": "unrecognised", "licence_text": "Proprietary"},
            "not_met",
        ),
        ("weights-usable-form", {"form": "unknown"}, "unknown"),
        ("weights-usable-form", {"form": "unknown", "open_format": "yes"}, "met"),
        ("licence-distribution", {"availability": "gated_manual"}, "not_met"),
        ("licence-distribution", {"availability": "on_request", "evidence": None}, "not_met"),
        ("licence-distribution", {"availability": "gated_auto"}, "met"),
        ("technology-neutral", {"licence": "LicenseRef-Llama-2"}, "unknown"),
        ("derived-works", {"licence": "", "licence_status": "none_stated"}, "not_met"),
    ],
)
def test_clauses(code: str, change: dict[str, Any], status: str):
    assert finding(DEFINITION, code, weights(**change)).status == status
