"""What a repository of the Hugging Face Hub becomes."""

import json
from typing import Any

import pytest

from definitions.readers import hub
from definitions.readers.hub_words import MODALITIES, TASKS
from definitions.readers.known_licences import register
from definitions.vocabulary import Modality
from tests.definitions.readers.hub_records import (
    BLOB,
    FILES,
    OLMO_CARD,
    PAGE,
    REPO,
    SHA,
    codes,
    olmo,
    olmo_record,
    record,
    weights,
    with_card,
)


def test_a_repository_becomes_a_document_with_evidence():
    reading = olmo()
    assert record(reading) == {
        "name": "OLMo-7B",
        "huggingface_id": REPO,
        "organizations": [
            {
                "name": "Ai2",
                "profiles": [
                    {
                        "platform": "huggingface",
                        "handle": "allenai",
                        "url": "https://huggingface.co/allenai",
                    }
                ],
                "evidence": "https://huggingface.co/allenai",
            }
        ],
        "modalities": ["text"],
        "tasks": ["text-generation"],
        "languages": ["en"],
        "parameters": 6888095744,
        "frameworks": [{"name": "Transformers"}],
        "components": {
            "weights_final": {
                "url": f"{PAGE}/tree/{SHA}",
                "evidence": PAGE,
                "availability": "open_download",
                "open_format": "yes",
                "licence": "Apache-2.0",
                "licence_status": "stated",
                "licence_url": f"{BLOB}/LICENSE",
            },
            "model_metadata": {
                "url": f"{BLOB}/config.json",
                "evidence": f"{BLOB}/config.json",
                "availability": "open_download",
            },
            "model_card": {
                "url": f"{BLOB}/README.md",
                "evidence": f"{BLOB}/README.md",
                "availability": "open_download",
            },
            "technical_report": {
                "url": "https://arxiv.org/abs/2402.00838",
                "availability": "open_download",
                "evidence": f"{BLOB}/README.md",
                "note": "The card asks to cite this paper.",
            },
        },
        "evidence": PAGE,
    }
    assert codes(reading) == ["stage_not_stated"]


def test_the_day_of_the_repository_is_not_the_day_of_release():
    reading = olmo()
    assert "released" not in record(reading)
    reading = olmo(card="---\nlicense: mit\nrelease_date: 2024-02\n---\n")
    assert record(reading)["released"] == "2024-02"
    reading = olmo(card="---\nlicense: mit\nrelease_date: soon\n---\n")
    assert "released" not in record(reading)
    assert "malformed" in codes(reading)


@pytest.mark.parametrize(
    ("gate", "availability"),
    [(False, "open_download"), ("auto", "gated_auto"), ("manual", "gated_manual")],
)
def test_the_gate_is_the_availability(gate: object, availability: str):
    reading = olmo(gated=gate)
    parts = record(reading)["components"]
    assert parts["weights_final"]["availability"] == availability
    assert parts["model_metadata"]["availability"] == availability
    assert parts["model_card"]["availability"] == "open_download"  # it was read without a token


@pytest.mark.parametrize("gate", [None, True, "sometimes", 0, ["auto"]])
def test_a_gate_that_is_not_known_leaves_the_availability_unknown(gate: object):
    reading = olmo(gated=gate)
    assert "availability" not in weights(reading)
    assert "unknown_gate" in codes(reading)


@pytest.mark.parametrize(
    ("files", "changes", "form"),
    [
        (("model.safetensors",), {}, None),
        (("pytorch_model.bin",), {}, None),
        (("m.Q4_K_M.gguf", "m.Q8_0.gguf"), {}, "quantised_only"),
        (("m.Q4_K_M.gguf", "m-BF16.gguf"), {}, None),
        (("m.Q4_K_M.gguf", "model.safetensors"), {}, None),
        (("model.safetensors",), {"tags": ["gptq"]}, "quantised_only"),
        (
            ("model.safetensors",),
            {"config": {"quantization_config": {"quant_method": "awq", "bits": 4}}},
            "quantised_only",
        ),
        (
            ("model.safetensors",),
            {"config": {"quantization_config": {"quant_method": "fp8"}}},
            "quantised_only",
        ),
    ],
)
def test_only_quantised_files_make_quantised_only(
    files: tuple[str, ...], changes: dict[str, Any], form: str | None
):
    reading = olmo(files=files, **changes)
    assert weights(reading).get("form") == form


@pytest.mark.parametrize(
    ("name", "known"),
    [("a.safetensors", True), ("a.gguf", True), ("onnx/a.onnx", True), ("a.bin", False)],
)
def test_open_formats_are_told_and_others_stay_unknown(name: str, known: bool):
    reading = olmo(files=(name,))
    assert weights(reading).get("open_format") == ("yes" if known else None)


@pytest.mark.parametrize(
    "files",
    [
        ("config.json",),
        ("training_args.bin", "optimizer.pt", "rng_state_0.pth"),
        ("checkpoint-1000/model.safetensors",),
    ],
)
def test_a_repository_without_weights_says_nothing_of_them(files: tuple[str, ...]):
    reading = olmo(files=files)
    assert "weights_final" not in record(reading).get("components", {})
    assert "no_weights" in codes(reading)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"safetensors": {"total": "7B"}}, "malformed"),
        ({"safetensors": {"total": True}}, "malformed"),
        ({"safetensors": {"total": -1}}, "malformed"),
        ({"safetensors": {"total": 10**17}}, "malformed"),
        ({"safetensors": 7}, "malformed"),
        ({"tags": ["awq"]}, "packed"),
        ({"library_name": "peft"}, "adapter"),
    ],
)
def test_a_number_that_is_not_that_of_the_parameters_is_left_out(
    changes: dict[str, Any], code: str
):
    reading = olmo(**changes)
    assert "parameters" not in record(reading)
    assert code in codes(reading)


def test_every_task_has_one_row_and_every_modality_is_ours():
    assert len(TASKS) == sum(len(tasks) for tasks in MODALITIES.values())
    assert {word for row in MODALITIES for word in row} <= set(Modality)


@pytest.mark.parametrize(
    ("task", "modalities"),
    [
        ("text-generation", ["text"]),
        ("image-text-to-text", ["text", "image"]),
        ("automatic-speech-recognition", ["text", "audio"]),
        ("any-to-any", ["multimodal"]),
        ("time-series-forecasting", ["tabular"]),
        ("robotics", None),
    ],
)
def test_tasks_tell_the_modalities(task: str, modalities: list[str] | None):
    reading = olmo(pipeline_tag=task, tags=[])
    found = record(reading)
    assert found["tasks"] == [task]
    assert found.get("modalities") == modalities


def test_a_task_that_is_not_in_the_table_is_told_and_not_guessed():
    reading = olmo(pipeline_tag="mind-reading", tags=["conversational", "translation"])
    assert record(reading)["tasks"] == ["translation"]
    assert "unknown_task" in codes(reading)


def test_languages_are_codes_and_names_are_told():
    reading = with_card(
        "language:\n- no\n- zh-Hant\n- EN\n- multilingual\n- code\n- English\n- Klingonese"
    )
    assert record(reading)["languages"] == ["no", "zh-Hant", "en", "mul"]  # English is en
    assert "code" in record(reading)["modalities"]
    assert [p.message for p in reading.problems if p.code == "not_bcp47"] == [
        "“Klingonese” is not a code of a language."
    ]


def test_a_dataset_of_a_card_has_no_stage_and_so_is_not_training_data():
    reading = with_card("datasets: [allenai/dolma, c4]")
    assert "training_data" not in record(reading)
    assert [p.path for p in reading.problems if p.code == "stage_not_stated"] == [
        "card.datasets.0",
        "card.datasets.1",
    ]


@pytest.mark.parametrize(
    ("head", "tags", "kind"),
    [
        ("base_model_relation: finetune", [], "finetune"),
        ("base_model_relation: adapter", [], "finetune"),
        ("base_model_relation: merge", [], "merge"),
        ("base_model_relation: quantized", [], "quantised"),
        ("x: y", ["base_model:quantized:meta-llama/Meta-Llama-3-8B"], "quantised"),
        ("x: y", ["base_model:meta-llama/Meta-Llama-3-8B"], None),
        ("base_model_relation: cousin", ["base_model:merge:meta-llama/Meta-Llama-3-8B"], None),
    ],
)
def test_a_base_model_is_a_derivation_where_the_relation_is_told(
    head: str, tags: list[str], kind: str | None
):
    reading = with_card(f"base_model: meta-llama/Meta-Llama-3-8B\n{head}", tags=tags)
    found = record(reading).get("derivations", [])
    assert [(item["name"], item["huggingface_id"], item["kind"]) for item in found] == (
        [("Meta-Llama-3-8B", "meta-llama/Meta-Llama-3-8B", kind)] if kind else []
    )
    assert ("relation_not_stated" in codes(reading)) == (kind is None)


def test_bases_without_an_id_keep_their_name_and_a_model_is_not_its_own():
    head = f"base_model: [Llama 2, {REPO}, 'https://x.org/m']\nbase_model_relation: merge"
    reading = with_card(head)
    assert record(reading)["derivations"] == [
        {"name": "Llama 2", "kind": "merge", "evidence": f"{BLOB}/README.md"}
    ]
    assert {"own_base", "malformed"} <= set(codes(reading))


@pytest.mark.parametrize(
    ("tags", "bibtex", "paper"),
    [
        (["arxiv:2402.00838"], "@article{o, eprint={2402.00838}}", "2402.00838"),
        (
            ["arxiv:2402.00838"],
            "@Misc {o,\n url={https://arxiv.org/abs/2402.00838v3}}",
            "2402.00838",
        ),
        (["arxiv:2402.00838", "arxiv:1910.09700"], "@misc{o, eprint={2402.00838}}", "2402.00838"),
        (["arxiv:2204.05149"], "See https://arxiv.org/abs/2204.05149.", None),
        (["arxiv:2204.05149"], "@misc{o, title={A model}}\n```\nAlso arxiv.org/2204.05149", None),
        (
            ["arxiv:2402.00838", "arxiv:2106.09685"],
            "@misc{o, eprint={2402.00838}} @misc{lora, eprint={2106.09685}}",
            None,
        ),
        (["arxiv:../etc"], "@misc{o, eprint={../etc}}", None),
        ([], "@misc{o, eprint={2402.00838}}", None),
    ],
)
def test_the_paper_that_the_card_asks_to_cite_is_the_report_and_a_mere_link_is_not(
    tags: list[str], bibtex: str, paper: str | None
):
    reading = olmo(tags=tags, card=f"---\nlicense: mit\n---\n```\n{bibtex}\n```\n")
    part = record(reading)["components"].get("technical_report", {})
    assert part.get("url") == (paper and f"https://arxiv.org/abs/{paper}")
    assert "licence" not in part
    linked = any(tag != "arxiv:../etc" for tag in tags)
    assert ("paper_not_told" in codes(reading)) == (linked and paper is None)


def test_a_card_that_is_not_at_hand_is_told_and_the_hubs_reading_of_it_is_used():
    record_of_the_hub = olmo_record(
        files=("model.safetensors", "README.md"), gated="auto", cardData={"license": "apache-2.0"}
    )
    reading = hub.read(record_of_the_hub, register())
    assert weights(reading)["licence"] == "Apache-2.0"
    assert record(reading)["components"]["model_card"]["availability"] == "gated_auto"
    assert record(reading)["organizations"][0]["name"] == "allenai"
    assert "card_unread" in codes(reading)


def test_a_card_that_a_token_opened_is_as_gated_as_the_rest():
    files = (*FILES, "README.md")
    opened = hub.open_record(olmo_record(files=files, gated="manual"), REPO, by_token=True)
    hub.add_card(opened, OLMO_CARD.encode())
    parts = hub.system_record(opened, "Ai2", register().book)["components"]
    assert parts["model_card"]["availability"] == "gated_manual"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"private": True}, "private"),
        ({"private": "yes"}, "private"),
        ({"disabled": True}, "disabled"),
        ({"id": None}, "malformed"),
        ({"id": 7}, "malformed"),
        ({"id": "../../etc"}, "malformed"),
        ({"id": "owner/na--me"}, "malformed"),
        ({"id": "owner/x.git"}, "malformed"),
        ({"sha": "not a commit"}, "malformed"),
    ],
)
def test_what_the_public_cannot_check_is_rejected(changes: dict[str, object], code: str):
    reading = hub.read(olmo_record() | changes, register())
    assert (reading.record, codes(reading)) == (None, [code])


@pytest.mark.parametrize("answer", [[], "text", 7, None])
def test_an_answer_that_is_no_object_is_rejected(answer: object):
    reading = hub.read(answer, register())
    assert (reading.record, codes(reading)) == (None, ["malformed"])


def test_a_repository_that_has_another_name_now_is_told():
    assert [problem.message for problem in hub.open_record(olmo_record(), "old/one").problems] == [
        f"The Hub calls “old/one” “{REPO}” now."
    ]


NONSENSE: list[object] = [7, "text\x00", ["x", 7, None], {"a": {"b": 1}}, True, [[["x"]]], "\ud800"]


@pytest.mark.parametrize("value", NONSENSE, ids=range(len(NONSENSE)))
def test_values_of_another_type_are_told_and_the_rest_is_read(value: object):
    """Every key of the record in turn: never an unexpected error, never nonsense taken."""
    answer = olmo_record()
    for key in [*answer, "cardData", "base_model"]:
        if key in ("id", "sha", "private", "disabled"):
            continue
        reading = hub.read(answer | {key: value}, register(), OLMO_CARD.encode())
        text = json.dumps(record(reading))
        assert "\\u0000" not in text
        assert "\\ud800" not in text


def test_nonsense_in_a_card_is_told_and_the_rest_is_read():
    head = "license: {a: 1}\nlanguage: {b: 2}\ndatasets: 7\nbase_model: [[x]]\nlicense_link: [a]"
    reading = with_card(head)
    assert record(reading)["huggingface_id"] == REPO
    assert codes(reading).count("malformed") >= 4


def test_a_card_full_of_nonsense_is_not_told_item_by_item_for_ever():
    words = "".join(f"- language number {number}\n" for number in range(5000))
    assert len(olmo(card=f"---\nlanguage:\n{words}---\n").problems) == 200


def test_without_files_of_safetensors_the_number_of_parameters_is_unknown():
    reading = olmo(safetensors=None)
    assert "parameters" not in record(reading)
    assert "malformed" not in codes(reading)
