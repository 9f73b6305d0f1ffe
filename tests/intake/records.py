"""Records as other registers write them, small enough to read."""

from pathlib import Path
from typing import Any

import yaml

from tests.definitions.readers.model_files import model

__all__ = ["graded", "model", "write"]


def graded(end: str = "Thing-7B-Chat", **parts: Any) -> dict[str, Any]:
    """A record of the index in which every dimension is open and has a link."""
    names = [
        "datasources_basemodel",
        "datasources_endmodel",
        "weights_basemodel",
        "weights_endmodel",
        "trainingcode",
        "code",
        "hardware_architecture",
        "preprint",
        "paper",
        "modelcard",
        "datasheet",
        "licenses",
    ]
    link = "https://huggingface.co/example/Thing-7B-Chat"
    record: dict[str, Any] = {
        "system": {
            "name": "Thing",
            "link": link,
            "type": "text",
            "basemodelname": "Thing-7B",
            "endmodelname": end,
            "endmodellicense": "Apache-2.0",
            "releasedate": "2025-12",
        },
        "org": {"name": "Example Lab", "link": "https://lab.example.org"},
    }
    record |= {name: {"class": "open", "link": link, "notes": "Seen."} for name in names}
    for name, values in parts.items():
        record[name] = record[name] | values
    return record


def write(folder: Path, **files: Any) -> Path:
    """Each value as a YAML file; a double underscore in a name stands for a dot."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        text = content if isinstance(content, str) else yaml.safe_dump(content, allow_unicode=True)
        (folder / f"{name.replace('__', '.')}.yml").write_text(text, encoding="utf-8")
    return folder
