"""The lines of ``systems.jsonl``: one system each, with its facts and its verdicts."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.urls import reverse

from catalog.exporters.dumps.contents import TABLES
from catalog.exporters.dumps.tables import plain
from catalog.facts import facts_for, licence_facts, names_in
from catalog.models import AISystem, Claim, Evaluation, StewardJudgement
from definitions import facts as f
from definitions import registry
from definitions.vocabulary import Status

type Line = dict[str, Any]

VERDICT = ("status", "label", "reason", "level", "level_possible")
SCORES = ("score", "score_low", "score_high")


def system_lines(size: int) -> Iterator[list[Line]]:
    """The published systems in batches, by primary key.

    Twelve queries per batch: nothing but the batch is in memory.
    """
    last = 0
    while True:
        rows = list(
            AISystem.objects.published().filter(pk__gt=last).for_dump().order_by("pk")[:size]
        )
        if rows:
            last = rows[-1].pk
            known = licence_facts(
                name
                for row in rows
                for name in names_in(row.components.all(), row.training_data.all())
            )
            yield [system_line(row, known) for row in rows]
        if len(rows) < size:
            return


def system_line(system: AISystem, licences: Mapping[str, f.Licence]) -> Line:
    """One system. ``facts`` is what ``python -m definitions evaluate`` reads."""
    facts = facts_for(system, licences)
    order = {definition.id: place for place, definition in enumerate(registry.DEFINITIONS)}
    rows = [row for row in system.evaluations.all() if row.definition_id in order]
    return {
        "slug": system.slug,
        "path": reverse("catalog:system", args=[system.slug]),
        "name": system.name,
        "version": system.version,
        "family": system.family.slug if system.family else None,
        "summary": system.summary,
        "released": system.release_date,
        "parameters": system.parameters,
        "tasks": list(system.tasks),
        "languages": list(system.languages),
        "homepage": system.homepage,
        "huggingface_id": system.huggingface_id,
        "repository": system.repository,
        "paper": system.paper,
        "frameworks": sorted(row.slug for row in system.frameworks.all()),
        "programming_languages": sorted(row.slug for row in system.programming_languages.all()),
        "facts": facts.to_json(),
        "facts_fingerprint": facts.fingerprint,
        "verdicts": [verdict(row) for row in sorted(rows, key=lambda r: order[r.definition_id])],
        "claims": [claim(row) for row in system.claims.all()],
        "judgements": [judgement(row) for row in system.judgements.all()],
    }


def verdict(row: Evaluation) -> Line:
    """A verdict with the status of every criterion; the reasons come by evaluating the facts."""
    return {
        "definition": row.definition_id,
        **{name: getattr(row, name) for name in VERDICT},
        **{name: getattr(row, name) for name in SCORES},
        "since": plain(row.status_since),
        "rules": row.definition_fingerprint,
        "criteria": row.criteria or {},  # type: ignore[attr-defined]
    }


def claim(row: Claim) -> Line:
    return {
        "claimed": row.claimed,
        "quote": row.quote,
        "url": row.evidence_url,
        "date": row.date,
        "definition": row.definition_id,
        "result": row.result,
    }


def judgement(row: StewardJudgement) -> Line:
    return {
        "definition": row.definition_id,
        "result": row.result,
        "url": row.evidence_url,
        "date": row.date,
    }


# --- the schema of the lines -----------------------------------------------------------------

TEXT: Line = {"type": "string"}
TEXTS: Line = {"type": "array", "items": TEXT}
NUMBER: Line = {"type": ["number", "null"]}
INTEGER: Line = {"type": ["integer", "null"]}


def closed(properties: Mapping[str, Any], title: str = "") -> Line:
    """An object that has all of these properties and no other."""
    named = {"title": title} if title else {}
    return named | {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }


VERDICT_SCHEMA = closed(
    {
        "definition": TEXT,
        "status": {"enum": [status.value for status in Status]},
        "label": TEXT,
        "reason": TEXT,
        "level": INTEGER,
        "level_possible": INTEGER,
        **dict.fromkeys(SCORES, NUMBER),
        "since": {"type": "string", "format": "date-time"},
        "rules": TEXT,
        "criteria": {"type": "object", "additionalProperties": TEXT},
    }
)
CLAIM_SCHEMA = closed(
    dict.fromkeys(("claimed", "quote", "url", "date", "definition", "result"), TEXT)
)
JUDGEMENT_SCHEMA = closed(dict.fromkeys(("definition", "result", "url", "date"), TEXT))


def system_schema() -> Line:
    texts = ("homepage", "huggingface_id", "repository", "paper")
    return closed(
        {
            **dict.fromkeys(("slug", "path", "name", "version"), TEXT),
            "family": {"type": ["string", "null"]},
            **dict.fromkeys(("summary", "released"), TEXT),
            "parameters": INTEGER,
            **dict.fromkeys(("tasks", "languages"), TEXTS),
            **dict.fromkeys(texts, TEXT),
            **dict.fromkeys(("frameworks", "programming_languages"), TEXTS),
            "facts": {"$ref": "urn:glassbox:facts:1"},
            "facts_fingerprint": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "verdicts": {"type": "array", "items": VERDICT_SCHEMA},
            "claims": {"type": "array", "items": CLAIM_SCHEMA},
            "judgements": {"type": "array", "items": JUDGEMENT_SCHEMA},
        },
        "One AI system with its facts and verdicts",
    )


def lines_schema() -> Line:
    """JSON Schema of the lines of every file: ``$defs`` by the file's name without ending.

    The facts inside a system's line have a schema of their own, which is part of this one.
    """
    found = {"systems": system_schema()}
    found |= {table.lines: table.json_schema() for table in TABLES if table.lines}
    found["definitions"] = {
        "title": "One definition as data",
        "type": "object",
        "required": ["id", "title", "steward", "criteria"],
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:glassbox:dump-lines:1",
        "title": "The lines of the JSON Lines files of Glassbox",
        "$defs": found | {"facts": f.json_schema()},
    }
