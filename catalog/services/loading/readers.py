"""Readers: from one YAML node to one value, or a fault that says what is wrong."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from catalog.services.loading.nodes import fault, items_of, pairs_of, text_of
from definitions.readers import dates
from definitions.readers import values as v
from definitions.readers.languages import language
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


def of[Value](reader: v.Reader[Value]) -> Reader:
    """One plain value, by the reader of its syntax."""

    def read(node: Node) -> Value:
        try:
            return reader(text_of(node))
        except v.UnreadableError as error:
            raise fault(node, str(error)) from error

    return read


def spelled[Value](reader: v.Reader[Value]) -> Reader:
    """As ``of``; a reviewed file has the one spelling that the value has."""
    inner = of(reader)

    def read(node: Node) -> Value:
        found: Value = inner(node)
        if str(found) != text_of(node):
            raise fault(node, f"“{v.shown(text_of(node))}” is written {found} here.")
        return found

    return read


slug: Reader = of(v.slug)
country: Reader = spelled(v.country)
criterion: Reader = of(v.criterion)
licence_id: Reader = of(v.licence_id)
repository_id: Reader = spelled(v.hub_id)
url: Reader = spelled(v.address)
quote: Reader = of(v.quote)
day: Reader = spelled(dates.day)
partial_date: Reader = spelled(dates.partial_date)
language_code: Reader = spelled(language)
yes_no: Reader = of(v.yes_no)


def text(limit: int = 0) -> Reader:
    """Any text, up to a number of characters."""
    return of(v.Text(limit))


def iso_date(node: Node) -> str:
    """A date that may be a month or a year, kept as it is written."""
    return str(partial_date(node))


def whole_number(low: int, high: int) -> Reader:
    return of(v.Number(low, high))


def one_of(words: list[str]) -> Reader:
    return of(v.OneOf(tuple(words)))


def word(terms: type[Term]) -> Reader:
    """A word of a closed list."""
    return of(v.word(terms))


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


def ref(kind: str, reader: Reader = slug) -> Reader:
    """The key of another record."""

    def read(node: Node) -> Ref:
        return Ref(kind, reader(node))

    return read


def expression(node: Node) -> Expression:
    return Expression(text_of(node))
