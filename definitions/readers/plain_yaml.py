"""The one reader of YAML: plain texts, lists and mappings, with limits on the work.

Every value stays the text that was written: ``version: 1.10`` is “1.10”, ``no``
is “no”, ``1:30`` is not a number to the base of sixty and ``2025-01-10`` is no
date. A key may be given once, aliases are refused, and the limits hold while
the text is read, so that a hostile text costs no more than a plain one of its
size. The tree is built without recursion.

``NULL`` values (an empty one, ``~`` or ``null`` without quotation marks) are
empty texts; ``Scalar.absent`` tells them from ``""``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

type Node = Scalar | Items | Keys
type Plain = str | list[Plain] | dict[str, Plain]

PARSER: type[yaml.SafeLoader | yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Only its events are used: nothing is ever constructed from a tag."""

NULL = frozenset({"", "~", "null", "Null", "NULL"})
CORE = "tag:yaml.org,2002:"
PLAIN_TAGS = frozenset(
    {"!", *(CORE + name for name in ("str", "int", "float", "bool", "null", "timestamp"))}
    | {CORE + "seq", CORE + "map"}
)
"""Tags that say nothing here, since every value is read as it is written."""

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""What neither YAML nor a database column nor XML can hold."""

DIRECTIVE = re.compile(r"^%", re.MULTILINE)
MOST_DIRECTIVES = 20
"""The parser compares each with all before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much a text may hold."""

    size: int = 1_000_000
    """Characters of the whole."""
    values: int = 20_000
    depth: int = 20
    scalar: int = 20_000
    """Characters of one value."""


class YamlError(ValueError):
    """Why a text is not read, and in which line."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(f"{reason} (line {line})")
        self.reason = reason
        self.line = line


@dataclass(frozen=True, slots=True)
class Scalar:
    """One text."""

    text: str
    line: int
    absent: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    line: int
    values: list[Node] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Keys:
    """A mapping; each key once."""

    line: int
    pairs: list[tuple[Scalar, Node]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Double:
    """A key that was given more than once: where, and all its values."""

    path: str
    line: int
    values: tuple[Node, ...]


def read(raw: bytes | str, limits: Limits, doubles: list[Double] | None = None) -> Node | None:
    """The tree of one document; None where there is none, YamlError where it is not plain.

    A key given twice is an error. Where a list for ``doubles`` is given, such
    keys are put there with all their values, and none of these is in the tree.
    """
    text = decoded(raw, limits)
    builder = Builder(limits, doubles)
    try:
        for event in yaml.parse(text, PARSER):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise YamlError(f"not YAML: {error.problem}", mark.line + 1 if mark else 1) from None
    except yaml.YAMLError as error:
        raise YamlError(f"not YAML: {str(error).splitlines()[0]}", 1) from None
    return builder.root


def texts(raw: bytes | str, limits: Limits, doubles: list[Double] | None = None) -> Plain:
    """The document as texts, lists and mappings; an empty text where there is none."""
    node = read(raw, limits, doubles)
    return "" if node is None else plain(node)


def plain(node: Node) -> Plain:
    """A tree without its lines."""
    if isinstance(node, Scalar):
        return "" if node.absent else node.text
    if isinstance(node, Items):
        return [plain(value) for value in node.values]
    return {key.text: plain(value) for key, value in node.pairs}


def decoded(raw: bytes | str, limits: Limits) -> str:
    """The text, without the mark of the byte order; YamlError for what no text may hold."""
    if len(raw) > limits.size * (4 if isinstance(raw, bytes) else 1):
        raise YamlError(f"longer than {limits.size:,} characters", 1)
    try:
        text = raw.decode("utf-8") if isinstance(raw, bytes) else raw
    except UnicodeDecodeError as error:
        line = bytes(raw[: error.start]).count(b"\n") + 1  # type: ignore[arg-type]
        raise YamlError("not UTF-8", line) from None
    text = text.removeprefix("\ufeff")
    if len(text) > limits.size:
        raise YamlError(f"longer than {limits.size:,} characters", 1)
    odd = CONTROL.search(text)
    if odd is not None:
        line = text.count("\n", 0, odd.start()) + 1
        raise YamlError(f"the control character {code_of(odd[0])}", line)
    for count, found in enumerate(DIRECTIVE.finditer(text)):
        if count >= MOST_DIRECTIVES:
            raise YamlError("too many directives (%)", text.count("\n", 0, found.start()) + 1)
    return text


def code_of(letter: str) -> str:
    return "NUL" if letter == "\x00" else f"U+{ord(letter):04X}"


class Frame:
    """A list or mapping that is being read, and the key that waits for its value."""

    __slots__ = ("doubled", "key", "node", "seen")

    def __init__(self, node: Items | Keys) -> None:
        self.node = node
        self.key: Scalar | None = None
        self.seen: set[str] = set()
        self.doubled: dict[str, int] = {}

    @property
    def place(self) -> str:
        if isinstance(self.node, Items):
            return str(len(self.node.values) - 1)
        return self.key.text if self.key else ""


class Builder:
    """Puts events together to a tree and stops at the first limit."""

    def __init__(self, limits: Limits, doubles: list[Double] | None) -> None:
        self.limits, self.doubles = limits, doubles
        self.root: Node | None = None
        self.frames: list[Frame] = []
        self.count = 0
        self.documents = 0

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self.put(self.scalar(event))
        elif isinstance(event, yaml.MappingStartEvent):
            self.open(Keys(self.checked(event)))
        elif isinstance(event, yaml.SequenceStartEvent):
            self.open(Items(self.checked(event)))
        elif isinstance(event, yaml.CollectionEndEvent):
            self.close()
        elif isinstance(event, yaml.AliasEvent):
            raise YamlError("aliases (*name) are not allowed", line_of(event))
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                raise YamlError("a second document (---) in one file", line_of(event))

    def checked(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> int:
        """The line of a value that is within the limits."""
        line = line_of(event)
        self.count += 1
        if self.count > self.limits.values:
            raise YamlError(f"more than {self.limits.values:,} values", line)
        if event.tag and event.tag not in PLAIN_TAGS:
            raise YamlError(f"the tag “{event.tag[:40]}” is not allowed", line)
        return line

    def scalar(self, event: yaml.ScalarEvent) -> Scalar:
        line, text = self.checked(event), event.value
        if len(text) > self.limits.scalar:
            raise YamlError(f"a text of more than {self.limits.scalar:,} characters", line)
        odd = CONTROL.search(text)  # written as an escape
        if odd is not None:
            raise YamlError(f"the control character {code_of(odd[0])}", line)
        return Scalar(text, line, not event.style and text in NULL)

    def open(self, node: Items | Keys) -> None:
        if len(self.frames) >= self.limits.depth:
            raise YamlError(f"nested deeper than {self.limits.depth} levels", node.line)
        self.put(node)
        self.frames.append(Frame(node))

    def put(self, node: Node) -> None:
        """A value where it belongs: the whole, the next of a list, a key or its value."""
        if not self.frames:
            self.root = node
            return
        frame = self.frames[-1]
        if isinstance(frame.node, Items):
            frame.node.values.append(node)
        elif frame.key is None:
            self.name(frame, node)
        else:
            frame.node.pairs.append((frame.key, node))
            if isinstance(node, Scalar):
                frame.key = None

    def name(self, frame: Frame, node: Node) -> None:
        """A key; an error where it was there before and nobody keeps such keys."""
        if not isinstance(node, Scalar):
            raise YamlError("a key that is a list or a mapping", node.line)
        if node.text in frame.seen:
            if self.doubles is None:
                raise YamlError(f"the key “{node.text[:80]}” is given twice", node.line)
            frame.doubled.setdefault(node.text, node.line)
        frame.seen.add(node.text)
        frame.key = node

    def close(self) -> None:
        frame = self.frames.pop()
        if frame.doubled and isinstance(frame.node, Keys) and self.doubles is not None:
            self.doubles.extend(self.doubles_of(frame, frame.node))
            kept = [pair for pair in frame.node.pairs if pair[0].text not in frame.doubled]
            frame.node.pairs[:] = kept
        if self.frames:
            self.frames[-1].key = None

    def doubles_of(self, frame: Frame, node: Keys) -> Iterator[Double]:
        values: dict[str, list[Node]] = {name: [] for name in frame.doubled}
        for key, value in node.pairs:
            if key.text in values:
                values[key.text].append(value)
        above = [outer.place for outer in self.frames]
        for name, line in frame.doubled.items():
            yield Double(".".join([*above, name]), line, tuple(values[name]))


def line_of(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1
