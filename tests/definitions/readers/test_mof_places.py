"""Model files: what is a fact of ours depends on where a component lies and what its terms are."""

import pytest

from definitions.readers import mof
from definitions.readers.known_licences import register
from definitions.readers.mof import KINDS
from definitions.readers.records import ComponentRecord, RecordRead
from tests.definitions.readers.model_files import CLASS_THREE, codes, model, read, record


def listed(*names: str, licence: str = "Apache-2.0", **more: str) -> list[dict[str, str]]:
    return [{"name": name, "license": licence} | more for name in names]


def components(reading: RecordRead) -> dict[str, ComponentRecord]:
    return record(reading).get("components", {})


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
def test_weights_without_an_address_are_not_open_on_our_word(addresses: dict[str, str]):
    reading = read(components=listed(WEIGHTS, licence="MIT"), **addresses)

    assert "weights_final" not in components(reading)
    told = next(problem for problem in reading.problems if problem.code == "no-address")
    assert "(MIT)" in told.message
    assert reading.figures["mof"]["gated"]["III"] > 0, "the steward's own count"


def test_without_any_address_nothing_of_a_listing_is_a_fact():
    reading = read(huggingface="", components=listed(*CLASS_THREE))

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
    repository: str, licence: str, row: str | None
):
    rows = listed(CODE, licence=licence)
    found = components(read(components=rows, repository=repository))

    assert (CODE.lower().replace(" ", "_") in found) is (row is not None)
    if row is not None:
        assert found["training_code"].get("availability", "") == row


def test_what_is_listed_under_a_licence_without_an_address_keeps_the_licence_alone():
    found = components(read(components=listed("Technical report")))

    assert found["technical_report"] == {"licence": "Apache-2.0", "licence_status": "stated"}


def test_a_component_with_its_own_address_is_released():
    path = "https://huggingface.co/datasets/example/words"
    rows = [*listed("Datasets", component_path=path), *listed("Data card", component_path="soon")]
    found = components(read(components=rows, huggingface=""))

    assert found["pretraining_data"]["url"] == path
    assert "availability" not in found["data_documentation"]


def test_data_does_not_lie_in_a_paper():
    rows = listed("Datasets", component_path="https://arxiv.org/abs/2301.12503")

    assert "availability" not in components(read(components=rows)).get("pretraining_data", {})


def test_a_tuned_model_is_not_its_bases_repository():
    hub = "https://huggingface.co/example/Thing-7B"
    rows = listed(WEIGHTS)
    reading = read(name="Thing-7B-Instruct", huggingface=hub, components=rows)

    assert "huggingface_id" not in record(reading)
    assert "weights_final" not in components(reading)


@pytest.mark.parametrize("licence", ["unlicensed", "Undisclosed", "https://arxiv.org/abs/1", ""])
def test_a_form_that_claims_everything_and_names_no_licence_gives_names_alone(licence: str):
    rows = [{"name": label, "license": licence} for label in KINDS]
    reading = read(components=rows)

    assert record(reading) == {"name": "Thing-7B", "organizations": [{"name": "Example Lab"}]}
    assert "saved-form" in codes(reading)


def test_a_file_with_all_components_and_one_licence_is_no_saved_form():
    rows = [{"name": label, "license": ""} for label in KINDS]
    reading = read(components=rows, license={"code": {"name": "MIT"}})

    assert "saved-form" not in codes(reading)
    assert record(reading)["parameters"] == 7_000_000_000


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
def test_names_of_data_and_addresses_are_no_licence_text(text: str):
    reading = read(components=listed("Model card", "Datasets", licence=text))

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
def test_a_text_that_speaks_of_terms_is_kept_word_for_word(text: str):
    found = components(read(components=listed("Model card", licence=text)))

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
def test_a_list_of_licences_is_told_and_never_one_of_them(stated: str, told: str):
    text = (
        "framework: {name: Model Openness Framework, version: '1.0'}\n"
        "release:\n  name: Tern-7B\n  license: {}\n  components:\n"
        f"  - name: Datasets\n    license: {stated}\n    component_path: https://example.org/data\n"
    )
    reading = mof.read(text, register())
    found = {problem.code for problem in reading.problems}
    assert ("licence-list" in found) == bool(told)
    row = components(reading).get("pretraining_data", {})
    assert not told or row["licence_status"] == "mixed"


@pytest.mark.parametrize(("line", "found"), [("version: 1.10", "1.10"), ("version: no", "no")])
def test_a_version_stays_as_it_is_written(line: str, found: str):
    text = (
        "framework: {name: Model Openness Framework, version: '1.0'}\n"
        f"release:\n  name: 42\n  {line}\n  license: {{}}\n  components:\n"
        "  - name: Model parameters (Final)\n    license: MIT\n"
    )
    document = mof.read(text, register()).record
    assert document is not None
    assert (document["name"], document["version"]) == ("42", found)


def test_the_repository_of_another_model_is_left_out_with_its_address():
    other = {"huggingface": "https://huggingface.co/example/Other-70B"}
    reading = read(**other, repository="https://github.com/example/other-70b")

    assert "repository" not in record(reading)
    assert codes(reading).count("hub-id-of-another") == 2


def test_an_own_repository_beside_the_address_of_another_model_is_kept():
    other = {"huggingface": "https://huggingface.co/example/Other-70B"}
    reading = read(**other, repository="https://github.com/example/thing-7b")

    assert record(reading)["repository"] == "https://github.com/example/thing-7b"


def test_a_saved_form_without_a_maker_has_a_name_alone():
    rows = [{"name": label, "license": ""} for label in KINDS]

    assert record(read(components=rows, producer="")) == {"name": "Thing-7B"}


def test_a_file_that_is_handed_in_keeps_its_terms_without_an_address():
    content = model(components=listed(WEIGHTS, licence="MIT"), license="Apache-2.0")
    found = mof.read_model(content, register(), handed_in=True)

    assert components(found)["weights_final"] == {"licence": "MIT", "licence_status": "stated"}


def test_the_address_of_the_terms_goes_with_them():
    page = "https://example.org/licence"
    found = components(read(components=listed("Model card", license_path=page)))

    assert found["model_card"]["licence_url"] == page
