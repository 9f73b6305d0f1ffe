"""Definitions: the list, one with its criteria, and what each requires side by side."""

from typing import Any, NamedTuple

from django.http import Http404, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from catalog.evaluation.explanations import Explanations
from catalog.models import AISystem, Evaluation, StewardJudgement
from catalog.pages.presenters import verdicts
from catalog.pages.presenters.agreement import agreement
from catalog.pages.presenters.charts import Series, series_of
from catalog.pages.presenters.matrix import requirement_matrix
from catalog.pages.views.common import HtmxHttpRequest, cached_by_catalogue, page
from catalog.querysets.base import FOLDED_NAME
from definitions import registry
from definitions.claims import PROMISES
from definitions.core import Criterion, Definition, Verdict
from definitions.diff import difference
from definitions.explain import definition_json
from definitions.inferences import get as get_inference
from definitions.vocabulary import Status

SHOWN = 50
OPEN_SHOWN = 8
LOOKED_AT = 1000
"""Undecided systems to read for what keeps them so; a page says so where there are more."""


def get_definition(identifier: str) -> Definition:
    try:
        return registry.get(identifier)
    except KeyError:
        raise Http404("There is no such definition.") from None


def shares(counts: dict[str, dict[str, int]], definition: Definition) -> list[tuple[Series, int]]:
    """How many systems have which status, or which quarter of a score, all in order."""
    found = counts.get(definition.id, {})
    return [(item, found.get(item.key, 0)) for item in series_of(definition)]


@require_safe
@cached_by_catalogue
def definition_list(request: HtmxHttpRequest) -> HttpResponse:
    """Every definition with its steward and how many systems meet it."""
    counts = Evaluation.objects.counts()
    current = registry.current()
    context = {
        "rows": [(definition, shares(counts, definition)) for definition in current],
        "old": [definition for definition in registry.DEFINITIONS if definition not in current],
    }
    return page(request, "catalog/definition_list.html", context)


@require_safe
@cached_by_catalogue
def definition_detail(request: HtmxHttpRequest, identifier: str) -> HttpResponse:
    """One definition: its criteria, who meets it, where we differ from the steward."""
    definition = get_definition(identifier)
    counts = shares(Evaluation.objects.counts(), definition)
    meeting = (
        AISystem.objects.published().meeting(definition.id).for_list().order_by(FOLDED_NAME, "id")
    )
    context = {
        "definition": definition,
        "counts": counts,
        "total": sum(total for _, total in counts),
        "open_facts": open_facts(definition),
        "looked_at": LOOKED_AT,
        "meeting": [
            (system, verdicts.by_definition(system.evaluations.all())[definition.id])
            for system in meeting[:SHOWN]
        ],
        "steward_rows": steward_rows(definition),
        "older": [v for v in registry.versions(definition.key) if v.date < definition.date],
        "newer": [v for v in registry.versions(definition.key) if v.date > definition.date],
        "declined": [get_inference(key) for key in sorted(definition.without_inferences)],
        "promises": [item for item in PROMISES if item.definition == definition.id],
    }
    return page(request, "catalog/definition_detail.html", context)


class OpenFact(NamedTuple):
    """A fact that nobody has recorded, and how many of the undecided systems wait for it."""

    text: str
    code: str
    systems: int
    undecided: int


def open_facts(definition: Definition) -> list[tuple[OpenFact, Criterion]]:
    """The facts that keep most systems undecided, each with the first criterion that waits."""
    undecided = Evaluation.objects.undecided(definition.id).with_facts().order_by("id")[:LOOKED_AT]
    found = list(undecided.only("facts_fingerprint"))
    waiting: dict[str, list[str]] = {}
    for row in found:
        verdict = Explanations.of(row).verdict(definition)
        for text, code in open_points(verdict).items() if verdict else ():
            waiting.setdefault(text, []).append(code)
    criteria = {criterion.code: criterion for criterion in definition.criteria}
    facts = [OpenFact(text, min(codes), len(codes), len(found)) for text, codes in waiting.items()]
    facts.sort(key=lambda fact: (-fact.systems, fact.text))
    return [(fact, criteria[fact.code]) for fact in facts[:OPEN_SHOWN]]


def open_points(verdict: Verdict) -> dict[str, str]:
    """What has to be recorded for an undecided verdict, each with the first criterion for it."""
    unknown = {finding.code for finding in verdict.findings if finding.status is Status.UNKNOWN}
    points = sorted((item.code, item.text) for item in verdict.missing if item.code in unknown)
    return {text: code for code, text in reversed(points)}


def steward_rows(definition: Definition) -> list[dict[str, Any]]:
    """Every published judgement of the steward beside our verdict. Two queries."""
    judgements = (
        StewardJudgement.objects.filter(definition_id=definition.id, system__is_published=True)
        .select_related("system", "source")
        .defer("system__search")
        .order_by("system__name", "date", "id")
    )
    judged = Evaluation.objects.with_facts().filter(
        definition_id=definition.id, system__judgements__definition_id=definition.id
    )
    ours: dict[int, Any] = {evaluation.system_id: evaluation for evaluation in judged}
    rows = []
    for judgement in judgements:
        evaluation = ours.get(judgement.system_id)
        row = verdicts.judgement_rows(
            judgement.system.slug,
            [judgement],
            [evaluation] if evaluation else [],
            Explanations.of(evaluation).verdict,
        )[0]
        rows.append({"row": row, "system": judgement.system, "evaluation": evaluation})
    return rows


@require_safe
@cached_by_catalogue
def definition_agreement(request: HtmxHttpRequest) -> HttpResponse:
    """Of the systems that meet one definition, how many fail each other one. Two queries."""
    rows = agreement(Evaluation.objects.patterns())
    context = {"rows": rows, "definitions": [row.definition for row in rows]}
    return page(request, "catalog/definition_agreement.html", context)


@require_safe
@cached_by_catalogue
def definition_difference(request: HtmxHttpRequest, identifier: str, older: str) -> HttpResponse:
    """What changed between two versions of a definition. Two queries."""
    after, before = get_definition(identifier), get_definition(older)
    if after is before or after.key != before.key:
        raise Http404("These are not two versions of one definition.")
    context = {
        "difference": difference(before, after),
        "moved": Evaluation.objects.moved_between(before.id, after.id),
    }
    return page(request, "catalog/definition_difference.html", context)


@require_safe
def definition_data(request: HtmxHttpRequest, identifier: str) -> HttpResponse:
    """The rule set as JSON."""
    document = definition_json(get_definition(identifier))
    return JsonResponse(document, json_dumps_params={"ensure_ascii": False, "indent": 2})


@require_safe
def definition_vocabulary(request: HtmxHttpRequest) -> HttpResponse:
    """Every rule set as JSON: the vocabulary of criteria, levels and shapes."""
    found = [definition_json(definition) for definition in registry.DEFINITIONS]
    options = {"ensure_ascii": False, "indent": 2}
    return JsonResponse({"definitions": found}, json_dumps_params=options)


@require_safe
@cached_by_catalogue
def definition_matrix(request: HtmxHttpRequest) -> HttpResponse:
    """Which definition asks for which component, and for open terms on it."""
    context = {"definitions": registry.current(), "groups": requirement_matrix()}
    return page(request, "catalog/definition_matrix.html", context)
