"""Open Source Definition 1.9 on the code, clause by clause."""

from typing import Any

import pytest

from definitions.core import evaluate
from definitions.facts import Facts
from definitions.rules.osd_1_9 import DEFINITION
from tests.definitions.build import (
    FREE,
    LICENCES,
    OPEN_KINDS,
    also,
    component,
    facts,
    failing,
    finding,
    open_facts,
)

TERMS = {criterion.slug for criterion in DEFINITION.criteria if criterion.about_terms}
WITHHELD = component(availability="not_released")


def licensed(**terms: Any) -> Facts:
    of = open_facts(training_code=component(licence="LicenseRef-Own"))
    return also(of, licences=LICENCES | {"LicenseRef-Own": terms})


def test_approved_licences_and_all_the_source_make_the_code_open_source():
    verdict = evaluate(DEFINITION, open_facts())
    assert (verdict.status, verdict.label) == ("met", "Open source code")


def test_data_and_weights_are_out_of_its_scope():
    closed = open_facts(pretraining_data=WITHHELD, weights_final=WITHHELD)
    assert evaluate(DEFINITION, closed).status == "met"


def test_osi_on_the_llama_licences_not_open_source():
    for licence in ("LicenseRef-Llama-2", "LicenseRef-Llama-3.1"):
        verdict = evaluate(DEFINITION, open_facts(training_code=component(licence=licence)))
        assert verdict.label == "Code not open source"
        assert {"no-persons-discrimination", "no-field-discrimination"} <= failing(verdict)


def test_apache_weights_without_source_satisfy_the_terms_alone():
    closed = {kind: WITHHELD for kind in OPEN_KINDS if kind.endswith("_code")}
    verdict = evaluate(DEFINITION, open_facts(**closed))
    assert failing(verdict) == {"source-code"}


def test_a_licence_that_is_not_approved_never_passes_silently():
    verdict = evaluate(DEFINITION, licensed(osi_approved="no", **FREE))
    assert verdict.status == "needs_judgement"
    assert {f.code.partition("/")[2] for f in verdict.findings if f.status != "met"} == TERMS


@pytest.mark.parametrize(
    ("terms", "status"),
    [
        ({"osi_approved": "yes"}, "met"),
        (FREE, "needs_judgement"),
        (FREE | {"osi_approved": "no"}, "needs_judgement"),
        ({}, "unknown"),
        ({"osi_approved": "no"}, "unknown"),
    ],
)
def test_approval_meets_every_clause_about_terms(terms: dict[str, Any], status: str):
    verdict = evaluate(DEFINITION, licensed(**terms))
    found = {f.status for f in verdict.findings if f.code.partition("/")[2] in TERMS}
    assert found == {status}


@pytest.mark.parametrize(
    ("terms", "clauses"),
    [
        (
            {"redistribution": "no"},
            {"free-redistribution", "derived-works"},
        ),
        ({"royalty": "yes"}, {"free-redistribution"}),
        ({"derivatives": "no"}, {"derived-works", "author-integrity"}),
        ({"user_cap": "yes"}, {"no-persons-discrimination"}),
        ({"excluded_groups": "yes"}, {"no-persons-discrimination"}),
        ({"commercial": "no"}, {"no-field-discrimination"}),
        ({"use_restrictions": ["behavioural"]}, {"no-field-discrimination"}),
        ({"sublicence_automatic": "no"}, {"licence-distribution"}),
        ({"product_specific": "yes"}, {"not-product-specific"}),
        ({"restricts_other_works": "yes"}, {"no-contamination"}),
        ({"technology_neutral": "no"}, {"technology-neutral"}),
    ],
)
def test_clauses_that_a_licence_violates(terms: dict[str, Any], clauses: set[str]):
    verdict = evaluate(DEFINITION, licensed(**FREE | {"osi_approved": "no"} | terms))
    assert failing(verdict) == clauses


@pytest.mark.parametrize(
    ("kind", "change", "status"),
    [
        ("training_code", {"availability": "not_released"}, "not_met"),
        ("training_code", {"availability": "on_request"}, "needs_judgement"),
        ("training_code", {"availability": "unknown"}, "unknown"),
        ("training_code", {"availability": "not_applicable"}, "met"),
        ("inference_code", {"completeness": "partial"}, "not_met"),
        ("inference_code", {"completeness": "unknown"}, "unknown"),
        ("supporting_libraries", {"availability": "not_released"}, "not_met"),
    ],
)
def test_the_source_is_there_and_whole(kind: str, change: dict[str, str], status: str):
    of = open_facts(**{kind: component(**change)})
    assert finding(DEFINITION, "source-code", of).status == status


def test_training_and_inference_code_count_even_without_a_record():
    of = open_facts(training_code=None)
    assert finding(DEFINITION, "source-code", of).status == "unknown"
    assert finding(DEFINITION, "no-field-discrimination", of).status == "unknown"
    unrecorded = open_facts(evaluation_code=None, model_architecture=None)
    assert evaluate(DEFINITION, unrecorded).status == "met"


def test_code_without_any_terms_grants_nothing():
    silent = open_facts(training_code=component(licence="", licence_status="none_stated"))
    assert failing(evaluate(DEFINITION, silent)) == TERMS


def test_withheld_code_has_no_terms_to_judge():
    closed = dict.fromkeys(("training_code", "inference_code"), WITHHELD)
    found = finding(DEFINITION, "derived-works", facts(components=closed))
    assert found.status == "not_applicable"
    assert found.reason == "No code is released, so there are no terms to judge."
