"""What the tests of reading the Hub share: a repository like OLMo's, and its readings."""

from typing import Any

from catalog.intake.huggingface.reader import HuggingFace
from catalog.intake.registers.base import SourceReading
from tests.definitions.readers.hub_records import BLOB, OLMO_CARD, PAGE, REPO
from tests.hub_server import FakeHub

__all__ = ["BLOB", "OLMO_CARD", "PAGE", "REPO"]


def read(*repos: str, **options: Any) -> list[SourceReading]:
    return list(HuggingFace(repos or (REPO,), **options).read())


def codes(reading: SourceReading) -> list[str]:
    return [problem.code for problem in reading.problems]


def document(reading: SourceReading) -> dict[str, Any]:
    assert reading.document is not None, reading.problems
    return reading.document


def weights(reading: SourceReading) -> dict[str, Any]:
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


def with_card(hub: FakeHub, head: str, **changes: Any) -> SourceReading:
    olmo(hub, card=f"---\n{head}\n---\n# A model\n", **changes)
    return read()[0]
