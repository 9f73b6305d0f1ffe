"""Model files as people write them, small enough to read."""

from typing import Any

import yaml

from definitions.readers import mof
from definitions.readers.known_licences import register
from definitions.readers.records import RecordRead, SystemRecord

CLASS_THREE = (
    "Model architecture",
    "Model parameters (Final)",
    "Technical report",
    "Evaluation results",
    "Model card",
    "Data card",
)


def model(name: str = "Thing-7B", **release: Any) -> dict[str, Any]:
    """A model file: six components of class III under Apache-2.0, each with its address."""
    rows = [
        {"name": label, "license": "Apache-2.0", "component_path": f"https://example.org/{place}"}
        for place, label in enumerate(CLASS_THREE)
    ]
    return {
        "framework": {"name": "Model Openness Framework", "version": "1.0", "date": "2024-12-15"},
        "release": {
            "name": name,
            "version": "7B",
            "date": "2025-05-16",
            "type": "language",
            "producer": "Example Lab",
            "license": {},
            "components": rows,
        }
        | release,
    }


def read(key: str = "Thing.7B.yml", **release: Any) -> RecordRead:
    """A model file with an address on the Hub, as it is read."""
    hub = {"huggingface": "https://huggingface.co/example/Thing-7B"}
    return mof.read(yaml.safe_dump(model(**hub | release), allow_unicode=True), register(), key)


def record(found: RecordRead) -> SystemRecord:
    assert found.record is not None, found.problems
    return found.record


def codes(found: RecordRead) -> list[str]:
    return [problem.code for problem in found.problems]
