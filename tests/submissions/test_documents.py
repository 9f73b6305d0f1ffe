"""Documents: cut into units, compared, made into rows and facts, read from files."""

import json

import pytest

from catalog.entry.rows import facts_of, rows_of
from catalog.entry.units import changes, cut, join, taken_over
from catalog.submissions.forms.text import plain
from catalog.submissions.forms.wording import change_rows
from catalog.submissions.uploads import UploadError, read_upload
from tests.submissions.conftest import OLMO

MOF = """
framework: {name: Model Openness Framework, version: '1.0', date: '2024-12-15'}
release:
  name: Little-1B
  version: 1B
  type: language
  producer: Maker
  components:
    - {name: 'Model parameters (Final)', description: x, license: Apache-2.0}
"""


def test_units_are_the_document():
    assert join(cut(OLMO)) == OLMO


def test_a_change_made_by_somebody_else_meanwhile_is_a_conflict():
    base = {"name": "A", "summary": "old"}
    (mine,) = changes(base, base | {"summary": "mine"}, base | {"summary": "theirs"})
    assert mine.conflict
    (same,) = changes(base, base | {"summary": "mine"}, base | {"summary": "mine"})
    assert not same.conflict
    assert same.done


def test_only_accepted_units_are_taken_over():
    current = {"name": "A", "components": {"model_card": {"availability": "open_download"}}}
    proposed = {"name": "B", "paper": "https://x.example.org/"}
    found = taken_over(current, proposed, ["paper", "components.model_card"])
    assert found == {"name": "A", "paper": "https://x.example.org/"}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Оpen\u200bAI", "OpenAI"),
        ("Llаma-3\u202e", "Llama-3"),
        ("  two\twords\x07 ", "two words"),
        ("Яндекс GPT", "Яндекс GPT"),
        ("通义千问 Qwen", "通义千问 Qwen"),
        ("Aya Expanse é", "Aya Expanse é"),
    ],
)
def test_look_alikes_and_invisible_marks_are_made_plain(typed: str, kept: str):
    assert plain(typed) == kept


def test_a_word_is_read_in_the_list_of_its_field():
    """“full” is said of completeness and of the form of weights, and means two things."""
    row = {"completeness": "full", "form": "full"}
    (change,) = change_rows(changes({}, {"components": {"weights_final": row}}, {}))
    assert [field.after for field in change.fields] == ["Complete", "Full precision"]
    assert [field.label for field in change.fields] == ["How much of it?", "Form of the weights"]
    usage = {"usage_information": {"modalities": "partly"}}
    (told,) = change_rows(changes({}, usage, {}))
    assert told.fields[0].label == "What goes in and comes out"
    (fact,) = change_rows(changes({}, {"facts": {"gpai": {"value": "yes"}}}, {}))
    assert fact.fields[0].after == "Yes"


# --- files ------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_facts_file_gives_its_facts_back(nouns: None):
    facts = facts_of(rows_of(OLMO))
    document, told = read_upload("x.json", json.dumps(facts.to_json()).encode())
    again = facts_of(rows_of(document))
    assert (again.components, told) == (facts.components, [])


@pytest.mark.django_db
def test_a_model_file_is_read(nouns: None):
    document, _told = read_upload("MOF.yml", MOF.encode())
    assert document["name"].startswith("Little")
    assert document["components"]["weights_final"]["licence"] == "Apache-2.0"


DEEP = '{"a":' * 40 + "1" + "}" * 40


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"\xff\xfe", "UTF-8"),
        (b"{", "Not JSON"),
        (b'{"schema": "other"}', "schema|system"),
        (b'{"system": {"slug": "x", "name": "X"}, "components": {"nope": {}}}', "nope"),
        (DEEP.encode(), "nested"),
        (b"a: [", "Not YAML"),
        (b"a: &x [1]\nb: *x", "Aliases"),
        (b"hello", "MOF"),
        (b"a\x00b", "NUL"),
        (b"x" * 500_001, "bytes"),
        (b"[" * 5000, "."),
    ],
)
def test_other_files_are_refused_with_the_reason(raw: bytes, message: str):
    with pytest.raises(UploadError, match=message):
        read_upload("file", raw)
