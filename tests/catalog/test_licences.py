"""Licence expressions: one spelling, aliases, faults with a message, links kept."""

import pytest

from catalog.licences import LicenceBook, LicenceError
from catalog.models import Component
from catalog.services.licences import link_licences, set_licence
from tests import factories as make

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
def test_an_expression_has_one_spelling(written: str, spelled: str) -> None:
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
def test_a_bad_expression_gets_a_message(written: str, message: str | None) -> None:
    if message is None:
        assert BOOK.normalise(written) == "MIT"
        return
    with pytest.raises(LicenceError, match=message):
        BOOK.normalise(written)


def test_unknown_names_are_listed_for_the_caller() -> None:
    with pytest.raises(LicenceError) as caught:
        BOOK.normalise("MIT AND Foo")

    assert caught.value.unknown == ("Foo",)


@pytest.mark.django_db
def test_the_links_follow_the_expression() -> None:
    system = make.make_system(components={"weights_final": "MIT OR Apache-2.0"})
    row = system.components.get()
    assert set(row.licences.values_list("spdx_id", flat=True)) == {"MIT", "Apache-2.0"}

    set_licence(row=row, expression="mit", status="stated")

    assert row.licence_expression == "MIT"
    assert list(row.licences.values_list("spdx_id", flat=True)) == ["MIT"]

    set_licence(row=row, expression="", status="none_stated", url="https://example.org/terms")

    row.refresh_from_db()
    assert (row.licences.count(), row.licence_status) == (0, "none_stated")


@pytest.mark.django_db
def test_right_links_are_not_written_again() -> None:
    system = make.make_system(components={"weights_final": "MIT"})

    assert link_licences(rows=list(Component.objects.filter(system=system))) == 0
    assert link_licences(rows=[]) == 0


@pytest.mark.django_db
def test_the_book_is_read_from_the_rows() -> None:
    make.make_licence(spdx_id="MIT")
    make.make_alias(alias="Expat", expression="MIT")

    assert LicenceBook.load().normalise("expat") == "MIT"
