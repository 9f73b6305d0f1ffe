"""What views share: HTML for whole pages and for htmx, pages of a list, caching."""

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Protocol

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.translation import gettext as _
from django_htmx.middleware import HtmxDetails

from catalog.exports.cells import safe_cell
from catalog.models import CatalogState
from catalog.pages.views import page_cache
from catalog.pages.views.page_cache import wants_fragment
from definitions.readers.values import number_or, shown

PAGE_SIZES = (25, 50, 100)
LAST_NUMBERED_PAGE = 400
"""Deeper pages would make the database count through everything before them."""


class HtmxHttpRequest(HttpRequest):
    htmx: HtmxDetails
    catalogue_version: int
    """Set by ``cached_by_catalogue``."""


type View = Callable[..., HttpResponse]


def page(
    request: HtmxHttpRequest, template: str, context: Mapping[str, object], *, fragment: str = ""
) -> HttpResponse:
    """Render a page, or its fragment where htmx asks for it."""
    name = f"{template}#{fragment}" if fragment and wants_fragment(request) else template
    response = render(request, name, context)
    patch_vary_headers(response, page_cache.VARIES)
    return response


def cached_by_catalogue(view: View) -> View:
    """Answer 304 while nothing that the page shows can have changed, and let it be kept.

    That is: neither the catalogue nor the rules nor this build. Costs one query. Public
    pages are the same for everybody, signed in or not.
    """

    @wraps(view)
    def wrapper(request: HtmxHttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        kind = "part" if wants_fragment(request) else "page"
        version = request.catalogue_version = CatalogState.objects.current()
        etag = page_cache.etag_of(request, version, kind, page_cache.encoding_for(request))
        response = get_conditional_response(request, etag=etag)
        if response is None:
            response = view(request, *args, **kwargs)
            if response.status_code == 200:
                page_cache.mark(request, response, version)
        if response.status_code in (200, 304):
            response["ETag"] = etag
            patch_vary_headers(response, [*page_cache.VARIES, "Accept-Encoding"])
            patch_cache_control(response, public=True, no_cache=True)
        return response

    return wrapper


class Rows[R](Protocol):
    """What a paginator cuts: a queryset, or the rows of an index."""

    def __getitem__(self, cut: slice, /) -> Iterable[R]: ...


@dataclass(frozen=True, kw_only=True)
class ListPage[R]:
    """One numbered page of a list."""

    rows: Sequence[R]
    number: int
    last: int
    total: int
    size: int
    message: str = ""

    @property
    def first_row(self) -> int:
        return (self.number - 1) * self.size + 1 if self.total else 0

    @property
    def last_row(self) -> int:
        return self.first_row + len(self.rows) - 1 if self.total else 0

    @property
    def numbers(self) -> list[int]:
        """Page numbers to offer; 0 means a gap."""
        near = range(max(1, self.number - 2), min(self.last, self.number + 2) + 1)
        wanted = sorted({1, *near, self.last})
        found: list[int] = []
        for number in wanted:
            if found and number - found[-1] > 1:
                found.append(0)
            found.append(number)
        return found


def list_page[R](
    request: HttpRequest, queryset: Rows[R], *, size: int = PAGE_SIZES[0]
) -> ListPage[R]:
    """The page that the address names; a wrong number gives the nearest and a message."""
    asked_size = number_or(request.GET.get("size", ""), size, high=PAGE_SIZES[-1])
    size = asked_size if asked_size in PAGE_SIZES else size
    paginator: Paginator[R] = Paginator(queryset, size)  # type: ignore[arg-type]
    last = min(paginator.num_pages, LAST_NUMBERED_PAGE)
    text = request.GET.get("page", "1") or "1"
    number = number_or(text, None, low=1, high=last)
    message = ""
    if number is None:
        number = last if number_or(text[:19], 0, high=10**19) else 1
        message = _("There is no page “%(page)s”; this is page %(number)d of %(last)d.") % {
            "page": shown(text, 20),
            "number": number,
            "last": last,
        }
    return ListPage(
        rows=list(paginator.page(number).object_list),
        number=number,
        last=last,
        total=paginator.count,
        size=size,
        message=message,
    )


def csv_file(name: str, rows: Iterable[Iterable[str]]) -> HttpResponse:
    """A table as a file to download; no cell is taken for a formula by a spreadsheet."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    writer = csv.writer(response)
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return response
