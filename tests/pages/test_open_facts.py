"""Each definition's page says which missing fact keeps how many systems undecided."""

import re

import pytest
from django.test import Client

from catalog.models import AISystem
from catalog.pages.views import definitions as view
from definitions import registry
from tests import factories as make
from tests.markup import compact

pytestmark = pytest.mark.django_db

PRICE = "Record how the provider earns with it, with evidence."
RISK = "Record its training compute, or whether it carries systemic risk."


@pytest.fixture
def three(db: None) -> None:
    """Two of which nothing is known, and one whose weights cannot be read, which decides."""
    make.make_system(slug="one", name="One", organizations=["lab"])
    make.make_system(slug="two", name="Two")
    weights = {"licence": "Apache-2.0", "form": "obfuscated"}
    make.make_system(slug="three", name="Three", components={"weights_final": weights})


def counts(html: str) -> dict[str, int]:
    part = html.partition('id="open"')[2].partition("</ol>")[0]
    return {
        text: int(number)
        for text, number in re.findall(r'<li>(.*?) <span class="quiet">(\d+) system', part)
    }


def test_the_page_counts_the_facts_that_undecided_systems_wait_for(client: Client, three: None):
    found = counts(compact(client.get("/definitions/eu-ai-act-2025/").content.decode()))
    assert found[PRICE] == 2
    assert list(found.values()) == sorted(found.values(), reverse=True)


def test_a_hidden_or_decided_system_does_not_count(client: Client, three: None):
    AISystem.objects.filter(slug="two").update(is_published=False)
    rows = [row for row, _ in view.open_facts(registry.get("eu-ai-act-2025"))]
    assert {row.text: row.systems for row in rows}[RISK] == 1
    assert {row.undecided for row in rows} == {1}


def test_a_ladder_counts_what_could_still_rise(client: Client, three: None):
    html = compact(client.get("/definitions/g7-2026/").content.decode())
    assert counts(html)["Record whether the final weights can be had, with evidence."] == 2


def test_where_nothing_is_open_nothing_is_said(client: Client, db: None):
    assert 'id="open"' not in client.get("/definitions/eu-ai-act-2025/").content.decode()


def test_a_large_register_is_looked_at_in_part_and_the_page_says_so(
    client: Client, three: None, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(view, "LOOKED_AT", 1)
    html = compact(client.get("/definitions/eu-ai-act-2025/").content.decode())
    assert counts(html)[PRICE] == 1
    assert "Counted over 1 of the systems" in html
