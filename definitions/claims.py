"""What a maker's words promise: which definition a claim calls upon, and whether it holds.

The words are the maker's; that they promise a definition is our reading, with
the reason written beside each row.
"""

from dataclasses import dataclass
from enum import unique

from definitions.marks import Judged
from definitions.vocabulary import Status, Term


@unique
class ClaimResult(Term):
    """What the verdict says of a claim."""

    HOLDS = "holds", "Holds"
    NOT_PROVED = "not_proved", "Not proved"
    DOES_NOT_HOLD = "does_not_hold", "Does not hold"
    NOT_JUDGED = "not_judged", "Not judged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """Words of makers, and the definition that they call upon.

    ``words`` are beginnings of words in a claim's label, in lower case with
    hyphens written as spaces: “open source” stands for “open-sourced” too.
    ``level`` is the rung of a ladder that the words promise.
    """

    label: str
    words: tuple[str, ...]
    definition: str
    reason: str
    level: int | None = None


PROMISES: tuple[Promise, ...] = (
    Promise(
        label="Open source",
        words=("open source", "opensource"),
        definition="osaid-1.0",
        reason="“Open source” is the Open Source Initiative's term. What it asks of an AI system "
        "is the Open Source AI Definition.",
    ),
    Promise(
        label="Open weights",
        words=("open weight",),
        definition="owd-0.3",
        reason="The Open Weight Definition says what has to be true of weights that are called "
        "open.",
    ),
    Promise(
        label="Fully open",
        words=("fully open", "truly open", "completely open", "open science"),
        definition="mof-1.0",
        level=3,
        reason="“Fully open” and “open science” promise everything, data included. Class I of the "
        "Model Openness Framework, Open Science, is the class that asks for it.",
    ),
    Promise(
        label="Open data",
        words=("open data", "open training data"),
        definition="open-definition-2.1",
        reason="The Open Definition says when data is open.",
    ),
    Promise(
        label="Free software",
        words=("free software", "libre software", "free as in freedom"),
        definition="fsf-2024",
        reason="“Free” in the sense of freedom is the Free Software Foundation's term.",
    ),
    Promise(
        label="Public AI",
        words=("public ai",),
        definition="public-ai-2025",
        reason="The Public AI Network and others have written down what makes AI public.",
    ),
    Promise(
        label="Digital public good",
        words=("digital public good",),
        definition="dpg-standard-1.1.7",
        reason="The term is the Digital Public Goods Alliance's, whose Standard defines it.",
    ),
)

SILENT = (
    "These words promise no published definition by themselves, so there is nothing to hold them "
    "against."
)
"""Said of claims such as “open” or “open access”, which no definition owns."""


def normal(label: str) -> str:
    """A label as the table writes it: lower case, hyphens as spaces, single spaces."""
    return " ".join(label.lower().replace("-", " ").split())


def promise_of(label: str) -> Promise | None:
    """The promise that a claim's label makes, the first in the table; None where none fits."""
    text = f" {normal(label)}"
    return next((row for row in PROMISES if any(f" {words}" in text for words in row.words)), None)


def result_of(promise: Promise | None, judged: Judged | None) -> ClaimResult:
    """Whether a claim holds by the verdict of the definition that it promises.

    What is unknown or left to judgement does not prove the claim and does not
    refute it.
    """
    if promise is None or judged is None or judged.status == Status.NOT_APPLICABLE:
        return ClaimResult.NOT_JUDGED
    if promise.level is not None:
        if (judged.level or 0) >= promise.level:
            return ClaimResult.HOLDS
        possible = judged.level_possible or 0
        return ClaimResult.NOT_PROVED if possible >= promise.level else ClaimResult.DOES_NOT_HOLD
    return DECIDED.get(judged.status, ClaimResult.NOT_PROVED)


DECIDED: dict[str, ClaimResult] = {
    Status.MET: ClaimResult.HOLDS,
    Status.NOT_MET: ClaimResult.DOES_NOT_HOLD,
}
"""What the verdict of a definition without levels says of the claim that promises it."""
