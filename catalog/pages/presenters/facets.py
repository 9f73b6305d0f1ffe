"""Facets for people: names instead of slugs, and the chips of what is chosen."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Value
from django.http import QueryDict

from catalog.entry.names import country_name, language_name
from catalog.listing.facets import FacetOptions

CODES = {"country": country_name, "language": language_name}


def name_slugs(
    rows: Sequence[FacetOptions], known: dict[tuple[str, str], str], **nouns: Any
) -> None:
    """Replace slugs and codes by names. One query for all nouns together, none for ``known``."""
    missing = {
        row.facet.key: [
            option.value for option in row.options if (row.facet.key, option.value) not in known
        ]
        for row in rows
        if row.facet.key in nouns
    }
    branches = [
        noun.objects.filter(slug__any_of=missing[key])
        .order_by()
        .annotate(facet=Value(key, CharField()))
        .values_list("facet", "slug", "name")
        for key, noun in nouns.items()
        if missing.get(key)
    ]
    if branches:
        found = branches[0].union(*branches[1:]).order_by()
        known.update({(key, slug): name for key, slug, name in found})
    for row in rows:
        key = row.facet.key
        if key in CODES:
            for option in row.options:
                option.label = CODES[key](option.value)
        elif key in nouns:
            for option in row.options:
                option.label = known.get((key, option.value), option.label)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """One chosen value, and the address without it."""

    facet: str
    label: str
    query: str


def chips(query: QueryDict, listing: Any, rows: Sequence[FacetOptions]) -> list[Chip]:
    """What the address asks for, each with a way to take it back."""
    found = []
    text = listing.cleaned.get("q")
    if text:
        found.append(Chip(facet="Search", label=text, query=without(query, "q", None)))
    for row in rows:
        found += [
            Chip(
                facet=str(row.facet.label),
                label=option.label,
                query=without(query, row.facet.key, option.value),
            )
            for option in row.chosen
        ]
    return found


def without(query: QueryDict, key: str, value: str | None) -> str:
    """The query string without one value, and back on the first page."""
    left = query.copy()
    left.setlist(key, [item for item in left.getlist(key) if value is not None and item != value])
    left.pop("page", None)
    pairs = [(name, item) for name, items in left.lists() for item in items if item]
    clean = QueryDict(mutable=True)
    for name, item in pairs:
        clean.appendlist(name, item)
    return clean.urlencode()
