"""Suggestions while somebody types: what begins so, then what has a word that does."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalog.models import AISystem
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _systems() -> None:
    make.make_licence(spdx_id="Apache-2.0")
    for slug, name in (
        ("qwen2-5-vl-7b", "Qwen2.5-VL-7B"),
        ("qwen3-8b", "Qwen3 8B"),
        ("gpt-oss-20b", "gpt-oss-20b"),
        ("c-plus", "C++ Coder"),
        ("hundred", "100% Open"),
        ("under", "snake_case"),
    ):
        make.make_system(slug=slug, name=name, organizations=["qwen-lab"], evaluated=False)
    hidden = make.make_system(slug="qwen-secret", name="Qwen Secret", evaluated=False)
    AISystem.objects.filter(pk=hidden.pk).update(is_published=False)


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def ask(client: Client, text: str) -> list[list[str]]:
    response = client.get("/suggest.json", {"q": text})
    assert response.status_code == 200
    assert response["Content-Type"] == "application/x-suggestions+json"
    _text, *lists = json.loads(response.content)
    assert len({len(found) for found in lists}) == 1
    return lists


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("QWEN2", ["Qwen2.5-VL-7B"]),
        ("  qwen3   8 ", ["Qwen3 8B"]),
        ("gpt-oss", ["gpt-oss-20b"]),
        ("c++", ["C++ Coder"]),
        ("100%", ["100% Open"]),
        ("snake_", ["snake_case"]),
        ("snakeX", []),
        ("coder", ["C++ Coder"]),
        ("qwen2.5 vl", ["Qwen2.5-VL-7B"]),
        ("qwen vl", ["Qwen2.5-VL-7B"]),
        ("oss-20", ["gpt-oss-20b"]),
        ("++ cod", ["C++ Coder"]),
        ("%", []),
        ("'", []),
        ("\\", []),
        ("", []),
    ],
)
def test_what_is_suggested(text: str, names: list[str], client: Client):
    assert ask(client, text)[0] == names


def test_makers_come_with_the_systems_and_each_leads_to_its_page(client: Client):
    names, kinds, addresses = ask(client, "qwen")
    assert kinds[0] == "Organisation"
    assert names[1:] == ["Qwen2.5-VL-7B", "Qwen3 8B"]
    assert {client.get(address).status_code for address in addresses} == {200}
    assert "Qwen Secret" not in names


def test_at_most_eight_are_suggested_with_the_same_queries(client: Client):
    few = queries_of(client, "/suggest.json?q=zeta")
    for number in range(12):
        make.make_system(slug=f"zeta-{number}", name=f"Zeta {number:02}", evaluated=False)
    assert ask(client, "zeta")[0] == [f"Zeta {number:02}" for number in range(8)]
    assert queries_of(client, "/suggest.json?q=zeta") <= few == 4


def test_the_browser_learns_where_to_ask(client: Client):
    text = client.get("/opensearch.xml").text
    assert 'type="application/x-suggestions+json"' in text
    assert "/suggest.json?q={searchTerms}" in text
