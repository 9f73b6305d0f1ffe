"""Every list as a file: the whole selection of the page, in two forms, safe to open."""

import csv
import json
from io import StringIO
from typing import Any

import pytest
from django.test import Client

from catalog.pages.views import tables
from catalog.pages.views.tables import LISTINGS
from definitions import registry
from tests import factories as make
from tests.pages.conftest import grow

pytestmark = pytest.mark.django_db


def text(response: Any) -> str:
    return b"".join(response.streaming_content).decode()


def rows(client: Client, address: str) -> list[dict[str, str]]:
    response = client.get(address)
    assert response.status_code == 200
    return list(csv.DictReader(StringIO(text(response))))


def items(client: Client, address: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(text(client.get(address)))["items"]
    return found


@pytest.mark.parametrize("name", LISTINGS)
def test_every_list_has_both_files_with_the_same_rows_and_columns(
    client: Client, catalogue: Any, name: str
):
    make.make_claim(system=catalogue[0])
    make.make_decision(system=catalogue[0])
    make.make_language()

    table, values = rows(client, f"/{name}.csv"), items(client, f"/{name}.json")

    assert len(table) == len(values) > 0
    assert list(table[0]) == list(values[0])
    page = client.get(f"/{name}/").content.decode()
    assert f'href="/{name}.csv' in page
    assert f'href="/{name}.json' in page


def test_systems_have_a_column_for_each_definition(client: Client):
    make.make_system(slug="olmo-7b", components={"weights_final": "Apache-2.0"})

    (row,) = rows(client, "/systems.csv")

    assert {definition.id for definition in registry.DEFINITIONS} <= set(row)
    assert row["weights_licence"] == "Apache-2.0"


def test_the_whole_selection_is_there_however_many_pages_it_has(
    client: Client, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(tables, "BATCH", 4)
    grow(10)

    assert [row["slug"] for row in rows(client, "/systems.csv?page=2&size=25")] == sorted(
        f"system-{n}" for n in range(10)
    )
    assert len(rows(client, "/changes.csv")) == 10


def test_filters_are_those_of_the_page_and_its_links_carry_them(client: Client):
    grow(4)
    query = "licence=LicenseRef-Llama-2"

    found = {row["slug"] for row in rows(client, f"/systems.csv?{query}")}

    assert found == {"system-1", "system-3"}
    page = client.get(f"/systems/?{query}&page=1").content.decode()
    assert f'href="/systems.csv?{query}"' in page


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_a_wrong_filter_is_told_and_no_file_is_sent(client: Client, kind: str):
    response = client.get(f"/systems.{kind}?commercial=perhaps")

    assert response.status_code == 400
    assert "commercial" in response.content.decode()
    assert "Content-Disposition" not in response


def test_no_cell_is_taken_for_a_formula(client: Client):
    make.make_system(slug="evil", name="=HYPERLINK(1)")

    (row,) = rows(client, "/systems.csv")
    assert row["name"] == "'=HYPERLINK(1)"
    (item,) = items(client, "/systems.json")
    assert item["name"] == "=HYPERLINK(1)"


def test_hidden_entries_are_in_no_file(client: Client):
    make.make_system(slug="hidden", is_published=False)

    for address in ("/systems.json", "/changes.json"):
        assert "hidden" not in text(client.get(address))


def test_an_empty_selection_is_an_empty_file(client: Client):
    assert text(client.get("/systems.csv")) == ""
    assert items(client, "/systems.json") == []


@pytest.mark.once
@pytest.mark.parametrize("number", [3, 40])
@pytest.mark.parametrize("name", LISTINGS)
def test_a_batch_takes_the_same_queries_for_any_number(
    client: Client, django_assert_max_num_queries: Any, name: str, number: int
):
    grow(number)
    make.make_dataset()

    with django_assert_max_num_queries(4):
        text(client.get(f"/{name}.json"))
