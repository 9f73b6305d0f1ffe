"""The lines of the dump, made from instances one by one: what the fast ones are held against."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.urls import reverse

from catalog.entry.facts import facts_for, licence_facts, names_in
from catalog.exports.dumps.tables import plain
from catalog.models import AISystem, Claim, Evaluation, StewardJudgement
from catalog.querysets.systems import TOLD
from definitions import facts as f
from definitions import registry
from definitions.core import evaluate

type Line = dict[str, Any]

VERDICT = ("status", "label", "reason", "level", "level_possible")
SCORES = ("score", "score_low", "score_high")


def lines_from_instances() -> Iterator[Line]:
    """The line of every published system, by primary key."""
    rows = AISystem.objects.published().with_facts().select_related("family", *TOLD).order_by("pk")
    for system in rows:
        names = names_in(system.components.all(), system.training_data.all())
        yield system_line(system, licence_facts(names))


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
        "tier": system.tier,
        "recorded_by": list(system.standing.recorded_by),
        "commercial_use": system.commercial_use,
        "commercial_use_tier": system.commercial_use_tier,
        "commercial_use_recorded_by": list(system.business_standing.recorded_by),
        "frameworks": sorted(row.slug for row in system.frameworks.all()),
        "programming_languages": sorted(row.slug for row in system.programming_languages.all()),
        "facts": facts.to_json(),
        "facts_fingerprint": facts.fingerprint,
        "verdicts": [
            verdict(row, facts) for row in sorted(rows, key=lambda r: order[r.definition_id])
        ],
        "claims": [claim(row) for row in system.claims.order_by("date", "id")],
        "judgements": [judgement(row) for row in system.judgements.order_by("definition_id", "id")],
    }


def verdict(row: Evaluation, facts: f.Facts) -> Line:
    """A verdict with the status of every criterion; the reasons come by evaluating the facts."""
    fresh = evaluate(registry.get(row.definition_id), facts)
    return {
        "definition": row.definition_id,
        **{name: getattr(fresh, name) for name in VERDICT},
        **{name: getattr(row, name) for name in SCORES},
        "since": plain(row.status_since),
        "fingerprint": row.definition_fingerprint,
        "rules": row.definition_fingerprint,
        "criteria": {item.code: item.status.value for item in fresh.findings},
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
