"""One name for each public column, in the API, in the files of lists and in the dumps."""

import csv
import gzip
import io
import json
import sqlite3
import zipfile
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from catalog.api.interface import document
from catalog.exports.columns import NOUNS, REASONS, Noun, Place
from catalog.exports.dumps.build import build_dumps
from catalog.exports.dumps.schema import TABLES
from catalog.exports.dumps.tables import Table
from catalog.pages.views.tables import LISTINGS
from definitions import registry
from tests import factories as make
from tests.pages.conftest import grow

NESTED = {
    "systems": {"verdicts"},
    "entries": {"verdicts", "terms", "facts", "evaluations", "claims", "judgements", "records"},
}
"""What answers hold beside columns: other nouns, which are tables of their own in files."""

SAID = {"claims", "judgements"}
"""What somebody said is at an address of its own (``url``), which is its evidence as well."""

OF_THEIR_OWN = {"kind", "label"}
"""Fields that mean another thing in each noun."""

pytestmark = pytest.mark.once


def names(noun: Noun, place: Place) -> list[str]:
    return [item.name for item in noun.at(place)]


@pytest.fixture
def full(db: None) -> None:
    system = grow(3)[0]
    make.make_dataset(slug="dolma", licence="ODC-By-1.0", organizations=["ai2"])
    make.make_framework(slug="pytorch", licence="MIT", organizations=["ai2"])
    make.make_language()
    make.make_platform()
    make.make_claim(system=system)
    make.make_judgement(system=system)
    make.make_decision(system=system)
    make.make_system(slug="month", released_on="2024-02-01", released_precision="month")
    make.make_system(slug="year", released_on="2024-01-01", released_precision="year")


@pytest.fixture
def built(full: None, tmp_path: Path) -> Path:
    return build_dumps(target=tmp_path)[0].folder


def answers(client: Client, path: str) -> Any:
    return client.get(f"/api/v1/{path}").json()


def test_the_api_answers_with_the_columns_of_each_noun(client: Client, full: None):
    nouns = {noun.name: noun for noun in NOUNS}
    for name in ("systems", "datasets", "organisations", "licences", "changes"):
        row = answers(client, name)["items"][0]
        assert set(row) == {*names(nouns[name], Place.API), *NESTED.get(name, ())}, name
    entry = answers(client, "systems/system-0")
    assert set(entry) == NESTED["entries"].union(
        names(nouns["systems"], Place.API), names(nouns["systems"], Place.ENTRY)
    )
    short, whole = entry["verdicts"][0], entry["evaluations"][0]
    assert list(short) == names(nouns["verdicts"], Place.API)
    assert list(whole) == [*short, *names(nouns["verdicts"], Place.ENTRY)]
    for name in ("claims", "judgements"):
        assert list(entry[name][0]) == names(nouns[name], Place.API)


def test_the_files_of_a_list_have_its_columns_and_the_old_names_behind_them(
    client: Client, full: None
):
    for name, listing in LISTINGS.items():
        text = b"".join(client.get(f"/{name}.csv")).decode()
        header = next(csv.reader(io.StringIO(text)))
        each = [item.id for item in registry.DEFINITIONS] if name == "systems" else []
        old = [old.name for _, old in listing.noun.old(Place.LIST)]
        assert header == [*names(listing.noun, Place.LIST), *each, *old], name


def test_every_form_of_a_dump_has_the_same_header(built: Path):
    with zipfile.ZipFile(built / "glassbox.csv.zip") as archive:
        for table in TABLES:
            text = io.StringIO(archive.read(f"{table.name}.csv").decode())
            assert next(csv.reader(text)) == list(table.header), table.name
    base = database(built)
    for table in TABLES:
        found = base.execute(f"SELECT * FROM {table.name}").description  # noqa: S608
        assert [item[0] for item in found] == list(table.header), table.name
        if table.lines:
            lines = gzip.decompress((built / f"{table.lines}.jsonl.gz").read_bytes()).splitlines()
            assert all(list(json.loads(line)) == list(table.header) for line in lines)


def database(folder: Path) -> sqlite3.Connection:
    path = folder.parent / "read.sqlite"
    path.write_bytes(gzip.decompress((folder / "glassbox.sqlite.gz").read_bytes()))
    return sqlite3.connect(path)


def test_old_names_say_what_they_said_in_the_database_and_in_csv(built: Path):
    base = database(built)
    with zipfile.ZipFile(built / "glassbox.csv.zip") as archive:
        for table in TABLES:
            text = io.StringIO(archive.read(f"{table.name}.csv").decode())
            order = ", ".join(table.header)
            plain = base.execute(f"SELECT {order} FROM {table.name}").fetchall()  # noqa: S608
            rows = [["" if v is None else str(v) for v in row] for row in plain]
            assert sorted(rows) == sorted(list(csv.reader(text))[1:]), table.name
    days = base.execute("SELECT slug, released, released_on, released_precision FROM systems")
    found = {slug: rest for slug, *rest in days}
    assert found["month"] == ["2024-02", "2024-02-01", "month"]
    assert found["year"] == ["2024", "2024-01-01", "year"]


def test_a_column_that_is_not_everywhere_has_a_reason():
    used = {item.places for noun in NOUNS for item in noun.columns}
    assert used - set(REASONS) == set()
    assert set(REASONS) - used == set()


def test_what_is_one_field_has_one_name():
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for noun in NOUNS:
        assert len(names(noun, Place.DUMP)) == len(set(names(noun, Place.DUMP)))
        for item in noun.columns:
            if isinstance(item.source, str) and item.source not in OF_THEIR_OWN:
                key = item.source, "said" if noun.name in SAID else ""
                found[key].add(item.name)
    assert {key: sorted(given) for key, given in found.items() if len(given) > 1} == {}


def test_no_old_name_is_a_name_of_today():
    for noun in NOUNS:
        for place in (Place.LIST, Place.DUMP):
            old = {old.name for _, old in noun.old(place)}
            assert old.isdisjoint(names(noun, place)), noun.name


def test_every_column_of_the_database_is_explained_in_it(built: Path):
    base = database(built)
    told = set(base.execute("SELECT table_name, column_name FROM columns WHERE about != ''"))
    assert told == {(table.name, name) for table in TABLES for name in table.header}
    with zipfile.ZipFile(built / "glassbox.csv.zip") as archive:
        rows = list(csv.reader(io.StringIO(archive.read("columns.csv").decode())))
    assert {tuple(row[:2]) for row in rows[1:]} == told


def test_openapi_says_what_each_column_means():
    found = document()["components"]["schemas"]
    for name in ("SystemRow", "DatasetOut", "OrganisationOut", "LicenceOut", "ChangeOut"):
        for column, schema in found[name]["properties"].items():
            if column != "verdicts":
                assert schema["description"], (name, column)


def old_names(table: Table) -> set[tuple[str, str]]:
    return {(name.name, table.columns[place].name) for place, name in table.old}


def test_the_documentation_names_every_old_name():
    text = (settings.BASE_DIR / "docs" / "data.md").read_text()
    for table in TABLES:
        for old, new in old_names(table):
            assert f"`{old}`" in text, old
            assert f"`{new}`" in text, new
