"""From rows to answers. No function here asks the database for anything."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from catalog.evaluation.explanations import Explanations
from catalog.exports.columns import Column, Noun, Place, nouns, parts
from catalog.models import AISystem, Evaluation, License
from catalog.pages.presenters.terms import LicenceUse, licence_uses
from definitions import registry
from definitions.core import Verdict
from definitions.tiers import Standing

type Answer = dict[str, Any]


def absolute(request: HttpRequest, name: str, *arguments: str) -> str:
    return request.build_absolute_uri(reverse(f"catalog:{name}", args=arguments))


def named(request: HttpRequest, page: str, row: Any) -> dict[str, str]:
    return {"slug": row.slug, "name": row.name, "url": absolute(request, page, row.slug)}


def answer(request: HttpRequest, noun: Noun, row: object, place: Place = Place.API) -> Answer:
    """A row under the names of its columns: what it refers to with slug, name and address."""
    return {item.name: shown(request, noun, item, row) for item in noun.at(place)}


def of(request: HttpRequest, noun: Noun) -> Callable[[object], Answer]:
    """How each row of a list is answered."""
    return lambda row: answer(request, noun, row)


def shown(request: HttpRequest, noun: Noun, column: Column, row: Any) -> object:
    if column.kind == "address":
        return absolute(request, noun.page, row.slug)
    if column.in_api is not None:
        return column.in_api(row)
    value = column.value(row)
    if not column.page:
        return value
    if column.kind == "list":
        return [named(request, column.page, item) for item in value]
    return named(request, column.page, value)


def verdict_short(row: Evaluation, standing: Standing | None) -> Answer:
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


UNEXPLAINED: Answer = {"reason": "", "findings": [], "missing": [], "progress": []}


def verdict(row: Evaluation, standing: Standing, explained: Verdict | None) -> Answer:
    """A verdict with its reasons; none where no document of its facts is kept."""
    told = explained.to_json() if explained else UNEXPLAINED
    return verdict_short(row, standing) | {
        "reason": told["reason"],
        "fingerprint": row.definition_fingerprint,
        "findings": told["findings"],
        "missing": told["missing"],
        "progress": told["progress"],
        "since": row.status_since.isoformat(),
    }


def system_row(request: HttpRequest, system: AISystem) -> Answer:
    """A system as ``for_list`` reads it."""
    rows = sorted(system.evaluations.all(), key=lambda row: row.definition_id)
    verdicts = [verdict_short(row, system.standing) for row in rows]
    return answer(request, nouns.SYSTEMS, system) | {"verdicts": verdicts}


def system_whole(
    request: HttpRequest, system: Any, facts: Mapping[str, Any], licences: Mapping[str, License]
) -> Answer:
    """A system as ``for_page`` reads it, with the licences of its components."""
    rows = sorted(system.evaluations.all(), key=lambda row: row.definition_id)
    whole = answer(request, nouns.SYSTEMS, system, Place.ENTRY)
    known = {item.id: item for item in registry.DEFINITIONS}
    explain = Explanations.of(system).verdict
    return (
        system_row(request, system)
        | whole
        | {
            "terms": [
                terms(request, use) for use in licence_uses(system.components.all(), licences)
            ],
            "facts": dict(facts),
            "evaluations": [
                verdict(row, system.standing, explain(known[row.definition_id]))
                for row in rows
                if row.definition_id in known
            ],
            "claims": [answer(request, parts.CLAIMS, row) for row in system.claim_rows],
            "judgements": [answer(request, parts.JUDGEMENTS, row) for row in system.judgement_rows],
            "records": [answer(request, parts.RECORDS, row) for row in system.record_rows],
        }
    )


def terms(request: HttpRequest, use: LicenceUse) -> Answer:
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
