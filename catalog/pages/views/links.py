"""Link check: which of the pages that the register links to are reachable."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from catalog.models import Link, LinkState
from catalog.pages.views.common import HtmxHttpRequest, cached_by_catalogue, list_page, page
from catalog.querysets.links import citations

SHOWN = 50


@require_safe
@cached_by_catalogue
def link_list(request: HtmxHttpRequest) -> HttpResponse:
    """Pages per state, and the dead ones with the entries that link to them. Five queries."""
    links = Link.objects.cited(public=True)
    counts, looked = links.standing()
    results = list_page(request, links.broken(), size=SHOWN)
    citing = citations([link.url for link in results.rows])
    context = {
        "results": results,
        "rows": [(link, citing.get(link.url, [])) for link in results.rows],
        "counts": [(state, counts.get(state.value, 0)) for state in LinkState],
        "total": sum(counts.values()),
        "looked": looked,
    }
    return page(request, "catalog/link_list.html", context)
