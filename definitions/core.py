"""What a definition is, and how it judges facts.

A ``Definition`` is a frozen value: criteria, each with a check from ``Facts``
to a ``Finding``, and a policy from findings to an ``Outcome``. Nothing here
reads a clock, a database or the network: the same facts give the same verdict
for ever.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from definitions.facts import Evidence, Facts, Ruling
from definitions.inferences import basis_of, with_conclusions
from definitions.marks import GRADES, Judged, Result, letter_of
from definitions.rulings import with_ruling
from definitions.vocabulary import ComponentKind, Grade, Shape, Status

type Check = Callable[[Facts], Finding]
type Findings = Mapping[str, Finding]


class Policy(Protocol):
    """From findings to an outcome, in one of the four shapes of a verdict."""

    @property
    def shape(self) -> Shape: ...

    def __call__(self, findings: Findings) -> "Outcome": ...

    def label(self, result: Judged, marks: Mapping[str, str]) -> str:
        """The steward's words for a result; ``marks`` are the letters of its findings by code."""


class Finding(NamedTuple):
    """What a check found for one criterion.

    ``reason`` is one plain sentence. ``evidence`` are the pages that show the
    facts. ``facts_used`` are paths into the facts document. ``missing`` says
    what would have to be done or recorded for the criterion to be met.
    ``covered_by`` names another criterion that stands in for this one. Where a
    definition grades a criterion, ``grade`` is the steward's word for it and
    ``value`` its worth from 0 to 1. ``steward`` is the steward's own published
    grade of the same thing. ``inferences`` are the keys of the inferences that it
    rests on: without them it would read otherwise.

    A named tuple, because a verdict is made of a hundred of these.
    """

    status: Status
    reason: str
    evidence: tuple[Evidence, ...] = ()
    facts_used: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    covered_by: str = ""
    ruling: Ruling | None = None
    grade: str = ""
    value: float | None = None
    steward: str = ""
    inferences: tuple[str, ...] = ()
    code: str = ""

    @property
    def word(self) -> str:
        """What to call the finding: the steward's grade, or else our status."""
        return self.grade or self.status.label

    def of(self, code: str) -> "Finding":
        """The same finding for the criterion with this code; quicker than ``_replace``."""
        return tuple.__new__(Finding, self[:-1] + (code,))  # noqa: RUF005 - half the time

    def to_json(self) -> dict[str, Any]:
        document: dict[str, Any] = {
            "code": self.code,
            "status": self.status.value,
            "reason": self.reason,
            "evidence": [
                {"url": item.url, "quote": item.quote} if item.quote else {"url": item.url}
                for item in self.evidence
            ],
            "facts_used": list(self.facts_used),
        }
        if self.missing:
            document["missing"] = list(self.missing)
        if self.covered_by:
            document["covered_by"] = self.covered_by
        if self.grade:
            document |= {"grade": self.grade, "value": self.value}
        if self.steward:
            document["steward"] = self.steward
        if self.inferences:
            document["inferences"] = list(self.inferences)
        if self.ruling:
            document["ruling"] = {
                "answer": self.ruling.answer.value,
                "rationale": self.ruling.rationale,
                "date": self.ruling.date,
            }
        return document


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One requirement of a definition.

    ``code`` is public and never reused. ``clause`` names the place in the
    steward's text. ``component_kinds`` are the components that it asks for;
    ``once_recorded`` those of them that count only once something is recorded
    of them; ``about_terms`` is true where it judges licence terms and not presence.
    """

    code: str
    title: str
    clause: str
    explanation: str
    check: Check
    component_kinds: tuple[ComponentKind, ...] = ()
    once_recorded: tuple[ComponentKind, ...] = ()
    about_terms: bool = False
    optional: bool = False

    @property
    def slug(self) -> str:
        """The part of the code after the definition's id."""
        return self.code.partition("/")[2]


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes the criteria of one definition; ``kinds`` are those of every criterion without own."""

    identifier: str
    kinds: tuple[ComponentKind, ...] = ()
    once_recorded: frozenset[ComponentKind] = frozenset()

    def __call__(
        self,
        slug: str,
        title: str,
        clause: str,
        explanation: str,
        check: Check,
        kinds: tuple[ComponentKind, ...] | None = None,
        *,
        about_terms: bool = False,
    ) -> Criterion:
        asked = self.kinds if kinds is None else kinds
        return Criterion(
            code=f"{self.identifier}/{slug}",
            title=title,
            clause=clause,
            explanation=explanation,
            check=check,
            component_kinds=asked,
            once_recorded=tuple(kind for kind in asked if kind in self.once_recorded),
            about_terms=about_terms,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One rung of a ladder. ``rank`` counts upwards from 1, the easiest."""

    rank: int
    key: str
    label: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a system is on one rung.

    ``real`` is the share of required criteria met, in per cent. ``gated`` is
    the steward's figure: 0 until every lower rung is reached.
    """

    key: str
    label: str
    met: int
    required: int
    real: float
    gated: float
    status: Status

    def to_json(self) -> dict[str, Any]:
        names = ("key", "label", "met", "required", "real", "gated")
        return {name: getattr(self, name) for name in names} | {"status": self.status.value}


class Missing(NamedTuple):
    """One open point on the way to the next level (or to yes)."""

    level: str
    code: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a policy makes of the findings, in the steward's own terms."""

    status: Status
    label: str
    reason: str
    level: int | None = None
    level_possible: int | None = None
    progress: tuple[Progress, ...] = ()
    score: float | None = None
    score_low: float | None = None
    score_high: float | None = None
    missing: tuple[Missing, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """A system on which our verdict differs from the steward's, and why."""

    system: str
    steward_result: str
    our_reading: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A published definition of openness as a rule set.

    ``revision`` counts our readings of the same steward's text and is bumped
    whenever a change of ours can move a published verdict. ``without_inferences``
    are the keys of the inferences that it declines, as its steward reads otherwise.
    ``grades`` are its words for the grades of a criterion.
    """

    key: str
    version: str
    title: str
    short_title: str
    steward: str
    url: str
    date: str
    standing: str
    summary: str
    criteria: tuple[Criterion, ...]
    policy: Policy
    levels: tuple[Level, ...] = ()
    notes: tuple[str, ...] = ()
    departures: tuple[Departure, ...] = ()
    without_inferences: frozenset[str] = frozenset()
    grades: Mapping[Grade, str] = field(default_factory=lambda: GRADES)
    revision: int = 1

    @property
    def id(self) -> str:
        return f"{self.key}-{self.version}"

    @property
    def shape(self) -> Shape:
        """Yes or no, a ladder, a score or a profile."""
        return self.policy.shape

    @property
    def fingerprint(self) -> str:
        """Which rules a stored verdict was made with."""
        return f"{self.id}+r{self.revision}"

    def criterion(self, code: str) -> Criterion:
        """The criterion with this code; KeyError if there is none."""
        for criterion in self.criteria:
            if criterion.code == code:
                return criterion
        raise KeyError(code)

    def label_of(self, result: Judged) -> str:
        """The words for a verdict of which nothing but the result is kept."""
        return self.policy.label(result, self.marks_by_code(result.criteria))

    def marks_by_code(self, letters: str) -> dict[str, str]:
        """The letters of a verdict's findings by code; none where other rules wrote them."""
        if len(letters) != len(self.criteria):
            return {}
        return {item.code: letter for item, letter in zip(self.criteria, letters, strict=True)}

    def result_of(self, verdict: "Verdict") -> Result:
        """What is kept of a verdict of this definition."""
        letters = "".join([letter_of(finding, self.grades) for finding in verdict.findings])
        made = verdict.outcome
        scores = (made.score, made.score_low, made.score_high)
        return Result(made.status.value, made.level, made.level_possible, *scores, letters)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The judgement of one definition on one system's facts."""

    definition: str
    fingerprint: str
    outcome: Outcome
    findings: tuple[Finding, ...] = field(default=())

    @property
    def status(self) -> Status:
        return self.outcome.status

    @property
    def label(self) -> str:
        return self.outcome.label

    @property
    def reason(self) -> str:
        return self.outcome.reason

    @property
    def level(self) -> int | None:
        return self.outcome.level

    @property
    def level_possible(self) -> int | None:
        return self.outcome.level_possible

    @property
    def progress(self) -> tuple[Progress, ...]:
        return self.outcome.progress

    @property
    def score(self) -> float | None:
        return self.outcome.score

    @property
    def score_low(self) -> float | None:
        return self.outcome.score_low

    @property
    def score_high(self) -> float | None:
        return self.outcome.score_high

    @property
    def missing(self) -> tuple[Missing, ...]:
        return self.outcome.missing

    def to_json(self) -> dict[str, Any]:
        """The verdict as JSON; the same facts and rules give the same document."""
        outcome = self.outcome
        return {
            "definition": self.definition,
            "fingerprint": self.fingerprint,
            "status": outcome.status.value,
            "label": outcome.label,
            "reason": outcome.reason,
            "level": outcome.level,
            "level_possible": outcome.level_possible,
            "progress": [step.to_json() for step in outcome.progress],
            "score": outcome.score,
            "score_low": outcome.score_low,
            "score_high": outcome.score_high,
            "missing": [
                {"level": item.level, "code": item.code, "text": item.text}
                for item in outcome.missing
            ],
            "findings": [finding.to_json() for finding in self.findings],
        }


def evaluate(definition: Definition, facts: Facts) -> Verdict:
    """Judge the facts by one definition."""
    without = definition.without_inferences
    known = with_conclusions(facts, without)
    findings = {
        criterion.code: judged(criterion, facts, known, without).of(criterion.code)
        for criterion in definition.criteria
    }
    for ruling in facts.rulings:
        if ruling.criterion in findings:
            findings[ruling.criterion] = with_ruling(findings[ruling.criterion], ruling, facts)
    return Verdict(
        definition=definition.id,
        fingerprint=definition.fingerprint,
        outcome=definition.policy(findings),
        findings=tuple(findings.values()),
    )


def judged(criterion: Criterion, facts: Facts, known: Facts, without: frozenset[str]) -> Finding:
    """What the check finds; where it rests on inferences, the reason says what it follows from."""
    finding = criterion.check(known)

    def needed(key: str) -> bool:
        return criterion.check(with_conclusions(facts, without | {key}))[:2] != finding[:2]

    basis = basis_of(known, finding.facts_used, needed)
    if basis is None:
        return finding
    return finding._replace(
        reason=f"{finding.reason} {basis.sentence}",
        facts_used=tuple(dict.fromkeys(finding.facts_used + basis.premises)),
        inferences=basis.keys,
    )
