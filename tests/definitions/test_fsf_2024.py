"""The FSF's announced criteria of 2024, and its judgement of Llama 3.1."""

from typing import Any

import pytest

from definitions.core import evaluate
from definitions.rules.fsf_2024 import DEFINITION
from tests.definitions.build import (
    FREE,
    LICENCES,
    also,
    component,
    dataset,
    facts,
    failing,
    finding,
    open_facts,
)

JUDGED = "needs_judgement"
FOR_DOCUMENTS = {"GFDL-1.3-only": {"fsf_free": "yes"}}
WITHHELD = component(availability="not_released")


def licensed(**terms: Any):
    """A fully open system whose weights, code and data are under one licence of these facts."""
    row = component(licence="LicenseRef-Own")
    of = open_facts(weights_final=row, training_code=row, inference_code=row, pretraining_data=row)
    return also(of, licences=LICENCES | {"LicenseRef-Own": terms})


def test_a_system_whose_software_data_and_scripts_are_free_is_free():
    verdict = evaluate(DEFINITION, open_facts())
    assert (verdict.status, verdict.label) == ("met", "Free")


def test_llama_3_1_is_nonfree():
    llama = open_facts(
        weights_final=component(licence="LicenseRef-Llama-3.1"),
        pretraining_data=WITHHELD,
        training_code=WITHHELD,
        data_preprocessing_code=WITHHELD,
    )
    verdict = evaluate(DEFINITION, llama)
    assert (verdict.status, verdict.label) == ("not_met", "Nonfree")
    assert failing(verdict) == {"software-training", "training-data", "data-scripts", "parameters"}


def test_the_llama_3_1_licence_alone_makes_a_system_nonfree():
    llama = open_facts(weights_final=component(licence="LicenseRef-Llama-3.1"))
    assert failing(evaluate(DEFINITION, llama)) == {"parameters"}


def test_the_fsfs_list_decides_over_everything_else_that_a_licence_grants():
    refused = licensed(fsf_free="no", osi_approved="yes", **FREE)
    assert failing(evaluate(DEFINITION, refused)) == {
        "software-training",
        "software-inference",
        "training-data",
        "parameters",
    }


def test_withheld_medical_data_is_nonfree_however_excusable():
    medical = also(
        open_facts(pretraining_data=WITHHELD),
        datasets=[dataset(data_class="unshareable", unshareable_reason="privacy", url="")],
    )
    verdict = evaluate(DEFINITION, medical)
    assert (verdict.label, failing(verdict)) == ("Nonfree", {"training-data"})


@pytest.mark.parametrize(
    ("terms", "status"),
    [
        ({"fsf_free": "yes"}, "met"),
        ({"fsf_free": "no"}, "not_met"),
        ({"fsf_free": "not_listed", **FREE}, "needs_judgement"),
        ({"fsf_free": "not_listed", "osi_approved": "yes"}, "needs_judgement"),
        ({"fsf_free": "not_listed", **FREE, "commercial": "no"}, "not_met"),
        ({"fsf_free": "not_listed"}, "unknown"),
        (FREE, "unknown"),
        ({}, "unknown"),
    ],
)
def test_licences_of_software_and_data(terms: dict[str, Any], status: str):
    for code in ("software-training", "software-inference", "training-data"):
        assert finding(DEFINITION, code, licensed(**terms)).status == status


@pytest.mark.parametrize(
    ("terms", "status"),
    [
        ({"fsf_free": "yes"}, "met"),
        (FREE, "met"),
        ({"osi_approved": "yes"}, "met"),
        ({"fsf_free": "no"}, "not_met"),
        (FREE | {"redistribution": "no"}, "not_met"),
        ({}, "unknown"),
    ],
)
def test_licences_of_parameters(terms: dict[str, Any], status: str):
    assert finding(DEFINITION, "parameters", licensed(**terms)).status == status


@pytest.mark.parametrize(
    ("code", "kind", "change", "status"),
    [
        ("software-training", "training_code", {"licence_status": "none_stated"}, "not_met"),
        ("software-training", "training_code", {"licence": "CC-BY-NC-4.0"}, "not_met"),
        ("software-training", "training_code", {"availability": "gated_manual"}, "needs_judgement"),
        ("software-training", "data_preprocessing_code", {"availability": "api_only"}, "not_met"),
        ("software-inference", "inference_code", {"availability": "unknown"}, "unknown"),
        ("software-inference", "supporting_libraries", {"licence": "CC-BY-NC-4.0"}, "not_met"),
        ("data-scripts", "data_preprocessing_code", {"availability": "not_released"}, "not_met"),
        ("software-training", "training_code", {"licence": "CC-BY-4.0"}, "needs_judgement"),
        ("software-inference", "inference_code", {"licence": "CC-BY-4.0"}, "needs_judgement"),
        (
            "data-scripts",
            "data_preprocessing_code",
            {"licence": "GFDL-1.3-only"},
            "needs_judgement",
        ),
        ("software-training", "training_code", {"licence": "CC-BY-4.0 OR Apache-2.0"}, "met"),
        (
            "software-training",
            "training_code",
            {"licence": "CC-BY-4.0 AND Apache-2.0"},
            "needs_judgement",
        ),
        ("software-training", "training_code", {"completeness": "partial"}, "not_met"),
        ("software-inference", "inference_code", {"completeness": "none"}, "not_met"),
        (
            "training-data",
            "pretraining_data",
            {"availability": "not_applicable"},
            "needs_judgement",
        ),
        ("parameters", "weights_final", {"availability": "not_applicable"}, "needs_judgement"),
        ("parameters", "weights_final", {"form": "obfuscated"}, "not_met"),
        ("parameters", "weights_final", {"form": "quantised_only"}, "needs_judgement"),
        ("parameters", "weights_final", {"completeness": "partial"}, "not_met"),
        ("parameters", "weights_final", {"licence": "CC-BY-4.0"}, "met"),
        ("training-data", "pretraining_data", {"licence": "CC-BY-4.0"}, "met"),
        ("training-data", "pretraining_data", {"licence": "CC0-1.0"}, "met"),
        (
            "training-data",
            "pretraining_data",
            {"licence": "CDLA-Permissive-2.0"},
            "needs_judgement",
        ),
        ("training-data", "pretraining_data", {"completeness": "partial"}, "not_met"),
        ("training-data", "pretraining_data", {"availability": "unknown"}, "unknown"),
        ("training-data", "finetuning_data", {"availability": "not_released"}, "not_met"),
        ("training-data", "finetuning_data", {"availability": "not_applicable"}, "met"),
        ("parameters", "weights_final", {"licence_status": "none_stated"}, "needs_judgement"),
        ("parameters", "weights_final", {"availability": "not_released"}, "not_met"),
        ("parameters", "weights_final", {"availability": "on_request"}, "needs_judgement"),
    ],
)
def test_components(code: str, kind: str, change: dict[str, Any], status: str):
    of = also(open_facts(**{kind: component(**change)}), licences=LICENCES | FOR_DOCUMENTS)
    assert finding(DEFINITION, code, of).status == status


@pytest.mark.parametrize(
    ("terms", "status"),
    [
        ({"licence": "CC-BY-4.0", "licence_status": "stated"}, "met"),
        ({"licence": "CC-BY-NC-4.0", "licence_status": "stated"}, "not_met"),
        ({"licence": "CDLA-Permissive-2.0", "licence_status": "stated"}, "needs_judgement"),
        ({"licence_status": "none_stated"}, "not_met"),
        ({}, "unknown"),
    ],
)
def test_data_without_terms_of_the_release_is_judged_by_its_datasets(
    terms: dict[str, str], status: str
):
    release = component(licence="", licence_status="unknown")
    of = also(open_facts(pretraining_data=release), datasets=[dataset(**terms)])
    assert finding(DEFINITION, "training-data", of).status == status


def test_data_without_terms_and_without_datasets_is_unknown():
    release = component(licence="", licence_status="unknown")
    of = also(open_facts(pretraining_data=release), datasets=[dataset(stage="evaluation")])
    assert finding(DEFINITION, "training-data", of).status == "unknown"


def test_without_any_record_it_is_unknown():
    assert evaluate(DEFINITION, facts()).label == "Not known"
