"""The EU AI Act's exemption for free and open-source models, by the guidelines of 2025."""

import json
from pathlib import Path
from typing import Any

import pytest

from definitions.core import evaluate
from definitions.facts import Facts
from definitions.rules.eu_ai_act_2025 import DEFINITION
from tests.definitions.build import (
    FREE,
    LICENCES,
    also,
    component,
    facts,
    failing,
    finding,
    maker,
    open_facts,
)

CASES = Path(__file__).parent / "cases"
AROUND = {"gpai": "yes", "systemic_risk": "no", "monetisation": "none"}
USAGE = dict.fromkeys(["modalities", "capabilities", "limitations", "integration"], "yes")
WITHHELD = component(availability="not_released")


def model(weights: dict[str, Any] | None = None, *, around: dict[str, str] | None = None, **rows):
    """A model that qualifies, with some of it changed."""
    of = open_facts(**{"weights_final": component(**weights or {})} | rows)
    return also(of, circumstances=AROUND | (around or {}), usage_information=USAGE)


def licensed(**terms: Any) -> Facts:
    licences = LICENCES | {"LicenseRef-Own": FREE | {"osi_approved": "no"} | terms}
    return also(model({"licence": "LicenseRef-Own"}), licences=licences)


def test_a_free_model_that_is_given_away_qualifies():
    verdict = evaluate(DEFINITION, model())
    assert (verdict.status, verdict.label) == ("met", "Qualifies")


def test_training_data_and_training_code_need_not_be_open():
    closed = model(pretraining_data=WITHHELD, data_documentation=WITHHELD, training_code=WITHHELD)
    assert evaluate(DEFINITION, closed).label == "Qualifies"


# --- our inference from paragraphs 83 and 84 --------------------------------------------


@pytest.mark.parametrize("licence", ["LicenseRef-Llama-2", "LicenseRef-Llama-3.1"])
def test_llama_type_licences_are_disqualified(licence: str):
    verdict = evaluate(DEFINITION, model({"licence": licence}))
    assert verdict.label == "Does not qualify"
    assert {"use", "not-disqualified"} <= failing(verdict)


def test_a_licence_that_leaves_out_the_european_union_is_disqualified():
    verdict = evaluate(DEFINITION, licensed(territory_limits="yes"))
    assert (verdict.label, failing(verdict)) == ("Does not qualify", {"access"})


def test_non_commercial_licences_are_disqualified():
    verdict = evaluate(DEFINITION, model({"licence": "CC-BY-NC-4.0"}))
    assert verdict.label == "Does not qualify"
    assert {"use", "not-disqualified"} <= failing(verdict)


@pytest.mark.parametrize(
    "words",
    [["behavioural"], ["safety_only"], ["safety_only", "behavioural"]],
    ids=["RAIL", "Gemma prohibited uses", "Falcon acceptable use"],
)
def test_terms_for_safety_need_judgement(words: list[str]):
    verdict = evaluate(DEFINITION, licensed(use_restrictions=words))
    assert verdict.status == "needs_judgement"
    assert [item.code for item in verdict.missing] == ["eu-ai-act-2025/use-safety-carveout"]


def test_rail_licences_do_not_fail():
    assert failing(evaluate(DEFINITION, model({"licence": "LicenseRef-RAIL"}))) == set()


# --- scope ------------------------------------------------------------------------------


def test_a_model_without_general_purpose_is_out_of_scope():
    verdict = evaluate(DEFINITION, model(around={"gpai": "no"}))
    assert (verdict.status, verdict.label) == ("not_applicable", "Not a general-purpose model")
    assert verdict.reason == "It is not a general-purpose AI model."


@pytest.mark.parametrize(
    ("modalities", "compute", "status"),
    [
        (["text"], "3.8e25", "met"),
        (["text"], "2e23", "met"),
        (["code"], "2e23", "met"),
        (["multimodal"], "2e23", "met"),
        (["text", "image"], "1e24", "met"),
        (["text", "image", "audio"], "1e24", "met"),
        (["audio", "text"], "1e24", "needs_judgement"),
        (["image"], "1e24", "needs_judgement"),
        (["audio"], "1e24", "needs_judgement"),
        (["video"], "1e24", "needs_judgement"),
        (["tabular", "geospatial"], "2e23", "needs_judgement"),
        (["text"], "1e22", "needs_judgement"),
        (["text"], "1e23", "needs_judgement"),
        (["text"], "1.0001e23", "met"),
        (["image"], "1e22", "needs_judgement"),
        ([], "1e22", "needs_judgement"),
        (["text"], "", "unknown"),
        (["text"], "plenty", "unknown"),
        ([], "2e23", "unknown"),
    ],
)
def test_compute_indicates_a_general_purpose_model(
    modalities: list[str], compute: str, status: str
):
    of = also(
        model(around={"gpai": "unknown", "training_compute": compute}),
        system={"slug": "x", "name": "X", "modalities": modalities},
    )
    assert finding(DEFINITION, "scope-gpai", of).status == status


ACCEPTED = {"systemic_risk": {"url": "https://digital-strategy.ec.europa.eu/decision"}}


@pytest.mark.parametrize(
    ("risk", "compute", "evidence", "status"),
    [
        ("no", "1e25", {}, "met"),
        ("unknown", "1e25", {}, "met"),
        ("unknown", "10000000000000000000000000", {}, "met"),
        ("unknown", "1.0001e25", {}, "not_met"),
        ("unknown", "2e25", {}, "not_met"),
        ("unknown", "2e25", ACCEPTED, "not_met"),
        ("no", "2e25", {}, "not_met"),
        ("no", "2e25", ACCEPTED, "met"),
        ("yes", "2e25", ACCEPTED, "not_met"),
        ("yes", "1e22", {}, "not_met"),
        ("no", "1e22", {}, "met"),
        ("no", "", {}, "met"),
        ("unknown", "9.9e24", {}, "met"),
        ("unknown", "", {}, "unknown"),
    ],
)
def test_systemic_risk_ends_the_exemption(
    risk: str, compute: str, evidence: dict[str, Any], status: str
):
    around = AROUND | {"systemic_risk": risk, "training_compute": compute}
    of = also(model(), circumstances=around | {"evidence": evidence})
    assert finding(DEFINITION, "no-systemic-risk", of).status == status


def test_a_rebutted_presumption_is_said_with_its_evidence():
    around = AROUND | {"training_compute": "2e25", "evidence": ACCEPTED}
    found = finding(DEFINITION, "no-systemic-risk", also(model(), circumstances=around))
    assert "the presumption is rebutted" in found.reason
    assert [page.url for page in found.evidence] == [ACCEPTED["systemic_risk"]["url"]]


def test_the_case_of_ten_to_the_twenty_five_is_not_presumed_a_systemic_risk():
    case = Facts.from_json(json.loads((CASES / "c3_1e25.json").read_text()))
    assert case.circumstances.training_compute in ("1e25", "1e+25")
    assert finding(DEFINITION, "no-systemic-risk", case).status == "met"
    assert evaluate(DEFINITION, case).label != "Does not qualify"


# --- access, use, change and distribution -----------------------------------------------


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({}, "met"),
        ({"availability": "gated_auto"}, "met"),
        ({"availability": "gated_manual"}, "needs_judgement"),
        ({"availability": "not_released"}, "not_met"),
        ({"cost": "paid"}, "not_met"),
        ({"licence": "LicenseRef-Unheard-Of"}, "unknown"),
    ],
)
def test_access(change: dict[str, str], status: str):
    assert finding(DEFINITION, "access", model(change)).status == status


@pytest.mark.parametrize(
    ("code", "terms", "status"),
    [
        ("use", {}, "met"),
        ("use", {"use_restrictions": ["research_only"]}, "not_met"),
        ("use", {"use_restrictions": ["behavioural", "competing_models"]}, "not_met"),
        ("use", {"use_restrictions": ["behavioural"]}, "met"),
        ("use", {"use_restrictions": ["unknown"]}, "unknown"),
        ("use", {"use_restrictions": None}, "unknown"),
        ("use", {"revenue_cap": "yes"}, "not_met"),
        ("use-safety-carveout", {"use_restrictions": None}, "unknown"),
        ("use-safety-carveout", {"use_restrictions": ["research_only"]}, "met"),
        ("modify", {"derivatives": "no"}, "not_met"),
        ("distribute", {"redistribution": "no"}, "not_met"),
        ("distribute", {"derivatives": "no"}, "not_met"),
        ("not-disqualified", {"user_cap": "yes"}, "not_met"),
        ("not-disqualified", {"redistribution": "no"}, "not_met"),
        ("not-disqualified", {"user_cap": "unknown"}, "unknown"),
        ("not-disqualified", {"user_cap": "yes", "osi_approved": "yes"}, "met"),
    ],
)
def test_terms(code: str, terms: dict[str, Any], status: str):
    assert finding(DEFINITION, code, licensed(**terms)).status == status


# --- money ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("earning", "status"),
    [
        ("none", "met"),
        ("optional_services", "met"),
        ("at_most_optional", "met"),
        ("dual_licence", "not_met"),
        ("paid_services_needed", "not_met"),
        ("paid_support_required", "not_met"),
        ("paid_access_only", "not_met"),
        ("ads", "not_met"),
        ("personal_data", "not_met"),
        ("unknown", "unknown"),
    ],
)
def test_monetisation(earning: str, status: str):
    around = {"monetisation": earning, "personal_data_required": "no"}
    of = model({"availability": "gated_auto"}, around=around)
    assert finding(DEFINITION, "no-monetisation", of).status == status


@pytest.mark.parametrize(
    ("makers", "status"),
    [
        ([maker(microenterprise="yes")], "needs_judgement"),
        ([maker(microenterprise="yes"), maker(slug="b")], "not_met"),
        ([maker(microenterprise="no")], "not_met"),
    ],
)
def test_a_price_asked_by_microenterprises_alone_needs_judgement(
    makers: list[dict[str, str]], status: str
):
    of = also(model(around={"monetisation": "dual_licence"}), organizations=makers)
    assert finding(DEFINITION, "no-monetisation", of).status == status


@pytest.mark.parametrize(
    ("availability", "asked", "status"),
    [
        ("open_download", "yes", "met"),
        ("gated_auto", "yes", "needs_judgement"),
        ("gated_auto", "no", "met"),
        ("gated_auto", "unknown", "unknown"),
    ],
)
def test_personal_data_as_the_price(availability: str, asked: str, status: str):
    of = model({"availability": availability}, around={"personal_data_required": asked})
    assert finding(DEFINITION, "no-monetisation", of).status == status


# --- what has to be public --------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"availability": "open_download"}, "met"),
        ({"availability": "on_request"}, "needs_judgement"),
        ({"availability": "api_only"}, "not_met"),
        ({"completeness": "partial"}, "not_met"),
        ({"completeness": "none"}, "not_met"),
        ({"completeness": "unknown", "form": "unknown"}, "met"),
        ({"form": "partial"}, "not_met"),
        ({"form": "obfuscated"}, "not_met"),
        ({"form": "quantised_only"}, "needs_judgement"),
    ],
)
def test_parameters(change: dict[str, str], status: str):
    assert finding(DEFINITION, "public-parameters", model(change)).status == status


@pytest.mark.parametrize("licence", ["Apache-2.0", "CC-BY-4.0"])
def test_an_open_model_that_everybody_can_download_qualifies_without_a_word_on_earning(
    licence: str,
):
    verdict = evaluate(DEFINITION, model({"licence": licence}, around={"monetisation": "unknown"}))
    assert verdict.label == "Qualifies"


def test_the_definition_names_the_law_as_it_is_now_and_what_was_not_read():
    said = " ".join(DEFINITION.notes)
    assert DEFINITION.url.endswith("/eli/reg/2024/1689/2026-07-27")
    for words in ("C(2025) 7719", "19 November 2025", "could not be read", "(EU) 2026/1744"):
        assert words in said
    assert "2 August 2026" in said
    texts = " ".join(criterion.explanation for criterion in DEFINITION.criteria)
    assert "From 10^25" not in texts
    assert "more than 10^25" in texts


@pytest.mark.parametrize(
    ("code", "report", "paper", "status"),
    [
        (component(), None, None, "met"),
        (WITHHELD, component(), WITHHELD, "needs_judgement"),
        (None, None, component(), "needs_judgement"),
        (None, WITHHELD, WITHHELD, "unknown"),
        (WITHHELD, WITHHELD, None, "unknown"),
        (WITHHELD, WITHHELD, WITHHELD, "not_met"),
        (component(availability="gated_manual"), None, None, "needs_judgement"),
    ],
)
def test_a_report_may_tell_the_architecture(
    code: dict[str, Any] | None,
    report: dict[str, Any] | None,
    paper: dict[str, Any] | None,
    status: str,
):
    of = model(model_architecture=code, technical_report=report, research_paper=paper)
    assert finding(DEFINITION, "public-architecture", of).status == status


@pytest.mark.parametrize("name", sorted(USAGE))
def test_usage_information_tells_four_things(name: str):
    for extent, status in (
        ("no", "not_met"),
        ("partly", "needs_judgement"),
        ("unknown", "unknown"),
    ):
        of = also(model(), usage_information=USAGE | {name: extent})
        assert finding(DEFINITION, "public-usage-info", of).status == status


def test_without_any_record_it_is_not_known():
    assert evaluate(DEFINITION, facts()).label == "Not known"
