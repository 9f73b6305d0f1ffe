"""Reads the public records of the European Open Source AI Index as facts, for truth tests."""

import csv
from pathlib import Path
from urllib.parse import unquote

import yaml

from definitions.facts import Facts

DATA = Path(__file__).parents[3] / "shared" / "data"


def truth() -> dict[str, dict[str, str]]:
    """The index's own figures, by the name of the record's file."""
    with (DATA / "truth-osai-index.csv").open() as file:
        return {unquote(row["source"].rpartition("/")[2]): row for row in csv.DictReader(file)}


def classes(path: Path) -> dict[str, str]:
    """The class of each dimension; an empty one does not apply."""
    record = yaml.safe_load(path.read_text())
    return {
        name.replace("_", "-"): part["class"] or "not_applicable"
        for name, part in record.items()
        if isinstance(part, dict) and "class" in part
    }


def read(path: Path, definition: str) -> Facts:
    """Facts that hold nothing but the grades of the index's reviewers."""
    graded = classes(path)
    return Facts.from_json(
        {
            "system": {"slug": "x", "name": path.stem},
            "steward_classes": {f"{definition}/{name}": word for name, word in graded.items()},
        }
    )
