"""Systems as rows, the criteria of one definition as columns."""

from collections.abc import Iterator

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog.listing.filters import SystemFilter
from catalog.listing.index.listing import SORTS
from catalog.models import AISystem, Evaluation
from catalog.pages.presenters.criteria import CriteriaRow, criteria_rows, values
from catalog.pages.views.common import HtmxHttpRequest, cached_by_catalogue, list_page, page
from catalog.pages.views.definitions import get_definition
from catalog.pages.views.tables import BATCH, csv_lines, json_lines, refuse
from catalog.querysets.systems import AISystemQuerySet
from definitions.core import Definition
from definitions.vocabulary import Status

MOST_SORTED = 5000
"""Systems that can be put in order by one criterion: that order has no index."""

VERDICT = "verdict"
SHOWN_HERE = ("q", "sort", "page")
"""Parameters that the page's own form has; the other ones it hands on."""


def ordered(
    listing: SystemFilter, definition: Definition, sort: str
) -> tuple[AISystemQuerySet, str]:
    """The systems in the order asked for, and a message where that cannot be."""
    if sort == VERDICT:
        return listing.qs.by_verdict(definition.id), ""
    criterion = next((item for item in definition.criteria if item.slug == sort), None)
    if criterion is None:
        return listing.rows, ""
    if listing.qs.order_by()[: MOST_SORTED + 1].count() > MOST_SORTED:
        return listing.rows, _(
            "More than %d systems cannot be put in order by a criterion. Choose fewer first."
        ) % (MOST_SORTED)
    return listing.qs.by_criterion(definition.id, criterion.code), ""


def judged(systems: list[AISystem], definition: Definition) -> list[CriteriaRow]:
    """The stored verdict on each of these systems, criterion by criterion. One query."""
    found = Evaluation.objects.filter(definition_id=definition.id, system__in=systems)
    return criteria_rows(systems, definition, {row.system_id: row for row in found})


@require_safe
@cached_by_catalogue
def definition_systems(request: HtmxHttpRequest, identifier: str) -> HttpResponse:
    """Every system of a selection against every criterion of one definition."""
    definition = get_definition(identifier)
    data = request.GET.copy()
    sort = data.get("sort", "")
    own = {VERDICT, *(item.slug for item in definition.criteria)}
    if sort in own:
        del data["sort"]
    listing = SystemFilter(data, AISystem.objects.published())
    systems, message = ordered(listing, definition, sort)
    results = list_page(request, systems.for_list())
    context = {
        "definition": definition,
        "filter": listing,
        "results": results,
        "rows": judged(list(results.rows), definition),
        "message": message,
        "sort": sort or "name",
        "sorts": [(key, label) for key, (label, _order) in SORTS.items()],
        "statuses": Status.choices(),
        "status": data.get(definition.id, ""),
        "kept": [
            (key, value)
            for key, found in data.lists()
            if key not in (*SHOWN_HERE, definition.id)
            for value in found
        ],
    }
    return page(request, "catalog/definition_systems.html", context)


@require_safe
def definition_systems_file(
    request: HtmxHttpRequest, identifier: str, kind: str
) -> HttpResponseBase:
    """The whole selection as a file, streamed; 400 where a filter has a value that does not fit."""
    definition = get_definition(identifier)
    data = request.GET.copy()
    data.pop("sort", None)
    listing = SystemFilter(data, AISystem.objects.published())
    if listing.errors:
        return refuse(listing.errors, kind)
    rows = batches(listing.qs, definition)
    if kind == "csv":
        response = StreamingHttpResponse(csv_lines(rows), content_type="text/csv; charset=utf-8")
    else:
        response = StreamingHttpResponse(json_lines(rows), content_type="application/json")
    name = f"glassbox-systems-{definition.id}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def batches(systems: AISystemQuerySet, definition: Definition) -> Iterator[dict[str, object]]:
    """The values of all rows by slug; two queries a batch."""
    ordered = systems.only("pk", "slug", "name", "tier", "registers").order_by("slug")
    found = list(ordered[:BATCH])
    while found:
        yield from (values(row, definition) for row in judged(found, definition))
        if len(found) < BATCH:
            return
        found = list(ordered.filter(slug__gt=found[-1].slug)[:BATCH])
