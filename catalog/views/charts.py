"""The register in charts, each with its figures as a table and as a file."""

import csv
from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog.presenters import charts
from catalog.querysets import figures
from catalog.views.common import HtmxHttpRequest, cached_by_catalogue, page
from catalog.views.systems import safe
from definitions import registry
from definitions.core import Definition


def chosen_definition(request: HtmxHttpRequest) -> tuple[Definition, str]:
    """The definition that the address asks for, and a message where there is no such."""
    current = registry.current()
    wanted = request.GET.get("definition", "")
    found = next((item for item in current if item.id == wanted), None)
    if found is None and wanted:
        return current[0], _("There is no definition “%(id)s” here.") % {"id": wanted[:60]}
    return found or current[0], ""


@require_safe
@cached_by_catalogue
def chart_page(request: HtmxHttpRequest) -> HttpResponse:
    """All charts. Five queries."""
    definition, message = chosen_definition(request)
    context: dict[str, Any] = {
        "definition": definition,
        "definitions": registry.current(),
        "message": message,
        "quarters": charts.QUARTERS,
        **drawn(definition),
    }
    return page(request, "catalog/charts.html", context)


def drawn(definition: Definition) -> Mapping[str, Any]:
    return {
        "verdicts": charts.verdict_charts(figures.verdicts_by_year()),
        "components": charts.component_chart(*figures.components_by_year()),
        "licences": charts.licence_chart(figures.licences_by_year()),
        "makers": charts.maker_chart(figures.verdicts_by_maker(definition.id), definition),
    }


@require_safe
@cached_by_catalogue
def chart_csv(request: HtmxHttpRequest, key: str) -> HttpResponse:
    """The figures of one chart as a table file; never those of another definition."""
    definition, message = chosen_definition(request)
    if message:
        raise Http404(message)
    everything = drawn(definition)
    known = {chart.key: chart for chart in everything["verdicts"]}
    known |= {chart.key: chart for name, chart in everything.items() if name != "verdicts"}
    if key not in known:
        raise Http404("There is no such chart.")
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="glassbox-{key}.csv"'
    writer = csv.writer(response)
    for row in known[key].rows:
        writer.writerow([safe(text) for text in row])
    return response
