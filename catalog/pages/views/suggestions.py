"""Suggestions while somebody types: for our own search fields and for a browser's."""

from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog.listing.pasted import apart, identifier_in
from catalog.models import AISystem
from catalog.pages.views.common import HtmxHttpRequest, cached_by_catalogue
from catalog.querysets import page_reads
from catalog.querysets.base import fragments
from catalog.querysets.page_reads import SUGGESTED

LAST = "\U0010ffff"
"""After every other character."""

LONGEST, LONGEST_ADDRESS = 60, 300
WORTH_LOOKING_INSIDE = 3
"""Characters from which on words inside names are looked up too."""

type Found = tuple[str, str, str]
"""What it is, its name, its slug."""


@require_safe
@cached_by_catalogue
def suggestions(request: HtmxHttpRequest) -> HttpResponse:
    """Names that begin with what was typed, as OpenSearch Suggestions: four lists in one.

    The text, the names, what each of them is, and their addresses. At most three
    queries: for words inside names only where too little begins so, and for fragments of
    names only where there is no such word.
    """
    text = typed(request.GET.get("q", ""))
    found = beginning(text) if text else []
    if len(found) < SUGGESTED and len(text) >= WORTH_LOOKING_INSIDE:
        found += [row for row in inside(text) if row not in found][: SUGGESTED - len(found)]
    kinds = {"system": _("System"), "organisation": _("Organisation")}
    document = [
        text,
        [name for _kind, name, _slug in found],
        [kinds[kind] for kind, _name, _slug in found],
        [
            request.build_absolute_uri(reverse(f"catalog:{kind}", args=[slug]))
            for kind, _name, slug in found
        ],
    ]
    return JsonResponse(document, safe=False, content_type="application/x-suggestions+json")


def typed(text: str) -> str:
    """What was typed, or the id that a pasted address holds."""
    words = " ".join(text[:LONGEST_ADDRESS].split())
    return identifier_in(words)[:LONGEST]


def beginning(text: str) -> list[Found]:
    """Systems and organisations by the beginning of their names; few of the latter."""
    first = text.lower()
    found: list[Found] = page_reads.suggested.rows(first=first, end=first + LAST)
    return sorted(found, key=lambda row: (row[0] == "system", row[1].lower()))[:SUGGESTED]


def inside(text: str) -> list[Found]:
    """Systems with words that begin with those of the text, else those with them anywhere."""
    systems = AISystem.objects.published()
    fields = ("name", "slug", "huggingface_id")
    ways = [systems.worded(text), systems.filter(fragments(text, fields))]
    if apart(text) != text:
        ways.append(systems.filter(fragments(apart(text), fields)))
    for found in ways:
        rows = [
            ("system", name, slug) for name, slug in found.values_list("name", "slug")[:SUGGESTED]
        ]
        if rows:
            return rows
    return []
