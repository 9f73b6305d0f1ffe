"""Records of the index: which grades become facts, and the index's own score."""

import csv
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from catalog.intake.registers.base import SourceReading
from catalog.intake.registers.osai import DIMENSIONS, OpenSourceAIIndex
from definitions.readers.known_licences import KnownLicences
from tests.intake.conftest import DATA, needs_the_data
from tests.intake.records import graded, write

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def read(known: KnownLicences, folder: Path, record: Any = None) -> SourceReading:
    write(folder, Thing=record if record is not None else graded())
    (reading,) = OpenSourceAIIndex([folder], known).read()
    return reading


def components(reading: SourceReading) -> dict[str, Any]:
    assert reading.document is not None
    found: dict[str, Any] = reading.document["components"]
    return found


def test_the_grades_are_kept_as_the_indexs_own_judgement(known: KnownLicences, tmp_path: Path):
    reading = read(known, tmp_path, graded(paper={"class": "closed"}, code={"class": "partial"}))

    assert reading.figures["osai"]["score"] == 0.875
    assert reading.figures["osai"]["dimensions"]["paper"] == "closed"
    assert reading.document is not None
    (judgement,) = reading.document["judgements"]
    assert judgement["result"] == "0.8750"
    assert judgement["classes"]["hardware-architecture"] == "open"
    assert judgement["version_judged"] == "Thing-7B and Thing-7B-Chat"


@pytest.mark.parametrize(
    ("grade", "row"),
    [
        ("open", {"availability": "open_download", "completeness": "full"}),
        ("partial", {"availability": "open_download", "completeness": "partial"}),
        ("closed", {"availability": "not_released"}),
        ("", None),
    ],
)
def test_what_a_grade_says_of_training_code(
    known: KnownLicences, tmp_path: Path, grade: str, row: dict[str, str] | None
):
    found = components(read(known, tmp_path, graded(trainingcode={"class": grade})))

    if row is None:
        assert "training_code" not in found
    else:
        assert row.items() <= found["training_code"].items()


def test_partial_weights_are_behind_a_form_or_a_part_so_unknown(
    known: KnownLicences, tmp_path: Path
):
    weights = components(read(known, tmp_path, graded(weights_endmodel={"class": "partial"})))

    assert "availability" not in weights["weights_final"]
    assert weights["weights_final"]["licence"] == "Apache-2.0"


def test_data_that_is_only_described_in_a_paper_is_not_taken_as_released(
    known: KnownLicences, tmp_path: Path
):
    link = {"link": "https://arxiv.org/abs/2301.12503"}
    found = components(read(known, tmp_path, graded(datasources_basemodel=link)))

    assert "pretraining_data" not in found


def test_links_to_datasets_become_training_data(known: KnownLicences, tmp_path: Path):
    link = "https://huggingface.co/datasets/example/words"
    record = graded(datasources_basemodel={"link": [link, f"{link}/tree/main"]})
    reading = read(known, tmp_path, record)

    assert reading.document is not None
    assert reading.document["training_data"] == [
        {"dataset": {"name": "words", "homepage": link}, "stage": "pretraining"}
    ]


def test_without_a_peer_reviewed_paper_nothing_is_said_of_papers(
    known: KnownLicences, tmp_path: Path
):
    found = components(read(known, tmp_path, graded(paper={"class": "closed"})))

    assert "research_paper" not in found


def test_base_and_end_model_that_changed_places_are_put_right(known: KnownLicences, tmp_path: Path):
    record = graded(end="Other-32B")
    record["system"]["basemodelname"] = "Thing-7B-Chat"
    reading = read(known, tmp_path, record)

    assert reading.document is not None
    assert reading.document["name"] == "Thing-7B-Chat"
    assert [problem.code for problem in reading.problems] == ["name"]


def test_the_tags_in_the_comments_give_country_and_kind(known: KnownLicences, tmp_path: Path):
    import yaml  # noqa: PLC0415

    head = "# - National origin: Finland\n# - Contributor type: Academic (University)\n"
    reading = read(known, tmp_path, head + yaml.safe_dump(graded()))

    assert reading.document is not None
    (maker,) = reading.document["organizations"]
    assert (maker["country"], maker["kind"]) == ("FI", "public_university_or_lab")


def test_a_size_is_not_read_from_a_name(known: KnownLicences, tmp_path: Path):
    reading = read(known, tmp_path)

    assert reading.document is not None
    assert "parameters" not in reading.document


@pytest.mark.parametrize(
    ("name", "base", "links", "kept"),
    [
        ("Thing-7B-Chat", "Thing-7B", ["example/Thing-7B"], "example/Thing-7B"),
        ("Thing-7B-Chat", "Thing-7B", ["example/Thing-7B-base"], "example/Thing-7B-base"),
        ("Thing-7B-Chat", "Thing-7B", ["example/Thing-7B-it"], ""),
        ("Thing-7B-Chat", "Thing-7B", ["example/Thing-7B-Chat"], ""),
        ("Thing-7B-Chat", "Thing-7B", ["example/Thing-70B"], ""),
        ("Thing-7B-Chat", "Thing-7B", ["other/Thing-Coder-7B", "o/thing-7b-hf"], "o/thing-7b-hf"),
        ("Thing-7B-Chat", "Thing-7B-chat", ["example/Thing-7B"], None),
        ("Thing-7B-Chat", "thing 7b chat", ["example/Thing-7B"], None),
        ("Thing", "Thing-70B-2509", ["example/Thing-70B-2509"], None),
    ],
)
def test_base_and_end_model_are_two(
    known: KnownLicences, tmp_path: Path, name: str, base: str, links: list[str], kept: str | None
):
    addresses = [f"https://huggingface.co/{link}" for link in links]
    record = graded(name, weights_basemodel={"link": addresses})
    record["system"]["basemodelname"] = base
    reading = read(known, tmp_path, record)

    assert reading.document is not None
    rows = reading.document.get("derivations")
    if kept is None:
        assert rows is None
    else:
        assert rows == [
            {"name": base, "kind": "finetune"} | ({"huggingface_id": kept} if kept else {})
        ]


@pytest.mark.parametrize(
    "link",
    [
        "",
        "https://huggingface.co/example/Other-70B",
        "https://huggingface.co/example/Thing-7B",
        "https://huggingface.co/datasets/example/words",
        "https://arxiv.org/abs/2301.12503",
    ],
)
def test_weights_are_open_only_at_an_address_of_their_own(
    known: KnownLicences, tmp_path: Path, link: str
):
    found = components(read(known, tmp_path, graded(weights_endmodel={"link": link})))

    assert "availability" not in found["weights_final"]


def test_the_remark_on_licences_is_read_part_by_part(known: KnownLicences, tmp_path: Path):
    remark = "Weights: Apache-2.0. Code: MIT. Data: CC-BY-4.0."
    data = {"link": "https://huggingface.co/datasets/example/words"}
    record = graded(licenses={"notes": remark}, datasources_basemodel=data)
    found = components(read(known, tmp_path, record))

    assert found["weights_final"]["licence"] == "Apache-2.0"
    assert found["training_code"]["licence"] == "MIT"
    assert found["pretraining_data"]["licence"] == "CC-BY-4.0"


@pytest.mark.parametrize(
    "remark",
    [
        "Weights: Apache-2.0. Code: not released. Data: not disclosed.",
        "Code: unknown. Data: various licenses, some unknown and/or unclear",
        "Apache 2.0, an OSI approved license",
        "Data: Apache-2.0, MIT",
        "",
    ],
)
def test_a_remark_without_plain_terms_adds_none(known: KnownLicences, tmp_path: Path, remark: str):
    data = {"link": "https://huggingface.co/datasets/example/words"}
    record = graded(licenses={"notes": remark}, datasources_basemodel=data)
    found = components(read(known, tmp_path, record))

    assert "licence" not in found["training_code"]
    assert "licence" not in found["pretraining_data"]


def test_the_licence_of_the_end_models_data_is_not_the_bases(known: KnownLicences, tmp_path: Path):
    data = {"link": "https://huggingface.co/datasets/example/words"}
    remark = "Data: Apache-2.0 for end model, base model data not disclosed."
    record = graded(
        licenses={"notes": remark}, datasources_basemodel=data, datasources_endmodel=data
    )
    found = components(read(known, tmp_path, record))

    assert found["finetuning_data"]["licence"] == "Apache-2.0"
    assert "licence" not in found["pretraining_data"]


def test_field_and_remark_that_name_two_licences_decide_nothing(
    known: KnownLicences, tmp_path: Path
):
    reading = read(known, tmp_path, graded(licenses={"notes": "Weights: CC-BY-NC-4.0."}))

    assert "licence" not in components(reading)["weights_final"]
    assert [problem.code for problem in reading.problems] == ["licence-conflict"]


def test_no_sentence_of_the_index_is_taken_over(known: KnownLicences, tmp_path: Path):
    reading = read(known, tmp_path)

    assert "Seen." not in str(reading.document)


@pytest.mark.parametrize(
    ("record", "says"),
    [
        ("a: b", "no “system”"),
        ({"system": {"name": "X"}}, "no dimension has a class"),
        ("- 1", "no “system”"),
    ],
)
def test_what_is_no_record_is_rejected(
    known: KnownLicences, tmp_path: Path, record: Any, says: str
):
    reading = read(known, tmp_path, record)

    assert reading.document is None
    assert says in reading.problems[0].message


def test_a_class_that_is_none_is_reported(known: KnownLicences, tmp_path: Path):
    reading = read(known, tmp_path, graded(code={"class": "ajar"}))

    assert [problem.code for problem in reading.problems] == ["class"]
    assert reading.figures["osai"]["dimensions"]["code"] == ""


@needs_the_data
def test_score_and_classes_equal_the_index(known: KnownLicences):
    with (DATA / "truth-osai-index.csv").open() as file:
        truth = {unquote(row["source"].rpartition("/")[2]): row for row in csv.DictReader(file)}
    compared = 0
    for reading in OpenSourceAIIndex([DATA / "osai"], known).read():
        row = truth.get(reading.key)
        if row is None:
            continue
        compared += 1
        assert f"{reading.figures['osai']['score']:.4f}" == row["score"], reading.key
        assert reading.figures["osai"]["dimensions"] == {name: row[name] for name in DIMENSIONS}
    assert compared == len(truth)
