"""The register in charts, each with its figures as a table and as a file."""

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog.pages.presenters import charts
from catalog.pages.views.common import HtmxHttpRequest, cached_by_catalogue, csv_file, page
from catalog.querysets import figures
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


def verdict_charts() -> list[charts.Chart]:
    return charts.verdict_charts(figures.verdicts_by_year())


SINGLE: dict[str, Callable[[Definition], charts.Chart | charts.HeatChart]] = {
    "components": lambda _: charts.component_chart(*figures.components_by_year()),
    "licences": lambda _: charts.licence_chart(figures.licences_by_year()),
    "makers": lambda item: charts.maker_chart(figures.verdicts_by_maker(item.id), item),
}
"""The charts that are there once, by key. One query each."""


@require_safe
@cached_by_catalogue
def chart_page(request: HtmxHttpRequest) -> HttpResponse:
    """All charts. Five queries."""
    definition, message = chosen_definition(request)
    context: dict[str, object] = {
        "definition": definition,
        "definitions": registry.current(),
        "message": message,
        "quarters": charts.QUARTERS,
        "verdicts": verdict_charts(),
        **{key: draw(definition) for key, draw in SINGLE.items()},
    }
    return page(request, "catalog/charts.html", context)


@require_safe
@cached_by_catalogue
def chart_csv(request: HtmxHttpRequest, key: str) -> HttpResponse:
    """The figures of one chart as a table file; never those of another definition. Two queries."""
    definition, message = chosen_definition(request)
    if message:
        raise Http404(message)
    if key in SINGLE:
        chart = SINGLE[key](definition)
    else:
        found = [item for item in verdict_charts() if item.key == key]
        if not found:
            raise Http404("There is no such chart.")
        chart = found[0]
    return csv_file(f"glassbox-{key}.csv", chart.rows)
