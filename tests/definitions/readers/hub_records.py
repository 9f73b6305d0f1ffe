"""Records of the Hugging Face Hub in the form of its own, and their readings."""

from typing import Any

from definitions.readers import hub
from definitions.readers.known_licences import register
from definitions.readers.records import ComponentRecord, RecordRead, SystemRecord

SHA = "33fc9d4d4a5bd2b0a8e7b0ee5bd0a1b5c7f3e2d1"
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

It was trained on [this much power](https://arxiv.org/abs/1910.09700).

```bibtex
@misc{olmo, eprint={2402.00838}, archivePrefix={arXiv}, url={https://arxiv.org/abs/2402.00838}}
```
"""
FILES = ("config.json", "LICENSE", "model.safetensors", "tokenizer.json")


def model(repo: str, files: tuple[str, ...] = ("model.safetensors",), **changes: Any) -> Any:
    """A record of the Hub, with the keys that it has today."""
    return {
        "_id": "65b7f3e0a1b2c3d4e5f60718",
        "id": repo,
        "modelId": repo,
        "author": repo.partition("/")[0],
        "sha": SHA,
        "private": False,
        "disabled": False,
        "gated": False,
        "downloads": 12345,
        "likes": 67,
        "createdAt": "2024-01-09T23:05:24.000Z",
        "lastModified": "2024-07-16T18:00:05.000Z",
        "tags": ["region:us"],
        "config": {"architectures": ["LlamaForCausalLM"], "model_type": "llama"},
        "cardData": None,
        "siblings": [
            {"rfilename": name, "size": 1519, "blobId": "c7d9f3332a950355d5a77d85000f05e6f45435ea"}
            for name in (".gitattributes", *files)
        ],
        "spaces": [],
        "usedStorage": 110211073016,
    } | changes


def olmo_record(**changes: Any) -> Any:
    """What the Hub says of a repository like that of OLMo 7B, which has a card."""
    given: dict[str, Any] = {
        "files": FILES,
        "pipeline_tag": "text-generation",
        "library_name": "transformers",
        "tags": ["transformers", "safetensors", "text-generation", "en", "arxiv:2402.00838"],
        "safetensors": {"parameters": {"F32": 6888095744}, "total": 6888095744},
    } | changes
    return model(REPO, **given)


def olmo(card: str | None = OLMO_CARD, **changes: Any) -> RecordRead:
    """The reading of such a repository, which has the card that is given."""
    files = changes.pop("files", FILES)
    whole = files if card is None or "README.md" in files else (*files, "README.md")
    raw = None if card is None else card.encode()
    return hub.read(olmo_record(files=whole, **changes), register(), raw, "Ai2")


def with_card(head: str, **changes: Any) -> RecordRead:
    return olmo(card=f"---\n{head}\n---\n# A model\n", **changes)


def codes(reading: RecordRead) -> list[str]:
    return [problem.code for problem in reading.problems]


def record(reading: RecordRead) -> SystemRecord:
    assert reading.record is not None, reading.problems
    return reading.record


def weights(reading: RecordRead) -> ComponentRecord:
    return record(reading)["components"]["weights_final"]


def terms(reading: RecordRead) -> dict[str, object]:
    return {key: value for key, value in weights(reading).items() if key.startswith("licence")}
