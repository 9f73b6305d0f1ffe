"""Charts: the table of each says what its shapes say."""

import csv
import io
import re
from typing import Any

import html5lib
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalog.models import AISystem
from catalog.pages.presenters.charts import QUARTERS
from catalog.querysets import figures
from definitions import registry
from tests import factories as make
from tests.pages.conftest import grow

pytestmark = [pytest.mark.django_db, pytest.mark.once]

HTML = "{http://www.w3.org/1999/xhtml}"
SVG = "{http://www.w3.org/2000/svg}"


def charts_of(html: str) -> dict[str, Any]:
    tree = html5lib.parse(html)
    return {figure.get("id"): figure for figure in tree.iter(f"{HTML}figure")}


def table_of(figure: Any) -> dict[tuple[str, str], int]:
    """(series, group) → number, from the table below a chart."""
    heading = [
        "".join(cell.itertext()).strip()
        for cell in figure.iter(f"{HTML}th")
        if cell.get("scope") == "col"
    ]
    found = {}
    for row in figure.find(f".//{HTML}tbody").iter(f"{HTML}tr"):
        group = "".join(row.find(f"{HTML}th").itertext())
        for name, cell in zip(heading[1:], row.iter(f"{HTML}td"), strict=True):
            number = re.match(r"\d+", "".join(cell.itertext()).strip())
            assert number
            found[name, group] = int(number.group())
    return found


def shapes_of(figure: Any, series: str, group: str) -> dict[tuple[str, str], int]:
    return {
        (rect.get(series), rect.get(group)): int(rect.get("data-value"))
        for rect in figure.iter(f"{SVG}rect")
        if rect.get("data-value")
    }


@pytest.fixture
def systems(db: None) -> list[AISystem]:
    found = grow(7)
    for number, system in enumerate(found):
        AISystem.objects.filter(pk=system.pk).update(
            released_on=f"{2020 + number % 3}-01-01" if number else None,
            released_precision="year" if number else "",
        )
    make.make_system(slug="hidden", is_published=False)
    return found


def test_bars_say_what_their_tables_say(client: Client, systems: list[AISystem]):
    charts = charts_of(client.get("/charts/").content.decode())
    bars = {key: chart for key, chart in charts.items() if key != "components"}
    assert len(bars) == len(registry.current()) + 2

    for key, figure in bars.items():
        shown = table_of(figure)
        labels = {
            rect.get("data-series"): rect.find(f"{SVG}title")
            .text.rpartition(", ")[2]
            .rpartition(": ")[0]
            for rect in figure.iter(f"{SVG}rect")
            if rect.get("data-value")
        }
        drawn = shapes_of(figure, "data-series", "data-group")
        named = {(labels[series], group): value for (series, group), value in drawn.items()}
        told = {
            (name.lower(), group): n for (name, group), n in shown.items() if n and name != "Total"
        }
        assert named == told, key
        totals = [n for (name, _), n in shown.items() if name == "Total"]
        assert sum(totals) == len(systems) == sum(drawn.values()), key


def test_bars_are_as_long_as_their_numbers(client: Client, systems: list[AISystem]):
    figure = charts_of(client.get("/charts/").content.decode())["verdicts-owd-0.3"]
    lengths = {
        round(float(rect.get("width")) / int(rect.get("data-value")), 1)
        for rect in figure.iter(f"{SVG}rect")
        if rect.get("data-value")
    }
    assert len(lengths) == 1


def test_the_heat_says_what_its_table_says(client: Client, systems: list[AISystem]):
    figure = charts_of(client.get("/charts/").content.decode())["components"]

    drawn = shapes_of(figure, "data-column", "data-row")
    assert drawn == {(column, row): n for (column, row), n in table_of(figure).items()}
    assert any(drawn.values())
    told = [
        tuple(map(int, re.findall(r"\d+", "".join(cell.itertext()))))
        for cell in figure.iter(f"{HTML}td")
    ]
    shapes = [rect for rect in figure.iter(f"{SVG}rect") if rect.get("data-value")]
    keys = ("data-value", "data-limited", "data-total")
    assert told == [tuple(int(rect.get(key)) for key in keys) for rect in shapes]
    assert any(limited for _, limited, _ in told)


def test_a_score_has_the_legend_of_its_quarters(client: Client, systems: list[AISystem]):
    tree = html5lib.parse(client.get("/charts/?definition=osai-2026").content.decode())
    section = next(
        part for part in tree.iter(f"{HTML}section") if part.get("aria-labelledby") == "by-maker"
    )
    legend = next(part for part in section.iter(f"{HTML}ul") if part.get("class") == "legend")
    items = ["".join(item.itertext()) for item in legend.iter(f"{HTML}li")]
    assert items == [item.sign + item.label for item in QUARTERS]


def test_the_first_definition_is_shown_where_none_is_asked_for(client: Client, db: None):
    assert '<option value="osaid-1.0" selected>' in client.get("/charts/").content.decode()
    assert client.get("/charts/makers.csv?definition=nothing").status_code == 404


def test_a_file_says_what_the_table_says(client: Client, systems: list[AISystem]):
    figure = charts_of(client.get("/charts/").content.decode())["licences"]
    text = client.get("/charts/licences.csv").content.decode()
    heading, *lines = csv.reader(io.StringIO(text))

    found = {
        (name, line[0]): int(number)
        for line in lines
        for name, number in zip(heading[1:], line[1:], strict=True)
    }
    assert {k: v for k, v in found.items() if k[0] != "total"} == {
        (name, group): n for (name, group), n in table_of(figure).items() if name != "Total"
    }
    assert client.get("/charts/nothing.csv").status_code == 404
    for definition in registry.current():
        assert client.get(f"/charts/verdicts-{definition.id}.csv").status_code == 200
    assert client.get("/charts/components.csv").content.count(b"\n") == 23


def test_a_licence_that_looks_like_a_formula_stays_text(client: Client):
    make.make_system(slug="one")
    AISystem.objects.update(weights_licence="=1+1")

    assert b"'=1+1" in client.get("/charts/licences.csv").content


def test_makers_are_counted_by_the_chosen_definition(client: Client, systems: list[AISystem]):
    html = client.get("/charts/?definition=mof-1.0").content.decode()
    assert '<option value="mof-1.0" selected>' in html
    assert sum(figures.verdicts_by_maker("mof-1.0").values()) == len(systems)

    wrong = client.get("/charts/?definition=<b>")
    assert wrong.status_code == 200
    assert b"There is no definition" in wrong.content
    assert b"&lt;b&gt;" in wrong.content
    assert b"<b>" not in wrong.content.partition(b"There is no definition")[2][:20]


def test_an_empty_register_is_said_so(client: Client, db: None):
    html = client.get("/charts/").content.decode()

    assert html.count("There is nothing to draw yet.") == len(registry.current()) + 3
    assert "data-value" not in html


def test_the_licences_beyond_the_first_are_counted_together(client: Client, db: None):
    for number in range(12):
        make.make_system(slug=f"s-{number}")
    for number, system in enumerate(AISystem.objects.order_by("pk")[:11]):
        AISystem.objects.filter(pk=system.pk).update(weights_licence=f"L-{number}")

    figure = charts_of(client.get("/charts/").content.decode())["licences"]
    names = {name for name, _ in table_of(figure)}
    assert {"other", "none on record"} <= names
    assert len(names) == 8 + 3


def test_charts_cost_the_same_for_any_number(client: Client, db: None):
    found = set()
    for start in (0, 3, 20):
        grow(3 if start < 20 else 10, start=start)
        with CaptureQueriesContext(connection) as queries:
            client.get("/charts/")
        found.add(len(queries))
    assert len(found) == 1
    assert found.pop() <= 6
