"""Facts documents: what is read, what is refused with its place, what is written."""

import json
from typing import Any

import jsonschema
import pytest
from hypothesis import given

from definitions.facts import Facts, FactsError, json_schema
from definitions.vocabulary import Availability, ComponentKind, LicenceStatus
from tests.definitions.build import component, facts, open_facts
from tests.definitions.strategies import documents

SYSTEM = {"slug": "x", "name": "X"}


@pytest.mark.parametrize(
    ("document", "path", "message"),
    [
        ([], "$", "expected an object, got a list"),
        (None, "$", "expected an object, got null"),
        ({}, "$.system", "this key is required"),
        ({"system": {"slug": "x"}}, "$.system.name", "this key is required"),
        ({"system": SYSTEM, "colour": 1}, "$.colour", "unknown key"),
        ({"system": SYSTEM | {"name": 7}}, "$.system.name", "expected a text, got a number"),
        ({"system": SYSTEM | {"name": True}}, "$.system.name", "expected a text, got true"),
        ({"system": SYSTEM | {"name": "a\x00b"}}, "$.system.name", "NUL character"),
        ({"system": SYSTEM | {"name": "\ud800"}}, "$.system.name", "surrogate"),
        ({"system": SYSTEM, "schema": "other/1"}, "$.schema", "expected “glassbox-facts/1”"),
        ({"system": SYSTEM, "datasets": {}}, "$.datasets", "expected a list, got an object"),
        ({"system": SYSTEM, "components": []}, "$.components", "expected an object, got a list"),
        ({"system": SYSTEM, "components": {"soul": {}}}, "$.components.soul", "is not one of"),
        (
            {"system": SYSTEM, "components": {"api": {"availability": "maybe"}}},
            "$.components.api.availability",
            "“maybe” is not one of: open_download",
        ),
        (
            {"system": SYSTEM, "datasets": [{"slug": "d", "name": "D", "stage": 1.5}]},
            "$.datasets[0].stage",
            "a number is not one of",
        ),
        (
            {"system": SYSTEM, "components": {"api": {"evidence": {"url": b"x"}}}},
            "$.components.api.evidence.url",
            "expected a text, got bytes",
        ),
    ],
)
def test_bad_documents_are_refused_with_the_place(document: Any, path: str, message: str):
    with pytest.raises(FactsError) as caught:
        Facts.from_json(document)
    assert caught.value.path == path
    assert message in caught.value.message


def test_an_absent_key_and_a_written_unknown_are_the_same():
    written = facts(components={"api": {"availability": "unknown", "evidence": None}})
    absent = facts(components={"api": {}})
    assert written == absent
    assert written.fingerprint == absent.fingerprint


def test_facts_cannot_be_changed():
    with pytest.raises(TypeError):
        open_facts().components["api"] = component()  # type: ignore[index]


@given(document=documents)
def test_written_facts_read_back_the_same_and_fit_the_schema(document: dict[str, Any]):
    read = Facts.from_json(document)
    written = read.to_json()
    assert Facts.from_json(json.loads(json.dumps(written))) == read
    jsonschema.validate(written, json_schema())


def test_the_schema_refuses_what_the_reader_refuses():
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"system": SYSTEM, "components": {"soul": {}}}, json_schema())


def test_a_component_inside_another_takes_over_what_it_does_not_record_itself():
    of = open_facts(
        model_card=component(licence="CC-BY-4.0"),
        data_documentation={"included_in": "model_card", "completeness": "partial"},
    )
    card = of.component(ComponentKind.DATA_DOCUMENTATION)
    assert card.availability is Availability.OPEN_DOWNLOAD
    assert card.completeness == "partial"
    assert card.licence == "CC-BY-4.0"


def test_a_component_inside_another_keeps_what_it_records_itself():
    own = component(included_in="model_card", licence="MIT", completeness="unknown")
    of = open_facts(data_documentation=own)
    card = of.component(ComponentKind.DATA_DOCUMENTATION)
    assert (card.licence, card.licence_status) == ("MIT", LicenceStatus.STATED)
    assert card.completeness == "full"


def test_a_component_inside_one_that_is_not_recorded_stands_alone():
    of = facts(components={"data_documentation": {"included_in": "model_card"}})
    assert of.component(ComponentKind.DATA_DOCUMENTATION).availability == "unknown"


def test_what_a_component_lacks_is_taken_from_the_end_of_the_line():
    of = facts(
        components={
            "evaluation_results": {"included_in": "data_documentation"},
            "data_documentation": {"included_in": "model_card", "completeness": "partial"},
            "model_card": component(licence="CC-BY-4.0", included_in="technical_report"),
            "technical_report": component(licence="MIT", availability="not_released"),
        }
    )
    results = of.component(ComponentKind.EVALUATION_RESULTS)
    assert results.availability is Availability.OPEN_DOWNLOAD
    assert (results.completeness, results.licence) == ("partial", "CC-BY-4.0")


@pytest.mark.parametrize("length", [1, 2, 3])
def test_components_inside_one_another_in_a_ring_are_read_to_the_end(length: int):
    ring = ["model_card", "data_documentation", "evaluation_results"][:length]
    rows = {kind: {"included_in": ring[(place + 1) % length]} for place, kind in enumerate(ring)}
    last = ring[-1]
    rows[last] |= {"licence": "MIT", "licence_status": "stated"}
    of = facts(components=rows)
    assert {of.component(ComponentKind(kind)).licence for kind in ring} == {"MIT"}  # type: ignore[call-arg]
    assert of.component(ComponentKind.MODEL_CARD).availability is Availability.UNKNOWN
