"""Every list as a file with the filters of its page: CSV for people, JSON for programs."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from catalog.exports.cells import safe_cell
from catalog.exports.columns import Noun, nouns, parts
from catalog.listing import filters
from catalog.listing.unknown_parameters import OF_LISTS, strangers
from catalog.models import (
    AISystem,
    Claim,
    Dataset,
    Framework,
    License,
    Organization,
    Platform,
    ProgrammingLanguage,
    SubmissionEvent,
    VerdictChange,
)
from catalog.pages.views.common import HtmxHttpRequest

MOST_ROWS = 20_000
"""Rows of a file; more are the dumps' business, which are made once and served as files."""

BATCH = 500
"""Rows that are in memory at one time; each batch takes the same few queries."""


def of(contract: Any, model: Any) -> Callable[[Any], Any]:
    """The listing of a noun."""
    return lambda data: contract(data, queryset=model.objects.all())


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list as files: its columns, the contract of its page, the unique column that orders it."""

    noun: Noun
    chosen: Callable[[Any], Any]
    key: str = "slug"
    down: bool = False


LISTINGS = {
    listing.noun.name: listing
    for listing in (
        Listing(
            noun=nouns.SYSTEMS,
            chosen=lambda data: filters.SystemFilter(data, AISystem.objects.published()),
        ),
        Listing(noun=nouns.DATASETS, chosen=of(filters.DatasetFilter, Dataset)),
        Listing(noun=nouns.FRAMEWORKS, chosen=of(filters.FrameworkFilter, Framework)),
        Listing(noun=nouns.LICENCES, chosen=of(filters.LicenceFilter, License), key="spdx_id"),
        Listing(noun=nouns.ORGANISATIONS, chosen=of(filters.OrganizationFilter, Organization)),
        Listing(noun=nouns.CODE_LANGUAGES, chosen=of(filters.LanguageFilter, ProgrammingLanguage)),
        Listing(noun=nouns.PLATFORMS, chosen=of(filters.PlatformFilter, Platform)),
        Listing(noun=parts.CLAIMS, chosen=of(filters.ClaimFilter, Claim), key="pk"),
        Listing(
            noun=parts.CHANGES, chosen=of(filters.ChangeFilter, VerdictChange), key="pk", down=True
        ),
        Listing(
            noun=parts.DECISIONS,
            chosen=lambda data: filters.DecisionFilter(data, SubmissionEvent.objects.decisions()),
            key="pk",
            down=True,
        ),
    )
}
"""Every list that has files, by name."""


class Echo:
    """A file that hands on what is written to it."""

    def write(self, text: str) -> str:
        return text


@require_safe
def table_file(request: HtmxHttpRequest, name: str, kind: str) -> HttpResponseBase:
    """The whole selection of a list, streamed; 400 where a filter does not fit, or for too many."""
    listing = LISTINGS.get(name)
    if listing is None:
        raise Http404("There is no such list.")
    chosen = listing.chosen(request.GET)
    unread = strangers(request.GET, [*chosen.filters, *OF_LISTS])
    if unread or chosen.errors:
        return refuse({item.name[:60]: [item.message] for item in unread} | chosen.errors, kind)
    found = chosen.qs.for_list()
    if found.order_by(listing.key)[MOST_ROWS : MOST_ROWS + 1]:
        dumps = request.build_absolute_uri(reverse("catalog:data"))
        why = f"More than {MOST_ROWS:,} rows: choose fewer, or take the whole register at {dumps}."
        return refuse({"rows": [why]}, kind)
    rows = batches(listing, found)
    if kind == "csv":
        response = StreamingHttpResponse(csv_lines(rows), content_type="text/csv; charset=utf-8")
    else:
        response = StreamingHttpResponse(json_lines(rows), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="glassbox-{name}.{kind}"'
    return response


def refuse(errors: Any, kind: str) -> HttpResponse:
    """What does not fit, parameter by parameter."""
    found = {parameter: " ".join(messages) for parameter, messages in errors.items()}
    if kind != "json":
        text = "\n".join(f"{parameter}: {message}" for parameter, message in found.items())
        return HttpResponse(text + "\n", status=400, content_type="text/plain; charset=utf-8")
    items = [{"parameter": parameter, "message": message} for parameter, message in found.items()]
    document = {"title": "Some filters have values that do not fit", "status": 400, "errors": items}
    return JsonResponse(document, status=400, content_type="application/problem+json")


def batches(listing: Listing, rows: Any) -> Iterator[dict[str, Any]]:
    """The values of all rows, batch after batch by key: memory stays flat, no cursor stays open."""
    ordered = rows.order_by(f"-{listing.key}" if listing.down else listing.key)
    comparison = f"{listing.key}__{'lt' if listing.down else 'gt'}"
    found = list(ordered[:BATCH])
    while found:
        yield from map(listing.noun.row, found)
        if len(found) < BATCH:
            return
        found = list(ordered.filter(**{comparison: getattr(found[-1], listing.key)})[:BATCH])


def csv_lines(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    """A header row of column names, then the rows; an empty selection has no header to give."""
    writer = csv.writer(Echo())
    for place, row in enumerate(rows):
        if place == 0:
            yield writer.writerow(row)
        yield writer.writerow([cell(value) for value in row.values()])


def cell(value: Any) -> Any:
    """A value as a cell: lists with spaces between, unknown as nothing, no text as a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return safe_cell(" ".join(value))
    return safe_cell(value) if isinstance(value, str) else value


def json_lines(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    """One JSON document, ``{"items": […]}``, an item a line."""
    yield '{"items": ['
    for place, row in enumerate(rows):
        yield ("," if place else "") + "\n" + json.dumps(row, ensure_ascii=False)
    yield "\n]}\n"
