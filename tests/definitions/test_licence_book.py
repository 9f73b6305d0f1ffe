"""Licence expressions: one spelling, aliases, faults with a message."""

import pytest

from definitions.licence_book import LicenceBook, LicenceError

BOOK = LicenceBook.of(
    ["Apache-2.0", "MIT", "GPL-2.0-only", "LicenseRef-Llama-2", "GPL-2.0+", "EUPL-1.2"],
    {"Apache 2.0": "Apache-2.0", "MIT License": "MIT", "the usual": "MIT OR Apache-2.0"},
)


@pytest.mark.parametrize(
    ("written", "spelled"),
    [
        ("Apache-2.0", "Apache-2.0"),
        ("  apache-2.0 ", "Apache-2.0"),
        ("apache 2.0", "Apache-2.0"),
        ("mit or apache-2.0", "MIT OR Apache-2.0"),
        ("MIT License AND Apache 2.0", "MIT AND Apache-2.0"),
        (
            "(mit AND gpl-2.0-only) or licenseref-llama-2",
            "(MIT AND GPL-2.0-only) OR LicenseRef-Llama-2",
        ),
        ("the usual", "MIT OR Apache-2.0"),
        ("the usual AND GPL-2.0-only", "(MIT OR Apache-2.0) AND GPL-2.0-only"),
        (
            "(MIT OR Apache-2.0) AND (MIT OR GPL-2.0-only)",
            "(MIT OR Apache-2.0) AND (MIT OR GPL-2.0-only)",
        ),
        ("gpl-2.0-only with Classpath-exception-2.0", "GPL-2.0-only WITH Classpath-exception-2.0"),
        ("gpl-2.0+", "GPL-2.0+"),  # what replaced it has no row in this book
        ("GPL-2.0", "GPL-2.0-only"),
        ("gpl-2.0 with classpath-exception-2.0", "GPL-2.0-only WITH Classpath-exception-2.0"),
        ("GPL-2.0-with-classpath-exception", "GPL-2.0-only WITH Classpath-exception-2.0"),
        ("apache-2.0+", "Apache-2.0+"),
        ("MIT or eupl-1.2+", "MIT OR EUPL-1.2+"),
        ("", ""),
    ],
)
def test_an_expression_has_one_spelling(written: str, spelled: str):
    assert BOOK.normalise(written) == spelled
    assert BOOK.normalise(spelled) == spelled


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("MIT OR", "not a licence expression"),
        ("(MIT", "not a licence expression"),
        ("MIT/Apache", "“/” is no operator; write OR"),
        ("MIT, Apache-2.0", "“,” is no operator"),
        ("MIT)", "closed that was not opened"),
        ("(MIT", "a bracket is not closed"),
        ("Apache2.0", "Apache-2.0 is"),
        ("Apache-2.0 WITH Commons-Clause", "“Apache-2.0 WITH Commons-Clause”"),
        ("MIT WITH Apache-2.0", "“MIT WITH Apache-2.0”"),
        ("the usual WITH Classpath-exception-2.0", "the usual WITH"),
        ("MIT with some restrictions", "“MIT WITH some restrictions”"),
        ("LicenseRef-Llama-2+", "“LicenseRef-Llama-2\\+”"),
        ("(" * 25 + "MIT" + ")" * 25, "20 levels"),
        ("(" * 100_000, "at most 300"),
        ("MIT\x00", None),
        ("Mystery-1.0", "no licence is known as “Mystery-1.0”"),
        ("MIT OR Foo OR Bar OR Foo", "“Foo”, “Bar”"),
        (" OR ".join(["MIT"] * 100), "at most 300"),
    ],
)
def test_a_bad_expression_gets_a_message(written: str, message: str | None):
    if message is None:
        assert BOOK.normalise(written) == "MIT"
        return
    with pytest.raises(LicenceError, match=message):
        BOOK.normalise(written)


def test_unknown_names_are_listed_for_the_caller():
    with pytest.raises(LicenceError) as caught:
        BOOK.normalise("MIT AND Foo")

    assert caught.value.unknown == ("Foo",)


def test_spellings_that_stand_for_much_do_not_pass_the_limit() -> None:
    with pytest.raises(LicenceError, match="at most 300 characters"):
        BOOK.normalise(" AND ".join(["the usual"] * 20))
