"""“May I use it?”: what licences demand, in their records' words, wherever terms are shown."""

import html
from typing import Any

import pytest
from django.test import Client

from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.once]

BUILT = "Show “Built with Gadget”. Names of derived models begin with Gadget."
HAND_ON = "Pass the limits on use on to everybody."


@pytest.fixture
def licences(db: None) -> None:
    make.make_licence(
        spdx_id="LicenseRef-Gadget",
        name="Gadget Community License",
        commercial="capped",
        attribution="yes",
        permissions_note="Use, change and share.",
        conditions_note=BUILT,
        limits_note="Above 700 million users ask first.",
    )
    make.make_licence(
        spdx_id="LicenseRef-Widget",
        name="Widget Terms",
        commercial="yes",
        attribution="yes",
        conditions_note=HAND_ON,
    )


def entry(client: Client, expression: str, **values: Any) -> str:
    make.make_system(slug="made", name="Made", components={"weights_final": expression}, **values)
    page = html.unescape(client.get("/systems/made/").text)
    return page.partition('<h2 id="terms">')[2].partition("</section>")[0]


def test_what_a_licence_demands_stands_on_the_entry_in_its_records_words(
    client: Client, licences: None
):
    told = entry(client, "LicenseRef-Gadget")

    assert BUILT in told
    assert "Use, change and share." in told
    assert "Above 700 million users ask first." in told
    assert "ame the author" not in told


def test_a_licence_without_notes_is_told_from_its_columns(client: Client, db: None):
    make.make_licence(spdx_id="LicenseRef-Bare", attribution="yes", naming_duty="yes")

    assert "Name the author; use or show a given name." in entry(client, "LicenseRef-Bare")


def test_a_licence_of_which_nothing_is_recorded_sends_to_its_text(client: Client, db: None):
    make.make_licence(spdx_id="LicenseRef-Empty", commercial="unknown")

    assert "does not say what it demands. Read its text." in entry(client, "LicenseRef-Empty")


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("LicenseRef-Gadget OR LicenseRef-Widget", "You may choose one of them."),
        ("LicenseRef-Gadget AND LicenseRef-Widget", "All of them apply at once."),
        ("LicenseRef-Gadget AND (LicenseRef-Widget OR MIT)", "“OR” lets you choose"),
    ],
)
def test_several_licences_are_all_told_and_how_they_go_together(
    client: Client, licences: None, expression: str, words: str
):
    make.make_licence(spdx_id="MIT")
    told = entry(client, expression)

    assert words in told
    assert BUILT in told
    assert HAND_ON in told


def test_an_exception_is_named(client: Client, db: None):
    make.make_licence(spdx_id="GPL-2.0-only", conditions_note="Pass on the source.")
    told = entry(client, "GPL-2.0-only WITH Classpath-exception-2.0")

    assert "An exception is attached to the licence" in told
    assert "Classpath-exception-2.0" in told
    assert "Pass on the source." in told


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        ({"licence_status": "none_stated"}, "No licence is stated, so all rights are reserved."),
        (
            {"licence_status": "unrecognised", "licence_text": "House terms"},
            "“House terms”. Not a licence that we know",
        ),
    ],
)
def test_terms_that_are_no_licence_of_ours_are_told(
    client: Client, db: None, terms: dict[str, str], words: str
):
    system = make.make_system(slug="made", name="Made", components={})
    make.make_component(system=system, kind="weights_final", licence="", **terms)
    page = html.unescape(client.get("/systems/made/").text)

    assert words in page.partition('<h2 id="terms">')[2].partition("</section>")[0]


def test_the_comparison_shows_them_side_by_side(client: Client, licences: None):
    make.make_system(slug="one", name="One", components={"weights_final": "LicenseRef-Gadget"})
    both = "LicenseRef-Gadget AND LicenseRef-Widget"
    make.make_system(slug="two", name="Two", components={"weights_final": both})
    page = client.get("/compare/?s=one&s=two")
    rows = {row.label: row.cells for s in page.context["sections"] for row in s.rows}

    assert rows["Licence of the weights"][0].text == "Gadget Community License"
    assert rows["You must"][0].text == BUILT
    assert rows["You must"][1].text == f"Gadget Community License: {BUILT} Widget Terms: {HAND_ON}"
    assert rows["Several licences"][1].text == "All of them apply at once."
    assert BUILT in client.get("/compare.csv?s=one&s=two").text


def test_the_api_gives_them_by_licence(client: Client, licences: None):
    make.make_system(slug="one", name="One", components={"weights_final": "LicenseRef-Gadget"})
    (terms,) = client.get("/api/v1/systems/one").json()["terms"]

    assert terms["conditions"] == BUILT
    assert terms["components"] == ["weights_final"]
    assert terms["url"].endswith("/licences/LicenseRef-Gadget/")
