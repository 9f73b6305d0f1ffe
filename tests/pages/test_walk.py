"""Every public page: it answers, is valid, sets no cookie, and loads nothing from elsewhere."""

import re
from typing import Any
from urllib.parse import urlsplit

import html5lib
import pytest
from django.test import Client
from django.urls import reverse

from catalog.models import AISystem
from catalog.pages.sitemaps import SITEMAPS
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.once]

OTHERS = [
    "/systems/?q=system",
    "/systems/?osaid-1.0=not_met&commercial=capped",
    "/systems/?q=nothing-like-it",
    "/systems/system-0/history/",
    "/systems/system-0/history/?on=2026-01-01",
    "/systems/system-0/verdicts/osai-2026/",
    "/systems/system-0/verdicts/mof-1.0/",
    "/as-of/?on=2026-01-01",
    "/definitions/osai-2026/since/osai-2024/",
    "/definitions/osai-2026/systems/",
    "/definitions/osaid-1.0/systems/?q=system&sort=verdict",
    "/compare/?s=system-0&s=system-1",
    "/compare/?s=system-0&differences=yes&add=system",
    "/licences/?use=used",
    "/nowhere/",
]

LOADED = re.compile(r'<(?:script|link|img|iframe|source)[^>]*?(?:src|href)="([^"]+)"')


def pages() -> list[str]:
    """The address of every page in the sitemap, and some more."""
    found = [sitemap.location(item) for sitemap in SITEMAPS.values() for item in sitemap.items()]
    return [*found, *OTHERS]


@pytest.fixture
def full(catalogue: list[AISystem]) -> list[AISystem]:
    """The catalogue with claims, judgements, data and descent on one system."""
    first = catalogue[0]
    make.make_claim(system=first)
    make.make_decision(system=first)
    make.make_judgement(system=first, definition_id="osaid-1.0", result="fail")
    make.make_judgement(system=first, definition_id="nobody-1", result="maybe")
    make.make_training_data(system=first)
    make.make_data_information(system=first, provenance="yes")
    make.make_derivation(system=catalogue[1], base=first)
    return catalogue


@pytest.fixture(scope="module")
def kept() -> dict[str, Any]:
    return {}


@pytest.fixture
def answers(request: Any, client: Client, kept: dict[str, Any]) -> dict[str, Any]:
    """What every page answers; asked once for all tests."""
    if not kept:
        request.getfixturevalue("full")
        kept |= {address: client.get(address) for address in pages()}
    return kept


def test_every_page(answers: dict[str, Any]):
    assert len(answers) >= 40
    for address, response in answers.items():
        expected = 404 if address == "/nowhere/" else 200
        assert response.status_code == expected, address
        html = response.content.decode()
        assert html.count("<h1") == 1, address
        assert not response.cookies, address
        assert "Cookie" not in response.get("Vary", ""), address
        policy = response["Content-Security-Policy"]
        assert "unsafe" not in policy, address
        for loaded in LOADED.findall(html):
            assert urlsplit(loaded).netloc in ("", "testserver"), (address, loaded)
        assert ' style="' not in html, address
        assert "onclick" not in html, address


def test_every_page_is_valid_html(answers: dict[str, Any]):
    for address, response in answers.items():
        html = response.content.decode()
        parser = html5lib.HTMLParser(strict=False)
        parser.parse(html)
        faults = [fault for fault in parser.errors if fault[1] != "unexpected-end-tag-in-svg"]
        assert faults == [], (address, faults[:3])


def test_ids_are_unique_on_every_page(answers: dict[str, Any]):
    for address, response in answers.items():
        html = response.content.decode()
        ids = re.findall(r'\sid="([^"]+)"', html)
        assert sorted(ids) == sorted(set(ids)), address


def test_links_inside_the_site_lead_somewhere(
    client: Client, full: list[AISystem], answers: dict[str, Any]
):
    seen: set[str] = set()
    for address, response in answers.items():
        if address.startswith("/learn/"):
            continue  # they lead into the whole catalogue: tests/pages/test_learn.py
        html = response.content.decode()
        seen.update(re.findall(r'<a[^>]*?href="(/[^"#]*)"', html))
    assert len(seen) > 50
    for address in sorted({link.replace("&amp;", "&") for link in seen} - answers.keys()):
        assert client.get(address).status_code == 200, address


def test_every_page_is_reached_from_the_home_page(client: Client, full: list[AISystem]):
    waiting, seen = ["/"], {"/"}
    while waiting:
        html = client.get(waiting.pop()).content.decode()
        for link in re.findall(r'<a[^>]*?href="(/[^"#?]*)', html):
            if link not in seen:
                seen.add(link)
                if not link.endswith((".json", ".csv")):
                    waiting.append(link)
    plain = {sitemap.location(i) for sitemap in SITEMAPS.values() for i in sitemap.items()}
    assert plain <= seen


def test_robots_and_sitemap_and_search_description(client: Client, full: list[AISystem]):
    assert "Disallow: /desk/" in client.get("/robots.txt").text
    index = client.get("/sitemap.xml").text
    assert "sitemap-systems.xml" in index
    assert "/systems/system-0/" in client.get("/sitemap-systems.xml").text
    assert "{searchTerms}" in client.get("/opensearch.xml").text


def test_an_unchanged_page_answers_304(client: Client, full: list[AISystem]):
    for address in (reverse("catalog:home"), "/systems/", "/systems/system-0/"):
        first = client.get(address)
        again = client.get(address, headers={"If-None-Match": first["ETag"]})
        assert again.status_code == 304
        assert not again.content
    make.evaluate_system(system=full[0])


def test_facts_of_an_entry_can_be_downloaded(client: Client, full: list[AISystem]):
    response = client.get("/systems/system-0/facts.json")
    assert response.json()["system"]["slug"] == "system-0"
    assert "system-0.facts.json" in response["Content-Disposition"]


def test_rules_of_a_definition_can_be_downloaded(client: Client, full: list[AISystem]):
    assert client.get("/definitions/mof-1.0/rules.json").json()["key"] == "mof"
    assert client.get("/definitions/nobody-1/rules.json").status_code == 404
