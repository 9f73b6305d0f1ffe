"""The lines of ``systems.jsonl``: one system each, with its facts and its verdicts."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

import orjson
from django.urls import reverse

from catalog.entry.facts import facts_for_many
from catalog.exports.columns import Column, Noun, OldName, nouns, parts
from catalog.exports.dumps.schema import TABLES
from catalog.exports.dumps.tables import Row, moment
from catalog.exports.dumps.verdicts import label, outside_with_facts, reason
from catalog.models import AISystem, Claim, Evaluation, StewardJudgement
from catalog.models.packing import unpack
from catalog.querysets.gathered import kept_facts
from definitions import facts as f
from definitions import registry
from definitions.marks import MARKS, Result
from definitions.readers.dates import iso
from definitions.tiers import Standing
from definitions.vocabulary import Status

type Line = dict[str, Any]

SCORES = ("score", "score_low", "score_high")
KEPT = ("status_since", "definition_fingerprint", "facts_fingerprint", "kept_facts")
CLAIM = ("claimed", "quote", "evidence_url", "date", "definition_id", "result")
JUDGEMENT = ("definition_id", "result", "evidence_url", "date")
SYSTEM = (
    *("pk", "slug", "name", "version", "family__slug", "summary", "released_on"),
    *("released_precision", "parameters", "tasks", "languages", "modalities"),
    *("homepage", "huggingface_id", "repository", "paper"),
    *("tier", "registers", "commercial_use", "commercial_use_tier", "commercial_use_registers"),
    *("facts_fingerprint", "kept_facts"),
)
PLACE = "place-of-the-slug"

ORDER = {definition.id: place for place, definition in enumerate(registry.DEFINITIONS)}


def system_lines(size: int, after: int = 0, last: int | None = None) -> Iterator[list[bytes]]:
    """The published systems in batches, by primary key: those after one key, up to another.

    The same few queries per batch: nothing but the batch, and what many systems share,
    is in memory.
    """
    chosen = AISystem.objects.published().annotate(kept_facts=kept_facts()).order_by("pk")
    if last is not None:
        chosen = chosen.filter(pk__lte=last)
    while True:
        rows = list(chosen.filter(pk__gt=after).values_list(*SYSTEM)[:size])
        if rows:
            after = rows[-1][0]
            yield batch_lines(rows)
        if len(rows) < size:
            return


def address_of_entries() -> str:
    """Where entries stand, with a place for the slug. The first call loads every view."""
    return reverse("catalog:system", args=[PLACE])


def batch_lines(rows: list[Row]) -> list[bytes]:
    """The lines of a batch of systems, without the sign of their end."""
    systems = [dict(zip(SYSTEM, row, strict=True)) for row in rows]
    facts = facts_of(systems)
    rest = Rest([row[0] for row in rows])
    address = address_of_entries()
    lines = []
    for system in systems:
        released = iso(system["released_on"], system["released_precision"])
        path = address.replace(PLACE, system["slug"])
        known = facts[system["pk"]]
        lines.append(orjson.dumps(system_line(system, path, released, known, rest)))
    return lines


def facts_of(systems: Iterable[Mapping[str, Any]]) -> dict[int, tuple[bytes, str]]:
    """The facts of systems by key, with their fingerprint: as they are kept, or else from rows."""
    found = {
        row["pk"]: (unpack(row["kept_facts"]), row["facts_fingerprint"])
        for row in systems
        if row["kept_facts"] is not None
    }
    others = [row["pk"] for row in systems if row["pk"] not in found]
    if others:
        read = facts_for_many(AISystem.objects.filter(pk__any_of=others))
        found |= {row.pk: (facts.canonical(), facts.fingerprint) for row, facts in read}
    return found


def by_owner(
    rows: Any, owner: str, keys: Iterable[int], columns: Iterable[str]
) -> defaultdict[int, list[Row]]:
    """The rows of these owners as tuples, whose first value is the owner's key. One query."""
    found: defaultdict[int, list[Row]] = defaultdict(list)
    chosen = rows.filter(**{f"{owner}__pk__any_of": list(keys)})
    for row in chosen.values_list(f"{owner}_id", *columns):
        found[row[0]].append(row)
    return found


class Rest:
    """The rows that are in the lines of a batch beside the facts. Five queries."""

    def __init__(self, keys: list[int]) -> None:
        verdicts = outside_with_facts(Evaluation.objects.all()).order_by()
        columns = ("definition_id", *Result._fields, *KEPT)
        self.verdicts = by_owner(verdicts, "system", keys, columns)
        claims = Claim.objects.order_by("date", "id")
        self.claims = by_owner(claims, "system", keys, CLAIM)
        judgements = StewardJudgement.objects.order_by("definition_id", "id")
        self.judgements = by_owner(judgements, "system", keys, JUDGEMENT)
        self.frameworks, self.languages = (
            by_owner(through._default_manager.order_by(), "aisystem", keys, [f"{name}__slug"])
            for through, name in (
                (AISystem.frameworks.through, "framework"),
                (AISystem.programming_languages.through, "programminglanguage"),
            )
        )


def system_line(
    system: Mapping[str, Any],
    path: str,
    released: str,
    facts: tuple[bytes, str],
    rest: Rest,
) -> Line:
    """One system. ``facts`` is what ``python -m definitions evaluate`` reads."""
    pk = system["pk"]
    verdicts = [row for row in rest.verdicts[pk] if row[1] in ORDER]
    return {
        "slug": system["slug"],
        "path": path,
        "name": system["name"],
        "version": system["version"],
        "family": system["family__slug"],
        "summary": system["summary"],
        "released": released,
        "parameters": system["parameters"],
        "tasks": system["tasks"],
        "languages": system["languages"],
        "homepage": system["homepage"],
        "huggingface_id": system["huggingface_id"],
        "repository": system["repository"],
        "paper": system["paper"],
        **told_by(system),
        "frameworks": slugs(rest.frameworks[pk]),
        "programming_languages": slugs(rest.languages[pk]),
        "facts": orjson.Fragment(facts[0]),
        "facts_fingerprint": facts[1],
        "verdicts": [verdict(row) for row in sorted(verdicts, key=lambda row: ORDER[row[1]])],
        "claims": [claim(row) for row in rest.claims[pk]],
        "judgements": [judgement(row) for row in rest.judgements[pk]],
    }


def told_by(system: Mapping[str, Any]) -> Line:
    """How far the entry was checked, whether business may use it, and whose word that is."""
    entry = Standing.stored(system["tier"], system["registers"])
    business = Standing.stored(system["commercial_use_tier"], system["commercial_use_registers"])
    return {
        "tier": entry.tier.value,
        "recorded_by": list(entry.recorded_by),
        "commercial_use": system["commercial_use"],
        "commercial_use_tier": business.tier.value,
        "commercial_use_recorded_by": list(business.recorded_by),
    }


def slugs(rows: Iterable[Row]) -> list[str]:
    return sorted(slug for _, slug in rows)


def verdict(row: Row) -> Line:
    """A verdict with the status of every criterion; their reasons come by evaluating the facts."""
    _, definition, *result, since, rules, fingerprint, packed = row
    status, level, possible, score, low, high, letters = result
    return {
        "definition": definition,
        "status": status,
        "label": label(definition, *result),
        "reason": reason(definition, letters, fingerprint, packed),
        "level": level,
        "level_possible": possible,
        "score": score,
        "score_low": low,
        "score_high": high,
        "since": moment(since),
        "fingerprint": rules,
        "rules": rules,
        "criteria": statuses(definition, letters),
    }


@lru_cache(maxsize=20_000)
def statuses(definition: str, letters: str) -> orjson.Fragment:
    """The status of each criterion by its code; very many systems share them."""
    marks = registry.get(definition).marks_by_code(letters)
    found = {code: MARKS[letter].status.value for code, letter in marks.items()}
    return orjson.Fragment(orjson.dumps(found))


def claim(row: Row) -> Line:
    _, claimed, quote, url, date, definition, result = row
    return {
        "claimed": claimed,
        "quote": quote,
        "url": url,
        "date": date,
        "definition": definition,
        "result": result,
    }


def judgement(row: Row) -> Line:
    _, definition, result, url, date = row
    return {"definition": definition, "result": result, "url": url, "date": date}


# --- the schema of the lines -----------------------------------------------------------------

TEXTS: Line = {"type": "array", "items": {"type": "string"}}
DATE_TIME: Line = {"type": "string", "format": "date-time"}


def closed(properties: Mapping[str, Line], title: str = "") -> Line:
    """An object that has all of these properties and no other."""
    named = {"title": title} if title else {}
    return named | {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }


def column(noun: Noun, name: str, shape: Line | None = None) -> Line:
    """What a property of a line is: the column of that name, in a shape of its own if given."""
    (found,) = (item.json_schema() for item in noun.columns if item.name == name)
    return shape | {"description": found["description"]} if shape else found


def columns(noun: Noun, *names: str, **shapes: Line) -> dict[str, Line]:
    return {name: column(noun, name, shapes.get(name)) for name in (*names, *shapes)}


VERDICT_SCHEMA = closed(
    columns(
        parts.VERDICTS,
        *("definition", "label", "reason", "level", "level_possible", *SCORES, "fingerprint"),
        status={"enum": [status.value for status in Status]},
        since=DATE_TIME,
    )
    | {
        "rules": OldName("rules").json_schema(Column("fingerprint", "")),
        "criteria": {"type": "object", "additionalProperties": {"type": "string"}},
    }
)
CLAIM_SCHEMA = closed(
    columns(parts.CLAIMS, "claimed", "quote", "url", "date", "definition", "result")
)
JUDGEMENT_SCHEMA = closed(columns(parts.JUDGEMENTS, "definition", "result", "url", "date"))


def system_schema() -> Line:
    return closed(
        columns(
            nouns.SYSTEMS,
            *("slug", "name", "version", "family", "summary", "released", "parameters"),
            *("homepage", "huggingface_id", "repository", "paper", "tier"),
            *("commercial_use", "commercial_use_tier"),
            tasks=TEXTS,
            languages=TEXTS,
            recorded_by=TEXTS,
            commercial_use_recorded_by=TEXTS,
            facts_fingerprint={"type": "string", "pattern": "^[0-9a-f]{64}$"},
        )
        | {
            "path": {"type": "string", "description": "Its page on this server, from the root."},
            "frameworks": TEXTS,
            "programming_languages": TEXTS,
            "facts": {"$ref": "urn:glassbox:facts:1"},
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
