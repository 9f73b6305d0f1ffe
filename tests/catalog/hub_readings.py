"""What the tests of reading the Hub share: a repository like OLMo's, and its readings."""

from typing import Any

from catalog.importers.base import Reading
from catalog.importers.huggingface import HuggingFace
from tests.hub_server import SHA, FakeHub

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


def with_card(hub: FakeHub, head: str, **changes: Any) -> Reading:
    olmo(hub, card=f"---\n{head}\n---\n# A model\n", **changes)
    return read()[0]
