"""Model files: what is a fact of ours depends on where a component lies and what its terms are."""

from pathlib import Path
from typing import Any

import pytest

from catalog.importers import mof
from catalog.importers.base import Reading
from catalog.importers.figures import Shelf
from catalog.importers.mof import KINDS
from tests.importing.records import CLASS_THREE
from tests.importing.test_mof import codes, read

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def listed(*names: str, licence: str = "Apache-2.0", **more: str) -> list[dict[str, str]]:
    return [{"name": name, "license": licence} | more for name in names]


def components(reading: Reading) -> dict[str, Any]:
    assert reading.document is not None
    found: dict[str, Any] = reading.document.get("components", {})
    return found


WEIGHTS, CODE = "Model parameters (Final)", "Training code"


@pytest.mark.parametrize(
    "addresses",
    [
        {"huggingface": ""},
        {"huggingface": "None"},
        {"huggingface": "Thing: Open Large-scale Language Models"},
        {"huggingface": "https://huggingface.co/collections/example/thing"},
        {"huggingface": "https://huggingface.co/papers/2309.16609"},
        {"huggingface": "https://huggingface.co/example/Other-70B"},
        {"huggingface": "", "repository": "https://github.com/example/thing"},
    ],
)
def test_weights_without_an_address_are_not_open_on_our_word(
    shelf: Shelf, tmp_path: Path, addresses: dict[str, str]
):
    reading = read(shelf, tmp_path, components=listed(WEIGHTS, licence="MIT"), **addresses)

    assert "weights_final" not in components(reading)
    told = next(problem for problem in reading.problems if problem.code == "no-address")
    assert "(MIT)" in told.message
    assert reading.figures["mof"]["gated"]["III"] > 0, "the steward's own count"


def test_without_any_address_nothing_of_a_listing_is_a_fact(shelf: Shelf, tmp_path: Path):
    reading = read(shelf, tmp_path, huggingface="", components=listed(*CLASS_THREE))

    assert components(reading) == {}
    assert reading.figures == {"mof": {"class": 3, "gated": {"III": 100.0, "II": 60.0, "I": 0.0}}}


@pytest.mark.parametrize(
    ("repository", "licence", "row"),
    [
        ("https://github.com/example/thing", "MIT", "open_download"),
        ("https://github.com/example/thing", "unlicensed", None),
        ("https://github.com/example", "MIT", ""),
        ("https://example.org/blog", "MIT", ""),
        ("https://github.com/example/thing", "Proprietary", ""),
    ],
)
def test_code_lies_in_a_repository_if_it_is_listed_with_terms(
    shelf: Shelf, tmp_path: Path, repository: str, licence: str, row: str | None
):
    rows = listed(CODE, licence=licence)
    found = components(read(shelf, tmp_path, components=rows, repository=repository))

    assert (CODE.lower().replace(" ", "_") in found) is (row is not None)
    if row is not None:
        assert found["training_code"].get("availability", "") == row


def test_what_is_listed_under_a_licence_without_an_address_keeps_the_licence_alone(
    shelf: Shelf, tmp_path: Path
):
    found = components(read(shelf, tmp_path, components=listed("Technical report")))

    assert found["technical_report"] == {"licence": "Apache-2.0", "licence_status": "stated"}


def test_a_component_with_its_own_address_is_released(shelf: Shelf, tmp_path: Path):
    path = "https://huggingface.co/datasets/example/words"
    rows = [*listed("Datasets", component_path=path), *listed("Data card", component_path="soon")]
    found = components(read(shelf, tmp_path, components=rows, huggingface=""))

    assert found["pretraining_data"]["url"] == path
    assert "availability" not in found["data_documentation"]


def test_data_does_not_lie_in_a_paper(shelf: Shelf, tmp_path: Path):
    rows = listed("Datasets", component_path="https://arxiv.org/abs/2301.12503")

    assert "availability" not in components(read(shelf, tmp_path, components=rows)).get(
        "pretraining_data", {}
    )


def test_a_tuned_model_is_not_its_bases_repository(shelf: Shelf, tmp_path: Path):
    hub = "https://huggingface.co/example/Thing-7B"
    rows = listed(WEIGHTS)
    reading = read(shelf, tmp_path, name="Thing-7B-Instruct", huggingface=hub, components=rows)

    assert reading.document is not None
    assert "huggingface_id" not in reading.document
    assert "weights_final" not in components(reading)


@pytest.mark.parametrize("licence", ["unlicensed", "Undisclosed", "https://arxiv.org/abs/1", ""])
def test_a_form_that_claims_everything_and_names_no_licence_gives_names_alone(
    shelf: Shelf, tmp_path: Path, licence: str
):
    rows = [{"name": label, "license": licence} for label in KINDS]
    reading = read(shelf, tmp_path, components=rows)

    assert reading.document == {"name": "Thing-7B", "organizations": [{"name": "Example Lab"}]}
    assert "saved-form" in codes(reading)


def test_a_file_with_all_components_and_one_licence_is_no_saved_form(shelf: Shelf, tmp_path: Path):
    rows = [{"name": label, "license": ""} for label in KINDS]
    reading = read(shelf, tmp_path, components=rows, license={"code": {"name": "MIT"}})

    assert "saved-form" not in codes(reading)
    assert reading.document is not None
    assert reading.document["parameters"] == 7_000_000_000


@pytest.mark.parametrize(
    "text",
    [
        "mc4, cc100, wikipedia, EleutherAI/pile, togethercomputer/RedPajama-Data-1T",
        "pubmed",
        "C4",
        "The Pile",
        "OpenWebText; BookCorpus",
        "MIT-States",
        "wikitext-103, MIT-BIH",
        "Common Crawl",
        "https://arxiv.org/pdf/2401.06066",
        "License only specified in original dataset starcoderdata",
        "see original datasets",
        "Bloom",
    ],
)
def test_names_of_data_and_addresses_are_no_licence_text(shelf: Shelf, tmp_path: Path, text: str):
    reading = read(shelf, tmp_path, components=listed("Model card", "Datasets", licence=text))

    found = components(reading)
    assert "licence_text" not in str(found)
    assert codes(reading).count("licence-unknown") == 2


@pytest.mark.parametrize(
    "text",
    [
        "Our Community License",
        "commercial use restrcitions; CC-BY-NC-SA-4.0 and more",
        "通义千问许可协议",
        "Thing-Model-2.0",
        "tongyi-thing-research",
        "OpenRAIL-thing",
    ],
)
def test_a_text_that_speaks_of_terms_is_kept_word_for_word(shelf: Shelf, tmp_path: Path, text: str):
    found = components(read(shelf, tmp_path, components=listed("Model card", licence=text)))

    assert found["model_card"]["licence_text"] == text


@pytest.mark.parametrize(
    ("stated", "told"),
    [
        ("[CC-BY-4.0, CC-BY-NC-4.0]", "licence-list"),
        ("[{name: MIT}, {name: Apache-2.0}]", "licence-list"),
        ("[MIT]", ""),
        ("[[MIT], MIT]", ""),
        ("[]", ""),
        ("{}", ""),
    ],
)
def test_a_list_of_licences_is_told_and_never_one_of_them(
    shelf: Shelf, tmp_path: Path, stated: str, told: str
):
    path = tmp_path / "listed.yml"
    path.write_text(
        "framework: {name: Model Openness Framework, version: '1.0'}\n"
        "release:\n  name: Tern-7B\n  license: {}\n  components:\n"
        f"  - name: Datasets\n    license: {stated}\n    component_path: https://example.org/data\n"
    )
    reading = mof.read_file(path, shelf)
    found = {problem.code for problem in reading.problems}
    assert ("licence-list" in found) == bool(told)
    row = components(reading).get("pretraining_data", {})
    assert not told or row["licence_status"] == "mixed"


@pytest.mark.parametrize(("line", "found"), [("version: 1.10", "1.10"), ("version: no", "no")])
def test_a_version_stays_as_it_is_written(shelf: Shelf, tmp_path: Path, line: str, found: str):
    path = tmp_path / "written.yml"
    path.write_text(
        "framework: {name: Model Openness Framework, version: '1.0'}\n"
        f"release:\n  name: 42\n  {line}\n  license: {{}}\n  components:\n"
        "  - name: Model parameters (Final)\n    license: MIT\n"
    )
    document = mof.read_file(path, shelf).document
    assert document is not None
    assert (document["name"], document["version"]) == ("42", found)
