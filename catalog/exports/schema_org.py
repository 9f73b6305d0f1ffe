"""schema.org as JSON-LD inside the pages: entries, datasets, and the register itself."""

import json
from collections.abc import Iterable

from django.utils.safestring import SafeString, mark_safe

from catalog.entry.registers import register_of
from catalog.exports.entry import HUGGING_FACE, SPDX_LICENCES, one_line
from catalog.models import AISystem, Dataset, Organization
from definitions.licences import licence_ids
from definitions.vocabulary import ComponentKind

type Node = dict[str, object]

CONTEXT = "https://schema.org"
TERMS = "https://creativecommons.org/licenses/by/4.0/"
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
"""No text inside can end the script element."""


def as_script(node: Node) -> SafeString:
    """The value as the content of a script element of type ``application/ld+json``."""
    text = json.dumps(filled({"@context": CONTEXT, **node}), ensure_ascii=False)
    return mark_safe(text.translate(ESCAPES))  # noqa: S308 - every sign of markup is escaped


def filled(node: Node) -> Node:
    return {key: value for key, value in node.items() if value not in (None, "", [], {})}


def makers(rows: Iterable[Organization]) -> list[Node]:
    return [
        filled({"@type": "Organization", "name": one_line(row.name), "url": row.homepage})
        for row in rows
    ]


def licence_pages(expression: str) -> list[str]:
    """SPDX's page of every licence of an expression; ours alone are not among them."""
    names = licence_ids(expression) if expression else ()
    return [f"{SPDX_LICENCES}{name}.html" for name in names if not name.startswith("LicenseRef-")]


def system_node(system: AISystem, address: str, formats: Iterable[tuple[str, str]]) -> Node:
    """An entry, read with ``for_page()``; ``formats`` are its files: media type and address."""
    parts = {row.kind: row for row in system.components.all()}
    weights = parts.get(ComponentKind.WEIGHTS_FINAL.value)
    declared = weights if weights and not register_of(weights) else None
    pages = [system.homepage, system.repository]
    pages += [f"{HUGGING_FACE}{system.huggingface_id}"] if system.huggingface_id else []
    return filled(
        {
            "@type": "SoftwareApplication",
            "@id": address,
            "applicationCategory": "AI system",
            "name": one_line(system.name),
            "softwareVersion": one_line(system.version),
            "description": one_line(system.summary),
            "url": system.homepage or address,
            "mainEntityOfPage": address,
            "sameAs": [page for page in dict.fromkeys(pages) if page],
            "creator": makers(system.maker_list),
            "datePublished": system.release_date,
            "inLanguage": list(system.languages),
            "keywords": [one_line(task) for task in system.tasks],
            "license": licence_pages(declared.licence_expression) if declared else [],
            "disambiguatingDescription": system.standing.told,
            "citation": system.paper,
            "isBasedOn": bases(system),
            "subjectOf": [
                {"@type": "DigitalDocument", "encodingFormat": kind, "url": url}
                for kind, url in formats
            ],
        }
    )


def bases(system: AISystem) -> list[Node]:
    rows = system.derivations.all()
    names = [one_line(row.base.name if row.base else row.base_name) for row in rows]
    return [{"@type": "SoftwareApplication", "name": name} for name in sorted(set(names))]


def dataset_node(row: Dataset, address: str) -> Node:
    """A dataset, read with ``for_detail()``."""
    return filled(
        {
            "@type": "Dataset",
            "@id": address,
            "name": one_line(row.name),
            "description": one_line(row.summary),
            "url": row.homepage or address,
            "mainEntityOfPage": address,
            "creator": makers(row.organizations.all()),
            "datePublished": row.release_date,
            "inLanguage": list(row.languages),
            "size": row.size,
            "license": licence_pages(row.licence_expression),
            "isBasedOn": [
                {"@type": "Dataset", "name": one_line(item.name)} for item in row.derived_from.all()
            ],
        }
    )


def register_node(address: str, files: Iterable[tuple[str, str]], changed: str) -> Node:
    """The register as a catalogue with one dataset, and its files: media type and address."""
    return {
        "@type": "DataCatalog",
        "@id": address,
        "name": "Glassbox: the public directory of open AI",
        "url": address,
        "license": TERMS,
        "dataset": filled(
            {
                "@type": "Dataset",
                "@id": f"{address}#register",
                "name": "Glassbox: the whole register",
                "description": (
                    "What was released of AI systems, with evidence, "
                    "and what each published definition of openness makes of it."
                ),
                "url": address,
                "license": TERMS,
                "isAccessibleForFree": True,
                "dateModified": changed,
                "distribution": [
                    {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": url}
                    for kind, url in files
                ],
            }
        ),
    }
