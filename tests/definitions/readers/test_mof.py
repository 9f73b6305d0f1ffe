"""Model files: how each part is read, and the steward's own figures."""

import csv
from pathlib import Path
from typing import Any

import pytest

from definitions.readers import mof
from definitions.readers.known_licences import register
from tests.definitions.mof_files import DATA
from tests.definitions.readers.model_files import codes, read, record

needs_the_data = pytest.mark.skipif(
    not DATA.exists(), reason="the shared data are not beside this checkout"
)


def test_a_file_is_taken_with_what_has_an_address():
    reading = read()

    assert reading.problems == ()
    assert reading.dated == "2025-05-16"
    assert record(reading)["parameters"] == 7_000_000_000
    assert "released" not in record(reading), "the day is that of the record, not of the model"
    assert record(reading)["components"]["weights_final"] == {
        "availability": "open_download",
        "url": "https://example.org/1",
        "licence": "Apache-2.0",
        "licence_status": "stated",
    }
    assert reading.figures == {"mof": {"class": 3, "gated": {"III": 100.0, "II": 60.0, "I": 0.0}}}


def test_a_component_that_is_not_listed_is_unknown():
    reading = read(components=[{"name": "Model card", "license": "MIT"}])

    assert list(record(reading)["components"]) == ["model_card"]


@pytest.mark.parametrize(
    ("licence", "row", "code"),
    [
        ("Apache-2.0", {"licence": "Apache-2.0", "licence_status": "stated"}, ""),
        ("Apache 2.0", {"licence": "Apache-2.0", "licence_status": "stated"}, "licence-alias"),
        ("unlicensed", {}, "unlicensed"),
        ("Undisclosed", {}, "licence-unknown"),
        ("", {}, ""),
        ("Component not included", None, "not-included"),
        ("Component not include.", None, "not-included"),
        (
            "Our Own Terms 3",
            {"licence_status": "unrecognised", "licence_text": "Our Own Terms 3"},
            "licence-unrecognised",
        ),
    ],
)
def test_licence_strings(licence: str, row: dict[str, str] | None, code: str):
    reading = read(components=[{"name": "Model card", "license": licence}])

    card = record(reading)["components"].get("model_card")
    page = {"availability": "open_download", "url": "https://huggingface.co/example/Thing-7B"}
    assert card == (None if row is None else page | row)
    assert (code in codes(reading)) == bool(code)


@pytest.mark.parametrize(
    ("general", "kind", "licence"),
    [
        ({"distribution": {"name": "MIT"}}, "Training code", "MIT"),
        ({"code": {"name": "MIT"}, "distribution": {"name": "CC0-1.0"}}, "Training code", "MIT"),
        ({"data": {"name": "CC0-1.0"}, "code": {"name": "MIT"}}, "Datasets", "CC0-1.0"),
        ({"data": {"name": "CC0-1.0"}}, "Model parameters (Final)", "CC0-1.0"),
        ({"document": {"name": "CC-BY-4.0"}}, "Data card", "CC-BY-4.0"),
        ({"document": {"name": "CC-BY-4.0"}}, "Evaluation results", "CC-BY-4.0"),
    ],
)
def test_a_component_inherits_from_its_type_and_then_from_the_whole(
    general: dict[str, Any], kind: str, licence: str
):
    reading = read(license=general, components=[{"name": kind}])

    (row,) = record(reading)["components"].values()
    assert row["licence"] == licence


def test_what_is_listed_twice_or_unheard_of_is_reported():
    rows = [
        {"name": "Model card", "license": "MIT"},
        {"name": "Model card", "license": "unlicensed"},
        {"name": "Soul", "license": "MIT"},
        "not a component",
    ]
    reading = read(components=rows)

    assert record(reading)["components"]["model_card"]["licence"] == "MIT"
    assert codes(reading) == ["duplicate-component", "unknown-component", "shape"]
    assert reading.problems[1].path == "release.components.2.name"


@pytest.mark.parametrize(
    ("name", "version", "parameters", "told"),
    [
        ("Thing-7B", "6.7B", 6_700_000_000, False),
        ("Thing-7B", "", None, False),
        ("Thing-7B", "v2", None, False),
        ("Thing", "7B", 7_000_000_000, False),
        ("Thing-7B", "14B", None, True),
        ("Thing-8x22B", "22B", None, True),
        ("Thing-8x22B", "8x22B", None, False),
        ("Thing-8x22B", "", None, False),
        ("Thing-8x7B", "47B", 47_000_000_000, False),
        ("Thing-16x1.5B-chat", "1.5B", None, True),
    ],
)
def test_a_size_is_read_from_its_field_and_never_from_the_name(
    name: str, version: str, parameters: int | None, told: bool
):
    reading = read(name=name, version=version, huggingface="")

    assert record(reading).get("parameters") == parameters
    assert ("size-conflict" in codes(reading)) is told
    if told:
        assert "version" not in record(reading)


def test_the_address_of_a_sister_is_not_taken():
    reading = read(huggingface="https://huggingface.co/example/thing-70b")

    assert "huggingface_id" not in record(reading)
    assert "hub-id-of-another" in codes(reading)


def test_a_name_left_over_from_a_sister_gives_way_to_file_and_address():
    hub = "https://huggingface.co/example/Thing-72B"
    reading = read("Thing-72B.yml", huggingface=hub)

    assert record(reading)["name"] == "Thing-72B"
    assert "name" in codes(reading)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no “release”"),
        ("just words", "no “release”"),
        ("release: {name: ''}", "no name"),
        ("release: {name: X, components: many}", "not a list"),
        ("release: [1, 2", "not YAML"),
        ("a: &x [1]\nb: *x", "aliases"),
        ("[" * 40 + "]" * 40, "nested"),
        ("x" * 1_000_001, "longer"),
        ("release: \x07", "control character U+0007"),
    ],
)
def test_what_is_no_model_file_is_rejected_with_the_reason(text: str, says: str):
    reading = mof.read(text, register())

    assert reading.record is None
    assert says in reading.problems[0].message


@pytest.mark.parametrize("date", ["0204-05-01", "1949-12-31", "2024-13-01", "2024-02-30", "2205"])
def test_a_record_with_an_impossible_day_is_rejected(date: str):
    reading = read(date=date)

    assert reading.record is None
    assert [problem.path for problem in reading.problems] == ["release.date"]
    assert date in reading.problems[0].message


def test_a_departure_from_the_tool_is_named_with_component_and_reason():
    reading = read(components=[{"name": "Model card", "license": "mit license"}])

    departure = next(problem for problem in reading.problems if problem.code == "departure")
    assert departure.path == "components.model_card"
    assert "exact identifiers" in departure.message


# --- the steward's own figures -------------------------------------------------------------


def model_files() -> list[Path]:
    return sorted(path for path in (DATA / "mof").rglob("*") if path.suffix in {".yml", ".yaml"})


@needs_the_data
def test_class_and_progress_equal_the_tool_or_a_departure_says_why():
    with (DATA / "truth-mof.csv").open() as file:
        truth = {row["file"]: row for row in csv.DictReader(file)}
    compared = departed = 0
    for path in model_files():
        row = truth.get(path.name)
        if row is None:
            continue
        reading = mof.read(path.read_bytes(), register(), path.name)
        compared += 1
        gated = {key: float(row[f"c{n}_percent"]) for key, n in (("III", 3), ("II", 2), ("I", 1))}
        wanted = {"class": int(row["class"]), "gated": gated}
        if reading.figures["mof"] != wanted:
            assert "departure" in codes(reading), path.name
            departed += 1
    assert compared == len(truth)
    assert 0 < departed < 15


@needs_the_data
def test_all_files_of_the_tool_are_read():
    readings = [mof.read(path.read_bytes(), register(), path.name) for path in model_files()]

    assert len(readings) == 273
    assert all(reading.record for reading in readings)


def test_words_that_are_not_known_are_told_and_left_out():
    reading = read(
        type="smell", repository="our shelf", huggingface="nowhere", date="soon", components=""
    )

    assert set(record(reading)) == {"name", "version", "parameters", "organizations", "components"}
    assert codes(reading) == ["unknown-word", "address", "address", "date"]
    assert (reading.dated, record(reading)["components"]) == ("", {})
