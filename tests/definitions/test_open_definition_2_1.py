"""Open Definition 2.1 on the training data, clause by clause."""

from typing import Any

import pytest

from definitions.core import evaluate
from definitions.facts import Facts
from definitions.rules.open_definition_2_1 import DEFINITION
from tests.definitions.build import (
    FREE,
    LICENCES,
    also,
    component,
    dataset,
    facts,
    failing,
    finding,
)


def data(*, tuning: dict[str, Any] | None = None, **change: Any) -> Facts:
    row = component(licence="CC-BY-4.0", machine_readable="yes", open_format="yes") | change
    return facts(
        components={"pretraining_data": row} | ({"finetuning_data": tuning} if tuning else {})
    )


def licensed(**terms: Any) -> Facts:
    return also(data(licence="LicenseRef-Own"), licences=LICENCES | {"LicenseRef-Own": terms})


def test_data_that_anybody_can_have_use_and_read_is_open():
    verdict = evaluate(DEFINITION, data())
    assert (verdict.status, verdict.label) == ("met", "Open data")


@pytest.mark.parametrize(
    ("terms", "status"),
    [
        ({"open_definition": "yes"}, "met"),
        ({"open_definition": "no", "public_domain": "yes"}, "met"),
        ({"open_definition": "no", **FREE}, "not_met"),
        ({"open_definition": "not_listed", **FREE}, "needs_judgement"),
        ({"open_definition": "not_listed", **FREE, "derivatives": "no"}, "not_met"),
        ({"open_definition": "not_listed", **FREE, "royalty": "yes"}, "not_met"),
        ({"open_definition": "not_listed"}, "unknown"),
        (FREE, "unknown"),
        ({}, "unknown"),
    ],
)
def test_licences(terms: dict[str, Any], status: str):
    assert finding(DEFINITION, "open-licence", licensed(**terms)).status == status


@pytest.mark.parametrize("licence", ["CC-BY-4.0", "CC0-1.0"])
def test_recommended_licences_are_open(licence: str):
    assert evaluate(DEFINITION, data(licence=licence)).label == "Open data"


def test_non_commercial_terms_are_not_open():
    verdict = evaluate(DEFINITION, data(licence="CC-BY-NC-4.0"))
    assert (verdict.label, failing(verdict)) == ("Data not open", {"open-licence"})


def test_absence_from_an_old_list_is_not_a_no():
    verdict = evaluate(DEFINITION, data(licence="CDLA-Permissive-2.0"))
    assert verdict.status == "needs_judgement"


@pytest.mark.parametrize(
    ("code", "change", "status"),
    [
        ("access", {"availability": "gated_auto"}, "needs_judgement"),
        ("access", {"availability": "gated_manual"}, "not_met"),
        ("access", {"availability": "partial"}, "not_met"),
        ("access", {"availability": "unknown"}, "unknown"),
        ("access", {"completeness": "partial"}, "not_met"),
        ("access", {"completeness": "unknown"}, "unknown"),
        ("access", {"cost": "paid"}, "not_met"),
        ("access", {"cost": "reproduction_cost"}, "met"),
        ("machine-readable", {"machine_readable": "no"}, "not_met"),
        ("machine-readable", {"machine_readable": "unknown"}, "unknown"),
        ("machine-readable", {"availability": "not_applicable"}, "not_applicable"),
        ("open-format", {"open_format": "no"}, "not_met"),
        ("open-format", {"open_format": "unknown"}, "unknown"),
        ("open-licence", {"licence": "", "licence_status": "none_stated"}, "not_met"),
    ],
)
def test_clauses(code: str, change: dict[str, str], status: str):
    assert finding(DEFINITION, code, data(**change)).status == status


def test_withheld_data_has_no_terms_to_judge():
    found = finding(DEFINITION, "open-licence", data(availability="not_released"))
    assert found.status == "not_applicable"
    assert found.reason == "No training data is released, so there are no terms to judge."


def test_tuning_data_counts_once_it_is_recorded():
    closed = data(tuning=component(availability="not_released"))
    assert "access" in failing(evaluate(DEFINITION, closed))
    none_used = data(tuning=component(availability="not_applicable"))
    assert evaluate(DEFINITION, none_used).status == "met"


def test_a_mixture_is_judged_dataset_by_dataset():
    mixed = also(
        data(licence="", licence_status="unknown"),
        datasets=[
            dataset(slug="a", name="A", licence="CC-BY-4.0", licence_status="stated"),
            dataset(slug="b", name="B", licence="CC-BY-NC-4.0", licence_status="stated"),
        ],
    )
    found = finding(DEFINITION, "open-licence", mixed)
    assert found.status == "not_met"
    assert found.reason == "The licence is not open by the Open Definition: B (CC-BY-NC-4.0)."


def test_without_any_record_it_is_not_known():
    assert evaluate(DEFINITION, facts()).label == "Not known"
