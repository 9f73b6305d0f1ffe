"""From the text of a learn page to safe HTML: citations, links into the register, live parts."""

import html
import re
from dataclasses import dataclass, field
from functools import cache

import nh3
from django.urls import NoReverseMatch, reverse
from markdown_it import MarkdownIt

from catalog.pages.learn.pages import LearnPage, anchor_of, library
from definitions import registry

MARKDOWN = MarkdownIt("commonmark", {"html": False})

CITATION = re.compile(r"\s?\[@([a-z0-9-]+)\]")
AFTER = re.compile(r"((?:\s?\[@[a-z0-9-]+\])+)([.,;:])")
"""A citation before a stop: the number comes after it, as in books."""

TOKEN = re.compile(r"\[\[([a-z]+):([A-Za-z0-9._+#/-]+)(?:\|([^\[\]]+))?\]\]")
LIVE = re.compile(r"<p>\[\[live:([a-z-]+)\]\]</p>")
HEADING = re.compile(r"<h2>(.*?)</h2>")

TAGS = {"p", "ul", "ol", "li", "em", "strong", "blockquote", "h2", "h3", "a", "code", "sup", "br"}
ATTRIBUTES = {"a": {"href", "class", "id", "aria-label"}, "h2": {"id"}}

ADDRESSES = {
    "definition": "definition",
    "system": "system",
    "licence": "licence",
    "dataset": "dataset",
    "organisation": "organisation",
    "framework": "framework",
    "learn": "learn_page",
}
"""Kinds of tokens that name a record, and the page that shows it."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the page: HTML, or the name of a live part."""

    html: str = ""
    live: str = ""


@dataclass(slots=True)
class Rendered:
    """A page ready to show; ``headings`` are anchors and texts for the table of contents."""

    parts: list[Part]
    headings: list[tuple[str, str]]
    cited: list[str] = field(default_factory=list)


@cache
def render(slug: str) -> Rendered:
    """A page of the library, rendered once per process."""
    return render_page(library()[slug])


def render_page(page: LearnPage) -> Rendered:
    places = {source.id: number for number, source in enumerate(page.sources, 1)}
    cited: list[str] = []

    def cite(match: re.Match[str]) -> str:
        number = places.get(match[1])
        if number is None:
            return match[0]
        cited.append(match[1])
        again = cited.count(match[1])
        label = f"Source {number}"
        return (
            f'<sup><a class="cite" id="cite-{number}-{again}" href="#source-{number}" '
            f'aria-label="{label}">{number}</a></sup>'
        )

    headings: list[tuple[str, str]] = []

    def head(match: re.Match[str]) -> str:
        anchor = anchor_of(re.sub(r"<.*?>|&\w+;", "", match[1]))
        headings.append((anchor, html.unescape(re.sub(r"<.*?>", "", match[1]))))
        return f'<h2 id="{anchor}">{match[1]}</h2>'

    text = AFTER.sub(r"\2\1", MARKDOWN.render(page.text))
    text = HEADING.sub(head, CITATION.sub(cite, text))
    parts = []
    for place, piece in enumerate(LIVE.split(text)):
        if place % 2:
            parts.append(Part(live=piece))
        elif piece.strip():
            linked = TOKEN.sub(link, piece)
            clean = nh3.clean(linked, tags=TAGS, attributes=ATTRIBUTES, link_rel=None)
            parts.append(Part(html=clean))
    return Rendered(parts, headings, cited)


def link(match: re.Match[str]) -> str:
    """A token as a link; as its plain words where it leads nowhere."""
    kind, key, words = match[1], match[2], match[3]
    address = address_of(kind, key)
    shown = words or html.escape(name_of(kind, key))
    return f'<a href="{html.escape(address)}">{shown}</a>' if address else shown


def address_of(kind: str, key: str) -> str:
    try:
        if kind == "page":
            return reverse(f"catalog:{key}")
        if kind == "chart":
            return f"{reverse('catalog:charts')}#{key}"
        if kind in ADDRESSES:
            return reverse(f"catalog:{ADDRESSES[kind]}", args=[key])
    except NoReverseMatch:
        pass
    return ""


def name_of(kind: str, key: str) -> str:
    """What a token is called where the text gives it no words."""
    if kind == "definition":
        known = {item.id: item.short_title for item in registry.DEFINITIONS}
        return known.get(key, key)
    if kind == "learn" and key in library():
        return library()[key].title
    return key.replace("_", " ") if kind == "page" else key
