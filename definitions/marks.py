"""The findings of a verdict in one letter each: what is kept of them where no sentence is.

A row of the catalogue holds the letters of a verdict in the order of its definition's
criteria. They say the status, the steward's grade where the definition grades, and whether
an editor ruled; everything else about a finding follows from the facts.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple, Protocol

from definitions.vocabulary import Grade, Status

if TYPE_CHECKING:
    from definitions.core import Finding


class Judged(Protocol):
    """What a verdict comes to: as much of it as a row of the catalogue holds."""

    @property
    def status(self) -> str: ...
    @property
    def level(self) -> int | None: ...
    @property
    def level_possible(self) -> int | None: ...
    @property
    def score(self) -> float | None: ...
    @property
    def score_low(self) -> float | None: ...
    @property
    def score_high(self) -> float | None: ...
    @property
    def criteria(self) -> str: ...


class Result(NamedTuple):
    """A verdict without a sentence; ``criteria`` has a letter for each finding (``marks``)."""

    status: str
    level: int | None = None
    level_possible: int | None = None
    score: float | None = None
    score_low: float | None = None
    score_high: float | None = None
    criteria: str = ""


class Mark(NamedTuple):
    """What a letter says. ``value`` is the worth of a grade, or what is proven of an unknown."""

    status: Status
    grade: Grade | None = None
    value: float | None = None
    ruled: bool = False


MARKS = {
    "m": Mark(Status.MET),
    "j": Mark(Status.NEEDS_JUDGEMENT),
    "u": Mark(Status.UNKNOWN),
    "n": Mark(Status.NOT_MET),
    "a": Mark(Status.NOT_APPLICABLE),
    "M": Mark(Status.MET, ruled=True),
    "N": Mark(Status.NOT_MET, ruled=True),
    "o": Mark(Status.MET, Grade.OPEN, 1.0),
    "p": Mark(Status.NOT_MET, Grade.PARTIAL, 0.5),
    "c": Mark(Status.NOT_MET, Grade.CLOSED, 0.0),
    "x": Mark(Status.NOT_APPLICABLE, Grade.NOT_APPLICABLE, 0.0),
    "v": Mark(Status.UNKNOWN, value=0.5),
}
"""Every letter; none is ever given another meaning."""

PLAIN = {mark.status: letter for letter, mark in MARKS.items() if mark == Mark(mark.status)}
RULED = {mark.status: letter for letter, mark in MARKS.items() if mark.ruled}
GRADED = {mark.grade: letter for letter, mark in MARKS.items() if mark.grade}
PROVEN_IN_PART = "v"
MET = frozenset(letter for letter, mark in MARKS.items() if mark.status is Status.MET)

GRADES: Mapping[Grade, str] = {grade: grade.label for grade in Grade}
"""The words of the grades where a steward has no others."""


def letter_of(finding: "Finding", words: Mapping[Grade, str]) -> str:
    """The letter of a finding; ``words`` are the definition's own words for grades."""
    if finding.ruling:
        return RULED[finding.status]
    if finding.grade:
        return next(GRADED[grade] for grade, word in words.items() if word == finding.grade)
    if finding.status is Status.UNKNOWN and finding.value:
        return PROVEN_IN_PART
    return PLAIN[finding.status]


def word_of(letter: str, words: Mapping[Grade, str]) -> str:
    """What people call the finding: the steward's grade, or else our status; empty for none."""
    if not letter:
        return ""
    mark = MARKS[letter]
    return words[mark.grade] if mark.grade else mark.status.label
