"""Open Source AI Definition 1.0, criterion by criterion."""

from typing import Any

import pytest

from definitions.core import evaluate
from definitions.facts import Facts
from definitions.judged import judged_now
from definitions.rules.osaid_1_0 import DEFINITION
from tests.definitions.build import (
    DESCRIBED,
    LICENCES,
    OPEN_KINDS,
    also,
    component,
    dataset,
    facts,
    failing,
    finding,
    open_facts,
)

RULING = {
    "criterion": "osaid-1.0/data-info-complete",
    "answer": "met",
    "rationale": "the data and the code that made it are public",
    "date": "2026-11-01",
    "evidence": {"url": "https://example.org/ruling"},
}


def ruled(known: Facts, **more: Any) -> Facts:
    """The facts with a ruling that was made on them."""
    ruling = RULING | more
    used = {path for f in evaluate(DEFINITION, known).findings if f.code == ruling["criterion"]
            for path in f.facts_used}  # fmt: skip
    kept = [{"path": fact.path, "value": fact.value} for fact in judged_now(known, used)]
    return facts(**(known.to_json() | {"rulings": [ruling | {"judged": kept}]}))


def test_a_fully_open_system_needs_a_judgement_on_its_data_information():
    verdict = evaluate(DEFINITION, open_facts())
    assert verdict.status == "needs_judgement"
    assert [m.code for m in verdict.missing] == ["osaid-1.0/data-info-complete"]
    assert "Data information detailed enough" in verdict.reason


def test_a_ruling_that_the_data_information_is_enough_makes_it_open_source_ai():
    verdict = evaluate(DEFINITION, ruled(open_facts()))
    assert (verdict.status, verdict.label) == ("met", "Open Source AI")
    assert verdict.reason == "All 12 criteria that apply are met."
    assert verdict.missing == ()
    found = next(f for f in verdict.findings if f.ruling)
    assert found.reason == "Ruled by our editors: the data and the code that made it are public"
    assert found.evidence[-1].url == "https://example.org/ruling"


def test_the_page_of_a_ruling_is_named_once():
    page = {"evidence": {"url": "https://example.org/card"}}
    known = facts(**(open_facts().to_json() | {"data_information": DESCRIBED | page}))
    found = finding(DEFINITION, "data-info-complete", ruled(known, **page))
    assert [item.url for item in found.evidence] == ["https://example.org/card"]


def test_a_ruling_against_a_system_makes_it_fail():
    verdict = evaluate(DEFINITION, ruled(open_facts(), answer="not_met"))
    assert (verdict.status, verdict.label) == ("not_met", "Not Open Source AI")
    assert verdict.reason.startswith("1 of 12 criteria is not met: ")


def test_a_ruling_never_turns_a_computed_not_met_or_unknown_into_met():
    for row, status in ((component(availability="not_released"), "not_met"), (None, "unknown")):
        known = ruled(open_facts(weights_final=row), criterion="osaid-1.0/parameters")
        assert finding(DEFINITION, "parameters", known).status == status


def test_without_any_record_everything_is_unknown():
    verdict = evaluate(DEFINITION, facts())
    assert {f.status for f in verdict.findings} == {"unknown"}
    assert verdict.label == "Not known"


@pytest.mark.parametrize(
    ("code", "change", "status"),
    [
        # freedom to use
        ("freedom-use", {"licence": "LicenseRef-Llama-2"}, "not_met"),
        ("freedom-use", {"licence": "CC-BY-4.0"}, "met"),
        ("freedom-use", {"licence": "LicenseRef-Unheard-Of"}, "unknown"),
        ("freedom-use", {"licence": "", "licence_status": "none_stated"}, "needs_judgement"),
        ("freedom-use", {"licence": "", "licence_status": "unknown"}, "unknown"),
        (
            "freedom-use",
            {"licence": "", "licence_status": "unrecognised", "licence_text": "Foo"},
            "unknown",
        ),
        ("freedom-use", {"availability": "gated_manual"}, "not_met"),
        ("freedom-use", {"availability": "on_request", "evidence": None}, "not_met"),
        ("freedom-use", {"availability": "gated_auto"}, "met"),
        ("freedom-use", {"availability": "not_released"}, "not_met"),
        ("freedom-use", {"licence": "LicenseRef-Llama-2 OR Apache-2.0"}, "met"),
        ("freedom-use", {"licence": "LicenseRef-Llama-2 AND Apache-2.0"}, "not_met"),
        # freedom to study
        ("freedom-study", {"availability": "partial"}, "needs_judgement"),
        ("freedom-study", {"availability": "api_only"}, "not_met"),
        ("freedom-study", {"availability": "unknown"}, "unknown"),
        # freedoms to modify and share
        ("freedom-modify", {"licence": "CC-BY-NC-4.0"}, "unknown"),
        ("freedom-modify", {"licence": "LicenseRef-RAIL"}, "met"),
        ("freedom-share", {"licence": "LicenseRef-RAIL"}, "met"),
        # parameters
        ("parameters", {"availability": "gated_manual"}, "needs_judgement"),
        ("parameters", {"availability": "partial"}, "not_met"),
        ("parameters", {"availability": "not_applicable"}, "needs_judgement"),
        ("parameters", {"completeness": "partial"}, "not_met"),
        ("parameters", {"completeness": "none"}, "not_met"),
        ("parameters", {"completeness": "unknown"}, "met"),
        ("parameters", {"form": "obfuscated"}, "not_met"),
        ("parameters", {"form": "partial"}, "not_met"),
        ("parameters", {"form": "quantised_only"}, "needs_judgement"),
        ("parameters", {"form": "unknown"}, "met"),
        ("parameters-terms", {"licence": "CC-BY-4.0"}, "needs_judgement"),
        ("parameters-terms", {"licence": "LicenseRef-RAIL"}, "not_met"),
        ("parameters-terms", {"licence": "LicenseRef-Unheard-Of"}, "unknown"),
        ("parameters-terms", {"licence": "", "licence_status": "none_stated"}, "needs_judgement"),
        ("parameters-terms", {"availability": "not_released"}, "not_met"),
    ],
)
def test_weights(code: str, change: dict[str, Any], status: str):
    assert finding(DEFINITION, code, open_facts(weights_final=component(**change))).status == status


@pytest.mark.parametrize(
    ("code", "change", "status"),
    [
        ("code-complete", {"completeness": "partial"}, "not_met"),
        ("code-complete", {"completeness": "none"}, "not_met"),
        ("code-complete", {"completeness": "unknown"}, "unknown"),
        ("code-complete", {"availability": "not_released"}, "not_met"),
        ("code-complete", {"availability": "not_applicable"}, "met"),
        ("code-complete", {"availability": "on_request"}, "needs_judgement"),
        ("code-licence", {"licence": "LicenseRef-Llama-2"}, "not_met"),
        ("code-licence", {"licence": "", "licence_status": "none_stated"}, "not_met"),
        ("code-licence", {"licence": "", "licence_status": "unknown"}, "unknown"),
        ("code-licence", {"availability": "not_released"}, "met"),
        ("freedom-use", {"licence": "", "licence_status": "none_stated"}, "not_met"),
        ("freedom-use", {"availability": "not_released"}, "met"),
    ],
)
def test_training_code(code: str, change: dict[str, Any], status: str):
    assert finding(DEFINITION, code, open_facts(training_code=component(**change))).status == status


def test_supporting_libraries_count_only_once_they_are_recorded():
    assert finding(DEFINITION, "code-complete", open_facts()).status == "met"
    closed = open_facts(supporting_libraries=component(availability="not_released"))
    assert finding(DEFINITION, "code-complete", closed).status == "not_met"


def test_code_that_is_withheld_altogether_leaves_nothing_to_license():
    closed = {
        kind: component(availability="not_released")
        for kind in OPEN_KINDS
        if kind.endswith("_code") or kind == "model_architecture"
    }
    licence = finding(DEFINITION, "code-licence", open_facts(**closed))
    assert licence.status == "not_applicable"


@pytest.mark.parametrize(
    ("information", "code", "status"),
    [
        ({}, "data-info-description", "unknown"),
        ({"filtering": "no"}, "data-info-description", "not_met"),
        ({"filtering": "partly"}, "data-info-description", "needs_judgement"),
        ({"labelling": "not_applicable"}, "data-info-description", "met"),
        ({"covers_all_training_data": "no"}, "data-info-complete", "not_met"),
        ({"covers_all_training_data": "partly"}, "data-info-complete", "not_met"),
        ({"covers_all_training_data": "partly"}, "data-info-public-list", "not_met"),
        (
            {"covers_all_training_data": "not_applicable"},
            "data-info-complete",
            "needs_judgement",
        ),
        (dict.fromkeys(DESCRIBED, "not_applicable"), "data-info-description", "needs_judgement"),
        ({"covers_all_training_data": "unknown"}, "data-info-complete", "unknown"),
        ({"covers_all_training_data": "no"}, "data-info-public-list", "not_met"),
        ({"covers_all_training_data": "unknown"}, "data-info-public-list", "unknown"),
    ],
)
def test_data_information(information: dict[str, str], code: str, status: str):
    described = DESCRIBED | information if information else {}
    document = open_facts().to_json() | {"data_information": described}
    assert finding(DEFINITION, code, facts(**document)).status == status


@pytest.mark.parametrize(
    ("rows", "public", "third_party"),
    [
        ([], "unknown", "unknown"),
        ([dataset()], "met", "not_applicable"),
        ([dataset(url="")], "not_met", "not_applicable"),
        ([dataset(data_class="public")], "met", "not_applicable"),
        ([dataset(data_class="unknown")], "unknown", "unknown"),
        ([dataset(data_class="obtainable")], "not_applicable", "met"),
        ([dataset(data_class="obtainable", url="")], "not_applicable", "not_met"),
        ([dataset(data_class="unshareable")], "not_applicable", "not_applicable"),
        ([dataset(stage="evaluation", url="")], "unknown", "unknown"),
        ([dataset(), dataset(slug="b", name="B", url="")], "not_met", "not_applicable"),
    ],
)
def test_lists_of_training_data(rows: list[dict[str, Any]], public: str, third_party: str):
    document = facts(**open_facts().to_json() | {"datasets": rows})
    assert finding(DEFINITION, "data-info-public-list", document).status == public
    assert finding(DEFINITION, "data-info-thirdparty-list", document).status == third_party


def test_data_documentation_that_is_withheld_fails():
    closed = open_facts(data_documentation=component(availability="not_released"))
    assert finding(DEFINITION, "data-info-complete", closed).status == "not_met"
    terms = finding(DEFINITION, "data-info-terms", closed)
    assert terms.status == "not_applicable"
    assert terms.reason == "No data documentation is released, so there are no terms to judge."


GRANTS = dict.fromkeys(("commercial", "derivatives", "redistribution"), "yes")


@pytest.mark.parametrize(
    ("terms", "status"),
    [
        ({"licence": "Apache-2.0"}, "met"),
        ({"licence": "CC-BY-4.0"}, "needs_judgement"),
        ({"licence": "CC0-1.0"}, "needs_judgement"),
        ({"licence": "CDLA-Permissive-2.0"}, "needs_judgement"),
        ({"licence": "LicenseRef-Listed"}, "needs_judgement"),
        ({"licence": "LicenseRef-Refused"}, "not_met"),
        ({"licence": "LicenseRef-ND"}, "not_met"),
        ({"licence": "CC-BY-NC-4.0"}, "not_met"),
        ({"licence": "LicenseRef-Llama-2"}, "not_met"),
        ({"licence": "LicenseRef-RAIL"}, "not_met"),
        ({"licence": "LicenseRef-Unheard-Of"}, "unknown"),
        ({"licence": "Apache-2.0", "licence_status": "mixed"}, "unknown"),
        ({"licence": "CC-BY-NC-4.0 OR Apache-2.0"}, "met"),
        ({"licence": "CC-BY-NC-4.0 AND Apache-2.0"}, "not_met"),
        ({"licence": "", "licence_status": "none_stated"}, "not_met"),
        ({"licence": "", "licence_status": "unknown"}, "unknown"),
        ({"licence": "", "licence_status": "unrecognised", "licence_text": "Foo"}, "unknown"),
        (
            {"licence": "", "licence_status": "unrecognised", "licence_text": "Proprietary"},
            "not_met",
        ),
    ],
)
def test_terms_of_the_data_information(terms: dict[str, str], status: str):
    """Data Information, last sentence: “shall be made available under OSI-approved terms”."""
    own = {
        "LicenseRef-Listed": {"osi_approved": "no", "fsf_free": "yes"},
        "LicenseRef-Refused": {"osi_approved": "no", "open_definition": "no"},
        "LicenseRef-ND": GRANTS | {"open_definition": "yes", "derivatives": "no"},
    }
    of = also(open_facts(data_documentation=component(**terms)), licences=LICENCES | own)
    assert finding(DEFINITION, "data-info-terms", of).status == status


@pytest.mark.parametrize(
    ("reason", "status"),
    [
        ("legal", "met"),
        ("privacy", "met"),
        ("technical", "met"),
        ("other", "needs_judgement"),
        ("unknown", "unknown"),
        ("commercial", "not_met"),
    ],
)
def test_data_may_be_withheld_for_explainable_reasons_only(reason: str, status: str):
    """FAQ: “data that cannot be shared for explainable reasons, like PII”."""
    row = dataset(data_class="unshareable", unshareable_reason=reason, url="")
    of = also(open_facts(), datasets=[row, dataset(slug="other", name="Other")])
    found = finding(DEFINITION, "data-info-unshareable", of)
    assert (found.status, found.reason.endswith(": Corpus.")) == (status, True)


@pytest.mark.parametrize(
    ("rows", "status"),
    [
        ([], "unknown"),
        ([dataset()], "not_applicable"),
        ([dataset(data_class="obtainable", url="")], "not_applicable"),
        ([dataset(data_class="unknown")], "unknown"),
        ([dataset(stage="evaluation", data_class="unshareable")], "unknown"),
    ],
)
def test_where_no_data_is_recorded_as_withheld(rows: list[dict[str, Any]], status: str):
    of = also(open_facts(), datasets=rows)
    assert finding(DEFINITION, "data-info-unshareable", of).status == status


def test_a_system_to_which_no_code_applies_needs_a_judgement():
    nothing = {"availability": "not_applicable"}
    code = {
        kind: nothing
        for kind in OPEN_KINDS
        if kind.endswith("_code") or kind == "model_architecture"
    }
    found = finding(DEFINITION, "code-complete", open_facts(**code))
    assert (found.status, found.reason.startswith("Recorded as")) == ("needs_judgement", True)


def test_a_reason_names_the_systems_own_components_and_licences():
    llama = open_facts(weights_final=component(licence="LicenseRef-Llama-2"))
    found = finding(DEFINITION, "parameters-terms", llama)
    assert found.reason == (
        "The licence limits use, change or sharing, and OSI has not approved it: "
        "final weights (Llama 2 Community License)."
    )
    assert found.missing == ("Put the final weights under OSI-approved terms.",)
    assert found.evidence[0].url == "https://example.org/card"


# --- the steward's own cases ------------------------------------------------------------
# OSI, validation phase of 2024. What each system is recorded with in the
# catalogue is tested in tests/register; here the shape of each group.


def test_licence_only_group_fails_on_licence_criteria_alone():
    """BLOOM, StarCoder2: everything is out, the weights are under a RAIL licence."""
    verdict = evaluate(DEFINITION, open_facts(weights_final=component(licence="LicenseRef-RAIL")))
    about_terms = {c.slug for c in DEFINITION.criteria if c.about_terms}
    assert failing(verdict) == {"freedom-use", "parameters-terms"}
    assert failing(verdict) <= about_terms


def test_fail_group_fails_on_missing_components():
    """Llama 2, Grok-1, Phi-2, Mixtral: data and training code are withheld."""
    verdict = evaluate(
        DEFINITION,
        open_facts(
            training_code=component(availability="not_released"),
            data_preprocessing_code=component(availability="not_released"),
            data_documentation=component(availability="not_released"),
        ),
    )
    assert failing(verdict) == {"freedom-study", "data-info-complete", "code-complete"}
