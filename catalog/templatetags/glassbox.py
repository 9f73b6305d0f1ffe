"""Template tags: each gives one concept, a status, a strip, a date, a number, a name."""

import datetime as dt
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Protocol
from urllib.parse import urlsplit

from django import template
from django.core.exceptions import DisallowedHost
from django.template import Context
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from catalog.entry.names import country_name, language_name
from catalog.models import Link
from catalog.pages.presenters.charts import Series
from catalog.pages.presenters.entry import licence_words
from catalog.pages.presenters.links import copies_of
from catalog.pages.presenters.strip import drawing
from catalog.querysets.links import Citation
from definitions import vocabulary
from definitions.core import Definition
from definitions.readers.dates import PartialDate, Precision
from definitions.tiers import Standing
from definitions.vocabulary import Shape, Status


class Judged(Protocol):
    """A verdict as a card or a cell shows it."""

    @property
    def definition(self) -> Definition: ...
    @property
    def status(self) -> Status: ...
    @property
    def label(self) -> str: ...


class Marked(Judged, Protocol):
    """A verdict as a narrow column shows it."""

    @property
    def figure(self) -> str: ...


class Dated(Protocol):
    """Whatever has a day of release, as exactly as it is known."""

    released_on: dt.date | None
    released_precision: str


register = template.Library()

OUTLINE = 'fill="none" stroke="currentColor" stroke-width="1.8"'
STROKE = 'fill="none" stroke="currentColor" stroke-width="2.4" stroke-linecap="round"'
MARKS = {
    Status.MET: '<circle cx="8" cy="8" r="6.5"/>',
    Status.NEEDS_JUDGEMENT: (
        f'<circle {OUTLINE} cx="8" cy="8" r="6"/><path d="M8 2a6 6 0 0 1 0 12z"/>'
    ),
    Status.UNKNOWN: f'<circle {OUTLINE} stroke-dasharray="2 2.7" cx="8" cy="8" r="6"/>',
    Status.NOT_MET: f'<path {STROKE} d="M3 3l10 10M13 3L3 13"/>',
    Status.NOT_APPLICABLE: f'<path {STROKE} d="M3 8h10"/>',
}
"""The shape of each status; colour never carries the meaning alone."""


PARTLY = "partly"
"""A grade between the best and the worst: the half square of the strip."""

BROKEN = "broken"
"""A page that is no longer reachable: a link of a chain that has come apart."""

SHAPES = {status.value: shape for status, shape in MARKS.items()} | {
    PARTLY: f'<path {OUTLINE} d="M2.5 2.5h11v11h-11z"/><path d="M2.5 2.5h11l-11 11z"/>',
    BROKEN: f'<path {OUTLINE} d="M6 5H4a3 3 0 0 0 0 6h2M10 5h2a3 3 0 0 1 0 6h-2M8 1v3M8 12v3"/>',
}


@register.simple_tag
@cache
def mark_sprites() -> SafeString:
    """The shapes of all statuses, once per page; ``status`` refers to them."""
    symbols = "".join(
        f'<symbol id="m-{name}" viewBox="0 0 16 16">{shape}</symbol>'
        for name, shape in SHAPES.items()
    )
    return mark_safe(f'<svg class="sprites" aria-hidden="true">{symbols}</svg>')  # noqa: S308


@cache
def mark(name: str) -> SafeString:
    return mark_safe(  # noqa: S308 - constants
        f'<svg class="mark" aria-hidden="true"><use href="#m-{name}"/></svg>'
    )


@register.simple_tag
@lru_cache(4096)
def status(value: str, label: str = "", *, partly: bool = False) -> SafeString:
    """A status as shape and word; ``label`` replaces the word by the steward's.

    ``partly`` draws the half shape of a grade that is fulfilled in part.
    """
    known = Status.of(value)
    name = PARTLY if partly else known.value
    return format_html(
        '<span class="status {}">{}<span>{}</span></span>', name, mark(name), label or known.label
    )


@register.simple_tag(takes_context=True)
def page_address(context: Context) -> str:
    """The address of the page for a print; its path alone where the host is not ours."""
    request = context.get("request")
    try:
        return str(request.build_absolute_uri()) if request else ""
    except DisallowedHost:
        return str(request.path)  # type: ignore[union-attr]


@register.simple_tag
def verdict(cell: Judged, label: str = "") -> SafeString:
    """A verdict in the steward's words; a score has no shape, since it passes or fails nothing."""
    words = label or cell.label
    if cell.definition.shape is Shape.SCORE:
        return format_html('<span class="status score"><span>{}</span></span>', words)
    return status(cell.status, words)


@register.simple_tag
def verdict_mark(cell: Marked) -> SafeString:
    """A verdict for a narrow column: its shape, with a figure or with its word for readers."""
    return verdict_shape(cell.status, cell.figure, scored=cell.definition.shape is Shape.SCORE)


@cache
def verdict_shape(known: Status, figure: str, *, scored: bool) -> SafeString:
    """Kept, because a page of a list shows hundreds of a few dozen."""
    if figure and scored:
        return format_html('<span class="status score"><span>{}</span></span>', figure)
    if figure:
        return status(known, figure)
    return format_html(
        '<span class="status {}" title="{}">{}<span class="hidden">{}</span></span>',
        known.value,
        known.label,
        mark(known.value),
        known.label,
    )


@register.simple_tag
@lru_cache(1024)
def tier_tag(standing: Standing) -> SafeString:
    """How far an entry has been checked, and whose word it is."""
    return format_html('<span class="tag tier {}">{}</span>', standing.tier.value, standing.words)


@register.simple_tag
@lru_cache(1024)
def below(standing: Standing) -> SafeString:
    """Whose word something is, where it is not verified; else nothing."""
    if standing.is_verified:
        return SafeString("")
    return format_html('<span class="src below">{}</span>', standing.told)


@register.simple_tag(takes_context=True)
def link_mark(context: Context, url: str) -> SafeString:
    """Beside a link: that its page is not reachable, and where a copy is; else nothing.

    The view gives ``dead_links``, one query for all links of its page.
    """
    link = (context.get("dead_links") or {}).get(url)
    return format_html(" {}", gone(link)) if link else SafeString("")


@register.simple_tag
def gone(link: Link) -> SafeString:
    """A page that is not reachable, in shape and words, with the way to a copy."""
    words = _("not reachable")
    if link.last_good_on:
        day = date_format(link.last_good_on, "j F Y")
        words = _("not reachable; last reached on %(day)s") % {"day": day}
    return format_html(
        '<span class="gone">{}<span>{} · <a href="{}" rel="nofollow">{}</a></span></span>',
        mark(BROKEN),
        words,
        link.archive_url or copies_of(link.url),
        _("archived copy") if link.archive_url else _("look for an archived copy"),
    )


@register.filter
def entry_address(citation: Citation) -> str:
    """The page of the noun that links to a page."""
    return reverse(f"catalog:{citation.kind}", args=[citation.slug])


@register.simple_tag
def strip(cells: str) -> SafeString:
    """The strip of a system, small."""
    return drawing(cells)


DAY_FORMATS = {Precision.DAY: "j F Y", Precision.MONTH: "F Y", Precision.YEAR: "Y"}


@register.filter
def released(thing: Dated) -> str:
    """The release date, as exactly as it is known: “1 February 2024”, “2024”."""
    if thing.released_on is None:
        return "not recorded"
    return date_format(thing.released_on, DAY_FORMATS[Precision.of(thing.released_precision)])


@register.filter
def partial_date(text: str) -> str:
    """“2024-02” as “February 2024”; other texts as they are."""
    found = PartialDate.kept(text)
    return date_format(found.day, DAY_FORMATS[found.precision]) if found else text


@register.filter
def short_number(value: int | None) -> str:
    """Parameters as people say them: 7B, 360M."""
    if not value:
        return ""
    for size, letter in ((10**12, "T"), (10**9, "B"), (10**6, "M"), (10**3, "K")):
        if value >= size:
            return f"{value / size:.3g}{letter}"
    return str(value)


@register.filter
def own_names(expression: str) -> str:
    """A licence expression without the prefix of our own ids: “Llama-2”, not “LicenseRef-…”."""
    return expression.replace("LicenseRef-", "")


@register.filter
def host(url: str) -> str:
    """The host of an address, as the short name of a link."""
    return (urlsplit(url).hostname or url).removeprefix("www.")


register.filter("country", country_name)
register.filter("language", language_name)
register.filter("licence", licence_words)


@register.filter
def word(value: str, term: str) -> str:
    """The label of a stored word: ``{{ row.availability|word:"Availability" }}``."""
    terms: Callable[[str], vocabulary.Term] = getattr(vocabulary, term)
    try:
        return str(terms(value).label)
    except ValueError:
        return value


STEWARD_WORDS = {
    "pass": "passes",
    "fail": "fails",
    "licence_only": "would probably pass under other terms",
    "class-1": "Class I",
    "class-2": "Class II",
    "class-3": "Class III",
}


@register.filter
def steward_words(result: str) -> str:
    """A steward's result as people say it."""
    return STEWARD_WORDS.get(result, result)


@register.filter
def words(values: list[str], term: str) -> str:
    return ", ".join(word(value, term) for value in values)


@register.inclusion_tag("components/shares.html")
def shares(counts: list[tuple[Series, int]]) -> dict[str, object]:
    """A bar of how many systems have which verdict, with the same figures as words."""
    whole = sum(total for _, total in counts)
    pieces, x = [], 0.0
    for series, total in counts:
        width = 100 * total / whole if whole else 0.0
        pieces.append({"series": series, "total": total, "x": f"{x:.2f}", "width": f"{width:.2f}"})
        x += width
    return {"pieces": [piece for piece in pieces if piece["total"]]}
