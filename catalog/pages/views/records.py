"""The records that were taken over from other registers, source by source."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from catalog.models import Source, SourceRecord
from catalog.pages.views.common import HtmxHttpRequest, cached_by_catalogue, list_page, page


@require_safe
@cached_by_catalogue
def source_detail(request: HtmxHttpRequest, key: str) -> HttpResponse:
    """A source, its terms, and all its records with the entries they belong to. Five queries."""
    source = get_object_or_404(Source, key=key)
    records = SourceRecord.objects.filter(source=source)
    context = {
        "source": source,
        "results": list_page(request, records.for_list(), size=100),
        "numbers": records.numbers(),
    }
    return page(request, "catalog/source_detail.html", context)
