"""The records that stand in our files: what another register alone can make of a system."""

import json
from typing import Any

import pytest
from django.conf import settings

from definitions.readers import naming

type Row = dict[str, Any]

CLOSED = [
    *("claude-1", "claude-2", "gpt-4", "palm", "palm-2", "dou-bao", "grok-0"),
    *("baichuan-1-53b", "baichuan-2", "exaone", "ernie-3-0", "ernie-3-0-titan"),
    *("deepseek-moe-145b", "jurassic-1-jumbo", "jurassic-2"),
]
"""Shown as downloadable on the word of a listing that gives no address of the weights."""
OPEN = ("starcoder", "gpt-3-finnish", "telechat-7b", "telechat-12b", "stellarx-4b-v0")
"""Shown as not released, because a listing does not include their weights."""


def rows(source: str) -> list[Row]:
    path = settings.FIXTURES_DIR / "records" / f"{source}.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


RECORDS = {source: rows(source) for source in ("mot", "osai-index")}


def document(source: str, system: str) -> Row:
    return next(row["document"] for row in RECORDS[source] if row["system"] == system)


def components() -> list[tuple[str, str, Row]]:
    return [
        (record["key"], kind, row)
        for records in RECORDS.values()
        for record in records
        for kind, row in record["document"].get("components", {}).items()
    ]


@pytest.mark.once
def test_nothing_is_an_open_download_without_its_address():
    bare = [
        (key, kind)
        for key, kind, row in components()
        if row.get("availability") == "open_download" and not row.get("url")
    ]
    assert bare == []


@pytest.mark.once
def test_what_a_listing_does_not_include_is_not_withheld():
    kinds = {
        row.get("availability")
        for record in RECORDS["mot"]
        for row in record["document"].get("components", {}).values()
    }
    assert kinds <= {None, "open_download"}


@pytest.mark.once
@pytest.mark.parametrize("system", [*CLOSED, *OPEN])
def test_the_listing_alone_says_nothing_of_the_weights(system: str):
    assert "weights_final" not in document("mot", system).get("components", {})


@pytest.mark.once
@pytest.mark.parametrize("system", ["ernie-3-0", "ernie-3-0-titan", "exaone", "dou-bao", "palm"])
def test_of_a_saved_form_the_names_alone_are_taken(system: str):
    assert set(document("mot", system)) == {"name", "organizations"}


@pytest.mark.once
def test_sizes_are_those_of_a_field():
    for key in ("mixtral-8x22b-v0-1", "mixtral-8x22b-instruct-v0-1", "qwen1-5-7b"):
        assert "parameters" not in document("mot", key), key
    assert not [row["key"] for row in RECORDS["osai-index"] if "parameters" in row["document"]]


@pytest.mark.once
def test_the_names_of_data_are_not_kept_as_terms():
    data = document("mot", "bilingual-gpt-neox-4b")["components"].get("pretraining_data", {})
    assert "licence_text" not in data
    assert not [row for _key, _kind, row in components() if row.get("licence_text") == "pubmed"]


@pytest.mark.once
def test_a_base_is_no_model_that_was_made_of_it():
    assert document("osai-index", "gemma-2-2b-jpn-it")["derivations"] == [
        {"kind": "finetune", "name": "Gemma-2-2B"}
    ]


@pytest.mark.once
def test_no_record_is_based_on_itself():
    for record in RECORDS["osai-index"]:
        own = record["document"]
        for row in own.get("derivations", []):
            assert not naming.of_one_line(own["name"], row["name"]), record["key"]
            assert row.get("huggingface_id", "-") != own.get("huggingface_id"), record["key"]


@pytest.mark.once
def test_placeholders_belong_to_no_entry_and_say_why():
    held = {row["key"]: row["problems"][-1] for row in RECORDS["mot"] if not row["system"]}

    assert set(held) == {"Unnamed-Model.yml", "DeepSeek-V3-test.yml"}
    assert {problem["code"] for problem in held.values()} == {"withheld"}
