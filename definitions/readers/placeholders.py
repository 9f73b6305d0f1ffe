"""Names that are no names: what a form fills in by itself, and rows that somebody tried out.

Such a record is withheld: kept for editors with the reason, and no entry follows from it.
"""

import re

NOTHING = frozenset({"", "none", "undisclosed", "null", "unknown", "n/a"})
"""What registers write into a field of which they know nothing."""

WORD = re.compile(r"[^\W\d_]+")

FILLERS = frozenset({"a", "an", "the", "my", "your", "our", "new", "some", "this", "no"}) | {
    "of",
    "to",
    "be",
    "for",
    "only",
    "here",
    "insert",
    "enter",
    "please",
}
NOUNS = frozenset({"model", "name", "names", "entry", "record", "file", "release", "row"}) | {
    "title",
    "upload",
}
KINDS = frozenset({"models", "system", "ai", "llm", "lm", "version"})
"""With a number these may be a name: System 11."""
EMPTY = frozenset({"unnamed", "untitled", "noname", "unknown", "undisclosed", "none", "null"}) | {
    "test",
    "tests",
    "testing",
    "tester",
    "sample",
    "example",
    "demo",
    "dummy",
    "placeholder",
    "template",
    "default",
    "foo",
    "bar",
    "baz",
    "foobar",
    "asdf",
    "asdfasdf",
    "qwerty",
    "xxx",
    "tbd",
    "tba",
    "todo",
    "temp",
    "tmp",
    "copy",
    "deleteme",
    "lorem",
    "ipsum",
}
"""A name of nothing but these, and numbers, names no system."""

AT_THE_END = frozenset({"test", "tests", "testing", "sample", "example", "demo", "dummy"}) | {
    "placeholder",
    "untitled",
    "unnamed",
    "copy",
    "deleteme",
    "tmp",
    "temp",
    "tbd",
    "todo",
    "xxx",
}
AT_THE_BEGINNING = AT_THE_END - {"sample", "demo"}
NOT_A_TRIAL = frozenset({"time"})
"""Test-time training and the like are methods."""


def placeholder(name: str) -> str:
    """Why a name is that of a trial or of an empty form; empty for the name of a system."""
    words = WORD.findall(name.lower())
    if not words:
        return ""
    said = set(words) - FILLERS
    plain = bool(said & (NOUNS | EMPTY)) or not any(sign.isdigit() for sign in name)
    if said and said <= NOUNS | KINDS | EMPTY and plain:
        return f"“{name[:80]}” is what a form is filled with, and not the name of a system"
    if words[-1] in AT_THE_END:
        return f"“{name[:80]}” ends in “{words[-1]}”: a trial or a copy, and not a system"
    if words[0] in AT_THE_BEGINNING and words[1] not in NOT_A_TRIAL:
        return f"“{name[:80]}” begins with “{words[0]}”: a trial or a copy, and not a system"
    return ""
