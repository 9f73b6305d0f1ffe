"""Files that people bring along: MOF.yml, and facts as JSON. Nothing of a file is kept."""

import json
from collections.abc import Mapping
from typing import Any

from catalog.importers.base import Document as ImportedDocument
from catalog.importers.figures import Shelf
from catalog.importers.files import FileError
from catalog.importers.mof import read_model
from catalog.proposals import columns as c
from catalog.proposals.units import Document, tidy
from definitions.codec import parse_json
from definitions.facts import Facts, FactsError
from definitions.readers.plain_yaml import Limits, YamlError, texts

LARGEST = 500_000
"""Bytes of a file."""

DEEPEST = 12
"""Levels of a document; ours have five."""

MOST_VALUES = 20_000

YAML_LIMITS = Limits(size=LARGEST, values=MOST_VALUES, depth=DEEPEST)


class UploadError(ValueError):
    """Why a file was not read; ``path`` is the place in it, empty for the whole."""

    def __init__(self, message: str, path: str = "") -> None:
        super().__init__(message)
        self.path = path


def read_upload(name: str, raw: bytes) -> tuple[Document, list[str]]:
    """The document in a file, and what could not be taken as it stands; UploadError else.

    JSON is read as facts (``glassbox-facts/1``), anything else as a model file of
    the Model Openness Tool.
    """
    if len(raw) > LARGEST:
        raise UploadError(f"The file has more than {LARGEST:,} bytes.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UploadError(f"The file is not UTF-8 text (byte {error.start}).") from None
    if "\x00" in text:
        raise UploadError("The file contains a NUL character.")
    if text.lstrip().startswith("{"):
        return read_facts(text), []
    return read_mof(name, text)


# --- facts ------------------------------------------------------------------------------------


def read_facts(text: str) -> Document:
    try:
        content = parse_json(text)
    except json.JSONDecodeError as error:
        raise UploadError(f"Not JSON: {error.msg}, line {error.lineno}.") from None
    except FactsError as error:
        raise UploadError(str(error), error.path) from None
    except ValueError:
        raise UploadError("Not a JSON document that can be read.") from None
    refuse_depth(content)
    try:
        return document_of_facts(Facts.from_json(content))
    except FactsError as error:
        raise UploadError(str(error), error.path) from None


def document_of_facts(facts: Facts) -> Document:
    """The document that states these facts. Licences, rulings and grades stay behind."""
    content = facts.to_json()
    system = content["system"]
    circumstances = dict(content.get("circumstances", {}))
    proofs = circumstances.pop("evidence", {})
    document: Document = {
        "name": system["name"],
        "version": system.get("version", ""),
        "released": system.get("release_date", ""),
        "modalities": system.get("modalities", []),
        "organizations": [
            {name: row[name] for name in ("name", "kind", "country") if name in row}
            for row in content.get("organizations", [])
        ],
        "components": {
            kind: flat(row, c.COMPONENT) for kind, row in content.get("components", {}).items()
        },
        "training_data": [
            {"dataset": row["name"], "where": row.get("url", "")} | flat(row, c.TRAINING_DATA)
            for row in content.get("datasets", [])
        ],
        "data_information": flat(content.get("data_information", {}), c.DATA_INFORMATION),
        "usage_information": flat(content.get("usage_information", {}), c.USAGE_INFORMATION),
        "facts": {
            topic: {"value": value} | flat({"evidence": proofs.get(topic, {})}, c.PROOF)
            for topic, value in circumstances.items()
        },
        "derivations": [
            {"name": row["name"], "kind": row.get("kind", "finetune")}
            for row in content.get("base_systems", [])
        ],
    }
    return tidy(document)


def flat(row: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """A row whose evidence is a value of its own, with address and quote beside the rest."""
    proof = row.get("evidence") or {}
    plain = {name: row[name] for name in names if name in row and name not in c.PROOF}
    return plain | {"evidence": proof.get("url", ""), "quote": proof.get("quote", "")}


# --- MOF.yml ----------------------------------------------------------------------------------


def read_mof(name: str, text: str) -> tuple[Document, list[str]]:
    try:
        content = texts(text, YAML_LIMITS)
    except YamlError as error:
        reason = error.reason[:1].upper() + error.reason[1:]
        raise UploadError(f"{reason}, line {error.line}.") from None
    try:
        reading = read_model(content, name or "MOF.yml", Shelf.load(), "", handed_in=True)
    except FileError as error:
        raise UploadError(f"Not a MOF.yml: {error}.", error.path) from None
    problems = list(dict.fromkeys(problem.message for problem in reading.problems))
    return imported(reading.document or {}), problems


def refuse_depth(content: Any) -> None:
    """UploadError for a value that is nested deeper than any document of ours."""
    level, seen = [content], 0
    for _ in range(DEEPEST):
        level = [
            inner
            for value in level
            for inner in (
                value.values()
                if isinstance(value, dict)
                else value
                if isinstance(value, list)
                else ()
            )
        ]
        seen += len(level)
        if seen > MOST_VALUES:
            raise UploadError("The file holds too many values.")
        if not level:
            return
    raise UploadError(f"The file is nested deeper than {DEEPEST} levels.")


def imported(document: ImportedDocument) -> Document:
    """An importer's document as a proposal: evidence is what it names, never another register."""
    found: Document = {name: document.get(name) for name in c.SYSTEM}
    found |= {
        "released": document.get("released", ""),
        "organizations": [
            {name: row[name] for name in ("name", "homepage", "country", "kind") if row.get(name)}
            for row in document.get("organizations", [])
        ],
        "components": {
            kind: {name: row[name] for name in c.COMPONENT if name in row}
            for kind, row in document.get("components", {}).items()
        },
        "training_data": [
            {
                "dataset": row["dataset"]["name"],
                "where": row["dataset"].get("homepage", ""),
                "stage": row["stage"],
                "evidence": row.get("evidence", ""),
            }
            for row in document.get("training_data", [])
        ],
        "derivations": [
            {
                "name": row.get("huggingface_id") or row["name"],
                "kind": row["kind"],
                "evidence": row.get("evidence", ""),
            }
            for row in document.get("derivations", [])
        ],
    }
    return tidy(found)
