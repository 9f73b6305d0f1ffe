"""Verdicts as cards and cells, in the order of the registry."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from catalog.listing.index.listing import Line
from catalog.models import AISystem, Evaluation, StewardJudgement
from catalog.querysets import page_reads
from definitions import registry
from definitions.core import Criterion, Definition, Departure, Progress, Verdict
from definitions.facts import Evidence, Ruling
from definitions.vocabulary import Status, Term

type Explain = Callable[[Definition], Verdict | None]
"""The verdict of a definition with its reasons, such as ``Explanations.verdict``."""

AGREES: dict[str, frozenset[Status]] = {
    "pass": frozenset({Status.MET}),
    "licence_only": frozenset({Status.NOT_MET}),
    "fail": frozenset({Status.NOT_MET}),
    "unclassified": frozenset({Status.NOT_MET}),
}
"""Which of our statuses says the same as a steward's result."""


class Stand(Term):
    """How our verdict stands to a steward's own judgement."""

    AGREES = "agrees", "Our verdict agrees."
    DIFFERS = "differs", "Our verdict differs."
    OPEN = "open", "Our verdict leaves it open."
    APART = "apart", "The two cannot be compared."


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRow:
    """One criterion of a card; ``grade`` and ``steward`` where the definition grades."""

    criterion: Criterion
    status: Status
    reason: str
    evidence: tuple[Evidence, ...]
    missing: tuple[str, ...]
    ruling: Ruling | None
    grade: str = ""
    value: float | None = None
    steward: str = ""

    @property
    def partial(self) -> bool:
        """True for a grade between the best and the worst: it has a shape of its own."""
        return self.value is not None and 0 < self.value < 1


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgementRow:
    """What a steward said, beside what we say."""

    judgement: StewardJudgement
    definition: Definition | None
    stand: Stand
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """The verdict of one definition on one system, ready to show.

    ``verdict`` explains it; without the facts that it was made from there is none.
    """

    definition: Definition
    evaluation: Evaluation | None
    verdict: Verdict | None
    findings: list[FindingRow]

    @property
    def status(self) -> Status:
        return Status.of(self.evaluation.status) if self.evaluation else Status.UNKNOWN

    @property
    def label(self) -> str:
        """The words for what is recorded, in the reader's language where the facts tell them."""
        row, told = self.evaluation, self.verdict
        if row is None:
            return "Not evaluated yet"
        same = told is not None and self.definition.result_of(told).criteria == row.criteria
        return told.label if told is not None and same else row.label

    @property
    def decided(self) -> bool:
        """Whether the card says more than that nothing is known: in its verdict or a criterion."""
        row = self.evaluation
        if row is None:
            return False
        said = self.status is not Status.UNKNOWN or bool(row.level)
        return said or any(finding.status is Status.MET for finding in self.findings)

    @property
    def reason(self) -> str:
        return self.verdict.reason if self.verdict else ""

    @property
    def progress(self) -> tuple[Progress, ...]:
        return self.verdict.progress if self.verdict else ()

    @property
    def missing(self) -> list[str]:
        """What stands in the way of the next level, each point once."""
        points = self.verdict.missing if self.verdict else ()
        return list(dict.fromkeys([item.text for item in points]))

    @property
    def missing_for(self) -> str:
        points = self.verdict.missing if self.verdict else ()
        return points[0].level if points else ""

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many criteria have which status or grade, without those of none."""
        found = [finding.grade or finding.status.label for finding in self.findings]
        return [(word, found.count(word)) for word in dict.fromkeys(found)]

    @property
    def scale(self) -> dict[str, float] | None:
        """A score and the range that unknowns leave, in per cent; None for other shapes."""
        row = self.evaluation
        if row is None or row.score is None:
            return None
        low, high = 100 * (row.score_low or 0.0), 100 * (row.score_high or 0.0)
        return {"score": 100 * row.score, "low": low, "rest": high - low}


class VerdictRow(NamedTuple):
    """What a cell shows of a stored verdict, without the model around it."""

    system_id: int
    definition_id: str
    status: str
    level: int | None
    level_possible: int | None
    score: float | None
    score_low: float | None
    score_high: float | None
    criteria: str

    @property
    def label(self) -> str:
        return registry.label_of(self.definition_id, self)


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictCell:
    """The verdict of one definition in a row of a list."""

    definition: Definition
    evaluation: Evaluation | VerdictRow | None

    @property
    def status(self) -> Status:
        return Status.of(self.evaluation.status) if self.evaluation else Status.UNKNOWN

    @property
    def label(self) -> str:
        return self.evaluation.label if self.evaluation else self.status.label

    @property
    def short(self) -> str:
        """A word or two for a narrow column: level or score where there is one, else the status."""
        return self.figure or self.status.label

    @property
    def figure(self) -> str:
        """The level that is reached, or the score; empty for a plain yes or no."""
        row = self.evaluation
        if row and row.level and row.level <= len(self.definition.levels):
            return (
                self.definition.levels[row.level - 1].label.partition(" – ")[0].removesuffix(" AI")
            )
        return f"{row.score:.2f}" if row and row.score is not None else ""


def cells_of[S: (AISystem, Line)](systems: Sequence[S]) -> list[tuple[S, list[VerdictCell]]]:
    """Systems with the cells of their rows. One query."""
    found: dict[int, list[VerdictRow]] = {system.pk: [] for system in systems}
    for row in map(VerdictRow._make, page_reads.verdicts.rows(keys=list(found))):
        found[row.system_id].append(row)
    return [(system, cells(found[system.pk])) for system in systems]


def by_definition[R: (Evaluation, VerdictRow)](evaluations: Iterable[R]) -> dict[str, R]:
    return {evaluation.definition_id: evaluation for evaluation in evaluations}


def cells[R: (Evaluation, VerdictRow)](evaluations: Iterable[R]) -> list[VerdictCell]:
    """One cell per definition, for a row of a list."""
    found = by_definition(evaluations)
    return [
        VerdictCell(definition=definition, evaluation=found.get(definition.id))
        for definition in registry.current()
    ]


def cards(evaluations: Iterable[Evaluation], explain: Explain) -> list[Card]:
    """One card per current definition, with every criterion."""
    found = by_definition(evaluations)
    return [card(item, found.get(item.id), explain) for item in registry.current()]


def card(definition: Definition, evaluation: Evaluation | None, explain: Explain) -> Card:
    verdict = explain(definition) if evaluation else None
    return Card(
        definition=definition,
        evaluation=evaluation,
        verdict=verdict,
        findings=finding_rows(definition, verdict) if verdict else [],
    )


def finding_rows(definition: Definition, verdict: Verdict) -> list[FindingRow]:
    """The findings beside their criteria."""
    return [
        FindingRow(
            criterion=criterion,
            status=finding.status,
            reason=finding.reason,
            evidence=finding.evidence,
            missing=finding.missing,
            ruling=finding.ruling,
            grade=finding.grade,
            value=finding.value if finding.grade else None,
            steward=finding.steward,
        )
        for criterion, finding in zip(definition.criteria, verdict.findings, strict=True)
    ]


def departure_of(definition: Definition, slug: str) -> Departure | None:
    return next((item for item in definition.departures if item.system == slug), None)


def stand(judgement: StewardJudgement, evaluation: Evaluation | None) -> Stand:
    """Whether our verdict says what the steward says, the opposite, or leaves it open."""
    if evaluation is None:
        return Stand.APART
    if evaluation.score is not None:
        return stand_of_score(judgement.result, evaluation)
    if judgement.result.startswith("class-"):
        same = f"Class {roman(judgement.result)} " in f"{evaluation.label} "
        wanted = frozenset({Status.MET}) if same else frozenset()
    elif judgement.result in AGREES:
        wanted = AGREES[judgement.result]
    else:
        return Stand.APART
    if evaluation.status in wanted:
        return Stand.AGREES
    undecided = evaluation.status in (Status.UNKNOWN, Status.NEEDS_JUDGEMENT)
    return Stand.OPEN if undecided else Stand.DIFFERS


def graded_apart(findings: Iterable[FindingRow]) -> str:
    """The criteria that we and the steward grade differently, in one sentence."""
    told = [
        f"{row.criterion.title.lower()} (ours {row.grade.lower()}, theirs {row.steward.lower()})"
        for row in findings
        if row.steward and row.grade != row.steward
    ]
    return f"We differ on: {', '.join(told)}." if told else ""


SAME_SCORE = 0.005
"""Scores that are equal to two digits say the same."""


def stand_of_score(result: str, evaluation: Evaluation) -> Stand:
    """A steward's own score beside ours: the same, within what we leave open, or outside it."""
    try:
        theirs = float(result)
    except ValueError:
        return Stand.APART
    low, high = evaluation.score_low or 0.0, evaluation.score_high or 0.0
    if low == high and abs(theirs - low) < SAME_SCORE:
        return Stand.AGREES
    return Stand.OPEN if low - SAME_SCORE < theirs < high + SAME_SCORE else Stand.DIFFERS


def roman(result: str) -> str:
    return {"class-1": "I", "class-2": "II", "class-3": "III"}.get(result, "?")


def judgement_rows(
    slug: str,
    judgements: Iterable[StewardJudgement],
    evaluations: Iterable[Evaluation],
    explain: Explain,
) -> list[JudgementRow]:
    """The stewards' own words about a system, with the reason where we differ."""
    found = by_definition(evaluations)
    rows = []
    for judgement in judgements:
        evaluation = found.get(judgement.definition_id)
        try:
            definition = registry.get(judgement.definition_id)
        except KeyError:
            definition = None
        how = stand(judgement, evaluation)
        departure = departure_of(definition, slug) if definition else None
        verdict = explain(definition) if evaluation and definition else None
        reason = verdict.reason if verdict and how is not Stand.AGREES else ""
        if verdict and definition and verdict.score is not None:
            reason = graded_apart(finding_rows(definition, verdict))
        rows.append(
            JudgementRow(
                judgement=judgement,
                definition=definition,
                stand=how,
                reason=departure.reason if departure else reason,
            )
        )
    return rows
