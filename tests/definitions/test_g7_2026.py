"""The four labels of the G7 Vision on AI Openness."""

from typing import Any

import pytest

from definitions.core import evaluate
from definitions.facts import Facts
from definitions.rules.g7_2026 import DEFINITION
from tests.definitions.build import (
    DESCRIBED,
    LICENCES,
    also,
    component,
    dataset,
    facts,
    finding,
    open_facts,
)

WITHHELD = component(availability="not_released")
CLOSED = {"training_code": WITHHELD, "pretraining_data": WITHHELD}
OPEN_DATA = LICENCES | {"Open-Data": {"osi_approved": "yes"}}


def release(weights: dict[str, Any] | None = None, **rows: Any) -> Facts:
    return open_facts(**{"weights_final": component(cost="free", **weights or {})} | rows)


def withheld_data(reason: str, **information: str) -> Facts:
    """A system whose data cannot be shared, for this reason, but is described."""
    return also(
        release(pretraining_data=WITHHELD),
        datasets=[dataset(data_class="unshareable", unshareable_reason=reason, url="")],
        data_information=DESCRIBED | information,
    )


# --- expected labels --------------------------------------------------------------------


@pytest.mark.parametrize("licence", ["LicenseRef-Llama-2", "LicenseRef-Llama-3.1"])
def test_llama_is_weights_available_ai(licence: str):
    verdict = evaluate(DEFINITION, release({"licence": licence}, **CLOSED))
    assert (verdict.level, verdict.level_possible) == (1, 1)
    assert verdict.label == "Weights Available AI"


@pytest.mark.parametrize("name", ["gpt-oss", "DeepSeek-R1", "Gemma 4"])
def test_apache_and_mit_weights_without_data_and_code_are_open_weights_ai(name: str):
    of = also(release(**CLOSED), system={"slug": "x", "name": name})
    verdict = evaluate(DEFINITION, of)
    assert (verdict.level, verdict.level_possible) == (2, 2)
    assert verdict.label == "Open Weights AI"


@pytest.mark.parametrize("licence", ["CC-BY-4.0", "CC0-1.0"])
def test_olmo_is_open_source_ai_and_its_data_licence_needs_judgement(licence: str):
    verdict = evaluate(DEFINITION, release(pretraining_data=component(licence=licence)))
    assert (verdict.level, verdict.level_possible) == (3, 4)
    assert verdict.label == "Open Source AI"
    assert {item.code for item in verdict.missing} == {"g7-2026/open-data-licence"}


def test_data_under_an_approved_licence_is_open_source_ai_with_open_data():
    verdict = evaluate(DEFINITION, release())
    assert (verdict.level, verdict.label) == (4, "Open Source AI with Open Data")


def test_without_weights_there_is_no_label():
    verdict = evaluate(DEFINITION, release({"availability": "api_only"}))
    assert (verdict.level, verdict.level_possible, verdict.label) == (0, 0, "No label")


def test_without_any_record_every_label_is_possible():
    verdict = evaluate(DEFINITION, facts())
    assert (verdict.level, verdict.level_possible) == (0, 4)
    assert verdict.label == "Not known (at most Open Source AI with Open Data)"


# --- criterion by criterion -------------------------------------------------------------


@pytest.mark.parametrize(
    ("cost", "status"),
    [
        ("free", "met"),
        ("reproduction_cost", "not_met"),
        ("paid", "not_met"),
        ("unknown", "unknown"),
    ],
)
def test_weights_are_free_of_charge(cost: str, status: str):
    of = open_facts(weights_final=component(availability="gated_auto", cost=cost))
    assert finding(DEFINITION, "free-of-charge", of).status == status


@pytest.mark.parametrize(
    ("code", "kind", "change", "status"),
    [
        ("deployment-code", "inference_code", {"availability": "not_released"}, "not_met"),
        ("open-source-licence", "inference_code", {"availability": "not_released"}, "not_met"),
        ("open-source-licence", "inference_code", {"licence": "CC-BY-NC-4.0"}, "not_met"),
        ("open-source-licence", "weights_final", {"licence": "CC-BY-4.0"}, "needs_judgement"),
        ("open-source-licence", "weights_final", {"licence": "LicenseRef-RAIL"}, "not_met"),
        ("open-source-licence", "weights_final", {"licence": "LicenseRef-New"}, "unknown"),
        ("training-code", "training_code", {"availability": "not_released"}, "not_met"),
        ("training-code", "training_code", {"licence": "CC-BY-NC-4.0"}, "not_met"),
        ("training-code", "training_code", {"availability": "on_request"}, "needs_judgement"),
        ("training-data-full", "pretraining_data", {"completeness": "partial"}, "not_met"),
        ("training-data-full", "finetuning_data", {"availability": "not_released"}, "not_met"),
        ("open-data-licence", "pretraining_data", {"licence": "CC-BY-NC-4.0"}, "not_met"),
        ("open-data-licence", "pretraining_data", {"licence": "CDLA-Permissive-2.0"}, "not_met"),
        ("open-data-licence", "pretraining_data", {"licence": "LicenseRef-New"}, "unknown"),
        ("open-data-licence", "pretraining_data", {"licence": "LicenseRef-RAIL"}, "unknown"),
    ],
)
def test_components(code: str, kind: str, change: dict[str, str], status: str):
    of = release(**{kind: component(cost="free", **change)})
    assert finding(DEFINITION, code, of).status == status


@pytest.mark.parametrize(
    ("reason", "status"),
    [
        ("legal", "met"),
        ("technical", "met"),
        ("privacy", "needs_judgement"),
        ("commercial", "not_met"),
        ("other", "not_met"),
        ("unknown", "unknown"),
    ],
)
def test_information_stands_in_only_for_data_that_cannot_be_shared(reason: str, status: str):
    of = withheld_data(reason)
    assert finding(DEFINITION, "data-exception", of).status == status
    assert finding(DEFINITION, "training-data-full", of).status == "not_met"


def test_data_that_cannot_be_shared_leaves_open_source_ai_within_reach():
    verdict = evaluate(DEFINITION, withheld_data("legal"))
    assert (verdict.level, verdict.level_possible) == (3, 3)


@pytest.mark.parametrize(
    ("information", "status"),
    [
        ({"filtering": "no"}, "not_met"),
        ({"provenance": "partly"}, "needs_judgement"),
        ({"covers_all_training_data": "unknown"}, "unknown"),
    ],
)
def test_information_about_missing_data_is_complete(information: dict[str, str], status: str):
    of = withheld_data("legal", **information)
    assert finding(DEFINITION, "data-exception", of).status == status


@pytest.mark.parametrize("data_class", ["open", "public", "obtainable"])
def test_data_that_is_merely_listed_is_not_enough(data_class: str):
    of = also(release(pretraining_data=WITHHELD), datasets=[dataset(data_class=data_class)])
    assert finding(DEFINITION, "data-exception", of).status == "not_met"
