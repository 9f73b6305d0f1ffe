"""The four labels of the G7 Vision on AI Openness."""

import json
from pathlib import Path
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

CASES = Path(__file__).parent / "cases"
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


@pytest.mark.parametrize("licence", ["CC-BY-4.0", "CC0-1.0", "Apache-2.0"])
def test_open_terms_of_the_data_count_as_open_source_by_a_standing_ruling(licence: str):
    verdict = evaluate(DEFINITION, release(pretraining_data=component(licence=licence)))
    assert (verdict.level, verdict.label) == (4, "Open Source AI with Open Data")


@pytest.mark.parametrize(
    ("data", "possible"),
    [
        ({"licence": "CC-BY-NC-4.0"}, 2),
        ({"licence": "LicenseRef-C-UDA-1.0"}, 2),
        ({"licence": "", "licence_status": "none_stated"}, 2),
        ({"licence": "", "licence_status": "unknown"}, 4),
        ({"licence": "LicenseRef-Unheard-Of"}, 4),
        ({"cost": "paid"}, 2),
        ({"cost": "reproduction_cost"}, 2),
        ({"availability": "gated_auto", "cost": "unknown"}, 4),
    ],
)
def test_open_source_ai_asks_price_and_terms_of_the_data(data: dict[str, str], possible: int):
    closed = LICENCES | {"LicenseRef-C-UDA-1.0": {"osi_approved": "no", "open_definition": "no"}}
    of = also(release(pretraining_data=component(**data)), datasets=[], licences=closed)
    verdict = evaluate(DEFINITION, of)
    assert (verdict.level, verdict.level_possible) == (2, possible)


def test_the_case_of_paid_data_is_not_open_source_ai():
    case = Facts.from_json(json.loads((CASES / "c2_paid_data.json").read_text()))
    verdict = evaluate(DEFINITION, case)
    assert case.components["pretraining_data"].cost == "paid"
    assert (verdict.level, verdict.level_possible) == (2, 2)


@pytest.mark.parametrize(
    ("kind", "level"),
    [
        ("weights_final", 0),
        ("inference_code", 0),
        ("training_code", 2),
        ("pretraining_data", 2),
        ("finetuning_data", 2),
        ("evaluation_code", 4),
    ],
)
@pytest.mark.parametrize("cost", ["paid", "reproduction_cost"])
def test_a_price_of_what_a_label_is_about_ends_it(kind: str, level: int, cost: str):
    verdict = evaluate(DEFINITION, release(**{kind: component(cost=cost)}))
    assert (verdict.level, verdict.level_possible) == (level, level)


@pytest.mark.parametrize(
    ("kind", "change", "level"),
    [
        ("training_code", {"completeness": "partial"}, 2),
        ("training_code", {"availability": "partial"}, 2),
        ("training_code", {"completeness": "none"}, 2),
        ("training_code", {"completeness": "unknown"}, 4),
        ("inference_code", {"completeness": "partial"}, 0),
        ("weights_final", {"completeness": "partial"}, 0),
        ("weights_final", {"availability": "partial"}, 0),
        ("weights_final", {"form": "obfuscated"}, 0),
        ("weights_final", {"form": "partial"}, 0),
        ("weights_final", {"form": "quantised_only"}, 4),
    ],
)
def test_one_fact_in_two_spellings_gives_one_label(kind: str, change: dict[str, str], level: int):
    verdict = evaluate(DEFINITION, release(**{kind: component(**change)}))
    assert (verdict.level, verdict.level_possible) == (level, level)


RESERVED = dict.fromkeys(["derivatives", "redistribution", "sublicence_automatic"], "no")
RESERVED |= {"osi_approved": "no", "commercial": "no"}


@pytest.mark.parametrize("kind", ["weights_final", "inference_code"])
@pytest.mark.parametrize(
    ("terms", "status"),
    [
        ({"licence": "CC-BY-NC-4.0"}, "met"),
        ({"licence": "LicenseRef-Research"}, "met"),
        ({"licence": "LicenseRef-AllRightsReserved"}, "not_met"),
        ({"licence": "LicenseRef-Reserved"}, "not_met"),
        ({"licence": "", "licence_status": "none_stated"}, "not_met"),
        ({"licence": "", "licence_status": "unknown"}, "unknown"),
        ({"licence": "", "licence_status": "unrecognised", "licence_text": "Own"}, "unknown"),
        ({"licence": "LicenseRef-Unheard-Of"}, "unknown"),
        ({"licence": "Apache-2.0 OR LicenseRef-Reserved"}, "met"),
        ({"licence": "Apache-2.0 AND LicenseRef-Reserved"}, "not_met"),
    ],
)
def test_the_first_label_asks_for_some_licence(kind: str, terms: dict[str, str], status: str):
    licences = LICENCES | {
        "LicenseRef-Reserved": RESERVED,
        "LicenseRef-Research": RESERVED | {"use_restrictions": ["research_only"]},
    }
    of = also(release(**{kind: component(**terms)}), licences=licences)
    assert finding(DEFINITION, "some-licence", of).status == status
    if status != "met":
        assert evaluate(DEFINITION, of).level == 0


@pytest.mark.parametrize(
    ("availability", "cost", "status"),
    [
        ("open_download", "unknown", "met"),
        ("gated_auto", "unknown", "unknown"),
        ("gated_manual", "free", "met"),
        ("unknown", "unknown", "unknown"),
        ("unknown", "paid", "not_met"),
        ("not_released", "unknown", "not_applicable"),
        ("api_only", "paid", "not_applicable"),
    ],
)
def test_the_price_of_weights(availability: str, cost: str, status: str):
    of = facts(components={"weights_final": component(availability=availability, cost=cost)})
    assert finding(DEFINITION, "free-of-charge", of).status == status


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


def test_what_is_released_beside_the_missing_data_is_under_open_terms():
    shared = dataset(slug="shared", name="Shared", licence="CC-BY-NC-4.0", licence_status="stated")
    missing = dataset(data_class="unshareable", unshareable_reason="legal", url="")
    rows = [
        (component(availability="partial", licence="", licence_status="unknown"), "not_met"),
        (component(availability="partial", licence="CC-BY-NC-4.0"), "not_met"),
        (component(availability="partial", licence="CC-BY-4.0"), "met"),
        (component(availability="partial", licence="CC-BY-4.0", cost="paid"), "not_met"),
        (WITHHELD, "met"),
    ]
    for row, status in rows:
        of = also(
            release(pretraining_data=row), datasets=[missing, shared], data_information=DESCRIBED
        )
        cost = "free" if row.get("cost") is None else row["cost"]
        of = also(
            of, components=of.to_json()["components"] | {"pretraining_data": row | {"cost": cost}}
        )
        assert finding(DEFINITION, "data-exception", of).status == status, row


@pytest.mark.parametrize("data_class", ["open", "public", "obtainable"])
def test_data_that_is_merely_listed_is_not_enough(data_class: str):
    of = also(release(pretraining_data=WITHHELD), datasets=[dataset(data_class=data_class)])
    assert finding(DEFINITION, "data-exception", of).status == "not_met"
