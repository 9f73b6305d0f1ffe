"""Public AI: six attributes, and the class that follows from the first three."""

from typing import Any

import pytest

from definitions.core import evaluate
from definitions.facts import Facts
from definitions.rules.public_ai_2025 import DEFINITION
from tests.definitions.build import (
    LICENCES,
    also,
    component,
    facts,
    finding,
    maker,
    open_facts,
)

LAB = maker(kind="public_university_or_lab")
GOVERNED = {"public_funding": "majority", "public_governance": "yes"}
WITHHELD = component(availability="not_released")


def system(*makers: dict[str, Any], weights: dict[str, Any] | None = None, **around: str) -> Facts:
    """Everything open and deposited for good; makers and circumstances as given."""
    row = component(persistent_id="10.5281/zenodo.1") | (weights or {})
    of = open_facts(weights_final=row)
    return also(of, organizations=list(makers), circumstances=around)


def level(code: str, of: Facts) -> str:
    return finding(DEFINITION, code, of).word


# --- cases that proponents name ---------------------------------------------------------


def test_an_apertus_like_system_of_public_labs_is_public_ai():
    apertus = system(
        maker(slug="epfl", kind="public_university_or_lab"),
        maker(slug="ethz", kind="public_university_or_lab"),
        maker(slug="cscs", kind="public_university_or_lab"),
        compute_owner="public_university_or_lab",
    )
    verdict = evaluate(DEFINITION, apertus)
    assert (verdict.status, verdict.label) == ("met", "Public AI")
    assert verdict.reason.startswith(
        "Public access: yes; Public accountability: yes; Permanent public goods: yes; "
    )
    assert level("public-infrastructure", apertus) == "Yes"


@pytest.mark.parametrize("name", ["GPT-SW3", "SEA-LION"])
def test_makers_that_public_bodies_fund_and_govern_are_accountable(name: str):
    of = system(maker(name=name, kind="non_profit", **GOVERNED))
    assert level("public-accountability", of) == "Yes"
    assert evaluate(DEFINITION, of).label == "Public AI"


def test_commercial_chat_services_are_not_public_ai():
    chat = facts(
        organizations=[
            maker(kind="company", public_funding="none", public_governance="no"),
        ],
        components={"weights_final": {"availability": "api_only"}},
        circumstances={"endpoint_operator": "company", "endpoint_cost": "paid"},
    )
    verdict = evaluate(DEFINITION, chat)
    assert (verdict.status, verdict.label) == ("not_met", "Not public AI")
    assert "Public access: no; Public accountability: no; Permanent public goods: no" in (
        verdict.reason
    )


def test_open_ai_without_public_accountability_is_public_interest_open_ai():
    of = system(maker(kind="non_profit", public_funding="none", public_governance="no"))
    verdict = evaluate(DEFINITION, of)
    assert (verdict.status, verdict.label) == ("not_met", "Public-interest open AI")


def test_government_ai_that_is_not_open_to_the_public_is_not_public_ai():
    internal = system(LAB, weights={"availability": "not_released"}, endpoint_cost="paid")
    assert evaluate(DEFINITION, internal).label == "Not public AI"


def test_a_company_with_a_grant_is_partly_accountable():
    grant = system(maker(kind="company", public_funding="part", public_governance="no"))
    found = finding(DEFINITION, "public-accountability", grant)
    assert (found.status, found.grade, found.value) == ("not_met", "Partly", 0.5)


# --- attribute by attribute -------------------------------------------------------------


@pytest.mark.parametrize(
    ("availability", "operator", "cost", "word"),
    [
        ("open_download", "unknown", "unknown", "Yes"),
        ("open_download", "company", "paid", "Yes"),
        ("not_released", "public_body", "free", "Yes"),
        ("not_released", "company", "free", "Partly"),
        ("gated_auto", "company", "free", "Partly"),
        ("gated_manual", "company", "paid", "Partly"),
        ("gated_auto", "unknown", "unknown", "Unknown"),
        ("unknown", "company", "free", "Unknown"),
        ("unknown", "unknown", "unknown", "Unknown"),
        ("not_released", "public_body", "unknown", "Unknown"),
        ("not_released", "company", "unknown", "Not met"),
        ("api_only", "unknown", "paid", "No"),
    ],
)
def test_access_by_download_or_at_a_public_place(
    availability: str, operator: str, cost: str, word: str
):
    of = system(
        weights={"availability": availability}, endpoint_operator=operator, endpoint_cost=cost
    )
    assert level("public-access", of) == word


COMPANY = maker(slug="company", public_funding="none", public_governance="no")


@pytest.mark.parametrize(
    ("makers", "word"),
    [
        ([], "Unknown"),
        ([maker()], "Unknown"),
        ([maker(kind="public_body")], "Yes"),
        ([maker(kind="intergovernmental")], "Yes"),
        ([maker(public_governance="yes", public_funding="none")], "Partly"),
        ([maker(public_governance="no", public_funding="majority")], "Partly"),
        ([maker(public_governance="yes")], "Unknown"),
        ([maker(public_funding="majority")], "Unknown"),
        ([maker(public_governance="no")], "Not met"),
        ([maker(public_funding="none")], "Not met"),
        ([COMPANY], "No"),
        ([LAB, COMPANY], "Partly"),
        ([LAB, maker(slug="other")], "Unknown"),
        ([COMPANY, maker(slug="other")], "Not met"),
    ],
)
def test_accountability_of_all_makers_together(makers: list[dict[str, Any]], word: str):
    assert level("public-accountability", system(*makers)) == word


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({}, "Yes"),
        ({"weights_final": WITHHELD}, "No"),
        ({"weights_final": component(licence="LicenseRef-Llama-2")}, "No"),
        ({"pretraining_data": WITHHELD}, "Partly"),
        ({"training_code": component(licence="CC-BY-NC-4.0")}, "Partly"),
        ({"weights_final": component()}, "Unknown"),
        ({"training_code": None}, "Unknown"),
        ({"weights_final": None}, "Unknown"),
        ({"weights_final": None, "pretraining_data": WITHHELD}, "Not met"),
        ({"weights_final": component(availability="unknown")}, "Unknown"),
        ({"weights_final": component(licence="CC-BY-4.0", persistent_id="x")}, "Unknown"),
    ],
)
def test_goods_that_are_open_and_stay(changes: dict[str, Any], word: str):
    rows = {"weights_final": component(persistent_id="10.5281/zenodo.1")} | changes
    assert level("public-goods", open_facts(**rows)) == word


def test_terms_that_can_be_withdrawn_are_permanent_only_in_part():
    licences = LICENCES | {"Apache-2.0": LICENCES["Apache-2.0"] | {"irrevocable": "no"}}
    found = finding(DEFINITION, "public-goods", also(system(), licences=licences))
    assert (found.grade, found.reason) == ("Partly", "Terms may be withdrawn: final weights.")


@pytest.mark.parametrize(
    ("makers", "status", "word"),
    [
        ([], "unknown", "Unknown"),
        ([maker()], "unknown", "Unknown"),
        ([maker(public_mission="yes")], "needs_judgement", "Needs judgement"),
        ([maker(public_mission="no")], "not_met", "No"),
        ([maker(public_mission="no"), maker(slug="b")], "unknown", "Unknown"),
        (
            [maker(public_mission="no"), maker(slug="b", public_mission="yes")],
            "needs_judgement",
            "Needs judgement",
        ),
    ],
)
def test_a_stated_mission_is_left_to_judgement(
    makers: list[dict[str, Any]], status: str, word: str
):
    found = finding(DEFINITION, "public-orientation", system(*makers))
    assert (found.status, found.word) == (status, word)


@pytest.mark.parametrize(
    ("code", "topic", "value", "word"),
    [
        ("public-use", "public_sector_use", "yes", "Yes"),
        ("public-use", "public_sector_use", "no", "No"),
        ("public-use", "public_sector_use", "unknown", "Unknown"),
        ("public-infrastructure", "compute_owner", "intergovernmental", "Yes"),
        ("public-infrastructure", "compute_owner", "consortium", "Partly"),
        ("public-infrastructure", "compute_owner", "company", "No"),
        ("public-infrastructure", "compute_owner", "unknown", "Unknown"),
    ],
)
def test_use_and_infrastructure(code: str, topic: str, value: str, word: str):
    assert level(code, system(**{topic: value})) == word


def test_without_any_record_it_is_not_known():
    verdict = evaluate(DEFINITION, facts())
    assert (verdict.status, verdict.label) == ("unknown", "Not known")
