"""Readers: from one YAML node to one value, or a fault that says what is wrong."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from catalog import languages
from catalog.dates import PartialDate
from catalog.models.constraints import HTTP_REGEX, QUOTE_WORDS, SLUG_REGEX, URL_LENGTH
from catalog.services.loading.nodes import fault, items_of, pairs_of, text_of
from definitions.readers.plain_yaml import Node
from definitions.vocabulary import Term

type Reader = Callable[[Node], Any]


@dataclass(frozen=True, slots=True)
class Ref:
    """A record named by its key, to be looked up when all files are read."""

    kind: str
    key: str


@dataclass(frozen=True, slots=True)
class Expression:
    """A licence expression, to be read when all licences are known."""

    text: str


def matching(pattern: str, what: str) -> Reader:
    """Text of one form."""
    form = re.compile(pattern)

    def read(node: Node) -> str:
        text = text_of(node)
        if form.fullmatch(text) is None:
            raise fault(node, f"“{text[:80]}” is not {what}")
        return text

    return read


slug: Reader = matching(SLUG_REGEX, "a slug (lower case letters, digits, single hyphens)")
country: Reader = matching(r"[A-Z]{2}", "a country code (two capital letters)")
criterion: Reader = matching(r"[a-z0-9.-]+/[a-z0-9.-]+", "a criterion (definition/criterion)")
repository_id: Reader = matching(r"[A-Za-z0-9._-]+/[A-Za-z0-9._-]+", "an id of the form owner/name")
licence_id: Reader = matching(r"[A-Za-z0-9][A-Za-z0-9.+-]*", "a licence identifier")


def text(limit: int = 0) -> Reader:
    """Any text, up to a number of characters."""

    def read(node: Node) -> str:
        found = text_of(node)
        if limit and len(found) > limit:
            raise fault(node, f"{len(found)} characters; at most {limit} are allowed")
        return found

    return read


def url(node: Node) -> str:
    found = text_of(node)
    if re.match(HTTP_REGEX, found) is None or len(found) > URL_LENGTH:
        raise fault(node, f"“{found[:80]}” is not an address that begins with http:// or https://")
    return found


def quote(node: Node) -> str:
    found = " ".join(text_of(node).split())
    count = len(found.split())
    if count > QUOTE_WORDS:
        raise fault(node, f"the quote has {count} words; at most {QUOTE_WORDS} are allowed")
    return found


def day(node: Node) -> dt.date:
    """A whole day, ``YYYY-MM-DD``."""
    found = text_of(node)
    try:
        if len(found) != len("YYYY-MM-DD"):
            raise ValueError
        return dt.date.fromisoformat(found)
    except ValueError as error:
        raise fault(node, f"“{found[:40]}” is not a day (YYYY-MM-DD)") from error


def partial_date(node: Node) -> PartialDate:
    try:
        return PartialDate.likely(text_of(node))
    except ValueError as error:
        raise fault(node, str(error)) from error


def iso_date(node: Node) -> str:
    """A date that may be a month or a year, kept as it is written."""
    return str(partial_date(node))


def whole_number(low: int, high: int) -> Reader:
    def read(node: Node) -> int:
        found = text_of(node)
        if not re.fullmatch(r"[0-9]{1,19}", found) or not low <= int(found) <= high:
            raise fault(node, f"“{found[:40]}” is not a whole number from {low:,} to {high:,}")
        return int(found)

    return read


def yes_no(node: Node) -> bool:
    found = text_of(node)
    if found not in {"yes", "no"}:
        raise fault(node, f"“{found[:40]}” is neither yes nor no")
    return found == "yes"


def one_of(words: list[str]) -> Reader:
    def read(node: Node) -> str:
        found = text_of(node)
        if found not in words:
            raise fault(node, f"“{found[:40]}” is not one of: {', '.join(words)}")
        return found

    return read


def word(terms: type[Term]) -> Reader:
    """A word of a closed list."""
    return one_of([term.value for term in terms])


def many(reader: Reader) -> Reader:
    """A list of values, each once."""

    def read(node: Node) -> list[Any]:
        found: list[Any] = []
        for item in items_of(node):
            value = reader(item)
            if value in found:
                raise fault(item, f"“{text_of(item)[:80]}” is given twice")
            found.append(value)
        return found

    return read


def words_by_name(reader: Reader) -> Reader:
    """A mapping from names, written as slugs, to values."""

    def read(node: Node) -> dict[str, Any]:
        return {name: reader(value) for name, _, value in pairs_of(node)}

    return read


def texts_by_path(node: Node) -> dict[str, str]:
    """A mapping from paths in a facts document to values, both as text."""
    return {path: text_of(value) for path, _, value in pairs_of(node)}


def language_code(node: Node) -> str:
    found = text_of(node)
    code = languages.read(found)
    if code != found:
        meant = f"; write {code}" if code else ""
        raise fault(node, f"“{found[:40]}” is not a language code (BCP 47){meant}")
    return found


def ref(kind: str, reader: Reader = slug) -> Reader:
    """The key of another record."""

    def read(node: Node) -> Ref:
        return Ref(kind, reader(node))

    return read


def expression(node: Node) -> Expression:
    return Expression(text_of(node))
