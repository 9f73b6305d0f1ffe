"""Readers of single values: what each takes, what it refuses, and that no text is a fault."""

import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from definitions.readers import values as v
from definitions.readers.dates import PartialDate, Precision, day, iso, partial_date
from definitions.readers.languages import language
from definitions.readers.values import UnreadableError
from definitions.vocabulary import Modality

READERS: dict[str, Callable[[str], object]] = {
    "text": v.Text(300),
    "quote": v.quote,
    "slug": v.slug,
    "criterion": v.criterion,
    "licence_id": v.licence_id,
    "country": v.country,
    "word": v.word(Modality),
    "answer": v.answer,
    "yes_no": v.yes_no,
    "number": v.Number(1, 10**18),
    "parameters": v.parameters,
    "address": v.address,
    "hub_id": v.hub_id,
    "day": day,
    "partial_date": partial_date,
    "language": language,
}

GOOD = [
    ("text", "  two words ", "two words"),
    ("text", "two\nlines", "two\nlines"),
    ("quote", "Weights \n are open.", "Weights are open."),
    ("slug", "text-generation", "text-generation"),
    ("criterion", "osaid-1.0/data-information", "osaid-1.0/data-information"),
    ("licence_id", "LicenseRef-Llama-2", "LicenseRef-Llama-2"),
    ("country", " fr", "FR"),
    ("word", "text", "text"),
    ("answer", "unknown", "unknown"),
    ("yes_no", "yes", True),
    ("yes_no", "no", False),
    ("number", " 0042 ", 42),
    ("number", str(10**18), 10**18),
    ("parameters", "7000000000", 7_000_000_000),
    ("parameters", "7,000,000,000", 7_000_000_000),
    ("parameters", "7 000 000", 7_000_000),
    ("parameters", "7_000_000", 7_000_000),
    ("parameters", "7B", 7_000_000_000),
    ("parameters", "1.1 b parameters", 1_100_000_000),
    ("parameters", "350M", 350_000_000),
    ("parameters", "1.75T", 1_750_000_000_000),
    ("address", "https://example.org", "https://example.org"),
    ("address", "HTTPS://Example.org:8443/A?b#c", "https://Example.org:8443/A?b#c"),
    ("address", "https://пример.рф/x", "https://xn--e1afmkfd.xn--p1ai/x"),
    ("address", "http://пример.рф:81/?q=é", "http://xn--e1afmkfd.xn--p1ai:81/?q=é"),
    ("address", "https://example.org./", "https://example.org./"),
    ("day", "2024-02-29", dt.date(2024, 2, 29)),
    ("hub_id", "allenai/OLMo-7B", "allenai/OLMo-7B"),
    ("hub_id", "https://huggingface.co/allenai/OLMo-7B/", "allenai/OLMo-7B"),
    ("hub_id", "http://www.HuggingFace.co/allenai/OLMo-7B/tree/main?x#y", "allenai/OLMo-7B"),
    ("hub_id", "_a/b", "_a/b"),
    ("hub_id", "hf.co/allenai/OLMo-7B", "allenai/OLMo-7B"),
    ("hub_id", "https://huggingface.co/models/allenai/OLMo-7B", "allenai/OLMo-7B"),
    ("hub_id", "pkg:huggingface/allenai/OLMo-7B@c5a3?x=1", "allenai/OLMo-7B"),
    ("language", "en", "en"),
    ("language", "PT_br", "pt-BR"),
    ("language", "ger", "de"),
    ("language", "English", "en"),
    ("language", "zh-hans", "zh-Hans"),
    ("language", "en-UK", "en-GB"),
    ("language", "sr-latn-rs", "sr-Latn-RS"),
    ("language", "sh", "sr-Latn"),
    ("language", "sh-Cyrl", "sr-Cyrl"),
    ("language", "tl", "tl"),
    ("language", "multilingual", "mul"),
    ("language", "Volapük", "vo"),
    ("language", "de-1996", "de-1996"),
]


@pytest.mark.parametrize(("reader", "text", "value"), GOOD)
def test_a_value_is_read_in_its_one_spelling(reader: str, text: str, value: object):
    assert READERS[reader](text) == value


BAD = [
    ("text", "x" * 301, "301 characters; at most 300"),
    ("text", "a\x00b", r"U\+0000"),
    ("text", "a\ud800b", r"U\+D800"),
    ("quote", "word " * 26, "26 words; at most 25"),
    ("slug", "Text Generation", "not a slug"),
    ("slug", "a--b", "not a slug"),
    ("slug", "-", "not a slug"),
    ("criterion", "data", "not a criterion"),
    ("licence_id", "Llama 2", "not a licence identifier"),
    ("country", "USA", "not a country code"),
    ("country", "ßß", "not a country code"),
    ("word", "txet", "not one of: text, code"),
    ("answer", "maybe", "not one of: yes, no"),
    ("yes_no", "true", "neither yes nor no"),
    ("number", "0", "not a whole number from 1 to 1,000"),
    ("number", "-0", "not a whole number"),
    ("number", "+1", "not a whole number"),
    ("number", "1e9", "not a whole number"),
    ("number", "1_000", "not a whole number"),
    ("number", "٣", "not a whole number"),
    ("number", "１", "not a whole number"),
    ("number", "²", "not a whole number"),
    ("number", "9" * 5000, "not a whole number"),
    ("number", "", "not a whole number"),
    ("parameters", "7,5B", "not a number of parameters"),
    ("parameters", "7,00,000", "not a number of parameters"),
    ("parameters", "7 000,000", "not a number of parameters"),
    ("parameters", "0", "not a number of parameters"),
    ("parameters", "0.5", "not a number of parameters"),
    ("parameters", "1e9", "not a number of parameters"),
    ("parameters", "-7B", "not a number of parameters"),
    ("parameters", "８B", "not a number of parameters"),
    ("parameters", "99999999T", "not a number of parameters"),
    ("parameters", "9" * 5000, "not a number of parameters"),
    ("parameters", "8x7B", "not a number of parameters"),
    ("address", "javascript:alert(1)", "not an address that begins"),
    ("address", "ftp://a.example.org/", "not an address that begins"),
    ("address", "//a.example.org/", "not an address that begins"),
    ("address", "example.org", "not an address that begins"),
    ("address", "https://", "not an address that begins"),
    ("address", "https://[", "not an address that begins"),
    ("address", "https://a.example.org:99999/", "not an address that begins"),
    ("address", "https://a.example.org:８０/", "not an address that begins"),
    ("address", "https://a.example.org/a b", "space or a control character"),
    ("address", "https://a.example.org/\x00", "space or a control character"),
    ("address", "https://a.exa\nmple.org/", "space or a control character"),
    ("address", "https://a.example.org/\udfff", "space or a control character"),
    ("address", "https://user:pw@a.example.org/", "name and password"),
    ("address", "https://@a.example.org/", "name and password"),
    ("address", "https://a.example.org\\@b.example.org/", "name and password"),
    ("address", "http://localhost/", "everybody can open"),
    ("address", "http://[::1]/", "name of a web server"),
    ("address", "https://a..example.org/", "name of a web server"),
    ("address", "https://ex%61mple.org/", "name of a web server"),
    ("address", "https://a\\b.example.org/", "name of a web server"),
    ("address", "https://☃\u200d.example.org/", "name of a web server"),
    ("address", "https://" + "a." * 200 + "org/", "name of a web server"),
    ("address", "https://a.example.org/" + "x" * 2000, "at most 2000"),
    ("hub_id", "x", "not a Hugging Face id"),
    ("hub_id", "a/b/c", "not a Hugging Face id"),
    ("hub_id", "../..", "not a Hugging Face id"),
    ("hub_id", "-a/b", "not a Hugging Face id"),
    ("hub_id", "a/b.", "not a Hugging Face id"),
    ("hub_id", "a/b--c", "not a Hugging Face id"),
    ("hub_id", "a/b.git", "not a Hugging Face id"),
    ("hub_id", "a/" + "b" * 97, "not a Hugging Face id"),
    ("hub_id", "а/б", "not a Hugging Face id"),
    ("hub_id", "https://huggingface.co/allenai", "not a Hugging Face id"),
    ("hub_id", "https://huggingface.co/datasets/allenai/dolma", "not a Hugging Face id"),
    ("hub_id", "https://example.org/allenai/OLMo-7B", "not a Hugging Face id"),
    ("hub_id", "http://[", "not a Hugging Face id"),
    ("hub_id", "/" * 5000, "not a Hugging Face id"),
    ("day", "2026-11", "not a day"),
    ("day", "2024-W01-1", "not a day"),
    ("day", "2024-02-30", "not a day"),
    ("partial_date", "soon", "not a date"),
    ("partial_date", "２０２４", "not a date"),
    ("partial_date", "2024-2", "not a date"),
    ("partial_date", "2024-02-01T00:00", "not a date"),
    ("partial_date", "20240", "not a date"),
    ("partial_date", "2024-02-30", "not a date: there is no such day"),
    ("partial_date", "0000", "there is no such day"),
    ("partial_date", "0204-05-01", "is before 1950"),
    ("partial_date", "9999", "in the future"),
    ("language", "Klingon", "not a language code"),
    ("language", "xx", "not a language code"),
    ("language", "\u212ao", "not a language code"),
    ("language", "ｅｎ", "not a language code"),
    ("language", "e", "not a language code"),
    ("language", "en-" + "x" * 40, "not a language code"),
]


@pytest.mark.parametrize(("reader", "text", "reason"), BAD)
def test_what_is_no_value_is_refused_with_a_sentence(reader: str, text: str, reason: str):
    with pytest.raises(UnreadableError, match=reason) as caught:
        READERS[reader](text)
    error = caught.value
    assert str(error) == error.template % error.values
    assert str(error).isprintable()
    assert str(error).endswith((".", "?"))
    assert len(str(error)) < 300


HOSTILE = st.one_of(
    st.text(),
    st.text("0123456789.,_ -+eE％０١²", max_size=40),
    st.text("https:/.@[]\\?#%a\u200b。１\x00\ud800", max_size=60),
    st.text("enpt-_BR\u212aſ", max_size=12),
    st.from_regex(r"[0-9]{4}(-[0-9]{2}){0,3}", fullmatch=True),
    st.builds(str.__mul__, st.characters(), st.integers(0, 5000)),
    st.builds("{0}{1}{0}".format, st.sampled_from(" \t\n\u3000\u00a0\x00\ufeff"), st.text()),
)


@pytest.mark.parametrize("reader", READERS)
@given(text=HOSTILE)
@example(text="")
@example(text="-0")
@example(text="1e999999999")
@example(text="NaN")
@example(text="Infinity")
def test_any_text_is_a_value_or_a_sentence(reader: str, text: str):
    """A value is plain: it can be kept, and is read as itself again."""
    read = READERS[reader]
    reasons = []
    try:
        value = read(text)
    except UnreadableError as error:
        reasons.append(str(error))
    else:
        written = str(value)
        assert v.UNKEEPABLE.search(written) is None
        assert isinstance(value, bool) or read(written) == value
    assert all(reason.isprintable() for reason in reasons)


def test_who_needs_no_reason_gets_none():
    assert v.attempt(v.slug, "a-b") == "a-b"
    assert v.attempt(v.slug, "a b") is None
    assert v.number_or("7", 1, high=9) == 7
    assert v.number_or("10", 1, high=9) == 1
    assert v.number_or("x", None, high=9) is None


def test_values_of_a_list_are_read_each_once():
    assert v.many(language, ["en", "EN", "de"]) == ["en", "de"]
    with pytest.raises(UnreadableError, match="At most 2"):
        v.many(v.slug, ["a", "b", "c"], most=2)


def test_the_text_without_a_limit_has_none():
    assert v.Text()("x" * 10_000) == "x" * 10_000


def test_a_message_shows_any_text():
    assert v.shown("a\x00\u202eb\ud800" + "c" * 99, 6) == "a��b�c"


@pytest.mark.parametrize(
    ("text", "precision", "first"),
    [
        ("2024", Precision.YEAR, "2024-01-01"),
        ("2024-02", Precision.MONTH, "2024-02-01"),
        ("2024-02-29", Precision.DAY, "2024-02-29"),
    ],
)
def test_a_date_is_as_exact_as_it_is_written(text: str, precision: Precision, first: str):
    found = partial_date(text)
    assert (found.day.isoformat(), found.precision, str(found)) == (first, precision, text)


def test_a_stored_text_that_is_no_date_keeps_nothing_closed():
    assert PartialDate.kept("") is PartialDate.kept(None) is PartialDate.kept("soon") is None
    assert str(PartialDate.kept("0204")) == "0204"
    assert iso(None, "") == ""
