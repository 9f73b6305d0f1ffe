"""The licence of a model of the Hub is what its card states."""

import pytest

from tests.definitions.readers.hub_records import BLOB, codes, olmo, terms, weights, with_card

PLAIN = ("model.safetensors",)


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("license: apache-2.0", {"licence": "Apache-2.0", "licence_status": "stated"}),
        ("license: [mit]", {"licence": "MIT", "licence_status": "stated"}),
        ("license: gemma", {"licence": "LicenseRef-Gemma", "licence_status": "stated"}),
        (
            "license: other\nlicense_name: llama3",
            {"licence": "LicenseRef-Llama-3", "licence_status": "stated"},
        ),
        (
            "license: other\nlicense_name: Our Own Terms v2",
            {"licence_status": "unrecognised", "licence_text": "Our Own Terms v2"},
        ),
        ("license: other", {"licence_status": "unrecognised", "licence_text": "other"}),
        ("license: openrail", {"licence_status": "unrecognised", "licence_text": "openrail"}),
        ("license: [mit, apache-2.0]", {"licence_status": "mixed"}),
        ("license: unknown", {}),
        ("license: other\nlicense_name: none", {}),
        ("license: {a: b}", {}),
        ("license: null", {"licence_status": "none_stated"}),
        ("language: en", {"licence_status": "none_stated"}),
    ],
)
def test_the_licence_is_what_the_card_states(head: str, expected: dict[str, str]):
    assert terms(with_card(head, files=PLAIN)) == expected


def test_the_verbatim_text_of_a_licence_is_told_as_a_problem_too():
    reading = with_card("license: openrail")
    assert [p.message for p in reading.problems if p.code == "unrecognised_licence"] == [
        "No licence of the register is known as “openrail”."
    ]


def test_without_a_card_nobody_knows_the_licence():
    reading = olmo(card=None, files=PLAIN)
    assert terms(reading) == {}
    assert "no_card" in codes(reading)


def test_a_card_that_cannot_be_read_is_not_a_card_without_a_licence():
    for broken in ("license: [", "- a\n- list", "a: " + "[" * 5000):
        reading = with_card(broken, files=PLAIN)
        assert terms(reading) == {}
        assert "card_malformed" in codes(reading)


def test_a_licence_file_without_a_word_in_the_card_is_terms_to_be_read():
    reading = with_card("language: en", files=(*PLAIN, "LICENSE.txt"))
    assert terms(reading) == {"licence_url": f"{BLOB}/LICENSE.txt"}
    assert "licence_not_in_card" in codes(reading)


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("https://example.org/terms", "https://example.org/terms"),
        ("docs/TERMS.md", f"{BLOB}/docs/TERMS.md"),
        ("./docs/TERMS.md", f"{BLOB}/docs/TERMS.md"),
        ("Our terms.md", f"{BLOB}/Our%20terms.md"),
        ("nowhere.md", None),
        ("javascript:alert(1)", None),
    ],
)
def test_the_link_to_the_licence_leads_somewhere(link: str, address: str | None):
    files = (*PLAIN, "docs/TERMS.md", "Our terms.md")
    reading = with_card(f"license: mit\nlicense_link: {link}", files=files)
    assert weights(reading).get("licence_url") == address
    assert ("dead_link" in codes(reading)) == (address is None)
