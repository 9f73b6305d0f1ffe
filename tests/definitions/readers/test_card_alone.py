"""A card without the record of its repository: what it says, and what it cannot say."""

import pytest

from definitions.readers import hub
from definitions.readers.known_licences import register
from tests.definitions.readers.hub_records import OLMO_CARD, PAGE, REPO, codes, record


def test_a_card_alone_gives_the_terms_of_the_weights_and_not_whether_they_are_out():
    reading = hub.read_card(OLMO_CARD.encode(), register())
    assert record(reading) == {
        "name": "OLMo 7B",
        "languages": ["en"],
        "components": {"weights_final": {"licence": "Apache-2.0", "licence_status": "stated"}},
    }


def test_a_card_of_a_known_repository_has_its_address():
    card = "---\nlicense: mit\nbase_model: a/b\nbase_model_relation: merge\n---\n"
    reading = hub.read_card(card.encode(), register(), REPO)
    blob = f"{PAGE}/blob/main/README.md"
    found = record(reading)
    assert (found["name"], found["huggingface_id"]) == ("OLMo-7B", REPO)
    assert found["components"]["model_card"] == {"url": blob, "evidence": blob}
    assert found["derivations"][0]["evidence"] == blob


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("# Heron-2B\n", "Heron-2B"),
        ("Some words.\n\n#   Heron 2B  ##\n", "Heron 2B"),
        ("# Model card: Heron\n", "Heron"),
        ("# Model Card\n", "Unnamed model"),
        ("no heading", "Unnamed model"),
    ],
)
def test_the_name_is_the_first_heading_of_a_card_alone(text: str, name: str):
    assert record(hub.read_card(text.encode(), register()))["name"] == name


@pytest.mark.parametrize(
    "card",
    [
        "---\nlanguage: en\n---\n# Heron\n",
        "---\nlanguage: en\n---\n# Heron\nReleased under the MIT licence.\n",
        "---\nlicense_link: TERMS.md\n---\n# Heron\n",
    ],
)
def test_of_terms_that_a_card_alone_does_not_name_nothing_is_said(card: str):
    reading = hub.read_card(card.encode(), register())
    assert "components" not in record(reading)
    assert "dead_link" not in codes(reading)


def test_a_card_alone_with_an_impossible_date_is_rejected():
    reading = hub.read_card(b"---\nrelease_date: 2024-13-45\n---\n", register())
    assert (reading.record, codes(reading)) == (None, ["impossible_date"])


def test_what_a_card_alone_says_of_its_base_has_no_address():
    card = b"---\nbase_model: a/b\nbase_model_relation: finetune\n---\n"
    assert record(hub.read_card(card, register()))["derivations"] == [
        {"name": "b", "kind": "finetune", "huggingface_id": "a/b"}
    ]
