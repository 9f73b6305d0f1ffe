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
