"""The nodes of a catalogue file, each with its line.

Values are read from the nodes of the one YAML reader (``definitions.readers.plain_yaml``),
so that every fault can be named with its line. ``yes`` and ``no`` stay words
and dates stay text.
"""

from collections.abc import Iterator
from pathlib import Path

from definitions.readers.plain_yaml import Items, Keys, Limits, Node, Scalar, YamlError, read

MAX_BYTES = 2_000_000
"""No file of the catalogue comes near; a larger one is a mistake."""

LIMITS = Limits(size=MAX_BYTES, values=200_000)


class FaultError(Exception):
    """One thing that is wrong in a file: the line, and why."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line
        self.reason = reason


def fault(node: Node, reason: str) -> FaultError:
    return FaultError(node.line, reason)


def line_of(node: Node) -> int:
    return node.line


def compose(path: Path) -> Node:
    """The tree of a file; FaultError with the line where it is not YAML or not UTF-8."""
    raw = path.read_bytes()
    if len(raw) > MAX_BYTES:
        raise FaultError(1, f"larger than {MAX_BYTES:,} bytes")
    try:
        node = read(raw, LIMITS)
    except YamlError as error:
        raise FaultError(error.line, error.reason) from error
    if node is None:
        raise FaultError(1, "the file is empty")
    return node


def items_of(node: Node) -> list[Node]:
    if not isinstance(node, Items):
        raise fault(node, "expected a list")
    return list(node.values)


def pairs_of(node: Node) -> Iterator[tuple[str, Node, Node]]:
    """The keys and values of a mapping; a key given twice is a fault."""
    if not isinstance(node, Keys):
        raise fault(node, "expected keys with values")
    seen: set[str] = set()
    for key, value in node.pairs:
        name = text_of(key)
        if name in seen:
            raise fault(key, f"the key “{name}” is given twice")
        seen.add(name)
        yield name, key, value


def text_of(node: Node) -> str:
    """A plain value as it is written, without the space around it."""
    if not isinstance(node, Scalar):
        raise fault(node, "expected one value, not a list or a mapping")
    if node.absent:
        raise fault(node, "no value: leave the key out where nothing is known")
    text = node.text.strip()
    if not text:
        raise fault(node, "an empty text: leave the key out where nothing is known")
    return text
