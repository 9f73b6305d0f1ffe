"""The manifest of a dump and its read-me: what each file is, and under which terms."""

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from catalog.exports.dumps.published_build import MEDIA_TYPES
from catalog.exports.dumps.schema import TABLES
from catalog.models import Source

ABOUT = {
    "systems": "AI systems with their facts and verdicts",
    "definitions": "The definitions as data, every version with its criteria",
    **{table.lines: table.noun.about for table in TABLES if table.lines},
}
LICENCE = {"id": "CC-BY-4.0", "url": "https://creativecommons.org/licenses/by/4.0/"}
TERMS = (
    "The selection, the facts as recorded here and the verdicts are under CC-BY-4.0: name Glassbox "
    "and link to it. Quotations stay their authors'. Records of other registers keep the terms of "
    "their sources, which are listed here."
)
WHOLE = {
    "glassbox.sqlite": "Everything as one database with keys, indexes and views",
    "glassbox.csv.zip": "Everything as tables, one file each",
    "schema.json": "JSON Schema of the lines",
    "README.txt": "How to read these files",
}

README = """Glassbox: the whole register as files
======================================

Every line of systems.jsonl is one AI system with its recorded facts and the
verdict of every definition. The other files hold what the facts refer to.
manifest.json lists all files with rows, bytes and SHA-256, the version of the
catalogue, and the terms. schema.json is the JSON Schema of the lines.

Read them
  zstd -dc systems.jsonl.zst | head -1
  gunzip -c systems.jsonl.gz | head -1
  unzip glassbox.csv.zip
  gunzip -k glassbox.sqlite.gz && sqlite3 glassbox.sqlite 'SELECT * FROM verdict_counts'

Check them
  sha256sum systems.jsonl.zst        (compare with manifest.json)

Recompute a verdict, with nothing but Python and the source of Glassbox
  gunzip -c systems.jsonl.gz | head -1 |
    python3 -c 'import json, sys; print(json.dumps(json.loads(sys.stdin.readline())["facts"]))' |
    python -m definitions evaluate - --definition mof-1.0 --format text

Unknown is not no: where nothing is recorded, the value is "unknown", empty or
missing. A cell of the CSV files that starts like a formula begins with an
apostrophe. Addresses that start with a stroke are relative to the register.

Terms
  CC-BY-4.0 for what Glassbox adds; the records of other registers keep the
  terms of their sources (manifest.json, "sources"; the table "sources").
"""


def manifest(
    folder: Path,
    rows: Mapping[str, int],
    checksum: Callable[[Path], str],
    *,
    version: int,
    changed_at: str,
    built_at: dt.datetime,
    rules: str,
    tables: Mapping[str, int],
) -> dict[str, Any]:
    """What lies in the folder. One query, for the sources."""
    return {
        "title": "Glassbox: the whole register as files",
        "catalogue_version": version,
        "catalogue_changed_at": changed_at,
        "built_at": built_at.isoformat(timespec="seconds"),
        "rules": rules,
        "licence": LICENCE,
        "terms": TERMS,
        "sources": [
            {"key": s.key, "title": s.title, "url": s.url, "licence": s.licence,
             "attribution": s.attribution}
            for s in Source.objects.all()
        ],
        "schemas": {"facts": "/schema/facts.json", "lines": "/data/schema.json"},
        "tables": dict(tables),
        "files": [described(path, rows, checksum) for path in sorted(folder.iterdir())],
    }  # fmt: skip


def described(
    path: Path, rows: Mapping[str, int], checksum: Callable[[Path], str]
) -> dict[str, Any]:
    """One file: ``rows`` is None where it holds more than one table, or none."""
    plain = path.name.removesuffix(".zst").removesuffix(".gz")
    content = plain.removesuffix(".jsonl")
    return {
        "name": path.name,
        "about": WHOLE.get(plain) or ABOUT[content],
        "media_type": MEDIA_TYPES[path.suffix],
        "bytes": path.stat().st_size,
        "rows": rows.get(content) if plain.endswith(".jsonl") else None,
        "sha256": checksum(path),
    }
