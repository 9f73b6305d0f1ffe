"""The stream of changes, its feeds, and the register on an earlier day."""

from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from catalog.evaluation.evaluate import evaluate_system
from catalog.models import AISystem, Component, VerdictChange
from tests import factories as make
from tests.markup import compact

pytestmark = pytest.mark.django_db

FREE_WEIGHTS = {"weights_final": {"licence": "Apache-2.0", "form": "full"}}

ATOM = "{http://www.w3.org/2005/Atom}"
EVENTS = ("aisystemevent", "evaluationevent", "componentevent")


@pytest.fixture
def changed(db: None) -> AISystem:
    system = make.make_system(
        slug="one", name="One", organizations=["lab"], components=FREE_WEIGHTS
    )
    backdate("2026-01-10")
    Component.objects.update(availability="not_released", completeness="none")
    evaluate_system(system=system)
    return system


def backdate(day: str) -> None:
    """Pretend that everything recorded so far was recorded on a day."""
    with connection.cursor() as cursor:
        for table in EVENTS:
            cursor.execute(f"UPDATE catalog_{table} SET pgh_created_at = %s", [f"{day} 12:00Z"])  # noqa: S608


def test_a_change_tells_what_moved_and_why(client: Client, changed: AISystem):
    html = compact(client.get("/changes/").content.decode())

    assert "Open Weight" in html
    assert "Not Open Weight" in html
    assert "Facts changed" in html
    assert "Added to the register" in html or "added to the register" in html


@pytest.mark.parametrize(
    ("query", "number"),
    [("definition=owd-0.3", 1), ("cause=added", 1), ("cause=ruling", 0), ("q=nobody", 0)],
)
def test_changes_can_be_filtered(client: Client, changed: AISystem, query: str, number: int):
    html = compact(client.get(f"/changes/?{query}").content.decode())

    assert html.count('id="change-') == number


@pytest.mark.parametrize(
    ("address", "number"),
    [
        ("/changes.atom", None),
        ("/systems/one/changes.atom", None),
        ("/organisations/lab/changes.atom", None),
        ("/definitions/owd-0.3/changes.atom", 1),
    ],
)
def test_feeds_are_atom(client: Client, changed: AISystem, address: str, number: int | None):
    response = client.get(address)

    assert response["Content-Type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(response.content)  # noqa: S314 - our own
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == (VerdictChange.objects.count() if number is None else number)
    titles = [entry.findtext(f"{ATOM}title") or "" for entry in entries]
    assert "One, OWD 0.3: Not Open Weight" in titles
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(
    "address",
    [
        "/systems/nobody/changes.atom",
        "/definitions/none/changes.atom",
        "/organisations/no/changes.atom",
    ],
)
def test_a_feed_of_nothing_is_not_found(client: Client, db: None, address: str):
    assert client.get(address).status_code == 404


def test_a_feed_is_not_sent_twice(client: Client, changed: AISystem):
    tag = client.get("/changes.atom")["ETag"]

    assert client.get("/changes.atom", headers={"If-None-Match": tag}).status_code == 304


def test_an_entry_as_it_stood(client: Client, changed: AISystem):
    before = compact(client.get("/systems/one/history/?on=2026-01-11").content.decode())
    earlier = compact(client.get("/systems/one/history/?on=2026-01-09").content.decode())
    today = client.get(f"/systems/one/history/?on={timezone.now():%Y-%m-%d}")

    assert "Open download" in before
    assert "As of 11 January 2026" in before
    past = before.split('id="past"')[1].split('id="verdict-changes"')[0]
    assert "Open Weight" in past
    assert "Not Open Weight" not in past
    assert "was not in the register" in earlier
    assert "Not Open Weight" in today.content.decode().split('id="past"')[1]


def test_the_history_tells_which_fact_changed(client: Client, changed: AISystem):
    html = compact(client.get("/systems/one/history/").content.decode())

    assert "Final weights changed: availability open_download → not_released" in html
    assert "Final weights recorded" in html


def test_the_list_as_it_stood(client: Client, changed: AISystem):
    def names(query: str) -> bool:
        return "/systems/one/history/" in client.get(f"/as-of/?{query}").content.decode()

    assert names("on=2026-01-11&definition=owd-0.3&status=met")
    assert not names("on=2026-01-11&definition=owd-0.3&status=not_met")
    assert not names("on=2026-01-09")
    assert names("on=2026-01-11&q=on")
    assert not names("on=2026-01-11&q=two")
    assert names("")


@pytest.mark.parametrize("day", ["yesterday", "2999-01-01", "2026-13-01", "0000-00-00"])
def test_a_wrong_day_is_a_message(client: Client, changed: AISystem, day: str):
    for address in (f"/as-of/?on={day}", f"/systems/one/history/?on={day}"):
        response = client.get(address)
        assert response.status_code == 200
        assert b"errors" in response.content
        assert day.encode() in response.content


def test_a_deleted_system_stands_in_the_past(client: Client, changed: AISystem):
    changed.delete()

    assert "One" in client.get("/as-of/?on=2026-01-11").content.decode()
    assert "/systems/one/history/" not in client.get("/as-of/").content.decode()
