"""One real system, OLMo 7B, with one fact of it changed: what each definition says then.

The facts are those that the register held on 28 November 2026. Each case is a
reading that was wrong once.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from definitions import registry
from definitions.core import Verdict, evaluate
from definitions.facts import Facts
from definitions.vocabulary import ComponentKind
from tests.definitions.build import failing, statuses

OLMO = json.loads((Path(__file__).parent / "cases" / "olmo-7b.json").read_text())


def olmo(changes: dict[str, dict[str, Any] | None], **parts: Any) -> Facts:
    """OLMo 7B with fields of some components changed, or the whole row where it is None."""
    rows = dict(OLMO["components"])
    for kind, change in changes.items():
        rows[kind] = {} if change is None else rows[kind] | change
    return Facts.from_json(OLMO | {"components": rows} | parts)


def verdict(definition: str, of: Facts) -> Verdict:
    return evaluate(registry.get(definition), of)


APPROVED = {"licence": "Apache-2.0", "licence_status": "stated"}
NC_ND = {"licence": "CC-BY-NC-ND-4.0", "licence_status": "stated"}
NO_WEIGHTS = {"availability": "not_applicable"}


def test_without_terms_of_its_data_information_it_is_not_known_to_be_open_source_ai():
    assert verdict("osaid-1.0", olmo({})).status == "unknown"
    # The ruling of the file was made before rulings kept their facts, so it decides nothing.
    told = verdict("osaid-1.0", olmo({"data_documentation": APPROVED}))
    assert (told.status, told.label) == ("needs_judgement", "Needs judgement")


@pytest.mark.parametrize(
    "terms",
    [
        NC_ND,
        {"licence_status": "none_stated"},
        {"licence_status": "unrecognised", "licence_text": "All rights reserved"},
    ],
)
def test_a_datasheet_under_closed_terms_is_not_open_source_ai(terms: dict[str, str]):
    found = verdict("osaid-1.0", olmo({"data_documentation": terms}))
    assert (found.status, failing(found)) == ("not_met", {"data-info-terms"})


@pytest.mark.parametrize("rulings", [[], OLMO["rulings"]])
def test_data_withheld_for_commercial_reasons_is_not_open_source_ai(rulings: list[Any]):
    row = OLMO["datasets"][0] | {"data_class": "unshareable", "unshareable_reason": "commercial"}
    closed = {"pretraining_data": {"availability": "not_released"}, "data_documentation": APPROVED}
    found = verdict("osaid-1.0", olmo(closed, datasets=[row], rulings=rulings))
    assert (found.status, failing(found)) == ("not_met", {"data-info-unshareable"})


def without_weights() -> Facts:
    of = olmo({"data_documentation": APPROVED}).to_json()
    return Facts.from_json(of | {"components": of["components"] | {"weights_final": NO_WEIGHTS}})


@pytest.mark.parametrize("definition", ["osaid-1.0", "fsf-2024"])
def test_a_system_without_weights_needs_a_judgement(definition: str):
    assert verdict(definition, without_weights()).status == "needs_judgement"


def test_the_definition_of_open_weights_does_not_speak_of_a_system_without_weights():
    found = verdict("owd-0.3", without_weights())
    assert (found.status, set(statuses(found).values())) == ("not_applicable", {"not_applicable"})


@pytest.mark.parametrize(
    "change",
    [
        {"model_card": {"licence_status": "none_stated"}},
        {"model_card": NC_ND},
        {"technical_report": {"availability": "open_download"} | NC_ND},
        {"risk_assessment": {"availability": "not_released", "included_in": None}},
    ],
)
def test_no_document_without_terms_or_unpublished_keeps_it_from_being_a_digital_public_good(
    change: dict[str, dict[str, Any]],
):
    rows = OLMO["components"] | {kind: OLMO["components"].get(kind, {}) for kind in change}
    of = Facts.from_json(OLMO | {"components": rows | {k: rows[k] | v for k, v in change.items()}})
    found = verdict("dpg-standard-1.1.7", of)
    assert failing(found) == failing(verdict("dpg-standard-1.1.7", olmo({})))
    assert found.status != "not_met"


@pytest.mark.parametrize("licence", ["apache-2.0", "APACHE-2.0"])
def test_a_licence_is_the_same_in_any_case(licence: str):
    other = olmo({"weights_final": {"licence": licence}})
    for definition in registry.DEFINITIONS:
        found = evaluate(definition, other)
        assert statuses(found) == statuses(evaluate(definition, olmo({}))), definition.id


@pytest.mark.parametrize("definition", ["osaid-1.0", "owd-0.3", "fsf-2024", "mof-1.0", "osd-1.9"])
@pytest.mark.parametrize("availability", ["api_only", "not_released"])
def test_the_maker_of_a_closed_model_is_not_told_to_record_what_is_moot(
    definition: str, availability: str
):
    closed = {kind.value: {"availability": availability} for kind in ComponentKind}
    of = Facts.from_json({"system": {"slug": "x", "name": "X"}, "components": closed})
    found = verdict(definition, of)
    assert found.status == "not_met"
    moot = ("Record the licence", "Record whether", "Put the", "Put ")
    assert [item.text for item in found.missing if item.text.startswith(moot)] == []
