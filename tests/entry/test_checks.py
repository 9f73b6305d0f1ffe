"""Documents of any door are read by readers of their own: no form is asked."""

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.entry.checks import ENTRY, Fault, checked, reasons, settled, with_terms
from catalog.entry.parts import BY_DOCUMENT
from catalog.submissions.forms.wording import mistakes_in
from definitions.licence_book import LicenceBook
from tests.submissions.conftest import LLAMA, OLMO

BOOK = LicenceBook.of(["Apache-2.0", "MIT", "ODC-By-1.0", "CC-BY-4.0"], {"apache 2": "Apache-2.0"})
PAGE = "https://example.org/card"


def faults(**more: Any) -> list[Fault]:
    return checked({"name": "Auk", "evidence": PAGE} | more, BOOK).faults


def test_a_right_document_is_read_as_it_is():
    found = checked(OLMO, BOOK)
    assert (found.document, found.faults) == (OLMO, [])


def test_a_document_without_name_and_evidence_is_no_entry():
    assert [fault.name for fault in checked({}, BOOK).faults] == ["name", "evidence"]


def test_values_are_put_in_their_one_spelling():
    document = {
        "name": " Auk ",
        "evidence": "HTTPS://example.org/card",
        "languages": ["EN", "eng", "pt_br"],
        "huggingface_id": "https://huggingface.co/maker/auk/tree/main",
        "organizations": [{"name": "Maker", "country": "fr"}],
        "components": {"model_card": {"licence": "apache 2", "licence_status": "stated"}},
    }
    found = checked(document, BOOK).document
    assert (found["name"], found["evidence"]) == ("Auk", PAGE)
    assert found["languages"] == ["en", "pt-BR"]
    assert found["huggingface_id"] == "maker/auk"
    assert found["organizations"] == [{"name": "Maker", "country": "FR"}]
    assert found["components"]["model_card"]["licence"] == "Apache-2.0"  # type: ignore[index]


CARD = {"availability": "open_download", "evidence": PAGE}
BAD = [
    ({"name": ["a"]}, ("", "", "name"), "A text is expected"),
    ({"name": "x" * 201}, ("", "", "name"), "at most 200"),
    ({"name": "a\x00b"}, ("", "", "name"), "U+0000"),
    ({"parameters": True}, ("", "", "parameters"), "A text is expected"),
    ({"parameters": -1}, ("", "", "parameters"), "not a whole number"),
    ({"parameters": 10**300}, ("", "", "parameters"), "not a whole number"),
    ({"parameters": 1.5}, ("", "", "parameters"), "A text is expected"),
    ({"released": "2024-13"}, ("", "", "released"), "no such day"),
    ({"modalities": ["txet"]}, ("", "", "modalities"), "not one of: text"),
    ({"tasks": ["Text Generation"]}, ("", "", "tasks"), "not a slug"),
    ({"tasks": [str(number) for number in range(61)]}, ("", "", "tasks"), "At most 60"),
    ({"languages": ["en", "Klingon"]}, ("", "", "languages"), "not a language code"),
    ({"homepage": "javascript:alert(1)"}, ("", "", "homepage"), "not an address"),
    ({"soul": "yes"}, ("", "", "soul"), "no place here"),
    ({"components": {"soul": CARD}}, ("components", "soul", ""), "not one of"),
    (
        {"components": {"model_card": CARD | {"availability": "maybe"}}},
        ("components", "model_card", "availability"),
        "not one of: open_download",
    ),
    (
        {"components": {"model_card": {"availability": "open_download"}}},
        ("components", "model_card", "evidence"),
        "a fact needs evidence",
    ),
    (
        {"components": {"model_card": CARD | {"form": "full"}}},
        ("components", "model_card", ""),
        "Only weights have",
    ),
    (
        {"components": {"model_card": CARD | {"licence": "Mystery", "licence_status": "stated"}}},
        ("components", "model_card", "licence"),
        "No licence is known as",
    ),
    (
        {"training_data": [{"dataset": "D", "evidence": PAGE}]},
        ("training_data", "0", "stage"),
        "needed",
    ),
    ({"derivations": [{"kind": "finetune"}]}, ("derivations", "0", "name"), "needed"),
    (
        {"claims": [{"claimed": "open", "quote": "word " * 26, "evidence": PAGE}]},
        ("claims", "0", "quote"),
        "26 words",
    ),
    ({"claims": [{"claimed": "open", "evidence": PAGE}]}, ("claims", "0", "quote"), "needed"),
    ({"facts": {"gpai": {"evidence": PAGE}}}, ("facts", "gpai", "value"), "needed"),
    (
        {"facts": {"training_compute": {"value": "much", "evidence": PAGE}}},
        ("facts", "training_compute", "value"),
        "is not a number",
    ),
    ({"organizations": [{"country": "FR"}]}, ("organizations", "0", "name"), "needed"),
    ({"organizations": [{"name": "M"}] * 61}, ("organizations", "", ""), "61 rows"),
]


@pytest.mark.parametrize(("part", "place", "reason"), BAD)
def test_a_fault_is_named_with_its_place(
    part: dict[str, Any], place: tuple[str, str, str], reason: str
):
    (fault,) = [found for found in faults(**part) if found.name != "evidence" or place[2]][:1]
    assert (fault.part, fault.key, fault.name) == place
    assert reason in str(fault.message)
    ((_step, (mistake,)),) = mistakes_in([fault]).items()
    assert mistake.label


def test_a_row_that_says_nothing_asks_for_nothing():
    assert not faults(components={"model_card": {"cost": "unknown"}}, claims=[{}], facts={})


def test_the_reasons_of_a_row_are_the_same_without_a_document():
    assert [name for name, _ in reasons("claims", {"claimed": "open"})] == ["evidence", "quote"]


@pytest.mark.parametrize(
    ("row", "terms"),
    [
        ({"licence": "apache 2"}, ("Apache-2.0", "stated", None)),
        ({"licence": "MIT", "licence_status": "mixed"}, ("MIT", "mixed", None)),
        ({"licence": "Mystery", "licence_status": "stated"}, ("", "unrecognised", "Mystery")),
        ({"licence_status": "none_stated"}, (None, "none_stated", None)),
    ],
)
def test_terms_are_an_expression_where_it_is_known(row: dict[str, str], terms: tuple[str, ...]):
    found = with_terms(row, BOOK)
    assert tuple(map(found.get, ("licence", "licence_status", "licence_text"))) == terms


def test_a_licence_that_nobody_knows_is_kept_as_the_makers_text():
    found = checked(settled(LLAMA, BOOK), BOOK)
    assert found.faults == []
    assert found.document["components"]["weights_final"]["licence_text"] == "LicenseRef-Llama-3"  # type: ignore[index]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)
NAMES = st.sampled_from([*BY_DOCUMENT, *ENTRY, "organizations", "released", "soul"])
WORDS = st.sampled_from([word for part in BY_DOCUMENT.values() for word in part.words] + ["name"])
ROW = st.dictionaries(WORDS, JSON, max_size=4)
KEYS = st.sampled_from(["model_card", "weights_final", "gpai", "training_compute", "soul"])


@given(st.dictionaries(NAMES, JSON | ROW | st.dictionaries(KEYS, JSON | ROW) | st.lists(ROW)))
def test_no_document_is_a_fault_of_the_site(document: dict[str, Any]):
    """Whatever a document holds, it is read, with sentences that can be shown."""
    before = deepcopy(document)
    found = checked(settled(document, BOOK), BOOK)
    assert repr(document) == repr(before)
    for rows in mistakes_in(found.faults).values():
        for mistake in rows:
            str(mistake.message).encode()
            assert mistake.label
