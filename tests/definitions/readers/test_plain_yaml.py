"""The one reader of YAML: what is read, what is refused, and how much work a text may cost."""

import ast
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from definitions.readers import plain_yaml
from definitions.readers.plain_yaml import (
    Builder,
    Double,
    Limits,
    Scalar,
    YamlError,
    decoded,
    read,
    texts,
)

SMALL = Limits(size=10_000, values=50, depth=5, scalar=100)
LIMITS = Limits()

WRITTEN = """\
version: 1.10
name: 42
open: no
on: yes
day: 2025-01-10
time: 1:30:15
hex: 0x1F
float: 1e3
tagged: !!int 7
nothing: ~
empty:
quoted: ""
list: [1, Off, null]
"""


def test_every_value_is_the_text_that_was_written():
    assert texts(WRITTEN, LIMITS) == {
        "version": "1.10",
        "name": "42",
        "open": "no",
        "on": "yes",
        "day": "2025-01-10",
        "time": "1:30:15",
        "hex": "0x1F",
        "float": "1e3",
        "tagged": "7",
        "nothing": "",
        "empty": "",
        "quoted": "",
        "list": ["1", "Off", ""],
    }


def test_lines_are_told_and_an_absent_value_is_not_an_empty_text():
    node = read('a:\n  - ~\n  - ""\n', LIMITS)
    (_, items) = node.pairs[0]
    assert items.values == [Scalar("~", 2, True), Scalar("", 3, False)]


@pytest.mark.parametrize("raw", ["", "# nothing\n", "---\n", b"\xef\xbb\xbf", "~"])
def test_a_text_without_a_value_is_an_empty_one(raw: str | bytes):
    assert texts(raw, LIMITS) == ""


def test_the_mark_of_the_byte_order_and_other_line_ends_are_read_over():
    assert texts(b"\xef\xbb\xbfa: b\r\nc: d\r\n", LIMITS) == {"a": "b", "c": "d"}


REFUSED = [
    ("a: 1\nb: 2\na: 3\n", "the key “a” is given twice", 3),
    ('"a": 1\na: 3\n', "the key “a” is given twice", 2),
    ("x:\n  - {a: 1, a: 1}\n", "the key “a” is given twice", 2),
    ("{a: 1, a: 2}", "the key “a” is given twice", 1),
    ("a: &x [1]\nb: *x\n", "aliases", 2),
    ("a: &x {b: 1}\nc:\n  <<: *x\n", "aliases", 3),
    ("a: !!python/object:os.system x", "the tag", 1),
    ("a: !mine x", "the tag", 1),
    ("a: !!binary aGk=", "the tag", 1),
    ("a: !!set {b}", "the tag", 1),
    ("? [a]\n: b", "a key that is a list", 1),
    ("{{a: b}: c}", "a key that is a list", 1),
    ("[" * 6 + "]" * 6, "nested deeper than 5 levels", 1),
    ("- - - - - - a", "nested deeper than 5 levels", 1),
    ("a: b\n---\nc: d\n", "a second document", 2),
    ("- a\n" * 51, "more than 50 values", 50),
    ("a: " + "1:" * 60 + "1", "more than 100 characters", 1),
    ("a: |\n" + "  x\n" * 60, "more than 100 characters", 1),
    ("a" * 10_001, "longer than 10,000 characters", 1),
    ("a: b\x00c", "the control character NUL", 1),
    ('a: b\nc: "\\0"', "the control character NUL", 2),
    ("a: b\n\nc: \x1b[0m", "the control character U+001B", 3),
    ('a: "\\x07"', "the control character U+0007", 1),
    ("a: \ud800", "the control character U+D800", 1),
    (b"a: \xff", "not UTF-8", 1),
    ("a: b".encode("utf-16"), "not UTF-8", 1),
    ("a: [b\n", "not YAML", 2),
    ("a: b: c", "not YAML", 1),
    ("%TAG !a! b\n" * 30 + "--- a", "too many directives", 21),
]


@pytest.mark.parametrize(("raw", "reason", "line"), REFUSED)
def test_what_is_not_plain_is_refused_with_its_line(raw: str | bytes, reason: str, line: int):
    with pytest.raises(YamlError) as caught:
        texts(raw, SMALL)
    assert reason in caught.value.reason
    assert caught.value.line == line
    assert f"line {line}" in str(caught.value)


def test_keys_given_twice_are_kept_apart_where_somebody_asks_for_them():
    doubles: list[Double] = []
    found = texts("a: 1\nb:\n  - {c: 1, c: [2], d: 3}\na: 4\n", LIMITS, doubles)
    assert found == {"b": [{"d": "3"}]}
    assert [(double.path, double.line, len(double.values)) for double in doubles] == [
        ("b.0.c", 3, 2),
        ("a", 4, 2),
    ]


def refused(
    raw: bytes | str, limits: Limits, doubles: list[Double] | None = None
) -> YamlError | None:
    try:
        texts(raw, limits, doubles)
    except YamlError as error:
        return error
    return None


HOSTILE = [
    "a: 1" + ":1" * 245_000,
    "[" * 40_000,
    "[\n" * 40_000,
    "{a: " * 40_000,
    "- " * 200_000,
    "? " * 200_000,
    "- [" * 40_000,
    "- a\n" * 120_000,
    "a: b\n" * 90_000,
    "---\n" * 120_000,
    "%TAG !a! b\n" * 40_000,
    "!" * 400_000,
    "&a " * 150_000,
    "a: &a [*a, *a]\n" * 30_000,
    '"' + "\\x41" * 100_000,
    "#" * 490_000,
    "\n" * 490_000 + ":",
    "a:" * 200_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=[text[:8].strip() or "lines" for text in HOSTILE])
def test_a_hostile_text_costs_no_more_events_than_the_limits_allow(
    text: str, monkeypatch: pytest.MonkeyPatch
):
    """The parser is asked for the next event only while the text is within the limits."""
    taken = 0
    take = Builder.take

    def counting(builder: Builder, event: yaml.Event) -> None:
        nonlocal taken
        taken += 1
        take(builder, event)

    monkeypatch.setattr(Builder, "take", counting)
    refusal = refused(text, LIMITS)
    assert refusal is None or len(str(refusal)) < 300
    assert taken <= 2 * LIMITS.values + 2 * LIMITS.depth + 5


def plain_values() -> st.SearchStrategy[object]:
    words = st.text(
        st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), max_size=20
    )
    return st.recursive(
        words,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
        max_leaves=12,
    )


@given(value=plain_values())
def test_what_is_written_is_read_again(value: object):
    written = yaml.dump(quoted(value), Dumper=Verbatim, allow_unicode=True)
    assert texts(written, LIMITS) == value


class Quoted(str):
    """A text that is written between quotation marks."""


class Verbatim(yaml.SafeDumper):
    """Writes texts so that they stay texts, and nothing by reference."""

    def ignore_aliases(self, data: object) -> bool:
        return True


Verbatim.add_representer(
    Quoted, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", str(text), '"')
)


def quoted(value: object) -> object:
    if isinstance(value, str):
        return Quoted(value)
    if isinstance(value, list):
        return [quoted(item) for item in value]
    return {Quoted(key): quoted(item) for key, item in value.items()}


@given(
    raw=st.binary(max_size=300)
    | st.text("[]{}:,-?!&*|>%#'\" \n\tab1~<=\x00\x85\ufeff", max_size=300)
)
@example(raw="a:\n\t- b")
@example(raw="? a\n? b\n: - c")
def test_any_text_is_read_or_refused_with_the_readers_own_error(raw: bytes | str):
    doubles: list[Double] = []
    for kept in (None, doubles):
        refusal = refused(raw, SMALL, kept)
        assert refusal is None or refusal.line >= 1


def test_text_is_looked_at_before_it_is_parsed():
    assert decoded("\ufeffa", LIMITS) == "a"
    with pytest.raises(YamlError, match="longer"):
        decoded(b"\xff" * 4_000_001, LIMITS)


def test_bytes_are_counted_as_characters():
    with pytest.raises(YamlError, match="longer than 10,000"):
        decoded(b"x" * 10_001, SMALL)


def test_a_fault_without_a_place_is_told_too(monkeypatch: pytest.MonkeyPatch):
    def fails(*_: object) -> None:
        raise yaml.YAMLError("something odd\nand more")

    monkeypatch.setattr(yaml, "parse", fails)
    with pytest.raises(YamlError, match=r"not YAML: something odd \(line 1\)"):
        texts("a", SMALL)


WRITES = {"dump", "safe_dump", "SafeDumper", "Node"}
"""What of the library only writes."""


def test_yaml_is_read_in_one_place():
    """Every other module that knows YAML only writes it."""
    root = Path(plain_yaml.__file__).parents[2]
    for path in sorted([*root.glob("catalog/**/*.py"), *root.glob("definitions/**/*.py")]):
        text = path.read_text()
        if path == Path(plain_yaml.__file__) or "yaml." not in text:
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                assert node.value.id != "yaml" or node.attr in WRITES, (path, node.lineno)
