"""From rows to answers. No function here asks the database for anything."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from catalog.facts import licence as licence_facts
from catalog.models import AISystem, Dataset, Evaluation, License, Organization, VerdictChange
from catalog.presenters.terms import LicenceUse, licence_uses
from definitions import codec
from definitions.tiers import Standing


def absolute(request: HttpRequest, name: str, *arguments: str) -> str:
    return request.build_absolute_uri(reverse(f"catalog:{name}", args=arguments))


def named(request: HttpRequest, page: str, row: Any) -> dict[str, str]:
    return {"slug": row.slug, "name": row.name, "url": absolute(request, page, row.slug)}


def verdict_short(row: Evaluation, standing: Standing | None) -> dict[str, Any]:
    """A verdict; what it says is as far checked as the entry that it rests on, where known."""
    return {
        "tier": standing.tier.value if standing else "",
        "recorded_by": list(standing.recorded_by) if standing else [],
        "definition": row.definition_id,
        "status": row.status,
        "label": row.label,
        "level": row.level,
        "level_possible": row.level_possible,
        "score": row.score,
        "score_low": row.score_low,
        "score_high": row.score_high,
    }


def verdict(row: Evaluation, standing: Standing) -> dict[str, Any]:
    outcome = row.outcome
    return verdict_short(row, standing) | {
        "reason": row.reason,
        "fingerprint": row.definition_fingerprint,
        "findings": outcome["findings"],
        "missing": outcome["missing"],
        "progress": outcome["progress"],
        "since": row.status_since.isoformat(),
    }


def system_row(request: HttpRequest, system: AISystem) -> dict[str, Any]:
    """A system as ``for_list`` reads it."""
    standing = system.standing
    rows = sorted(system.evaluations.all(), key=lambda row: row.definition_id)
    return {
        "slug": system.slug,
        "name": system.name,
        "version": system.version,
        "family": system.family.slug if system.family else "",
        "makers": [named(request, "organisation", maker) for maker in system.maker_list],
        "released": system.release_date,
        "parameters": system.parameters,
        "modalities": system.modalities,
        "weights_licence": system.weights_licence,
        "commercial_use": system.commercial_use,
        "commercial_use_tier": system.commercial_use_tier,
        "commercial_use_recorded_by": list(system.business_standing.recorded_by),
        "strip": system.strip,
        "tier": system.tier,
        "recorded_by": list(standing.recorded_by),
        "verified_on": system.verified_on.isoformat() if system.verified_on else "",
        "url": absolute(request, "system", system.slug),
        "verdicts": [verdict_short(row, standing) for row in rows],
    }


def system_whole(
    request: HttpRequest, system: Any, facts: Mapping[str, Any], licences: Mapping[str, License]
) -> dict[str, Any]:
    """A system as ``for_page`` reads it, with the licences of its components."""
    rows = sorted(system.evaluations.all(), key=lambda row: row.definition_id)
    return system_row(request, system) | {
        "summary": system.summary,
        "homepage": system.homepage,
        "huggingface_id": system.huggingface_id,
        "repository": system.repository,
        "paper": system.paper,
        "terms": [terms(request, use) for use in licence_uses(system.components.all(), licences)],
        "facts": dict(facts),
        "evaluations": [verdict(row, system.standing) for row in rows],
        "claims": [
            {
                "claimed": row["claimed"],
                "quote": row["quote"],
                "url": row["evidence_url"],
                "date": row["date"],
                "definition": row["definition_id"],
                "result": row["result"],
            }
            for row in system.claim_rows
        ],
        "judgements": [
            {
                "definition": row["definition_id"],
                "result": row["result"],
                "version_judged": row["version_judged"],
                "classes": row["classes"],
                "url": row["evidence_url"],
                "date": row["date"],
            }
            for row in system.judgement_rows
        ],
        "records": [record(row) for row in system.record_rows],
    }


def terms(request: HttpRequest, use: LicenceUse) -> dict[str, Any]:
    """What one licence of a system allows, demands and limits."""
    return {
        "licence": use.licence.spdx_id,
        "name": use.licence.name,
        "url": absolute(request, "licence", use.licence.spdx_id),
        "components": [kind.value for kind in use.kinds],
        "permissions": use.licence.permissions_note,
        "conditions": use.demands,
        "limits": use.limits,
    }


def record(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"source": row["source_key"]} | {
        name: row[name] for name in ("key", "url", "version", "read_on", "terms")
    }


def licence(row: License) -> dict[str, Any]:
    return {
        "id": row.spdx_id,
        "name": row.name,
        "url": row.url,
        "is_spdx": row.is_spdx,
        "deprecated": row.deprecated,
        "facts": codec.encode(licence_facts(row)),
        "permissions": row.permissions_note,
        "conditions": row.conditions_note,
        "limits": row.limits_note,
    }


def dataset(request: HttpRequest, row: Dataset) -> dict[str, Any]:
    columns = ("slug", "name", "summary", "homepage", "modalities", "languages", "size")
    words = ("availability", "data_class", "licence_status", "licence_url")
    return {name: getattr(row, name) for name in (*columns, *words)} | {
        "makers": [named(request, "organisation", maker) for maker in row.organizations.all()],
        "licence": row.licence_expression,
        "contains_pii": row.contains_pii,
        "synthetic": row.synthetic,
        "released": row.release_date,
        "evidence": row.evidence_url,
        "url": absolute(request, "dataset", row.slug),
    }


def organisation(request: HttpRequest, row: Organization) -> dict[str, Any]:
    columns = ("slug", "name", "other_names", "kind", "country", "homepage", "summary")
    return {name: getattr(row, name) for name in columns} | {
        "is_initiative": row.is_initiative,
        "evidence": row.evidence_url,
        "url": absolute(request, "organisation", row.slug),
    }


def changes(request: HttpRequest, rows: Iterable[VerdictChange]) -> list[dict[str, Any]]:
    return [
        {
            "id": row.pk,
            "system": named(request, "system", row.system),
            "definition": row.definition_id,
            "cause": row.cause,
            "before": row.before_label,
            "after": row.label,
            "criteria": row.criteria,
            "at": row.happened_at.isoformat(),
        }
        for row in rows
    ]
