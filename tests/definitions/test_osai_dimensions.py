"""How the dimensions of the European Open Source AI Index are graded from records."""

from typing import Any

import pytest

from definitions.core import Finding, evaluate
from definitions.rules.osai_2026 import DEFINITION
from tests.definitions.build import component, facts, finding

WITHHELD = component(availability="not_released")
PART = component(completeness="partial")
UNTUNED = component(availability="not_applicable")


def base(name: str = "Base", **fields: str) -> dict[str, str]:
    return {"name": name, "slug": name.lower()} | fields


def graded(code: str, *bases: dict[str, str], **rows: Any) -> Finding:
    return finding(DEFINITION, code, facts(components=rows, base_systems=list(bases)))


@pytest.mark.parametrize(
    ("change", "grade", "value"),
    [
        ({}, "Open", 1.0),
        ({"completeness": "partial"}, "Partial", 0.5),
        ({"completeness": "none"}, "Closed", 0.0),
        ({"completeness": "unknown"}, "", 0.0),
        ({"availability": "gated_auto"}, "Partial", 0.5),
        ({"availability": "gated_manual"}, "Partial", 0.5),
        ({"availability": "on_request"}, "Partial", 0.5),
        ({"availability": "partial"}, "Partial", 0.5),
        ({"availability": "api_only"}, "Closed", 0.0),
        ({"availability": "not_released"}, "Closed", 0.0),
        ({"availability": "not_applicable"}, "Not applicable", 0.0),
        ({"availability": "unknown"}, "", 0.0),
    ],
)
def test_one_component(change: dict[str, str], grade: str, value: float):
    found = graded("weights-endmodel", weights_final=component(**change))
    assert (found.grade, found.value) == (grade, value)


OPEN_BASE = {
    "weights": "open_download",
    "data": "open_download",
    "data_completeness": "full",
}
NO_BASE = {"weights": "not_applicable", "data": "not_applicable"}
CLOSED_BASE = {"weights": "not_released", "data": "not_released"}
GATED_BASE = {"weights": "gated_auto", "data": "gated_auto"}


@pytest.mark.parametrize("code", ["weights-basemodel", "datasources-basemodel"])
@pytest.mark.parametrize(
    ("bases", "grade"),
    [
        ([OPEN_BASE], "Open"),
        ([OPEN_BASE, GATED_BASE], "Partial"),
        ([OPEN_BASE, CLOSED_BASE, {}], "Closed"),
        ([OPEN_BASE, {}], ""),
        ([OPEN_BASE, NO_BASE], "Open"),
        ([NO_BASE, OPEN_BASE], "Open"),
        ([NO_BASE], "Not applicable"),
    ],
)
def test_the_least_open_of_several_base_models_counts(
    code: str, bases: list[dict[str, str]], grade: str
):
    rows = [base(f"Base {n}", **fields) for n, fields in enumerate(bases)]
    assert graded(code, *rows).grade == grade


def test_a_base_model_is_named_in_the_reason():
    found = graded("datasources-basemodel", base("Llama", data="not_released"))
    assert found.reason == "Not released: training data of Llama."
    assert found.missing == ("Record what was released of Llama.",)


def test_a_model_that_was_not_tuned_is_its_own_base_and_end_model():
    rows = {"finetuning_data": UNTUNED, "weights_final": PART, "pretraining_data": PART}
    for code in ("datasources-endmodel", "weights-basemodel", "datasources-basemodel"):
        assert graded(code, **rows).grade == "Partial"


def test_the_base_model_of_a_tuned_model_has_to_be_recorded():
    found = graded("weights-basemodel", finetuning_data=component(), weights_final=component())
    assert (found.status, found.value) == ("unknown", 0.0)
    assert found.reason == "Nobody has recorded which base model it was tuned from."


def test_data_of_the_end_model_is_what_it_was_tuned_with():
    found = graded("datasources-endmodel", finetuning_data=PART, pretraining_data=component())
    assert found.grade == "Partial"


@pytest.mark.parametrize(
    ("training", "preprocessing", "grade", "value"),
    [
        (component(), component(), "Open", 1.0),
        (component(), WITHHELD, "Partial", 0.5),
        (WITHHELD, WITHHELD, "Closed", 0.0),
        (PART, None, "Partial", 0.5),
        (component(), UNTUNED, "Open", 1.0),
        (UNTUNED, UNTUNED, "Not applicable", 0.0),
        (component(), None, "", 0.5),
        (WITHHELD, None, "", 0.0),
    ],
)
def test_training_code_is_all_some_or_none(
    training: dict[str, Any] | None,
    preprocessing: dict[str, Any] | None,
    grade: str,
    value: float,
):
    rows = {"training_code": training, "data_preprocessing_code": preprocessing}
    found = graded("trainingcode", **{kind: row for kind, row in rows.items() if row})
    assert (found.grade, found.value) == (grade, value)


def test_what_is_proven_of_an_unknown_grade_counts_in_the_score():
    of = facts(components={"training_code": component()})
    verdict = evaluate(DEFINITION, of)
    assert (verdict.score, verdict.score_high) == (round(0.5 / 12, 4), 1.0)
    assert verdict.reason.endswith("12 unknown, counted as what is proven of them.")


@pytest.mark.parametrize(
    ("report", "paper", "grade", "value"),
    [
        (component(), WITHHELD, "Open", 1.0),
        (WITHHELD, PART, "Partial", 0.5),
        (WITHHELD, WITHHELD, "Closed", 0.0),
        (UNTUNED, UNTUNED, "Not applicable", 0.0),
        (WITHHELD, None, "", 0.0),
        (PART, None, "", 0.5),
    ],
)
def test_the_more_open_of_report_and_paper_is_the_preprint(
    report: dict[str, Any], paper: dict[str, Any] | None, grade: str, value: float
):
    rows = {"technical_report": report} | ({"research_paper": paper} if paper else {})
    found = graded("preprint", **rows)
    assert (found.grade, found.value) == (grade, value)


@pytest.mark.parametrize(
    ("change", "grade"),
    [
        ({"peer_reviewed": "yes"}, "Open"),
        ({"peer_reviewed": "yes", "completeness": "partial"}, "Partial"),
        ({"peer_reviewed": "no"}, "Closed"),
        ({"peer_reviewed": "unknown"}, ""),
        ({"peer_reviewed": "yes", "completeness": "unknown"}, ""),
        ({"peer_reviewed": "no", "availability": "unknown"}, "Closed"),
        ({"availability": "not_released"}, "Closed"),
        ({"availability": "not_applicable"}, "Not applicable"),
    ],
)
def test_a_paper_counts_after_peer_review(change: dict[str, str], grade: str):
    assert graded("paper", research_paper=component(**change)).grade == grade


RESTRICTED = component(licence="LicenseRef-Llama-2")
UNLICENSED = component(licence="", licence_status="unknown")


@pytest.mark.parametrize(
    ("weights", "code", "data", "grade", "value"),
    [
        (component(), component(), component(), "Open", 1.0),
        (component(), component(), WITHHELD, "Partial", 0.5),
        (component(), component(), UNTUNED, "Partial", 0.5),
        (RESTRICTED, component(), component(), "Partial", 0.5),
        (RESTRICTED, component(), component(completeness="none"), "Closed", 0.0),
        (RESTRICTED, WITHHELD, WITHHELD, "Closed", 0.0),
        (component(), component(), UNLICENSED, "", 0.5),
        (component(), UNLICENSED, UNLICENSED, "", 0.0),
        (component(), WITHHELD, UNLICENSED, "", 0.0),
        (RESTRICTED, WITHHELD, UNLICENSED, "Closed", 0.0),
    ],
)
def test_open_licences_on_two_of_three_are_partial(
    weights: dict[str, Any], code: dict[str, Any], data: dict[str, Any], grade: str, value: float
):
    found = graded("licenses", weights_final=weights, training_code=code, pretraining_data=data)
    assert (found.grade, found.value) == (grade, value)


def test_tuning_data_under_closed_terms_counts_once_it_is_recorded():
    rows = {kind: component() for kind in ("weights_final", "training_code", "pretraining_data")}
    assert graded("licenses", **rows, finetuning_data=RESTRICTED).grade == "Partial"
    assert graded("licenses", **rows, finetuning_data=UNTUNED).grade == "Open"
