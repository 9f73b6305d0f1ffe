"""Systems by the criteria of one definition, and the feed of a list."""

import csv
import json
import re
from io import StringIO
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from catalog.evaluation.evaluate import evaluate_system
from catalog.models import AISystem, Component
from catalog.pages.views import matrix
from definitions import registry
from definitions.marks import MARKS
from tests import factories as make
from tests.markup import compact
from tests.reading import statuses

pytestmark = [pytest.mark.django_db, pytest.mark.once]

ADDRESS = "/definitions/owd-0.3/systems/"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def three(db: None) -> None:
    """One that meets the definition, one of which nothing is known, one that does not."""
    make.make_system(slug="alpha", name="Alpha", components={"weights_final": "LicenseRef-Llama-2"})
    make.make_system(slug="beta", name="Beta", organizations=["lab"])
    free = {"weights_final": {"licence": "Apache-2.0", "form": "full"}}
    make.make_system(slug="gamma", name="Gamma", components=free)


def order(client: Client, query: str = "") -> list[str]:
    html = compact(client.get(ADDRESS + query).content.decode())
    return re.findall(r'<th scope="row"><a href="/systems/(\w+)/"', html)


def test_each_cell_says_what_the_stored_verdict_says(client: Client, three: None):
    html = compact(client.get(ADDRESS).content.decode())
    definition = registry.get("owd-0.3")
    row = html.partition('href="/systems/alpha/"')[2].partition("</tr>")[0]
    words = re.findall(r'#([\w-]+)"><span class="status (\w+)">', row)
    stored = AISystem.objects.get(slug="alpha").evaluations.get(definition_id="owd-0.3")
    told = statuses(stored)
    assert words == [(code.partition("/")[2], status) for code, status in told.items()]
    assert [word for word, _status in words] == [item.slug for item in definition.criteria]
    assert ("free-redistribution", "not_met") in words


def test_what_was_never_judged_is_unknown(client: Client, three: None):
    AISystem.objects.get(slug="gamma").evaluations.all().delete()
    html = compact(client.get(ADDRESS).content.decode())
    row = html.partition('href="/systems/gamma/"')[2].partition("</tr>")[0]
    number = len(registry.get("owd-0.3").criteria)
    assert row.count('<span class="status unknown">') == number + 1
    assert "verdicts/" not in row


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("", ["alpha", "beta", "gamma"]),
        ("?sort=verdict", ["gamma", "beta", "alpha"]),
        ("?sort=free-redistribution", ["gamma", "beta", "alpha"]),
        ("?sort=no-such-criterion", ["alpha", "beta", "gamma"]),
        ("?owd-0.3=not_met", ["alpha"]),
        ("?q=gamma&sort=verdict", ["gamma"]),
        ("?organisation=lab", ["beta"]),
    ],
)
def test_orders_and_filters(client: Client, three: None, query: str, wanted: list[str]):
    assert order(client, query) == wanted


def test_scores_and_grades_are_put_in_order(client: Client, three: None):
    slug = registry.get("osai-2026").criteria[0].slug
    free = {"pretraining_data": {"licence": "Apache-2.0", "completeness": "full"}}
    make.make_system(slug="delta", name="Delta", components=free)
    html = compact(client.get(f"/definitions/osai-2026/systems/?sort={slug}").content.decode())
    found = re.findall(r'<th scope="row"><a href="/systems/(\w+)/"', html)
    scores = {
        row.slug: MARKS[row.evaluations.get(definition_id="osai-2026").criteria[0]].value
        for row in AISystem.objects.all()
    }
    known = [scores[name] for name in found if scores[name] is not None]
    assert known == sorted(known, reverse=True)
    assert sorted(found) == ["alpha", "beta", "delta", "gamma"]


def test_too_many_are_not_put_in_order_by_a_criterion(
    client: Client, three: None, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(matrix, "MOST_SORTED", 2)
    html = compact(client.get(ADDRESS + "?sort=free-redistribution").content.decode())
    assert "More than 2 systems cannot be put in order by a criterion." in html
    assert order(client, "?sort=free-redistribution") == ["alpha", "beta", "gamma"]


def test_other_filters_of_the_list_are_kept_in_the_form(client: Client, three: None):
    html = compact(client.get(ADDRESS + "?organisation=lab&q=be").content.decode())
    assert '<input type="hidden" name="organisation" value="lab">' in html
    assert 'href="/systems/?organisation=lab&amp;q=be"' in html


def test_the_files_hold_the_selection(client: Client, three: None, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(matrix, "BATCH", 1)
    text = b"".join(client.get("/definitions/owd-0.3/systems.csv")).decode()
    rows = list(csv.DictReader(StringIO(text)))
    assert [row["slug"] for row in rows] == ["alpha", "beta", "gamma"]
    assert rows[0]["free-redistribution"] == "not_met"
    body = b"".join(client.get("/definitions/owd-0.3/systems.json?owd-0.3=not_met"))
    assert [item["slug"] for item in json.loads(body)["items"]] == ["alpha"]
    assert client.get("/definitions/owd-0.3/systems.csv?owd-0.3=nonsense").status_code == 400


def test_the_page_is_reached_from_the_definition_and_from_the_list(client: Client, three: None):
    assert f'href="{ADDRESS}"' in client.get("/definitions/owd-0.3/").content.decode()
    html = compact(client.get("/systems/?organisation=lab").content.decode())
    assert f'href="{ADDRESS}?organisation=lab"' in html
    assert 'href="/systems.atom?organisation=lab"' in html
    assert client.get("/definitions/nope/systems/").status_code == 404


# --- the feed of a selection -------------------------------------------------------------------


def entries(response: Any) -> list[str]:
    feed = ElementTree.fromstring(response.content)  # noqa: S314 - our own
    return [entry.findtext(f"{ATOM}title") or "" for entry in feed.findall(f"{ATOM}entry")]


def test_the_feed_holds_the_changes_of_the_selection(client: Client, three: None):
    gamma = AISystem.objects.get(slug="gamma")
    Component.objects.filter(system=gamma).update(availability="not_released", completeness="none")
    evaluate_system(system=gamma)
    assert "Gamma, OWD 0.3: Not Open Weight" in entries(client.get("/systems.atom"))
    chosen = entries(client.get("/systems.atom?organisation=lab"))
    assert chosen == ["Beta: added to the register"]
    assert entries(client.get("/systems.atom?q=nothing-like-it")) == []
    assert "a selection" in client.get("/systems.atom?q=beta").content.decode()


def test_a_wrong_filter_of_a_feed_is_told(client: Client, three: None):
    answer = client.get("/systems.atom?owd-0.3=nonsense")
    assert answer.status_code == 400
    assert "nonsense" in answer.content.decode()


def test_an_unchanged_feed_answers_304(client: Client, three: None):
    first = client.get("/systems.atom?organisation=lab")
    again = client.get("/systems.atom?organisation=lab", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
