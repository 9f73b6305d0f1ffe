"""Write ``definitions/licences.json`` from the catalogue's files: ``make licences``.

The file is the register's licences as data of the rules' own package: what each licence says, and
the other spellings under which it is known, so that nobody needs the database to judge a document.
"""

import json
import sys
from pathlib import Path

from definitions.readers.plain_yaml import Limits, Plain, texts

ROOT = Path(__file__).resolve().parents[1]
FIXTURES = ROOT / "fixtures"
FACTS_LEFT_OUT = {
    "id", "url", "free_cultural_work", "meant_for", "permissions_note", "conditions_note",
    "limits_note", "source", "checked_on",
}  # fmt: skip

type Row = dict[str, Plain]


def rows(name: str) -> list[Row]:
    """The rows of one of the catalogue's files."""
    found = texts((FIXTURES / name).read_bytes(), Limits())
    return [row for row in found if isinstance(row, dict)]


def facts_of(row: Row) -> Row:
    found = {name: value for name, value in row.items() if name not in FACTS_LEFT_OUT}
    limits = found.get("use_restrictions")
    return found | (
        {"use_restrictions": sorted(limits, key=str)} if isinstance(limits, list) else {}
    )


def lines(values: dict[str, Plain]) -> str:
    """One value a line, in the order of their names."""
    return ",\n".join(
        f"{json.dumps(name, ensure_ascii=False)}: {json.dumps(value, ensure_ascii=False)}"
        for name, value in sorted(values.items())
    )


def text_of(licences: list[Row], aliases: list[Row]) -> str:
    """The text of the file."""
    described: dict[str, Plain] = {str(row["id"]): dict(facts_of(row)) for row in licences}
    spellings: dict[str, Plain] = {str(row["alias"]): row["licence"] for row in aliases}
    return f'{{"licences": {{\n{lines(described)}\n}},\n"aliases": {{\n{lines(spellings)}\n}}}}\n'


def text() -> str:
    """What the catalogue's files give."""
    return text_of(rows("licences.yaml"), rows("licence_aliases.yaml"))


if __name__ == "__main__":
    (ROOT / "definitions" / "licences.json").write_text(text(), encoding="utf-8")
    sys.stdout.write("definitions/licences.json is written.\n")
