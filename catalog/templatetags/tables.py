"""Template tags for long tables: whole rows from plain values, hundreds of cells a page.

A template takes about a tenth of a millisecond for what these write in a hundredth.
"""

from collections.abc import Iterable
from functools import lru_cache
from html import escape
from operator import attrgetter
from typing import Any

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext as _

from catalog.listing.facets import FacetOptions
from catalog.listing.index.listing import Line
from catalog.models import AISystem, Evaluation
from catalog.pages.presenters.compare import Cell, Section
from catalog.pages.presenters.strip import drawing
from catalog.pages.presenters.terms import business_words
from catalog.pages.presenters.verdicts import VerdictCell, VerdictRow
from catalog.templatetags.glassbox import (
    own_names,
    short_number,
    status,
    tier_tag,
    verdict_mark,
)
from definitions import registry
from definitions.tiers import Standing, lower_first
from definitions.vocabulary import BusinessUse, Status

register = template.Library()

type Shown = AISystem | Line

BELOW = '<span aria-hidden="true">r</span><span class="hidden">, recorded, not verified</span>'
"""The letter beside a mark that rests on what is recorded, not verified."""

ANY = "any"
"""A slug in place of all: an address is looked up once for a table."""


@register.simple_tag
def system_rows(
    rows: Iterable[tuple[AISystem | Line, list[VerdictCell]]], *, ticks: bool = False
) -> str:
    """A line of the table for each system: a box to tick, name and strip, licence, verdicts."""
    before, after = reverse("catalog:system", args=[ANY]).rsplit(ANY, 1)
    compare = _("Compare %(name)s")
    lines = []
    for system, cells in rows:
        slug, name = escape(system.slug), escape(system.name)
        box = tick(compare % {"name": name}, slug) if ticks else ""
        lines.append(
            f'<tr>{box}<th scope="row" class="thing">'
            f'<a href="{before}{slug}{after}">{name}</a><br>'
            f'<span class="quiet small">{about(system)}</span>{drawing(system.strip)}'
            f"{tier_tag(system.standing)}</th>"
            f"<td>{escape(own_names(system.weights_licence)) or '–'}{business(system)}</td>"
            f"{''.join(verdict_cell(cell, system.standing) for cell in cells)}</tr>"
        )
    return mark_safe("\n".join(lines))  # noqa: S308 - every value is escaped above


def tick(label: str, slug: str) -> str:
    return (
        f'<td class="tick"><label><span class="hidden">{label}</span><input type="checkbox" '
        f'name="s" value="{slug}" form="compare-form" autocomplete="off"></label></td>'
    )


def business(system: Shown) -> str:
    """Whether business may use it, with whose word that is; nothing where it is not known."""
    if system.commercial_use == BusinessUse.UNKNOWN:
        return ""
    words = business_words(system.commercial_use, system.business_standing)
    return f'<span class="src">{_("Business use")}: {escape(lower_first(words))}</span>'


def about(system: Shown) -> str:
    """Maker, year and size, as far as they are known."""
    known = [
        escape(system.lead_maker_name or ""),
        str(system.released_year or ""),
        short_number(system.parameters),
    ]
    return " · ".join(filter(None, known))


@register.simple_tag
def facet_panels(rows: Iterable[FacetOptions]) -> SafeString:
    """The facets with their values to tick, under the names of their groups."""
    written, group = [], ""
    for place, row in enumerate(rows):
        if str(row.facet.group) != group:
            group = str(row.facet.group)
            written.append(f"<h2>{escape(group)}</h2>")
        written.append(panel(row, opened=bool(row.chosen) or place == 0))
    return mark_safe("\n".join(written))  # noqa: S308 - every value is escaped


def panel(row: FacetOptions, *, opened: bool) -> str:
    key, label, total = slugify(row.facet.key), escape(str(row.facet.label)), len(row.chosen)
    chosen = f' <span class="hidden">({_("chosen")}: {total})</span>' if total else ""
    begin = (
        f'<label class="option"><input type="checkbox" name="{escape(row.facet.key)}" id="f-{key}-'
    )
    lines = [
        f'{begin}{place}" value="{escape(option.value)}"{" checked" if option.chosen else ""}>'
        f"<span>{escape(str(option.label)) or '–'}</span>"
        f'<span class="total">{option.total}</span></label>'
        for place, option in enumerate(row.options, 1)
    ]
    return (
        f'<details id="facet-{key}"{" open" if opened else ""}><summary>{label}{chosen}</summary>'
        f'<fieldset tabindex="0"><legend class="hidden">{label}</legend>\n'
        f"{'\n'.join(lines)}</fieldset></details>"
    )


@register.simple_tag
def compared_sections(sections: Iterable[Section], systems: int) -> SafeString:
    """The body of a comparison; a page has more than a thousand cells."""
    return mark_safe("\n".join(section_of(item, systems) for item in sections))  # noqa: S308 - escaped


def section_of(section: Section, systems: int) -> str:
    lines = [
        f"<tr{'' if row.differs else ' class="same"'}>"
        f'<th scope="row">{escape(row.label)}</th>{"".join(map(compared_cell, row.cells))}</tr>'
        for row in section.rows
    ]
    return (
        f'<tbody><tr class="section"><th colspan="{systems + 1}" scope="rowgroup">'
        f"{escape(section.title)}</th></tr>\n{'\n'.join(lines)}</tbody>"
    )


def compared_cell(cell: Cell) -> str:
    words = status(cell.status, cell.text) if cell.status else escape(cell.text)
    if cell.below:
        words += f'<span class="src below">{escape(cell.below)}</span>'
    detail = f'<span class="src">{escape(cell.detail)}</span>' if cell.detail else ""
    return f"<td>{words}{detail}</td>"


def verdict_cell(cell: VerdictCell, standing: Standing) -> SafeString:
    """The mark of a verdict; what is reached below the tier *verified* says so beside it."""
    row = cell.evaluation
    if row is None:
        return drawn(cell.definition.id, None)
    below = "" if standing.is_verified else standing.words
    return drawn(cell.definition.id, RESULT(row), below if is_reached(row) else "")


def is_reached(row: Evaluation | VerdictRow) -> bool:
    return bool(row.status == Status.MET or row.level or row.score)


RESULT = attrgetter(*VerdictRow._fields[2:])
"""What a verdict comes to, of a row of any kind."""


@lru_cache(4096)
def drawn(
    definition_id: str,
    stands: tuple[Any, ...] | None,
    below: str = "",
) -> SafeString:
    """Kept, because a page of a list shows hundreds of a few dozen."""
    row = None if stands is None else VerdictRow(0, definition_id, *stands)
    cell = VerdictCell(definition=registry.get(definition_id), evaluation=row)
    note = f'<sup class="below" title="{escape(below)}">{BELOW}</sup>' if below else ""
    return mark_safe(f'<td class="verdict">{verdict_mark(cell)}{note}</td>')  # noqa: S308 - escaped
