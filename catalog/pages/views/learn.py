"""Learn: the index, one theme, the glossary."""

from itertools import groupby

from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from catalog.pages.learn.live import LIVE
from catalog.pages.learn.pages import GROUPS, glossary, library
from catalog.pages.learn.rendering import render
from catalog.pages.views.common import HtmxHttpRequest, cached_by_catalogue, page

PATHS = (
    (_("For ministries and buyers"), ("for-governments", "definitions", "licences", "public-ai")),
    (_("For developers"), ("weights", "licences", "training-data", "frameworks")),
    (_("For journalists"), ("open-source-ai", "open-washing", "definitions", "what-people-say")),
)
"""Short ways through the themes, for three kinds of readers."""


@require_safe
@cached_by_catalogue
def learn_index(request: HtmxHttpRequest) -> HttpResponse:
    """All themes in their groups, and short ways through them. No query of its own."""
    pages = library()
    groups = [
        (GROUPS[group], list(members))
        for group, members in groupby(pages.values(), key=lambda item: item.group)
    ]
    paths = [(title, [pages[slug] for slug in slugs if slug in pages]) for title, slugs in PATHS]
    context = {"groups": groups, "paths": paths, "terms": len(glossary())}
    return page(request, "catalog/learn_list.html", context)


@require_safe
@cached_by_catalogue
def learn_page(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    """One theme with its sources. One query per live part."""
    pages = library()
    found = pages.get(slug)
    if found is None:
        raise Http404("There is no such theme.")
    slugs = list(pages)
    place = slugs.index(slug)
    rendered = render(slug)
    context = {
        "theme": found,
        "parts": [
            (part.html, LIVE[part.live]() if part.live in LIVE else None) for part in rendered.parts
        ],
        "headings": rendered.headings,
        "related": [pages[item] for item in found.related if item in pages],
        "before": pages[slugs[place - 1]] if place else None,
        "after": pages[slugs[place + 1]] if place + 1 < len(slugs) else None,
    }
    return page(request, "catalog/learn_detail.html", context)


@require_safe
@cached_by_catalogue
def learn_glossary(request: HtmxHttpRequest) -> HttpResponse:
    """The terms, each with its source. No query of its own."""
    terms = glossary()
    anchors = {item.term: item.anchor for item in terms}
    context = {
        "terms": [
            (item, [(name, anchors[name]) for name in item.see if name in anchors])
            for item in terms
        ]
    }
    return page(request, "catalog/learn_glossary.html", context)
