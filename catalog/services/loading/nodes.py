"""YAML with line numbers: the types of YAML 1.2, and where each value stands.

Values are read from the nodes, not from constructed objects, so that every
fault can be named with its line. ``yes`` and ``no`` stay words and dates stay
text, as in YAML 1.2; Python objects cannot be made.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

NULL = "tag:yaml.org,2002:null"
BOOL = "tag:yaml.org,2002:bool"
INT = "tag:yaml.org,2002:int"
MAX_BYTES = 2_000_000
"""No file of the catalogue comes near; a larger one is a mistake."""


class Loader(Base):  # type: ignore[misc]
    """A safe loader with the core schema of YAML 1.2."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}


Loader.add_implicit_resolver(BOOL, re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"), "tTfF")
Loader.add_implicit_resolver(NULL, re.compile(r"^(?:~|null|Null|NULL|)$"), ["~", "n", "N", ""])
Loader.add_implicit_resolver(INT, re.compile(r"^[-+]?[0-9]+$"), "-+0123456789")


class FaultError(Exception):
    """One thing that is wrong in a file: the line, and why."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line
        self.reason = reason


def fault(node: Node, reason: str) -> FaultError:
    return FaultError(line_of(node), reason)


def line_of(node: Node) -> int:
    return int(node.start_mark.line) + 1


def compose(path: Path) -> Node:
    """The tree of a file; FaultError with the line where it is not YAML or not UTF-8."""
    raw = path.read_bytes()
    if len(raw) > MAX_BYTES:
        raise FaultError(1, f"larger than {MAX_BYTES:,} bytes")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise FaultError(raw[: error.start].count(b"\n") + 1, "not UTF-8") from error
    try:
        node = yaml.compose(text, Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise FaultError(mark.line + 1 if mark else 1, f"not YAML: {error.problem}") from error
    except yaml.YAMLError as error:
        raise FaultError(1, f"not YAML: {error}") from error
    if node is None:
        raise FaultError(1, "the file is empty")
    return node


def items_of(node: Node) -> list[Node]:
    if not isinstance(node, SequenceNode):
        raise fault(node, "expected a list")
    return list(node.value)


def pairs_of(node: Node) -> Iterator[tuple[str, Node, Node]]:
    """The keys and values of a mapping; a key given twice is a fault."""
    if not isinstance(node, MappingNode):
        raise fault(node, "expected keys with values")
    seen: set[str] = set()
    for key, value in node.value:
        name = text_of(key)
        if name in seen:
            raise fault(key, f"the key “{name}” is given twice")
        seen.add(name)
        yield name, key, value


def text_of(node: Node) -> str:
    """A plain value as it is written, without the space around it."""
    if not isinstance(node, ScalarNode):
        raise fault(node, "expected one value, not a list or a mapping")
    if node.tag == NULL and not node.style:
        raise fault(node, "no value: leave the key out where nothing is known")
    text = str(node.value).strip()
    if not text:
        raise fault(node, "an empty text: leave the key out where nothing is known")
    if "\x00" in text:
        raise fault(node, "the text contains a NUL character")
    return text
