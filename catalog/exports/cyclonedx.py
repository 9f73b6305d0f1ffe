"""CycloneDX 1.7 as JSON: a bill of materials of one AI system (ML-BOM).

The classes of ``cyclonedx-python-lib`` know no model card, so the document is
put together as values; the library's own strict validator holds every
document of the tests against the schema of the specification.
"""

import json
import uuid

from cyclonedx.spdx import is_supported_id

from catalog.entry.registers import register_of
from catalog.exports.entry import Entry, one_line, stamp
from catalog.models import Derivation, TrainingData
from definitions import tiers
from definitions.business import business_use
from definitions.facts import Component, Dataset
from definitions.licences import licence_ids
from definitions.tiers import Standing
from definitions.vocabulary import (
    Answer,
    ComponentGroup,
    ComponentKind,
    DataClass,
    TrainingStage,
)

type Node = dict[str, object]

SPEC = "1.7"
SCHEMA = f"http://cyclonedx.org/schema/bom-{SPEC}.schema.json"

PARTS = {
    ComponentGroup.DATA: "data",
    ComponentGroup.CODE: "application",
    ComponentGroup.MODEL: "file",
    ComponentGroup.DOCUMENTS: "file",
    ComponentGroup.POLICIES: "file",
}
"""How the groups of components are called there; access is no material."""

REFERENCES = {
    ComponentKind.MODEL_CARD: "model-card",
    ComponentKind.WEIGHTS_FINAL: "distribution",
    ComponentKind.WEIGHTS_INTERMEDIATE: "distribution",
    ComponentKind.RESEARCH_PAPER: "documentation",
    ComponentKind.TECHNICAL_REPORT: "documentation",
    ComponentKind.RISK_ASSESSMENT: "risk-assessment",
}
DEFAULT_REFERENCES = {
    ComponentGroup.DATA: "distribution",
    ComponentGroup.CODE: "source-distribution",
    ComponentGroup.DOCUMENTS: "documentation",
}


def cyclonedx_file(entry: Entry) -> bytes:
    """The whole document: the same facts give the same bytes."""
    return json.dumps(bill(entry), ensure_ascii=False, indent=2).encode() + b"\n"


def bill(entry: Entry) -> Node:
    """The bill of materials as JSON values."""
    datasets = merged(entry)
    bases = [base(entry, row) for row in derivations(entry)]
    refs = [item["bom-ref"] for item in [*datasets, *bases]]
    return {
        "$schema": SCHEMA,
        "bomFormat": "CycloneDX",
        "specVersion": SPEC,
        "serialNumber": uuid.uuid5(uuid.NAMESPACE_URL, entry.address).urn,
        "version": 1,
        "metadata": metadata(entry, bases, datasets),
        "components": datasets,
        "dependencies": [
            {"ref": entry.address, "dependsOn": refs},
            *({"ref": ref} for ref in refs),
        ],
    }


def metadata(entry: Entry, bases: list[Node], datasets: list[Node]) -> Node:
    page = {"type": "website", "url": f"{entry.site}/"}
    tool: Node = {"type": "application", "name": "Glassbox", "externalReferences": [page]}
    found: Node = {
        "timestamp": stamp(entry.checked_on),
        "tools": {"components": [tool]},
        "component": model(entry, bases, datasets),
        "licenses": [{"license": {"id": "CC-BY-4.0"}}],
    }
    return filled(found)


def model(entry: Entry, bases: list[Node], datasets: list[Node]) -> Node:
    """The system itself, with the terms of its weights."""
    system = entry.system
    makers = [{"name": name} for name in entry.makers]
    return filled(
        {
            "type": "machine-learning-model",
            "bom-ref": entry.address,
            "manufacturer": makers[0] if makers else None,
            "authors": makers[1:],
            "name": entry.name,
            "version": one_line(system.version),
            "description": one_line(system.summary),
            "purl": entry.purl,
            "licenses": licences(entry, entry.facts.component(ComponentKind.WEIGHTS_FINAL)),
            "pedigree": {"ancestors": bases, "notes": notes(entry)} if bases else None,
            "externalReferences": references(entry),
            "components": [part(entry, *item) for item in entry.released() if listed(item[0])],
            "modelCard": card(entry, datasets),
        }
    )


def listed(kind: ComponentKind) -> bool:
    return kind.group in PARTS


def card(entry: Entry, datasets: list[Node]) -> Node:
    """The model card: what the model is for, its data, and the verdicts as properties."""
    system = entry.system
    found = [*told_by("", entry.standing), ("parameters", str(system.parameters or ""))]
    found += [
        ("business-use", business_use(entry.facts).value),
        *told_by("business-use-", tiers.of_business_use(entry.facts)),
    ]
    found += [("modality", word) for word in sorted(system.modalities)]
    found += [("language", word) for word in sorted(system.languages)]
    found += [(f"verdict:{item.id}", row.label) for item, row in entry.verdicts()]
    parameters: Node = {
        "task": ", ".join(one_line(task) for task in system.tasks),
        "datasets": [{"ref": item["bom-ref"]} for item in datasets],
    }
    return {"modelParameters": filled(parameters), "properties": properties(*found)}


def told_by(prefix: str, standing: Standing) -> list[tuple[str, str]]:
    """How far something was checked, and each register whose word it is."""
    names = [(f"{prefix}recorded-by", name) for name in standing.recorded_by]
    return [(f"{prefix}tier", standing.tier.value), *names]


def references(entry: Entry) -> list[Node]:
    """The pages of the system and of its entry."""
    system = entry.system
    found = [
        ("website", system.homepage, "The system's home page"),
        ("distribution", entry.hub, "Hugging Face"),
        ("vcs", system.repository, "Source code"),
        ("citation", system.paper, "Paper"),
        ("evidence", entry.address, "Facts with evidence, and verdicts"),
    ]
    return [{"type": kind, "url": url, "comment": words} for kind, url, words in found if url]


def part(entry: Entry, kind: ComponentKind, row: Component) -> Node:
    """One released component of the system."""
    type_of = REFERENCES.get(kind) or DEFAULT_REFERENCES.get(kind.group, "other")
    links = [(type_of, row.url), ("license", row.licence_url)]
    links += [("evidence", row.evidence.url)] if row.evidence else []
    return filled(
        {
            "type": PARTS[kind.group],
            "bom-ref": f"{entry.address}#{kind.value}",
            "name": kind.label,
            "licenses": licences(entry, row),
            "externalReferences": [{"type": word, "url": url} for word, url in links if url],
            "properties": properties(
                ("kind", kind.value),
                ("availability", row.availability.value),
                ("completeness", row.completeness.value),
                ("licence-status", row.licence_status.value),
                *told_by("", entry.standing_of(row)),
            ),
        }
    )


def licences(
    entry: Entry, row: Component | Dataset, text: str = "", register: str = ""
) -> list[Node]:
    """The terms as the maker declares them; nothing where they are unknown.

    What another register recorded is not the maker's declaration: it has no acknowledgement.
    ``text`` is the maker's own words for a dataset whose licence nobody recognised, and
    ``register`` whose word the dataset's row is.
    """
    register = row.recorded_by if isinstance(row, Component) else register
    declared: Node = {} if register else {"acknowledgement": "declared"}
    if row.licence:
        names = licence_ids(row.licence)
        if names != (row.licence,):
            return [{"expression": row.licence} | declared]
        known = is_supported_id(row.licence)
        named = {"id": row.licence} if known else {"name": entry.licence_name(row.licence)}
        page = {"url": entry.licence_page(row.licence)}
        return [{"license": named | declared | page}]
    text = text or (row.licence_text if isinstance(row, Component) else "")
    if text:
        return [{"license": {"name": text} | declared}]
    return []


def merged(entry: Entry) -> list[Node]:
    """Every dataset once, whatever number of stages it served in."""
    uses: dict[str, list[TrainingData]] = {}
    for row in entry.datasets():
        uses.setdefault(row.dataset.slug, []).append(row)
    facts = {row.slug: row for row in entry.facts.datasets}
    return [data(entry, rows, facts[slug]) for slug, rows in uses.items()]


def data(entry: Entry, uses: list[TrainingData], facts: Dataset) -> Node:
    row = uses[0].dataset
    register = register_of(row)
    stages = [TrainingStage.of(use.stage).value for use in uses]
    inside: Node = {
        "type": "dataset",
        "name": one_line(row.name),
        "contents": {"url": facts.url} if facts.url else None,
        "classification": None if facts.data_class is DataClass.UNKNOWN else facts.data_class.value,
        "sensitiveData": ["personal data"] if facts.contains_pii is Answer.YES else None,
        "description": one_line(row.summary),
    }
    pages = [("website", row.homepage), *(("evidence", use.evidence_url) for use in uses)]
    pages.append(("evidence", entry.link("dataset", row.slug)))
    return filled(
        {
            "type": "data",
            "bom-ref": entry.link("dataset", row.slug),
            "name": one_line(row.name),
            "licenses": licences(entry, facts, row.licence_text, register),
            "externalReferences": [
                {"type": kind, "url": url} for kind, url in dict.fromkeys(pages) if url
            ],
            "data": [filled(inside)],
            "properties": properties(
                *(("stage", stage) for stage in stages), ("recorded-by", register)
            ),
        }
    )


def derivations(entry: Entry) -> list[Derivation]:
    """The bases of the system, each once."""
    rows = sorted(entry.system.derivations.all(), key=lambda row: (base_name(row), row.kind))
    return list({(row.base_id, row.base_name): row for row in reversed(rows)}.values())[::-1]


def base_name(row: Derivation) -> str:
    return one_line(row.base.name if row.base else row.base_name)


def base(entry: Entry, row: Derivation) -> Node:
    """A system that this one is built on; with its entry's address where it has one."""
    name = base_name(row)
    if row.base is None:
        anchor = uuid.uuid5(uuid.NAMESPACE_URL, f"{entry.address}#{name}")
        return {"type": "machine-learning-model", "bom-ref": anchor.urn, "name": name}
    address = entry.link("system", row.base.slug)
    return filled(
        {
            "type": "machine-learning-model",
            "bom-ref": address,
            "name": name,
            "version": one_line(row.base.version),
            "externalReferences": [{"type": "evidence", "url": address}],
        }
    )


def notes(entry: Entry) -> str:
    rows = sorted(entry.system.derivations.all(), key=lambda row: (base_name(row), row.kind))
    return "; ".join(f"{row.get_kind_display()} {base_name(row)}" for row in rows)


def properties(*found: tuple[str, str]) -> list[Node]:
    return [{"name": f"glassbox:{name}", "value": value} for name, value in found if value]


def filled(node: Node) -> Node:
    """A node without the keys that hold nothing."""
    return {key: value for key, value in node.items() if value not in (None, "", [], {})}
