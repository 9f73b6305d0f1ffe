"""What people paste into a search field is read as the id that it holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.listing.pasted import apart, identifier_in
from definitions.readers.values import hub_id

OLMO = "allenai/OLMo-7B"


@pytest.mark.parametrize(
    "text",
    [
        "https://huggingface.co/allenai/OLMo-7B",
        "http://huggingface.co/allenai/OLMo-7B/",
        "huggingface.co/allenai/OLMo-7B",
        "https://huggingface.co/allenai/OLMo-7B/tree/main",
        "https://huggingface.co/allenai/OLMo-7B/blob/main/LICENSE?download=true#L1",
        "https://HuggingFace.co/models/allenai/OLMo-7B",
        "hf.co/allenai/OLMo-7B",
        "pkg:huggingface/allenai/OLMo-7B",
        "pkg:huggingface/allenai/OLMo-7B@c5a3?x=1",
        "  pkg:huggingface/allenai%2FOLMo-7B ".replace("%2F", "/"),
    ],
)
def test_an_address_on_the_hub_is_its_id(text: str):
    assert identifier_in(text) == OLMO
    assert hub_id(text) == OLMO


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("https://github.com/allenai/OLMo", "OLMo"),
        ("github.com/allenai/OLMo.git", "OLMo"),
        ("https://example.org/a/b", "https://example.org/a/b"),
        ("huggingface.co", "huggingface.co"),
        ("and/or 2.0", "and/or 2.0"),
        ("http://[", "http://["),
        ("OLMo 7B", "OLMo 7B"),
    ],
)
def test_other_texts_stay_what_they_are(text: str, found: str):
    assert identifier_in(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [("olmo7b", "olmo 7b"), ("llama3.1", "llama 3.1"), ("t5", "t5"), ("OLMo 7B", "OLMo 7B")],
)
def test_numbers_are_set_apart_from_words(text: str, found: str):
    assert apart(text) == found


@given(st.text(max_size=300))
def test_no_text_is_a_fault(text: str):
    assert isinstance(identifier_in(text), str)
    assert isinstance(apart(text), str)
