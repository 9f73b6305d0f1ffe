"""Lengths in the schema of facts, and keys that are given once."""

from typing import Any

import pytest

from definitions.codec import LENGTHS, LONGEST, LONGEST_KEY, MOST_ROWS, parse_json
from definitions.facts import Facts, FactsError, json_schema

SYSTEM = {"slug": "x", "name": "X"}
PAGE = {"url": "https://example.org"}


def read(**more: Any) -> Facts:
    return Facts.from_json({"schema": "glassbox-facts/1", "system": SYSTEM} | more)


TOO_MUCH = [
    ({"system": {"slug": "x", "name": "n" * 301}}, "$.system.name"),
    ({"system": SYSTEM | {"release_date": "2024-01-011"}}, "$.system.release_date"),
    ({"components": {"model_card": {"url": "u" * 2001}}}, "$.components.model_card.url"),
    ({"components": {"model_card": {"licence": "A" * 301}}}, "$.components.model_card.licence"),
    ({"components": {"model_card": {"licence_text": "A" * 2001}}}, "licence_text"),
    ({"components": {"model_card": {"evidence": PAGE | {"quote": "q" * 1001}}}}, "evidence.quote"),
    ({"licences": {"L" * 201: {}}}, "$.licences"),
    ({"licences": {f"L{n}": {} for n in range(MOST_ROWS + 1)}}, "$.licences"),
    ({"base_systems": [{"name": "B"}] * (MOST_ROWS + 1)}, "$.base_systems"),
    ({"system": SYSTEM | {"k" * 100_000: 1}}, "$.system.kkk"),
]


@pytest.mark.parametrize(("more", "path"), TOO_MUCH, ids=[path for _, path in TOO_MUCH])
def test_what_is_longer_than_the_schema_allows_is_refused_at_its_place(
    more: dict[str, Any], path: str
):
    with pytest.raises(FactsError) as caught:
        read(**more)
    assert path in caught.value.path
    assert len(str(caught.value)) < 400


def test_every_text_list_and_mapping_of_the_schema_has_a_limit():
    def walk(schema: Any, place: str) -> None:
        if isinstance(schema, list):
            for item in schema:
                walk(item, place)
        if not isinstance(schema, dict):
            return
        limits = {"string": "maxLength", "array": "maxItems"}
        kind = schema.get("type")
        if kind in limits:
            assert limits[kind] in schema, place
        if kind == "object" and schema.get("additionalProperties") is not False:
            assert "maxProperties" in schema, place
        for name, inner in schema.items():
            if name not in {"enum", "required", "description"}:
                walk(inner, f"{place}.{name}")

    walk(json_schema(), "$")
    assert max(LENGTHS.values()) <= 5000
    assert LONGEST_KEY < LONGEST


@pytest.mark.parametrize("text", ['{"a": 1, "a": 1}', '{"b": [{"c": 1, "a": 1, "a": 2}]}'])
def test_a_key_that_is_given_twice_is_refused(text: str):
    with pytest.raises(FactsError, match="“a” is given twice"):
        parse_json(text)


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' * 100_000, "NaN", "{", "", "9" * 5000])
def test_what_is_no_json_has_one_kind_of_error(text: str):
    with pytest.raises(ValueError, match=r"."):
        parse_json(text)
