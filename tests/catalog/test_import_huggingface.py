"""What a repository of the Hugging Face Hub becomes, against a server of its shape."""

from typing import Any

import pytest

from catalog.importers.huggingface_words import MODALITIES, TASKS
from definitions.vocabulary import Modality
from tests.catalog.hub_readings import (
    BLOB,
    PAGE,
    REPO,
    codes,
    document,
    olmo,
    read,
    weights,
    with_card,
)
from tests.hub_server import SHA, FakeHub, json_answer

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.once,
    pytest.mark.usefixtures("licences"),
]


def test_a_repository_becomes_a_document_with_evidence(hub: FakeHub) -> None:
    olmo(hub)
    (reading,) = read()
    assert (reading.key, reading.url, reading.version) == (REPO, PAGE, SHA)
    assert document(reading) == {
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


def test_downloads_and_likes_do_not_make_a_new_reading_but_another_commit_does(
    hub: FakeHub,
) -> None:
    olmo(hub)
    first = read()[0].fingerprint
    olmo(hub, downloads=99, likes=100)
    assert read()[0].fingerprint == first
    olmo(hub, sha="0" * 40)
    assert read()[0].fingerprint != first


def test_the_day_of_the_repository_is_not_the_day_of_release(hub: FakeHub) -> None:
    olmo(hub)
    assert "released" not in document(read()[0])
    olmo(hub, card="---\nlicense: mit\nrelease_date: 2024-02\n---\n")
    assert document(read()[0])["released"] == "2024-02"
    olmo(hub, card="---\nlicense: mit\nrelease_date: soon\n---\n")
    reading = read()[0]
    assert "released" not in document(reading)
    assert "malformed" in codes(reading)


def test_nothing_but_the_card_is_downloaded(hub: FakeHub) -> None:
    olmo(hub)
    read()
    assert hub.paths() == [
        f"/api/models/{REPO}?blobs=true",
        f"/{REPO}/resolve/{SHA}/README.md",
        "/api/organizations/allenai/overview",
    ]


def test_the_hub_learns_of_us_a_name_and_nothing_else(hub: FakeHub) -> None:
    olmo(hub)
    read()
    headers = {name.lower(): value for name, value in hub.asked[0][1].items()}
    assert headers["user-agent"] == "glassbox"
    assert "authorization" not in headers


def test_an_owner_is_asked_for_once(hub: FakeHub) -> None:
    hub.owner("allenai", "Ai2")
    for name in ("OLMo-1B", "OLMo-7B"):
        hub.model(f"allenai/{name}")
    readings = read("allenai/OLMo-1B", "allenai/OLMo-7B")
    assert [document(reading)["organizations"][0]["name"] for reading in readings] == ["Ai2"] * 2
    assert hub.paths().count("/api/organizations/allenai/overview") == 1


def test_an_owner_without_a_full_name_keeps_that_of_the_namespace(hub: FakeHub) -> None:
    hub.model("someone/model")
    assert document(read("someone/model")[0])["organizations"][0]["name"] == "someone"
    hub.put("/api/organizations/someone/overview", json_answer({"fullname": ["x"]}))
    assert document(read("someone/model")[0])["organizations"][0]["name"] == "someone"


def test_the_same_repository_is_read_once_whatever_it_is_called(hub: FakeHub) -> None:
    olmo(hub)
    assert len(read(REPO, f"{PAGE}/tree/main?x=1", f" {PAGE} ")) == 1


@pytest.mark.parametrize(
    ("gate", "availability"),
    [(False, "open_download"), ("auto", "gated_auto"), ("manual", "gated_manual")],
)
def test_the_gate_is_the_availability(hub: FakeHub, gate: object, availability: str) -> None:
    olmo(hub, gated=gate)
    parts = document(read()[0])["components"]
    assert parts["weights_final"]["availability"] == availability
    assert parts["model_metadata"]["availability"] == availability
    assert parts["model_card"]["availability"] == "open_download"  # it was read without a token


@pytest.mark.parametrize("gate", [None, True, "sometimes", 0, ["auto"]])
def test_a_gate_that_is_not_known_leaves_the_availability_unknown(
    hub: FakeHub, gate: object
) -> None:
    olmo(hub, gated=gate)
    reading = read()[0]
    assert "availability" not in weights(reading)
    assert "unknown_gate" in codes(reading)


def test_a_card_that_a_token_opened_is_as_gated_as_the_rest(
    hub: FakeHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    olmo(hub, gated="manual")
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    parts = document(read()[0])["components"]
    assert parts["model_card"]["availability"] == "gated_manual"
    assert hub.asked[0][1]["authorization"] == "Bearer hf_secret"


def test_a_card_behind_the_gate_is_told_and_the_hubs_reading_of_it_is_used(hub: FakeHub) -> None:
    olmo(hub, gated="auto", cardData={"license": "apache-2.0"})
    hub.error(f"/{REPO}/resolve/{SHA}/README.md", 401, "GatedRepo")
    reading = read()[0]
    assert weights(reading)["licence"] == "Apache-2.0"
    assert document(reading)["components"]["model_card"]["availability"] == "gated_auto"
    assert "card_unread" in codes(reading)


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
    hub: FakeHub, files: tuple[str, ...], changes: dict[str, Any], form: str | None
) -> None:
    olmo(hub, files=files, **changes)
    assert weights(read()[0]).get("form") == form


@pytest.mark.parametrize(
    ("name", "known"),
    [("a.safetensors", True), ("a.gguf", True), ("onnx/a.onnx", True), ("a.bin", False)],
)
def test_open_formats_are_told_and_others_stay_unknown(
    hub: FakeHub, name: str, known: bool
) -> None:
    olmo(hub, files=(name,))
    assert weights(read()[0]).get("open_format") == ("yes" if known else None)


@pytest.mark.parametrize(
    "files",
    [
        ("config.json",),
        ("training_args.bin", "optimizer.pt", "rng_state_0.pth"),
        ("checkpoint-1000/model.safetensors",),
    ],
)
def test_a_repository_without_weights_says_nothing_of_them(
    hub: FakeHub, files: tuple[str, ...]
) -> None:
    olmo(hub, files=files)
    reading = read()[0]
    assert "weights_final" not in document(reading).get("components", {})
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
    hub: FakeHub, changes: dict[str, Any], code: str
) -> None:
    olmo(hub, **changes)
    reading = read()[0]
    assert "parameters" not in document(reading)
    assert code in codes(reading)


def test_every_task_has_one_row_and_every_modality_is_ours() -> None:
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
def test_tasks_tell_the_modalities(hub: FakeHub, task: str, modalities: list[str] | None) -> None:
    olmo(hub, pipeline_tag=task, tags=[])
    found = document(read()[0])
    assert found["tasks"] == [task]
    assert found.get("modalities") == modalities


def test_a_task_that_is_not_in_the_table_is_told_and_not_guessed(hub: FakeHub) -> None:
    olmo(hub, pipeline_tag="mind-reading", tags=["conversational", "translation"])
    reading = read()[0]
    assert document(reading)["tasks"] == ["translation"]
    assert "unknown_task" in codes(reading)


def test_languages_are_codes_and_names_are_told(hub: FakeHub) -> None:
    reading = with_card(
        hub, "language:\n- no\n- zh-Hant\n- EN\n- multilingual\n- code\n- English\n- Klingonese"
    )
    assert document(reading)["languages"] == ["no", "zh-Hant", "en", "mul"]  # English is en
    assert "code" in document(reading)["modalities"]
    assert [p.message for p in reading.problems if p.code == "not_bcp47"] == [
        "“Klingonese” is not a code of a language."
    ]


def test_a_dataset_of_a_card_has_no_stage_and_so_is_not_training_data(hub: FakeHub) -> None:
    reading = with_card(hub, "datasets: [allenai/dolma, c4]")
    assert "training_data" not in document(reading)
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
    hub: FakeHub, head: str, tags: list[str], kind: str | None
) -> None:
    reading = with_card(hub, f"base_model: meta-llama/Meta-Llama-3-8B\n{head}", tags=tags)
    found = document(reading).get("derivations", [])
    assert [(item["name"], item["huggingface_id"], item["kind"]) for item in found] == (
        [("Meta-Llama-3-8B", "meta-llama/Meta-Llama-3-8B", kind)] if kind else []
    )
    assert ("relation_not_stated" in codes(reading)) == (kind is None)


def test_bases_without_an_id_keep_their_name_and_a_model_is_not_its_own(hub: FakeHub) -> None:
    head = f"base_model: [Llama 2, {REPO}, 'https://x.org/m']\nbase_model_relation: merge"
    reading = with_card(hub, head)
    assert document(reading)["derivations"] == [
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
    hub: FakeHub, tags: list[str], bibtex: str, paper: str | None
) -> None:
    olmo(hub, tags=tags, card=f"---\nlicense: mit\n---\n```\n{bibtex}\n```\n")
    reading = read()[0]
    part = document(reading)["components"].get("technical_report", {})
    assert part.get("url") == (paper and f"https://arxiv.org/abs/{paper}")
    assert "licence" not in part
    linked = any(tag != "arxiv:../etc" for tag in tags)
    assert ("paper_not_told" in codes(reading)) == (linked and paper is None)
