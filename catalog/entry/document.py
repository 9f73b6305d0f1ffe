"""The document of an entry: what somebody says of a system, and what a correction starts from.

A document is a plain JSON value. Its keys are those of the importers' documents
(``catalog.intake.registers.base``), with more of them, because people can state more::

    {"name": "OLMo 7B", "version": "", "summary": "…", "released": "2024-02",
     "organizations": [{"name": "Allen Institute for AI"}],
     "modalities": ["text"], "tasks": ["text-generation"], "languages": ["en"],
     "parameters": 7000000000, "homepage": "…", "huggingface_id": "allenai/OLMo-7B",
     "repository": "…", "paper": "…", "evidence": "https://…",
     "components": {"weights_final": {"availability": "open_download", "licence": "Apache-2.0",
                    "licence_status": "stated", "url": "…", "evidence": "…", "quote": "…"}},
     "training_data": [{"dataset": "Dolma", "homepage": "…", "stage": "pretraining",
                        "data_class": "open", "evidence": "…"}],
     "data_information": {"provenance": "yes", "evidence": "…"},
     "usage_information": {"limitations": "partly", "evidence": "…"},
     "derivations": [{"name": "…", "kind": "finetune", "evidence": "…"}],
     "facts": {"gpai": {"value": "yes", "evidence": "…"}},
     "claims": [{"claimed": "open source", "quote": "…", "evidence": "…", "date": "2024-02"}]}
"""

from collections.abc import Mapping
from typing import Any

from django.db import models

from catalog.entry import parts
from catalog.entry.rows import Named
from catalog.entry.shape import Part
from catalog.entry.units import Document, tidy
from catalog.models import AISystem, Derivation, SystemFact, TrainingData
from definitions.licence_book import folded


def document_of(system: AISystem) -> Document:
    """What the catalogue says of a system that was read with ``with_facts()``. Four queries.

    What no form can change is not in it: rulings, stewards' judgements,
    families, tools and the records of other registers.
    """
    document: Document = stated(system, parts.SYSTEM.words)
    document["released"] = system.release_date
    document["organizations"] = [{"name": maker.organization.name} for maker in system.makers.all()]
    for part in parts.BY_DOCUMENT.values():
        rows = rows_in(system, part)
        said = [nouns_of(row) | stated(row, part.words) for row in rows]
        if part.keyed:
            keys = [getattr(row, part.keyed) for row in rows]
            document[part.document] = dict(zip(keys, said, strict=True))
        else:
            document[part.document] = next(iter(said), {}) if part.single else said
    tell_apart(document, system)
    return tidy(document)


def rows_in(system: AISystem, part: Part) -> list[Any]:
    """The rows of a part, which were read with the entry; its claims are read here."""
    if part is parts.FACTS:
        return [SystemFact(**row) for row in getattr(system, "fact_rows", [])]
    if part is parts.CLAIMS:
        return list(system.claims.all())
    if part.single:
        row = getattr(system, part.document, None)
        return [row] if row else []
    return list(getattr(system, part.document).all())


def nouns_of(row: models.Model) -> dict[str, str]:
    """The noun of a row by its name."""
    match row:
        case TrainingData():
            return {"dataset": row.dataset.name}
        case Derivation():
            return {"name": row.base.name if row.base else row.base_name}
    return {}


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
