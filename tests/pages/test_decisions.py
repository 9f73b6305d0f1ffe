"""The public timeline of decisions: by role, with the reason, and nothing that was not shown."""

from xml.etree import ElementTree

import pytest
from django.test import Client

from tests import factories as make
from tests.markup import compact

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def decided(db: None) -> None:
    """An entry with a correction that was taken and one that was not; a proposal refused."""
    system = make.make_system(slug="one", name="One")
    make.make_decision(system=system, message="Read on the card.")
    make.make_decision(system=system, kind="rejected", message="You claim that X stole it.")
    make.make_decision(kind="rejected", reason="advertising", message="Buy at Y.")


def test_decisions_stand_with_role_and_reason(client: Client, decided: None):
    html = compact(client.get("/decisions/").content.decode())
    assert html.count('id="decision-') == 3
    assert "Reviewer: a correction, accepted</p>" in html
    assert "Read on the card." in html
    assert "Reviewer: a proposed entry, rejected</p>" in html
    assert "<dt>Rejected: advertising</dt><dd>1</dd>" in html


def test_what_a_rejection_said_is_not_published(client: Client, decided: None):
    for address in (
        "/decisions/", "/decisions.atom", "/decisions.json", "/systems/one/history/",
        "/systems/one/changes.atom",
    ):  # fmt: skip
        response = client.get(address)
        text = b"".join(response) if response.streaming else response.content
        assert b"stole" not in text, address
        assert b"Buy at Y" not in text, address
        assert b"Something sent in" not in text, address


def test_the_history_of_an_entry_has_both(client: Client, decided: None):
    html = compact(client.get("/systems/one/history/").content.decode())
    assert html.count('id="decision-') == 2
    assert "Reviewer: a correction, rejected</p>" in html
    assert "The evidence does not show it" in html


@pytest.mark.parametrize(
    ("query", "number"),
    [("kind=rejected", 2), ("kind=accepted", 1), ("reason=advertising", 1), ("kind=asked", 3)],
)
def test_decisions_can_be_filtered(client: Client, decided: None, query: str, number: int):
    html = compact(client.get(f"/decisions/?{query}").content.decode())
    assert html.count('id="decision-') == number


@pytest.mark.parametrize(("address", "number"), [("decisions", 3), ("systems/one/changes", 2)])
def test_feeds_hold_the_decisions(client: Client, decided: None, address: str, number: int):
    feed = ElementTree.fromstring(client.get(f"/{address}.atom").content)  # noqa: S314 - our own
    entries = feed.findall(f"{ATOM}entry")
    found = [entry for entry in entries if "#decision-" in (entry.findtext(f"{ATOM}id") or "")]
    assert len(found) == number
    titles = [entry.findtext(f"{ATOM}title") for entry in found]
    assert "One: a correction, rejected" in titles
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == len(ids)


def test_an_entry_that_is_not_public_is_not_named(client: Client, db: None):
    system = make.make_system(slug="hidden", name="Hidden One", is_published=False)
    make.make_decision(system=system, kind="rejected")
    html = compact(client.get("/decisions/").content.decode())
    assert html.count('id="decision-') == 1
    assert "Hidden One" not in html
