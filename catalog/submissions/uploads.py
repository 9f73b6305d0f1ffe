"""Files that people bring along: MOF.yml, and facts as JSON. Nothing of a file is kept."""

from collections.abc import Mapping
from typing import Any

from catalog.entry import parts
from catalog.entry.shape import PROOF
from catalog.entry.units import Document, tidy
from catalog.intake.registers.base import Document as ImportedDocument
from catalog.intake.registers.known_licences import known_licences
from definitions.facts import Facts
from definitions.readers import facts_json, mof
from definitions.readers.facts_json import FactsRead
from definitions.readers.plain_yaml import Limits, YamlError, texts

LARGEST = 500_000
"""Bytes of a file."""

DEEPEST = 12
"""Levels of a document; ours have five."""

MOST_VALUES = 20_000

LIMITS = Limits(size=LARGEST, values=MOST_VALUES, depth=DEEPEST)


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
    found = facts_json.read(text, LIMITS)
    if found.facts is None:
        raise UploadError(told(found), found.fault.path)
    return document_of_facts(found.facts)


def told(found: FactsRead) -> str:
    """Why a facts document was not read, as a sentence of the form."""
    fault = found.fault
    if fault.code == facts_json.NOT_FACTS:
        return f"{fault.path}: {fault.message}"
    if fault.code == facts_json.TOO_MUCH:
        return fault.message
    if not found.line:
        return "Not a JSON document that can be read."
    return f"{fault.message[:1].upper()}{fault.message[1:]}, line {found.line}."


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
            kind: flat(row, parts.COMPONENTS.words)
            for kind, row in content.get("components", {}).items()
        },
        "training_data": [
            {"dataset": row["name"], "where": row.get("url", "")}
            | flat(row, parts.TRAINING_DATA.words)
            for row in content.get("datasets", [])
        ],
        "data_information": flat(content.get("data_information", {}), parts.DATA_INFORMATION.words),
        "usage_information": flat(
            content.get("usage_information", {}), parts.USAGE_INFORMATION.words
        ),
        "facts": {
            topic: {"value": value} | flat({"evidence": proofs.get(topic, {})}, PROOF)
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
    plain = {name: row[name] for name in names if name in row and name not in PROOF}
    return plain | {"evidence": proof.get("url", ""), "quote": proof.get("quote", "")}


# --- MOF.yml ----------------------------------------------------------------------------------


def read_mof(name: str, text: str) -> tuple[Document, list[str]]:
    try:
        content = texts(text, LIMITS)
    except YamlError as error:
        reason = error.reason[:1].upper() + error.reason[1:]
        raise UploadError(f"{reason}, line {error.line}.") from None
    found = mof.read_model(content, known_licences(), name or "MOF.yml", handed_in=True)
    if found.record is None:
        fault = found.problems[-1]
        end = "" if fault.message.endswith((".", "?")) else "."
        raise UploadError(f"Not a MOF.yml: {fault.message}{end}", fault.path)
    problems = list(dict.fromkeys(problem.message for problem in found.problems))
    return imported(dict(found.record)), problems


def imported(document: ImportedDocument) -> Document:
    """An importer's document as a proposal: evidence is what it names, never another register."""
    found: Document = {name: document.get(name) for name in parts.SYSTEM.words}
    found |= {
        "released": document.get("released", ""),
        "organizations": [
            {name: row[name] for name in ("name", "homepage", "country", "kind") if row.get(name)}
            for row in document.get("organizations", [])
        ],
        "components": {
            kind: {name: row[name] for name in parts.COMPONENTS.words if name in row}
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
