"""Claims check: the makers' words, the definition that they promise, and the verdict."""

from django.db.models.functions import Lower
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from catalog.listing.filters import ClaimFilter
from catalog.models import Claim
from catalog.pages.presenters import entry
from catalog.pages.presenters.links import dead_links
from catalog.pages.views.common import HtmxHttpRequest, cached_by_catalogue, list_page, page
from definitions import registry
from definitions.claims import PROMISES, SILENT, ClaimResult


@require_safe
@cached_by_catalogue
def claim_list(request: HtmxHttpRequest) -> HttpResponse:
    """Every claim on record with its result. Seven queries."""
    listing = ClaimFilter(request.GET, queryset=Claim.objects.all())
    order = (Lower("system__name"), "system_id", "date", "id")
    results = list_page(request, listing.qs.for_list().order_by(*order), size=50)
    totals = Claim.objects.results()
    known = {definition.id: definition for definition in registry.DEFINITIONS}
    context = {
        "filter": listing,
        "results": results,
        "rows": [
            entry.claim_rows([claim], claim.system.evaluations.all())[0] for claim in results.rows
        ],
        "dead_links": dead_links(results.rows),
        "totals": [(result, totals.get(result.value, 0)) for result in ClaimResult],
        "promises": [(item, known.get(item.definition)) for item in PROMISES],
        "silent": SILENT,
    }
    return page(request, "catalog/claim_list.html", context)
