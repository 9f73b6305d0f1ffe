"""The comparison: by address, six at most, differences, adding, moving, as a table file."""

import csv
import io

import pytest
from django.test import Client

from catalog.models import AISystem
from catalog.pages.views.common import safe_cell as safe
from tests import factories as make
from tests.pages.conftest import grow

pytestmark = pytest.mark.django_db


@pytest.fixture
def seven(db: None) -> list[AISystem]:
    return grow(7)


def slugs(client: Client, query: str) -> list[str]:
    return [system.slug for system in client.get(f"/compare/?{query}").context["systems"]]


def test_the_address_gives_the_order(client: Client, seven: list[AISystem]):
    assert slugs(client, "s=system-2&s=system-0") == ["system-2", "system-0"]
    assert slugs(client, "s=system-2&s=system-2") == ["system-2"]


def test_seven_are_one_too_many(client: Client, seven: list[AISystem]):
    query = "&".join(f"s=system-{n}" for n in range(7))
    response = client.get(f"/compare/?{query}")
    assert len(response.context["systems"]) == 6
    assert "At most 6 systems fit side by side; these are the first of 7." in response.text


def test_what_there_is_not_is_said(client: Client, seven: list[AISystem]):
    response = client.get("/compare/?s=system-0&s=nobody")
    assert response.status_code == 200
    assert "There is no system “nobody”." in response.text


def test_differences_only(client: Client, seven: list[AISystem]):
    everything = client.get("/compare/?s=system-0&s=system-1").context["sections"]
    different = client.get("/compare/?s=system-0&s=system-1&differences=yes").context["sections"]
    assert sum(len(s.rows) for s in different) < sum(len(s.rows) for s in everything)
    assert all(row.differs for section in different for row in section.rows)
    alone = client.get("/compare/?s=system-0&differences=yes")
    assert "do not differ" in alone.text


def test_adding_offers_matches_and_keeps_what_was_typed(client: Client, seven: list[AISystem]):
    response = client.get("/compare/?s=system-0&add=system 3")
    assert [match.slug for match in response.context["matches"]] == ["system-3"]
    assert 'value="system 3"' in response.text
    assert "s=system-0&amp;s=system-3" in response.text
    assert "No system is called “zebra”." in client.get("/compare/?add=zebra").text


def test_columns_can_be_moved_and_removed(client: Client, seven: list[AISystem]):
    columns = client.get("/compare/?s=system-0&s=system-1&s=system-2").context["columns"]
    assert columns[2][1]["moved"] == ["system-0", "system-2", "system-1"]
    assert columns[1][1]["without"] == ["system-0", "system-2"]
    assert columns[0][1]["moved"] == []


def test_as_a_table_file(client: Client, seven: list[AISystem]):
    make.make_training_data(system=seven[0])
    response = client.get("/compare.csv?s=system-0&s=system-1")
    rows = list(csv.reader(io.StringIO(response.text)))
    assert rows[0] == ["section", "line", "System 0", "System 1"]
    assert [
        "Verdicts",
        "MOF 1.0",
        "Class I – Open Science (Recorded, not verified)",
        "Unclassified (Recorded, not verified)",
    ] in rows
    assert client.get("/compare.csv").status_code == 404


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_no_cell_becomes_a_formula(cell: str):
    assert safe(cell) == f"'{cell}"


def test_a_plain_cell_stays():
    assert safe("–") == "–"
    assert safe("MIT") == "MIT"


def test_a_score_passes_and_fails_nothing(client: Client, seven: list[AISystem]):
    sections = client.get("/compare/?s=system-0&s=system-1").context["sections"]
    verdicts = next(section for section in sections if section.title == "Verdicts")
    row = next(row for row in verdicts.rows if row.label == "OSAI 2026")

    assert [cell.status for cell in row.cells] == [None, None]
    assert all(cell.text for cell in row.cells)
