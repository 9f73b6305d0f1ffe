"""The lines of the dump say what the rows say: each value is that of the instances' own line."""

import hashlib
import json

import pytest

from catalog.exports.dumps.systems_jsonl import system_lines
from catalog.models import AISystem, FactsDocument
from tests.exports.dump_reference import lines_from_instances

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_every_line_of_the_catalogue_has_the_values_of_its_rows(catalogue: None):
    lines = [json.loads(line) for batch in system_lines(100) for line in batch]
    known = 0
    for line, expected in zip(lines, lines_from_instances(), strict=True):
        assert line == expected, expected["slug"]
        known += 1
    assert known == AISystem.objects.published().count() > 100


def test_the_facts_of_a_line_stand_in_the_spelling_of_their_fingerprint(catalogue: None):
    for line in next(system_lines(50)):
        found = json.loads(line)
        spelled = json.dumps(
            found["facts"], sort_keys=True, ensure_ascii=False, separators=(",", ":")
        )
        assert spelled.encode() in line
        assert hashlib.sha256(spelled.encode()).hexdigest() == found["facts_fingerprint"]


def test_facts_of_which_no_document_is_kept_are_read_from_the_rows(catalogue: None):
    whole = [line for batch in system_lines(100) for line in batch]
    FactsDocument.objects.filter(pk__gt=FactsDocument.objects.order_by("pk")[20].pk).delete()
    found = [line for batch in system_lines(30) for line in batch]
    for line, expected in zip(map(json.loads, found), map(json.loads, whole), strict=True):
        assert line["facts"] == expected["facts"]
        assert line["facts_fingerprint"] == expected["facts_fingerprint"]
