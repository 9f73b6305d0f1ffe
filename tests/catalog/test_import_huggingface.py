"""Reading the Hugging Face Hub, against a server of its shape on loopback."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from catalog.importers import huggingface, huggingface_client
from catalog.importers.base import Reading, ReadingError
from catalog.importers.huggingface import HuggingFace, preview
from catalog.importers.huggingface_client import Hub
from catalog.importers.huggingface_words import MODALITIES, TASKS
from catalog.models import License, LicenseAlias
from definitions.vocabulary import Modality
from tests.hub_server import SHA, Answer, FakeHub, json_answer, serving

pytestmark = pytest.mark.django_db

REPO = "allenai/OLMo-7B"
PAGE = f"https://huggingface.co/{REPO}"
BLOB = f"{PAGE}/blob/{SHA}"

OLMO_CARD = """---
license: apache-2.0
language:
- en
datasets:
- allenai/dolma
---
# Model Card for OLMo 7B
"""


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeHub]:
    """A running Hub; the environment names it and holds no token."""
    with serving() as running:
        monkeypatch.setenv("HF_ENDPOINT", running.endpoint)
        monkeypatch.delenv("HF_TOKEN", raising=False)
        monkeypatch.setenv("NO_PROXY", "*")
        yield running


@pytest.fixture(autouse=True)
def licences() -> None:
    names = ["Apache-2.0", "MIT", "LicenseRef-Llama-3", "LicenseRef-Gemma"]
    License.objects.bulk_create(License(spdx_id=name, name=name) for name in names)
    LicenseAlias.objects.bulk_create(
        [
            LicenseAlias(alias="llama3", expression="LicenseRef-Llama-3"),
            LicenseAlias(alias="gemma", expression="LicenseRef-Gemma"),
        ]
    )


def read(*repos: str, **options: Any) -> list[Reading]:
    return list(HuggingFace(repos or (REPO,), **options).read())


def codes(reading: Reading) -> list[str]:
    return [problem.code for problem in reading.problems]


def document(reading: Reading) -> dict[str, Any]:
    assert reading.document is not None, reading.problems
    return reading.document


def weights(reading: Reading) -> dict[str, Any]:
    part: dict[str, Any] = document(reading)["components"]["weights_final"]
    return part


def olmo(hub: FakeHub, **changes: Any) -> None:
    """A repository like that of OLMo 7B."""
    hub.owner("allenai", "Ai2")
    given: dict[str, Any] = {
        "files": ("config.json", "LICENSE", "model.safetensors", "tokenizer.json"),
        "pipeline_tag": "text-generation",
        "library_name": "transformers",
        "tags": ["transformers", "safetensors", "text-generation", "en", "arxiv:2402.00838"],
        "safetensors": {"parameters": {"F32": 6888095744}, "total": 6888095744},
        "card": OLMO_CARD,
    }
    hub.model(REPO, **(given | changes))


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
                "evidence": PAGE,
                "note": "The card cites this paper alone.",
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


# Gates, forms and formats of the weights


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
            None,
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


# Licences


def with_card(hub: FakeHub, head: str, **changes: Any) -> Reading:
    olmo(hub, card=f"---\n{head}\n---\n# A model\n", **changes)
    return read()[0]


def terms(reading: Reading) -> dict[str, Any]:
    return {key: value for key, value in weights(reading).items() if key.startswith("licence")}


PLAIN = ("model.safetensors",)


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("license: apache-2.0", {"licence": "Apache-2.0", "licence_status": "stated"}),
        ("license: [mit]", {"licence": "MIT", "licence_status": "stated"}),
        ("license: gemma", {"licence": "LicenseRef-Gemma", "licence_status": "stated"}),
        (
            "license: other\nlicense_name: llama3",
            {"licence": "LicenseRef-Llama-3", "licence_status": "stated"},
        ),
        (
            "license: other\nlicense_name: Our Own Terms v2",
            {"licence_status": "unrecognised", "licence_text": "Our Own Terms v2"},
        ),
        ("license: other", {"licence_status": "unrecognised", "licence_text": "other"}),
        ("license: openrail", {"licence_status": "unrecognised", "licence_text": "openrail"}),
        ("license: [mit, apache-2.0]", {"licence_status": "mixed"}),
        ("license: unknown", {}),
        ("license: other\nlicense_name: none", {}),
        ("license: {a: b}", {}),
        ("license: null", {"licence_status": "none_stated"}),
        ("language: en", {"licence_status": "none_stated"}),
    ],
)
def test_the_licence_is_what_the_card_states(
    hub: FakeHub, head: str, expected: dict[str, str]
) -> None:
    assert terms(with_card(hub, head, files=PLAIN)) == expected


def test_the_verbatim_text_of_a_licence_is_told_as_a_problem_too(hub: FakeHub) -> None:
    reading = with_card(hub, "license: openrail")
    assert [p.message for p in reading.problems if p.code == "unrecognised_licence"] == [
        "No licence of the register is known as “openrail”."
    ]


def test_without_a_card_nobody_knows_the_licence(hub: FakeHub) -> None:
    olmo(hub, card=None, files=PLAIN)
    reading = read()[0]
    assert terms(reading) == {}
    assert "no_card" in codes(reading)


def test_a_card_that_cannot_be_read_is_not_a_card_without_a_licence(hub: FakeHub) -> None:
    for broken in ("license: [", "- a\n- list", "a: " + "[" * 5000):
        reading = with_card(hub, broken, files=PLAIN)
        assert terms(reading) == {}
        assert "card_malformed" in codes(reading)


def test_a_licence_file_without_a_word_in_the_card_is_terms_to_be_read(hub: FakeHub) -> None:
    reading = with_card(hub, "language: en", files=(*PLAIN, "LICENSE.txt"))
    assert terms(reading) == {"licence_url": f"{BLOB}/LICENSE.txt"}
    assert "licence_not_in_card" in codes(reading)


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("https://example.org/terms", "https://example.org/terms"),
        ("docs/TERMS.md", f"{BLOB}/docs/TERMS.md"),
        ("./docs/TERMS.md", f"{BLOB}/docs/TERMS.md"),
        ("Our terms.md", f"{BLOB}/Our%20terms.md"),
        ("nowhere.md", None),
        ("javascript:alert(1)", None),
    ],
)
def test_the_link_to_the_licence_leads_somewhere(
    hub: FakeHub, link: str, address: str | None
) -> None:
    files = (*PLAIN, "docs/TERMS.md", "Our terms.md")
    reading = with_card(hub, f"license: mit\nlicense_link: {link}", files=files)
    assert weights(reading).get("licence_url") == address
    assert ("dead_link" in codes(reading)) == (address is None)


# Words and lists


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
    reading = with_card(hub, "language:\n- no\n- zh-Hant\n- EN\n- multilingual\n- code\n- English")
    assert document(reading)["languages"] == ["no", "zh-Hant", "en", "mul"]
    assert "code" in document(reading)["modalities"]
    assert [p.message for p in reading.problems if p.code == "not_bcp47"] == [
        "“English” is not a code of a language."
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
    ("tags", "paper"),
    [
        (["arxiv:2402.00838"], "https://arxiv.org/abs/2402.00838"),
        (["arxiv:2402.00838", "arxiv:1910.09700"], "https://arxiv.org/abs/2402.00838"),
        (["arxiv:1910.09700"], None),
        (["arxiv:2402.00838", "arxiv:2106.09685"], None),
        (["arxiv:../etc"], None),
    ],
)
def test_one_cited_paper_is_the_report_and_several_are_not(
    hub: FakeHub, tags: list[str], paper: str | None
) -> None:
    olmo(hub, tags=tags)
    part = document(read()[0])["components"].get("technical_report", {})
    assert part.get("url") == paper
    assert "licence" not in part


# Answers that are not what they should be


def test_a_renamed_repository_counts_under_its_own_name(hub: FakeHub) -> None:
    hub.model("google-bert/bert-base", card=OLMO_CARD)
    target = {"Location": "/api/models/google-bert/bert-base"}
    hub.put("/api/models/old/bert", Answer(b"", 307, target))
    (reading,) = read("old/bert", "google-bert/bert-base")
    assert reading.key == "google-bert/bert-base"
    assert document(reading)["huggingface_id"] == "google-bert/bert-base"
    assert "The Hub calls “old/bert” “google-bert/bert-base” now." in [
        problem.message for problem in reading.problems
    ]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"private": True}, "private"),
        ({"private": "yes"}, "private"),
        ({"disabled": True}, "disabled"),
        ({"id": None}, "malformed"),
        ({"id": 7}, "malformed"),
        ({"id": "../../etc"}, "malformed"),
        ({"sha": "not a commit"}, "malformed"),
    ],
)
def test_what_the_public_cannot_check_is_rejected(
    hub: FakeHub, changes: dict[str, Any], code: str
) -> None:
    olmo(hub)
    record = hub.model(REPO) | changes
    hub.put(f"/api/models/{REPO}", json_answer(record))
    (reading,) = read()
    assert reading.document is None
    assert (reading.key, codes(reading)) == (REPO, [code])


@pytest.mark.parametrize(
    ("status", "error", "message", "code"),
    [
        (401, "RepoNotFound", "", "not_found"),
        (401, "", "", "not_found"),
        (404, "RepoNotFound", "", "not_found"),
        (404, "", "", "not_found"),
        (401, "GatedRepo", "", "gated"),
        (403, "GatedRepo", "", "gated"),
        (403, "", "Access to this resource is disabled.", "disabled"),
        (403, "", "", "forbidden"),
        (418, "", "", "refused"),
        (204, "", "", "refused"),
    ],
)
def test_a_repository_that_the_hub_does_not_show_is_rejected_and_the_next_is_read(
    hub: FakeHub, status: int, error: str, message: str, code: str
) -> None:
    olmo(hub)
    hub.error("/api/models/some/thing", status, error, message)
    first, second = read("some/thing", REPO)
    assert first.document is None
    assert codes(first) == [code]
    assert second.document is not None


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Answer(b"", 500), "fault of its own (HTTP 500"),
        (Answer(b"", 503), "fault of its own (HTTP 503"),
        (Answer(b"", 429, {"Retry-After": "120"}), "try again in 120 seconds"),
        (Answer(b"", 429, {"RateLimit": '"api";r=0;t=55'}), "try again in 55 seconds"),
        (
            Answer(b"", 429, {"Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT"}),
            "try again after Wed, 21 Oct 2026 07:28:00 GMT",
        ),
        (Answer(b"", 429), "slow down"),
        (Answer(b"<!DOCTYPE html><p>Log in", 200, {"Content-Type": "text/html"}), "web page"),
        (Answer(b'{"id": "allenai/OL'), "not JSON"),
        (Answer(b""), "not JSON"),
        (Answer(b"[" * 100_000), "not JSON"),
        (Answer(b'{"id": ' + b"9" * 5000 + b"}"), "not JSON"),
        (
            Answer(b"", 401, {"X-Error-Message": "Invalid credentials in Authorization header"}),
            "does not accept the access token",
        ),
        (Answer(b"", 302, {"Location": f"/api/models/{REPO}"}), "in circles"),
        (Answer(b"", 302, {"Location": "ftp://example.org/x"}), "cannot be reached"),
    ],
)
def test_a_hub_that_cannot_be_read_ends_the_run_with_a_sentence(
    hub: FakeHub, answer: Answer, words: str
) -> None:
    hub.put(f"/api/models/{REPO}", answer)
    with pytest.raises(ReadingError) as caught:
        read()
    assert words in str(caught.value)


def test_a_hub_that_is_down_ends_the_run_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")
    with pytest.raises(ReadingError, match="cannot be reached"):
        read(endpoint="http://127.0.0.1:1")


@pytest.mark.parametrize(
    "answer", [Answer(b"{}", wait=5), Answer(b"{" + b" " * 500, drip=0.05)], ids=["mute", "drip"]
)
def test_a_slow_hub_ends_the_run_with_a_sentence(
    hub: FakeHub, answer: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub.put(f"/api/models/{REPO}", answer)
    monkeypatch.setattr(huggingface, "Hub", lambda *given: Hub(*given, timeout=0.3, deadline=0.3))
    with pytest.raises(ReadingError, match="in time"):
        read()


def test_giant_answers_are_not_read_to_their_end(
    hub: FakeHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    olmo(hub, card="---\nlicense: mit\n---\n" + "x" * 5000)
    monkeypatch.setattr(huggingface, "Hub", lambda *given: Hub(*given, max_card=4000))
    (reading,) = read()
    assert "licence" not in weights(reading)
    assert "card_unread" in codes(reading)
    monkeypatch.setattr(huggingface, "Hub", lambda *given: Hub(*given, max_record=500))
    (reading,) = read()
    assert reading.document is None
    assert codes(reading) == ["too_large"]


@pytest.mark.parametrize("value", [[], "text", 7, None])
def test_a_record_that_is_no_object_is_rejected(hub: FakeHub, value: object) -> None:
    hub.put(f"/api/models/{REPO}", json_answer(value))
    (reading,) = read()
    assert (reading.document, codes(reading)) == (None, ["malformed"])


NONSENSE: list[Any] = [7, "text\x00", ["x", 7, None], {"a": {"b": 1}}, True, [[["x"]]], "\ud800"]


@pytest.mark.parametrize("value", NONSENSE, ids=range(len(NONSENSE)))
def test_values_of_another_type_are_told_and_the_rest_is_read(hub: FakeHub, value: Any) -> None:
    """Every key of the record in turn: never an unexpected error, never nonsense taken."""
    record = hub.model(REPO, card=OLMO_CARD, pipeline_tag="text-generation")
    for key in [*record, "library_name", "safetensors"]:
        if key in ("id", "sha", "private", "disabled"):
            continue
        hub.put(f"/api/models/{REPO}", json_answer(record | {key: value}))
        (reading,) = read()
        text = json.dumps(document(reading))
        assert "\\u0000" not in text
        assert "\\ud800" not in text


def test_nonsense_in_a_card_is_told_and_the_rest_is_read(hub: FakeHub) -> None:
    head = "license: {a: 1}\nlanguage: {b: 2}\ndatasets: 7\nbase_model: [[x]]\nlicense_link: [a]"
    reading = with_card(hub, head)
    assert document(reading)["huggingface_id"] == REPO
    assert codes(reading).count("malformed") >= 4


@pytest.mark.parametrize(
    "name",
    ["", "one", "a/b/c", "a b/c", "../x", "a/..", "owner/na--me", "owner/x.git", "ö/x", "a/b\x00"],
)
def test_a_name_that_no_repository_has_is_refused_before_anything_is_asked(
    hub: FakeHub, name: str
) -> None:
    with pytest.raises(ReadingError, match="Not a repository of the Hub"):
        read(REPO, name)
    assert hub.asked == []


def test_bad_settings_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "hub.example.org")
    with pytest.raises(ReadingError, match="not a web address"):
        read()
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:1")
    monkeypatch.setenv("HF_TOKEN", "hf_öäü\n")
    with pytest.raises(ReadingError, match="token"):
        read()


def test_a_preview_reads_one_repository_by_the_address_of_its_page(hub: FakeHub) -> None:
    olmo(hub)
    assert preview(f"{PAGE}/blob/main/config.json").key == REPO
    with pytest.raises(ReadingError):
        preview("what?")


def test_the_addresses_that_people_read_are_those_of_the_hub_itself(hub: FakeHub) -> None:
    olmo(hub)
    assert huggingface_client.HUB == "https://huggingface.co"
    assert hub.endpoint not in json.dumps(document(read()[0]))
