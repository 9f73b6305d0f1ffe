"""Readers: from one YAML node to one value, or a fault that says what is wrong."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from catalog.intake.files.nodes import fault, items_of, pairs_of, text_of
from definitions.readers import values as v
from definitions.readers.plain_yaml import Node

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
    """One plain value by the reader of its syntax; a reviewed file has its one spelling."""

    def read(node: Node) -> Value:
        text = text_of(node)
        try:
            found = reader(text)
        except v.UnreadableError as error:
            raise fault(node, str(error)) from error
        spelled = isinstance(found, int) or str(found) in (text, " ".join(text.split()))
        if not spelled:
            raise fault(node, f"“{v.shown(text)}” is written {found} here.")
        return found

    return read


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


SLUG: Reader = of(v.slug)


def ref(kind: str, reader: Reader = SLUG) -> Reader:
    """The key of another record."""

    def read(node: Node) -> Ref:
        return Ref(kind, reader(node))

    return read


def expression(node: Node) -> Expression:
    return Expression(text_of(node))
