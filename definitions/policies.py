"""From findings to an outcome in the steward's own language."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from definitions.core import (
    Finding,
    Findings,
    Level,
    Missing,
    Outcome,
    Progress,
)
from definitions.language import said
from definitions.licences import worst
from definitions.marks import MET, PLAIN, Judged, Result
from definitions.vocabulary import Shape, Status

DECIDED_BY = {
    Status.NOT_MET: "{n} of {total} criteria {are} not met: {titles}.",
    Status.UNKNOWN: (
        "Nothing on record fails, but {n} of {total} criteria cannot be decided yet: {titles}."
    ),
    Status.NEEDS_JUDGEMENT: (
        "Nothing on record fails; {n} of {total} criteria {need} a person's judgement: {titles}."
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """The steward's words for each status of a binary definition."""

    met: str
    not_met: str
    needs_judgement: str = "Needs judgement"
    unknown: str = "Not known"
    not_applicable: str = "Not applicable"

    def of(self, status: str) -> str:
        return said(str(getattr(self, status)))


def combine(statuses: Sequence[Status]) -> Status:
    """Kleene's *and* over the criteria that apply; not applicable if none does."""
    counted = [status for status in statuses if status is not Status.NOT_APPLICABLE]
    return worst(counted) if counted else Status.NOT_APPLICABLE


NAMED_AT_MOST = 4
"""How many criteria a reason names before it says how many more there are."""


def titled(findings: Sequence[Finding], titles: dict[str, str]) -> str:
    """The titles of some findings, the first few by name."""
    names = [said(titles[finding.code]) for finding in findings]
    if len(names) > NAMED_AT_MOST + 1:
        more = said("and {n} more").format(n=len(names) - NAMED_AT_MOST)
        names = [*names[:NAMED_AT_MOST], more]
    return ", ".join(names)


def all_met(count: int) -> str:
    if not count:
        return said("No criterion applies.")
    return said("All {n} criteria that apply are met.").format(n=count)


def open_points(findings: Sequence[Finding], *, level: str) -> tuple[Missing, ...]:
    """What is missing: the remedies of every finding that stands in the way."""
    return tuple(
        [
            Missing(level, finding.code, text)
            for finding in findings
            if finding[4] and finding[0] not in SETTLED
            for text in finding[4]
        ]
    )


SETTLED = (Status.MET, Status.NOT_APPLICABLE)
"""Statuses at which nothing stands in the way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AllOf:
    """Yes if every criterion that applies is met (DESIGN: ``all_of``).

    ``titles`` maps the codes to the titles used in the reason.
    """

    labels: Labels
    titles: dict[str, str]
    shape: ClassVar = Shape.BINARY

    def __call__(self, findings: Findings) -> Outcome:
        counted = [f for f in findings.values() if f[0] is not Status.NOT_APPLICABLE]
        status = worst([f[0] for f in counted]) if counted else Status.NOT_APPLICABLE
        return Outcome(
            status=status,
            label=self.label(Result(status.value), {}),
            reason=self.reason(status, counted),
            missing=open_points(counted, level=self.labels.of(Status.MET)),
        )

    def label(self, result: Judged, _: Mapping[str, str]) -> str:
        return self.labels.of(result.status)

    def reason(self, status: Status, counted: Sequence[Finding]) -> str:
        template = DECIDED_BY.get(status)
        if template is None:
            return all_met(len(counted))
        deciding = [finding for finding in counted if finding.status is status]
        one = len(deciding) == 1
        return said(template).format(
            n=len(deciding),
            total=len(counted),
            titles=titled(deciding, self.titles),
            are="is" if one else "are",
            need="needs" if one else "need",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Scoped:
    """Yes or no, for systems of one kind only: others are out of its scope.

    ``scope`` is the code of the criterion that asks whether the definition
    speaks of the system at all; where it is not met, nothing applies.
    """

    inner: AllOf
    scope: str
    outside: str
    shape: ClassVar = Shape.BINARY

    def __call__(self, findings: Findings) -> Outcome:
        asked = findings[self.scope]
        if asked.status is Status.NOT_MET:
            outside = said(self.outside)
            return Outcome(status=Status.NOT_APPLICABLE, label=outside, reason=asked.reason)
        return self.inner(findings)

    def label(self, result: Judged, marks: Mapping[str, str]) -> str:
        """Within the scope its criterion applies, so what does not apply is outside."""
        if result.status == Status.NOT_APPLICABLE:
            return said(self.outside)
        return self.inner.label(result, marks)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeanScore:
    """The mean of the grades, by the steward's convention, and the range that unknowns leave.

    An unknown grade counts in the score as what is proven of it, mostly 0, which
    is the steward's way; in the range it counts as that and as 1. A grade that
    does not apply counts as 0 too.
    The steward sets no threshold: we call a system *met* whose every grade is
    the highest, and nothing else.
    """

    titles: dict[str, str]
    shape: ClassVar = Shape.SCORE

    def __call__(self, findings: Findings) -> Outcome:
        count = len(findings)
        known = sum(finding.value or 0.0 for finding in findings.values())
        unknown = [f for f in findings.values() if f.status is Status.UNKNOWN]
        open_still = sum(1.0 - (finding.value or 0.0) for finding in unknown)
        low, high = round(known / count, 4), round((known + open_still) / count, 4)
        status = combine([finding.status for finding in findings.values()])
        return Outcome(
            status=status,
            label=self.label(Result(status.value, score_low=low, score_high=high), {}),
            reason=self.reason(findings, unknown),
            score=low,
            score_low=low,
            score_high=high,
            missing=open_points(list(findings.values()), level=said("a score of 1")),
        )

    def label(self, result: Judged, _: Mapping[str, str]) -> str:
        low, high = result.score_low or 0.0, result.score_high or 0.0
        if low == high:
            return f"{low:.2f}"
        return said("{low:.2f} (up to {high:.2f})").format(low=low, high=high)

    def reason(self, findings: Findings, unknown: Sequence[Finding]) -> str:
        grades = Counter(finding.grade for finding in findings.values() if finding.grade)
        parts = [f"{number} {said(grade).lower()}" for grade, number in grades.items()]
        if unknown:
            proven = any(finding.value for finding in unknown)
            counted = said(COUNTED_PROVEN if proven else COUNTED_AS_NOTHING)
            parts.append(counted.format(n=len(unknown)))
        template = said("Of {n} dimensions: {grades}.")
        return template.format(n=len(findings), grades=", ".join(parts))


COUNTED_PROVEN = "{n} unknown, counted as what is proven of them"
COUNTED_AS_NOTHING = "{n} unknown, counted as 0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A class of a profile: its name, and the criteria that have to be met for it."""

    label: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Attribute by attribute, without a grade of the whole.

    ``first`` is the class by which the status is given; ``second`` one that is
    named where the first is not reached. ``titles`` are the attributes' names.
    """

    first: Kind
    second: Kind
    nothing: str
    titles: dict[str, str]
    shape: ClassVar = Shape.PROFILE

    def __call__(self, findings: Findings) -> Outcome:
        asked = [findings[code] for code in self.first.codes]
        status = combine([finding.status for finding in asked])
        told = [f"{said(self.titles[f.code])}: {said(f.word).lower()}" for f in findings.values()]
        return Outcome(
            status=status,
            label=self.label(
                Result(status.value),
                {code: PLAIN[findings[code].status] for code in self.second.codes},
            ),
            reason=f"{'; '.join(told)}.",
            missing=open_points(asked, level=said(self.first.label)),
        )

    def label(self, result: Judged, marks: Mapping[str, str]) -> str:
        if result.status == Status.MET:
            return said(self.first.label)
        if all(marks.get(code) in MET for code in self.second.codes):
            return said(self.second.label)
        return said(UNDECIDED.get(result.status, self.nothing))


UNDECIDED: dict[str, str] = {
    Status.UNKNOWN: "Not known",
    Status.NEEDS_JUDGEMENT: "Needs judgement",
}
"""A profile's words where its class is open."""


FAILS = "{level} fails on: {titles}."
STILL_POSSIBLE = "{level} is still possible, but not proven: {titles}."
"""How a ladder says what keeps a system off its next level."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """The highest level proven and the highest still possible.

    ``levels`` are in rising order; each lists all codes that it requires,
    those of the lower levels included. ``nothing`` is the steward's word for
    a system that reaches no level.
    """

    levels: tuple[Level, ...]
    titles: dict[str, str]
    nothing: str
    shape: ClassVar = Shape.LADDER

    def __call__(self, findings: Findings) -> Outcome:
        steps = [combine([findings[code].status for code in lv.codes]) for lv in self.levels]
        proven = sum(1 for status in steps if status is Status.MET)
        possible = sum(1 for status in steps if status is not Status.NOT_MET)
        return Outcome(
            status=self.status(steps, proven),
            label=self.label(Result(steps[0].value, proven, possible), {}),
            reason=self.reason(findings, proven, possible),
            level=proven,
            level_possible=possible,
            progress=self.progress(findings, steps, proven),
            missing=self.missing(findings, proven),
        )

    def status(self, steps: Sequence[Status], proven: int) -> Status:
        """Met on the ladder at all, kept off it, or undecided on its first rung."""
        return Status.MET if proven else steps[0]

    def name(self, rank: int) -> str:
        return said(self.levels[rank - 1].label if rank else self.nothing)

    def label(self, result: Judged, _: Mapping[str, str]) -> str:
        proven, possible = result.level or 0, result.level_possible or 0
        if proven:
            return self.name(proven)
        if not possible:
            return said(self.nothing)
        return said("Not known (at most {level})").format(level=self.name(possible))

    def reason(self, findings: Findings, proven: int, possible: int) -> str:
        if proven == len(self.levels):
            template = said("Everything that {level} asks for is met.")
            return template.format(level=self.name(proven))
        target = self.levels[proven]
        blocking = [
            findings[code] for code in target.codes if findings[code].status is not Status.MET
        ]
        refused = [finding for finding in blocking if finding.status is Status.NOT_MET]
        opening = said("{level} is proven; ").format(level=self.name(proven)) if proven else ""
        named = titled(refused or blocking, self.titles)
        template = said(FAILS if refused else STILL_POSSIBLE)
        text = opening + template.format(level=said(target.label), titles=named)
        return text[:1].upper() + text[1:]

    def progress(
        self, findings: Findings, steps: Sequence[Status], proven: int
    ) -> tuple[Progress, ...]:
        """Per level: the real share of criteria met, and the steward's gated figure."""
        return tuple(
            self.step(findings, level, status, reached=level.rank <= proven + 1)
            for level, status in zip(self.levels, steps, strict=True)
        )

    def step(self, findings: Findings, level: Level, status: Status, *, reached: bool) -> Progress:
        codes = set(level.codes)
        counted = [
            findings[code]
            for code in level.codes
            if findings[code].status is not Status.NOT_APPLICABLE
            and findings[code].covered_by not in codes
        ]
        met = sum(1 for finding in counted if finding.status is Status.MET)
        real = round(100 * met / len(counted), 2) if counted else 100.0
        return Progress(
            key=level.key,
            label=said(level.label),
            met=met,
            required=len(counted),
            real=real,
            gated=real if reached else 0.0,
            status=status,
        )

    def missing(self, findings: Findings, proven: int) -> tuple[Missing, ...]:
        if proven == len(self.levels):
            return ()
        target = self.levels[proven]
        return open_points([findings[code] for code in target.codes], level=said(target.label))
