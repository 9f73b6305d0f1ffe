"""Model files: how each part is read, and the steward's own figures."""

import csv
from pathlib import Path
from typing import Any

import pytest

from catalog.importers.base import Reading
from catalog.importers.figures import Shelf
from catalog.importers.mof import ModelOpennessTool, read_model
from tests.importing.conftest import DATA, needs_the_data
from tests.importing.records import model, write

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def read(shelf: Shelf, folder: Path, **release: Any) -> Reading:
    hub = {"huggingface": "https://huggingface.co/example/Thing-7B"}
    write(folder, Thing__7B=model(**hub | release))
    (reading,) = ModelOpennessTool([folder], shelf).read()
    return reading


def codes(reading: Reading) -> list[str]:
    return [problem.code for problem in reading.problems]


def test_a_file_is_taken_with_what_has_an_address(shelf: Shelf, tmp_path: Path):
    reading = read(shelf, tmp_path)

    assert reading.problems == ()
    assert reading.key == "Thing.7B.yml"
    assert reading.url.endswith("/models/Thing.7B.yml")
    assert reading.read_on == "2025-05-16"
    assert reading.document is not None
    assert reading.document["parameters"] == 7_000_000_000
    assert "released" not in reading.document, "the day is that of the record, not of the model"
    assert reading.document["components"]["weights_final"] == {
        "availability": "open_download",
        "url": "https://example.org/1",
        "licence": "Apache-2.0",
        "licence_status": "stated",
    }
    assert reading.figures == {"mof": {"class": 3, "gated": {"III": 100.0, "II": 60.0, "I": 0.0}}}


def test_a_component_that_is_not_listed_is_unknown(shelf: Shelf, tmp_path: Path):
    reading = read(shelf, tmp_path, components=[{"name": "Model card", "license": "MIT"}])

    assert reading.document is not None
    assert list(reading.document["components"]) == ["model_card"]


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
def test_licence_strings(
    shelf: Shelf, tmp_path: Path, licence: str, row: dict[str, str] | None, code: str
):
    reading = read(shelf, tmp_path, components=[{"name": "Model card", "license": licence}])

    assert reading.document is not None
    card = reading.document["components"].get("model_card")
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
    shelf: Shelf, tmp_path: Path, general: dict[str, Any], kind: str, licence: str
):
    reading = read(shelf, tmp_path, license=general, components=[{"name": kind}])

    assert reading.document is not None
    (row,) = reading.document["components"].values()
    assert row["licence"] == licence


def test_what_is_listed_twice_or_unheard_of_is_reported(shelf: Shelf, tmp_path: Path):
    rows = [
        {"name": "Model card", "license": "MIT"},
        {"name": "Model card", "license": "unlicensed"},
        {"name": "Soul", "license": "MIT"},
        "not a component",
    ]
    reading = read(shelf, tmp_path, components=rows)

    assert reading.document is not None
    assert reading.document["components"]["model_card"]["licence"] == "MIT"
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
    shelf: Shelf, tmp_path: Path, name: str, version: str, parameters: int | None, told: bool
):
    reading = read(shelf, tmp_path, name=name, version=version, huggingface="")

    assert reading.document is not None
    assert reading.document.get("parameters") == parameters
    assert ("size-conflict" in codes(reading)) is told
    if told:
        assert "version" not in reading.document


def test_the_address_of_a_sister_is_not_taken(shelf: Shelf, tmp_path: Path):
    reading = read(shelf, tmp_path, huggingface="https://huggingface.co/example/thing-70b")

    assert reading.document is not None
    assert "huggingface_id" not in reading.document
    assert "hub-id-of-another" in codes(reading)


def test_a_name_left_over_from_a_sister_gives_way_to_file_and_address(shelf: Shelf, tmp_path: Path):
    content = model("Thing-7B", huggingface="https://huggingface.co/example/Thing-72B")
    write(tmp_path, **{"Thing-72B": content})
    (reading,) = ModelOpennessTool([tmp_path], shelf).read()

    assert reading.document is not None
    assert reading.document["name"] == "Thing-72B"
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
        ("x" * 1_000_001, "larger"),
        ("release: \x07", "control character U+0007"),
    ],
)
def test_what_is_no_model_file_is_rejected_with_the_reason(
    shelf: Shelf, tmp_path: Path, text: str, says: str
):
    write(tmp_path, bad=text)
    (reading,) = ModelOpennessTool([tmp_path], shelf).read()

    assert reading.document is None
    assert says in reading.problems[0].message


@pytest.mark.parametrize("date", ["0204-05-01", "1949-12-31", "2024-13-01", "2024-02-30", "2205"])
def test_a_record_with_an_impossible_day_is_rejected_and_the_others_are_read(
    shelf: Shelf, tmp_path: Path, date: str
):
    write(tmp_path, a=model("Auk-9B"), b=model("Bat-9B", date=date), c=model("Cat-9B"))
    first, second, third = ModelOpennessTool([tmp_path], shelf).read()

    assert (first.document is None, third.document is None) == (False, False)
    assert second.document is None
    assert date in second.problems[0].message


def test_whatever_goes_wrong_in_one_record_is_told_with_its_name(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def fails(content: Any, key: str, *others: Any, **more: Any) -> Reading:
        if key == "b.yml":
            raise ZeroDivisionError("a fault of ours")
        return read_model(content, key, *others, **more)

    monkeypatch.setattr("catalog.importers.mof.read_model", fails)
    write(tmp_path, a=model("Auk-9B"), b=model("Bat-9B"), c=model("Cat-9B"))
    first, second, third = ModelOpennessTool([tmp_path], shelf).read()

    assert (first.document is None, third.document is None) == (False, False)
    assert (second.key, second.document) == ("b.yml", None)
    assert "ZeroDivisionError: a fault of ours" in second.problems[0].message


def test_a_departure_from_the_tool_is_named_with_component_and_reason(shelf: Shelf, tmp_path: Path):
    reading = read(shelf, tmp_path, components=[{"name": "Model card", "license": "mit license"}])

    departure = next(problem for problem in reading.problems if problem.code == "departure")
    assert departure.path == "components.model_card"
    assert "exact identifiers" in departure.message


# --- the steward's own figures -------------------------------------------------------------


@needs_the_data
def test_class_and_progress_equal_the_tool_or_a_departure_says_why(shelf: Shelf):
    with (DATA / "truth-mof.csv").open() as file:
        truth = {row["file"]: row for row in csv.DictReader(file)}
    compared = departed = 0
    for reading in ModelOpennessTool([DATA / "mof"], shelf).read():
        row = truth.get(reading.key)
        if row is None:
            continue
        compared += 1
        gated = {key: float(row[f"c{n}_percent"]) for key, n in (("III", 3), ("II", 2), ("I", 1))}
        wanted = {"class": int(row["class"]), "gated": gated}
        if reading.figures["mof"] != wanted:
            assert "departure" in codes(reading), reading.key
            departed += 1
    assert compared == len(truth)
    assert 0 < departed < 15


@needs_the_data
def test_all_files_of_the_tool_are_read(shelf: Shelf):
    readings = list(ModelOpennessTool([DATA / "mof"], shelf).read())

    assert len(readings) == 273
    assert all(reading.document for reading in readings)
