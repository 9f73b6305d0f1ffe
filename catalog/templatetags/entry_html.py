"""Template tags that write whole parts of a page from plain values.

A template takes about a tenth of a millisecond for each link or include, and an entry
has several hundred of them. Every value is escaped where it is put in.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from html import escape
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from catalog.models import AISystem, Component, Link
from catalog.pages.addresses import address
from catalog.pages.presenters.entry import ComponentGroupRows, licence_words, row_standing
from catalog.pages.presenters.verdicts import Card, FindingRow
from catalog.templatetags.glassbox import below, gone, status, verdict
from definitions.core import Progress
from definitions.vocabulary import Shape

register = template.Library()

BRIEF = 130
"""Characters of a reason on a card; the page of the verdict has all."""

MISSING_SHOWN = 6

type Dead = Mapping[str, Link]


@register.simple_tag
@cache
def constant(name: str) -> SafeString:
    """A template that depends on nothing, rendered once: the foot of all pages, a legend."""
    return mark_safe(render_to_string(name))  # noqa: S308 - a template


@register.simple_tag
def at(name: str, *arguments: str) -> str:
    """The address of a page of the catalogue, as ``url`` gives it, where there are many."""
    return address(name, *arguments)


MENU = {
    "systems": _lazy("Systems"),
    "compare": _lazy("Compare"),
    "definitions": _lazy("Definitions"),
    "claims": _lazy("Claims"),
    "changes": _lazy("Changes"),
    "learn": _lazy("Learn"),
    "datasets": _lazy("Datasets"),
    "licences": _lazy("Licences"),
    "organisations": _lazy("Organisations"),
}
"""The pages of the menu, by the first word of their addresses."""


@register.simple_tag
def menu(path: str) -> SafeString:
    """The menu; it marks the page that is shown, or the part of the site that it belongs to."""
    section = path.strip("/").split("/")[0]
    return menu_of(section if section in MENU else "", whole=path == f"/{section}/")


@cache
def menu_of(section: str, *, whole: bool) -> SafeString:
    marks = {section: f' aria-current="{"page" if whole else "true"}"'}
    items = "".join(
        f'<li><a href="{address(name)}"{marks.get(name, "")}>{escape(str(label))}</a></li>'
        for name, label in MENU.items()
    )
    return mark_safe(  # noqa: S308 - constants
        f'<nav class="menu" aria-label="{_("Main")}"><ul>{items}</ul></nav>'
    )


@lru_cache(4096)
def day(value: dt.date) -> str:
    """A day in words, within the element that holds it for machines."""
    return f'<time datetime="{value.isoformat()}">{date_format(value, "j F Y")}</time>'


def moment(value: dt.datetime) -> str:
    here = localtime(value)
    return f'<time datetime="{here.isoformat()}">{date_format(here.date(), "j F Y")}</time>'


def link(url: str, words: str, dead: Dead) -> str:
    """A link to a page of somebody else, marked where the page is not reachable."""
    mark = f" {gone(dead[url])}" if url in dead else ""
    return f'<a href="{escape(url)}" rel="nofollow">{escape(words)}</a>{mark}'


@lru_cache(4096)
def host(url: str) -> str:
    return (urlsplit(url).hostname or url).removeprefix("www.")


# --- where a fact comes from ---------------------------------------------------------------


@register.simple_tag(takes_context=True)
def source_line(context: Context, row: object) -> SafeString:
    """The evidence of a record, its source, the day of the check and its note."""
    return mark_safe(source_of(row, context.get("dead_links") or {}))  # noqa: S308 - escaped


def source_of(row: Any, dead: Dead) -> str:
    parts = []
    if row.evidence_url:
        parts.append(link(row.evidence_url, host(row.evidence_url), dead))
    source = getattr(row, "source", None)
    if source:
        sources = f"{address('sources')}#{escape(source.key)}"
        parts.append(f'<a href="{sources}">{escape(source.title)}</a>')
    checked = getattr(row, "checked_on", None)
    if checked:
        parts.append(f"{_('checked')} {day(checked)}")
    note = f"<br>{escape(row.note)}" if getattr(row, "note", "") else ""
    return f'<span class="src">{" · ".join(parts)}{note}</span>'


# --- verdicts ------------------------------------------------------------------------------


@register.simple_tag
def verdict_cards(cards: Iterable[Card], system: AISystem) -> SafeString:
    """The cards of an entry: verdict, reason, what is missing, every criterion."""
    written = (card_of(card, system) for card in cards)
    return mark_safe("\n".join(written))  # noqa: S308 - escaped


def card_of(card: Card, system: AISystem) -> str:
    definition = card.definition
    page = address("verdict", system.slug, definition.id)
    title = f"{slugify(definition.id)}-title"
    standing = definition.standing
    tag = f' <span class="tag">{escape(standing)}</span>' if standing != "final" else ""
    since = ""
    if card.evaluation:
        since = f'<p class="since">{_("Since")} {moment(card.evaluation.status_since)}</p>'
    told = below(system.standing) if card.decided else ""
    kind = "score" if definition.shape is Shape.SCORE else card.status.value
    return (
        f'<section class="card {kind}" id="{definition.id}" '
        f'aria-labelledby="{title}"><div class="head"><h3 id="{title}"><a href="{page}">'
        f"{escape(definition.title)} {escape(definition.version)}</a>{tag}</h3>"
        f"<p>{verdict(card)}{told}</p>{scale(card)}<p>{escape(card.reason)}</p>{progress(card)}{since}"
        f"</div>{missing(card, page)}{criteria(card, page)}</section>"
    )


@register.simple_tag
def scale(card: Card) -> SafeString:
    """A score as a bar with the range that unknowns leave; nothing for other shapes."""
    values = card.scale
    if values is None:
        return SafeString("")
    low, rest = f"{values['low']:.2f}", f"{values['rest']:.2f}"
    return mark_safe(  # noqa: S308 - numbers
        '<svg class="scale" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
        f'{TRACK}<rect class="rest" x="{low}" width="{rest}" height="8"/>'
        f'<rect class="fill" width="{low}" height="8"/></svg>'
    )


TRACK = '<rect class="track" width="100" height="8"/>'


@register.simple_tag
def progress(card: Card) -> SafeString:
    """How much of each level is there, in words and as a bar; nothing where there are no levels."""
    steps = "".join(map(step_of, card.progress))
    return mark_safe(f'<ul class="progress">{steps}</ul>' if steps else "")  # noqa: S308 - escaped


def rounded(share: float) -> int:
    """Per cent without a fraction; a half counts up."""
    return int(share + 0.5)


def step_of(step: Progress) -> str:
    counted = _("%(met)s of %(required)s") % {"met": step.met, "required": step.required}
    gated = ""
    if step.real != step.gated:
        told = _("by the steward's way of counting: %(gated)s %%") % {"gated": rounded(step.gated)}
        gated = f'<span class="quiet">{escape(told)}</span>'
    return (
        f"<li><span>{escape(step.label)}: {escape(counted)}</span>"
        f'<span class="right">{rounded(step.real)} %</span>'
        '<svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
        f'{TRACK}<rect class="fill" width="{step.real}" height="8"/></svg>{gated}</li>'
    )


def missing(card: Card, page: str) -> str:
    """What is missing for the next level."""
    points = card.missing
    if not points:
        return ""
    heading = _("What is missing for “%(level)s”") % {"level": card.missing_for}
    items = "".join(f"<li>{escape(text)}</li>" for text in points[:MISSING_SHOWN])
    more = ""
    if len(points) > MISSING_SHOWN:
        words = _("All %(total)s points") % {"total": len(points)}
        more = f'<p class="small"><a href="{page}#missing">{escape(words)}</a></p>'
    return (
        f"<details><summary><span>{escape(heading)}</span></summary>"
        f'<div class="body"><ul class="missing">{items}</ul>{more}</div></details>'
    )


def criteria(card: Card, page: str) -> str:
    """Every criterion with its reason, in brief."""
    if not card.findings:
        return ""
    tally = "".join(f"<span>{total} {escape(word.lower())}</span>" for word, total in card.counts)
    return (
        f"<details><summary><span>{_('Every criterion with its reason')} "
        f'<span class="tally">{tally}</span></span></summary><div class="body">'
        f'<ul class="brief">{"".join(map(finding_of, card.findings))}</ul>'
        f'<p><a href="{page}">{_("With evidence and clauses")}</a></p></div></details>'
    )


def finding_of(row: FindingRow) -> str:
    reason = row.reason if len(row.reason) <= BRIEF else f"{row.reason[: BRIEF - 1]}…"
    return (
        f"<li>{status(row.status, row.grade, partly=row.partial)}"
        f"<b>{escape(row.criterion.title)}</b><p>{escape(reason)}</p></li>"
    )


# --- components ----------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def component_tables(context: Context, groups: Iterable[ComponentGroupRows]) -> SafeString:
    """The components of an entry, group by group, and the names of those without a record."""
    dead = context.get("dead_links") or {}
    return mark_safe("\n".join(group_of(group, dead) for group in groups))  # noqa: S308 - escaped


def group_of(found: ComponentGroupRows, dead: Dead) -> str:
    label = escape(found.group.label)
    written = f'<h3 id="group-{found.group.value}">{label}</h3>'
    if found.rows:
        region = _("%(label)s, as a table") % {"label": label}
        titles = (_("Component"), _("Availability"), _("Licence"), _("Evidence"))
        heads = "".join(f'<th scope="col">{title}</th>' for title in titles)
        written += (
            f'<div class="scroll" tabindex="0" role="region" aria-label="{region}">'
            f'<table class="data"><caption class="hidden">{label}</caption>'
            f"<thead><tr>{heads}</tr></thead><tbody>"
            f"{''.join(component_row(row, dead) for row in found.rows)}</tbody></table></div>"
        )
    if found.unrecorded:
        names = escape(", ".join(map(str, found.unrecorded)))
        written += f'<p class="small quiet">{_("No record, so unknown")}: {names}.</p>'
    return written


def component_row(row: Component, dead: Dead) -> str:
    kind, terms = str(row.get_kind_display()), licence_words(row)
    name = link(row.url, kind, dead) if row.url else escape(kind)
    licence = link(row.licence_url, terms, dead) if row.licence_url else escape(terms)
    there = escape(str(row.get_availability_display()))
    if row.availability != "unknown":
        there += below(row_standing(row))
    if row.completeness not in ("unknown", "none"):
        there += f'<span class="src">{escape(str(row.get_completeness_display()))}</span>'
    if row.included_in:
        inside = escape(str(row.get_included_in_display()))
        there += f'<span class="src">{_("inside")}: {inside}</span>'
    quote = f"<q>{escape(row.quote)}</q>" if row.quote else ""
    return (
        f'<tr><th scope="row">{name}</th><td>{there}</td><td>{licence}</td>'
        f"<td>{quote}{source_of(row, dead)}</td></tr>"
    )
