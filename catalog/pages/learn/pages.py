"""Read the files of the learn pages, once per process; every fault names file and key."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from definitions.readers.dates import day
from definitions.readers.plain_yaml import Limits, YamlError, texts
from definitions.readers.values import Number

GROUPS = {
    "basics": "The basics",
    "openness": "Openness and its definitions",
    "data": "Data",
    "society": "Society",
    "reference": "Reference",
}
"""The headings of the index, in their order."""

SUMMARY = 200
"""Characters that a summary has at most."""

LIMITS = Limits()

FRONT = re.compile(r"\A---\n(.*?)\n---\n(.*)\Z", re.DOTALL)


class ContentError(ValueError):
    """A file that does not keep to the form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A page that statements rest on."""

    id: str
    title: str
    url: str
    author: str = ""
    publisher: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnPage:
    """One theme."""

    slug: str
    title: str
    order: int
    group: str
    summary: str
    checked_on: dt.date
    related: tuple[str, ...]
    sources: tuple[Source, ...]
    text: str

    @property
    def group_label(self) -> str:
        return GROUPS[self.group]


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """An entry of the glossary."""

    term: str
    text: str
    source: Source
    see: tuple[str, ...]

    @property
    def anchor(self) -> str:
        return anchor_of(self.term)


def anchor_of(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def folder() -> Path:
    return Path(settings.CONTENT_DIR) / "learn"


@cache
def library() -> dict[str, LearnPage]:
    """Every page by its slug, in reading order; ContentError where a file is wrong."""
    pages = [read_page(path) for path in sorted(folder().glob("*.md")) if path.stem != "README"]
    order = list(GROUPS)
    pages.sort(key=lambda page: (order.index(page.group), page.order, page.slug))
    return {page.slug: page for page in pages}


def read_page(path: Path) -> LearnPage:
    """One file."""
    found = FRONT.match(path.read_text(encoding="utf-8"))
    if found is None:
        raise ContentError(f"{path.name}: it does not begin with front matter between two ---")
    values = read_yaml(path, found[1])
    try:
        page = LearnPage(
            slug=path.stem,
            title=values["title"],
            order=Number(high=1000)(values["order"]),
            group=values["group"],
            summary=values["summary"],
            checked_on=day(values["checked_on"]),
            related=tuple(values.get("related") or ()),
            sources=tuple(read_source(item) for item in values.get("sources") or ()),
            text=found[2],
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ContentError(f"{path.name}: {error!r} in the front matter") from error
    if page.group not in GROUPS:
        raise ContentError(f"{path.name}: there is no group “{page.group}”")
    return page


def read_yaml(path: Path, text: str) -> Any:
    """The values of a file, all of them texts; ContentError where it is not YAML."""
    try:
        return texts(text, LIMITS)
    except YamlError as error:
        raise ContentError(f"{path.name}: {error}") from error


def read_source(item: Mapping[str, object]) -> Source:
    names = ("id", "title", "url", "author", "publisher", "date")
    return Source(**{name: str(item[name]) for name in names if item.get(name)})


@cache
def glossary() -> tuple[Term, ...]:
    """The terms in the order of the alphabet; none where there is no file."""
    path = folder() / "glossary.yaml"
    if not path.exists():
        return ()
    terms = [
        Term(
            term=item["term"],
            text=item["text"],
            source=read_source({"id": "source"} | item["source"]),
            see=tuple(item.get("see") or ()),
        )
        for item in read_yaml(path, path.read_text(encoding="utf-8"))
    ]
    return tuple(sorted(terms, key=lambda item: item.term.lower()))
