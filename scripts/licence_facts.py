"""Write ``definitions/licences.json`` from the catalogue: ``python -m scripts.licence_facts``."""

import json
import sys
from pathlib import Path
from typing import Any

from definitions.readers.plain_yaml import Limits, texts

ROOT = Path(__file__).resolve().parents[1]
FACTS_LEFT_OUT = {
    "id", "url", "free_cultural_work", "meant_for", "permissions_note", "conditions_note",
    "limits_note", "source", "checked_on",
}  # fmt: skip


def facts_of(row: dict[str, Any]) -> dict[str, Any]:
    found = {name: value for name, value in row.items() if name not in FACTS_LEFT_OUT}
    if "use_restrictions" in found:
        found["use_restrictions"] = sorted(found["use_restrictions"])
    return found


def text_of(rows: list[dict[str, Any]]) -> str:
    """The file's text, one licence a line, in the order of their ids."""
    lines = [
        f"{json.dumps(row['id'])}: {json.dumps(facts_of(row), ensure_ascii=False)}"
        for row in sorted(rows, key=lambda row: row["id"])
    ]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def rows() -> list[dict[str, Any]]:
    found: Any = texts((ROOT / "fixtures" / "licences.yaml").read_bytes(), Limits())
    return list(found)


if __name__ == "__main__":
    (ROOT / "definitions" / "licences.json").write_text(text_of(rows()), encoding="utf-8")
    sys.stdout.write("definitions/licences.json is written.\n")
