"""Facts documents as their text comes."""

import json

import pytest

from definitions.readers import facts_json
from definitions.readers.plain_yaml import Limits
from tests.definitions.build import open_facts

SMALL = Limits(depth=3, values=8)


def test_what_is_written_is_read_again():
    assert facts_json.read(json.dumps(open_facts().to_json())).facts == open_facts()


@pytest.mark.parametrize(
    ("raw", "code", "path", "line", "message"),
    [
        (b"{\n", "not-json", "", 2, "not JSON: Expecting property name"),
        (b'\xff\xfe"', "not-json", "", 0, "not UTF-8"),
        (b"[" * 100_000, "not-json", "", 0, "not JSON: nested too deeply"),
        (b"[]", "not-facts", "$", 0, "expected an object"),
        (b'{"a": 1, "a": 2}', "not-facts", "$", 0, "given twice"),
        (b'{"schema": "glassbox-facts/1"}', "not-facts", "$.system", 0, "required"),
    ],
)
def test_a_text_that_holds_no_facts_says_where_and_why(
    raw: bytes, code: str, path: str, line: int, message: str
):
    found = facts_json.read(raw)
    assert found.facts is None
    assert (found.fault.code, found.fault.path, found.line) == (code, path, line)
    assert message in found.fault.message


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ("[[[[1]]]]", "deeper than 3"),
        ("[1,2,3,4,5,6,7,8,9]", "too many"),
        ('{"a": [1]}', "unknown"),
    ],
)
def test_with_limits_a_document_is_no_larger_than_they_allow(raw: str, message: str):
    assert message in facts_json.read(raw, SMALL).fault.message
