"""Texts of the form: their length is looked at before any work is done on them."""

import unicodedata

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from catalog.submissions.forms import fields, text
from catalog.submissions.forms.text import MOST_MARKS, plain, stream_safe
from definitions.readers.values import slug


@pytest.mark.parametrize(
    "field",
    [
        fields.Text(limit=300),
        fields.Quote(),
        fields.Address(),
        fields.PartialDay(),
        fields.Size(),
        fields.HubId(),
        fields.Listed(slug),
    ],
    ids=lambda field: type(field).__name__,
)
@pytest.mark.parametrize(
    "typed", ["аb" * 600_000, "e\u0301" * 600_000, " " * 600_000 + "аb" * 9000]
)
def test_a_text_that_is_far_too_long_is_not_tidied(
    field: fields.Text, typed: str, monkeypatch: pytest.MonkeyPatch
):
    looked_at = []
    monkeypatch.setattr(fields, "plain", lambda found, **_: looked_at.append(found) or found)
    monkeypatch.setattr(text, "plain", lambda found, **_: looked_at.append(found) or found)
    with pytest.raises(ValidationError, match="characters"):
        field.clean(typed)
    assert looked_at == []


def test_spaces_and_marks_around_a_text_do_not_make_it_too_long():
    assert fields.Text(limit=5).clean("  ab  cd  ") == "ab cd"
    with pytest.raises(ValidationError):
        fields.Text(limit=5).clean("abcdef")


def test_marks_beyond_the_stream_safe_form_are_left_out():
    assert stream_safe("a" + "\u0301" * 1000 + "b") == "a" + "\u0301" * MOST_MARKS + "b"
    assert len(plain("a" + "\u0315\u0300" * 1000)) <= MOST_MARKS + 1


@given(st.text())
def test_texts_of_people_are_stream_safe(typed: str):
    if all(not unicodedata.combining(letter) for letter in typed):
        assert stream_safe(typed) == typed


@given(st.text("aаbс éα中", max_size=30))
def test_tidying_twice_is_tidying_once(typed: str):
    assert plain(plain(typed)) == plain(typed)
