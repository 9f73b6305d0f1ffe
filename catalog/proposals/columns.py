"""The keys of a document's parts, and the columns in which the catalogue keeps them."""

from typing import Any

from catalog.models.facts import USAGE
from catalog.models.systems import INFORMATION

PROOF = {"evidence": "evidence_url", "quote": "quote", "note": "note"}

IDENTITY = {
    name: name
    for name in (
        "name",
        "version",
        "modalities",
        "tasks",
        "languages",
        "parameters",
        "homepage",
        "huggingface_id",
        "repository",
        "paper",
    )
}
"""What importers state of a system, beside makers, frameworks and the day of release."""

SYSTEM = IDENTITY | {"summary": "summary", "evidence": "evidence_url"}
"""Beside these a proposal has ``organizations`` and ``released``."""

PART = {
    "availability": "availability",
    "completeness": "completeness",
    "licence": "licence_expression",
    "licence_status": "licence_status",
    "licence_text": "licence_text",
    "licence_url": "licence_url",
    "url": "url",
    "cost": "cost",
    "form": "form",
    "machine_readable": "machine_readable",
    "open_format": "open_format",
    "persistent_id": "persistent_id",
    "peer_reviewed": "peer_reviewed",
    "included_in": "included_in",
}
"""What anybody states of a component."""

COMPONENT = PART | PROOF

TRAINING_DATA = {
    "stage": "stage",
    "data_class": "data_class",
    "unshareable_reason": "unshareable_reason",
    "where": "where",
} | PROOF

DATA_INFORMATION = {name: name for name in INFORMATION} | PROOF
USAGE_INFORMATION = {name: name for name in USAGE} | PROOF
FACT = {"value": "value"} | PROOF
DERIVATION = {"kind": "kind"} | PROOF
CLAIM = {"claimed": "claimed", "date": "date"} | PROOF

UNSAID: tuple[Any, ...] = ("", "unknown", None, [], {})
"""Values that say nothing; they are left out of documents."""
