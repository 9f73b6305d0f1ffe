"""From an entry to the document that a correction starts from."""

from collections.abc import Mapping
from typing import Any

from catalog.entry import parts
from catalog.models import AISystem, Claim
from catalog.proposals.rows import Named
from catalog.proposals.units import Document, tidy
from definitions.licence_book import folded


def document_of(system: AISystem) -> Document:
    """What the catalogue says of a system that was read with ``with_facts()``. Four queries.

    What no form can change is not in it: rulings, stewards' judgements,
    families, tools and the records of other registers.
    """
    information = getattr(system, "data_information", None)
    usage = getattr(system, "usage_information", None)
    document: Document = stated(system, parts.SYSTEM.words)
    document |= {
        "released": system.release_date,
        "organizations": [{"name": maker.organization.name} for maker in system.makers.all()],
        "components": {
            row.kind: stated(row, parts.COMPONENTS.words) for row in system.components.all()
        },
        "training_data": [
            {"dataset": row.dataset.name} | stated(row, parts.TRAINING_DATA.words)
            for row in system.training_data.all()
        ],
        "data_information": stated(information, parts.DATA_INFORMATION.words)
        if information
        else {},
        "usage_information": stated(usage, parts.USAGE_INFORMATION.words) if usage else {},
        "facts": {
            row["topic"]: {
                "value": row["value"],
                "evidence": row["evidence_url"],
                "quote": row["quote"],
                "note": row["note"],
            }
            for row in getattr(system, "fact_rows", [])
        },
        "derivations": [
            {"name": row.base.name if row.base else row.base_name}
            | stated(row, parts.DERIVATIONS.words)
            for row in system.derivations.all()
        ],
        "claims": [stated(row, parts.CLAIMS.words) for row in Claim.objects.filter(system=system)],
    }
    tell_apart(document, system)
    return tidy(document)


def tell_apart(document: Document, system: AISystem) -> None:
    """Name those nouns by slug that another one of the same name would stand in for."""
    named = Named(document)
    derivations = [row.base for row in system.derivations.all()]
    for part, key, known, nouns in (
        (
            "organizations",
            "name",
            named.organizations,
            [m.organization for m in system.makers.all()],
        ),
        (
            "training_data",
            "dataset",
            named.datasets,
            [t.dataset for t in system.training_data.all()],
        ),
        ("derivations", "name", named.systems, derivations),
    ):
        for row, noun in zip(document[part], nouns, strict=True):
            if noun is not None and known.get(folded(noun.name)) != noun:
                row[key] = noun.slug


def stated(row: Any, names: Mapping[str, str]) -> dict[str, Any]:
    """The columns of a row under the names of a document."""
    return {name: getattr(row, column) for name, column in names.items()}


def current_document(pk: int) -> Document:
    """The document of an entry as it is now."""
    return document_of(AISystem.objects.with_facts().get(pk=pk))
