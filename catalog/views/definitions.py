"""Definitions: the list, one with its criteria, and what each requires side by side."""

from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from catalog.models import AISystem, Evaluation, StewardJudgement
from catalog.presenters import verdicts
from catalog.presenters.matrix import requirement_matrix
from catalog.views.common import HtmxHttpRequest, cached_by_catalogue, page
from definitions import registry
from definitions.core import Definition
from definitions.explain import definition_json
from definitions.vocabulary import Status

SHOWN = 50


def get_definition(identifier: str) -> Definition:
    try:
        return registry.get(identifier)
    except KeyError:
        raise Http404("There is no such definition.") from None


def shares(counts: dict[str, dict[str, int]], definition: Definition) -> list[tuple[Status, int]]:
    """How many systems have which status, all five in order."""
    found = counts.get(definition.id, {})
    return [(status, found.get(status.value, 0)) for status in Status]


@require_safe
@cached_by_catalogue
def definition_list(request: HtmxHttpRequest) -> HttpResponse:
    """Every definition with its steward and how many systems meet it."""
    counts = Evaluation.objects.counts()
    rows = [(definition, shares(counts, definition)) for definition in registry.DEFINITIONS]
    return page(request, "catalog/definition_list.html", {"rows": rows})


@require_safe
@cached_by_catalogue
def definition_detail(request: HtmxHttpRequest, identifier: str) -> HttpResponse:
    """One definition: its criteria, who meets it, where we differ from the steward."""
    definition = get_definition(identifier)
    counts = shares(Evaluation.objects.counts(), definition)
    meeting = AISystem.objects.published().meeting(definition.id).for_list().order_by("name", "id")
    context = {
        "definition": definition,
        "counts": counts,
        "total": sum(total for _, total in counts),
        "meeting": [
            (system, verdicts.by_definition(system.evaluations.all())[definition.id])
            for system in meeting[:SHOWN]
        ],
        "steward_rows": steward_rows(definition),
    }
    return page(request, "catalog/definition_detail.html", context)


def steward_rows(definition: Definition) -> list[dict[str, Any]]:
    """Every published judgement of the steward beside our verdict. Two queries."""
    judgements = (
        StewardJudgement.objects.filter(definition_id=definition.id, system__is_published=True)
        .select_related("system", "source")
        .defer("system__search")
        .order_by("system__name", "date", "id")
    )
    ours = {
        evaluation.system_id: evaluation
        for evaluation in Evaluation.objects.filter(
            definition_id=definition.id, system__judgements__definition_id=definition.id
        )
    }
    rows = []
    for judgement in judgements:
        evaluation = ours.get(judgement.system_id)
        row = verdicts.judgement_rows(
            judgement.system.slug, [judgement], [evaluation] if evaluation else []
        )[0]
        rows.append({"row": row, "system": judgement.system, "evaluation": evaluation})
    return rows


@require_safe
def definition_data(request: HtmxHttpRequest, identifier: str) -> HttpResponse:
    """The rule set as JSON."""
    document = definition_json(get_definition(identifier))
    return JsonResponse(document, json_dumps_params={"ensure_ascii": False, "indent": 2})


@require_safe
@cached_by_catalogue
def definition_matrix(request: HtmxHttpRequest) -> HttpResponse:
    """Which definition asks for which component, and for open terms on it."""
    context = {"definitions": registry.DEFINITIONS, "groups": requirement_matrix()}
    return page(request, "catalog/definition_matrix.html", context)
