"""The building blocks of checks: questions about components, licences and data.

A check gathers *points*: one per fact that matters, each with a status, a
clause in plain English and the thing it speaks of. ``conclude`` makes the
finding: its status is the worst point's (Kleene's *and*), and its reason names
the points that decided, those with the same clause together.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from definitions.core import Check, Finding
from definitions.facts import Component, Dataset, Evidence, Facts
from definitions.licences import RANK, Term, describe, of_row, worst
from definitions.vocabulary import (
    Availability,
    Completeness,
    ComponentKind,
    DataClass,
    Extent,
    LicenceStatus,
    Status,
    TrainingStage,
)


class Point(NamedTuple):
    """One fact that a criterion weighs.

    ``text`` says what is the case, ``of`` of which thing where several points
    can share the text, ``remedy`` what would help. A named tuple, because a
    verdict weighs hundreds.
    """

    status: Status
    text: str
    of: str = ""
    remedy: str = ""
    evidence: Evidence | None = None
    used: tuple[str, ...] = ()


def conclude(points: Sequence[Point], *, nothing: str = "") -> Finding:
    """The finding that follows from the points.

    Points that do not apply are left out; with none left the criterion does
    not apply, for the reason ``nothing``.
    """
    counted = [point for point in points if point.status is not Status.NOT_APPLICABLE]
    used = tuple(dict.fromkeys(path for point in points for path in point.used))
    if not counted:
        reason = sentence(points) if points else nothing
        return Finding(status=Status.NOT_APPLICABLE, reason=reason, facts_used=used)
    status = worst([point.status for point in counted])
    decisive = [point for point in counted if point.status is status]
    return Finding(
        status=status,
        reason=sentence(decisive),
        evidence=evidence_of(decisive),
        facts_used=used,
        missing=remedies(counted),
    )


def sentence(points: Sequence[Point]) -> str:
    """One plain sentence out of points: “Not released: training code, data card.”"""
    things: dict[str, list[str]] = {}
    for point in points:
        named = things.setdefault(point.text, [])
        if point.of and point.of not in named:
            named.append(point.of)
    text = "; ".join(f"{says}: {', '.join(of)}" if of else says for says, of in things.items())
    return f"{text[:1].upper()}{text[1:]}."


def evidence_of(points: Iterable[Point]) -> tuple[Evidence, ...]:
    """The evidence of the points, each page once."""
    pages = {point.evidence.url: point.evidence for point in points if point.evidence}
    return tuple(pages.values())


def remedies(points: Iterable[Point]) -> tuple[str, ...]:
    """What the points that are not met ask for, the gravest first."""
    ordered = sorted(points, key=lambda point: RANK[point.status])
    wanted = (p.remedy for p in ordered if p.status is not Status.MET and p.remedy)
    return tuple(dict.fromkeys(wanted))


@cache
def lower(kind: ComponentKind) -> str:
    """The label of a component kind inside a sentence."""
    return kind.label if kind is ComponentKind.API else kind.label[0].lower() + kind.label[1:]


@cache
def path_of(kind: ComponentKind, *names: str) -> tuple[str, ...]:
    return tuple(f"components.{kind.value}.{name}" for name in names)


# --- availability ------------------------------------------------------------------------

OPEN_ACCESS = frozenset({Availability.OPEN_DOWNLOAD, Availability.GATED_AUTO})
BY_HAND = frozenset({Availability.GATED_MANUAL, Availability.ON_REQUEST})

PUBLIC: dict[Availability, Status] = {
    Availability.OPEN_DOWNLOAD: Status.MET,
    Availability.GATED_AUTO: Status.MET,
    Availability.GATED_MANUAL: Status.NEEDS_JUDGEMENT,
    Availability.ON_REQUEST: Status.NEEDS_JUDGEMENT,
    Availability.PARTIAL: Status.NOT_MET,
    Availability.API_ONLY: Status.NOT_MET,
    Availability.NOT_RELEASED: Status.NOT_MET,
    Availability.NOT_APPLICABLE: Status.NOT_APPLICABLE,
    Availability.UNKNOWN: Status.UNKNOWN,
}
"""Whether anybody can get the component; a person in between needs judgement."""

WORDS: dict[Availability, str] = {
    Availability.OPEN_DOWNLOAD: "anybody can download",
    Availability.GATED_AUTO: "anybody can download after filling in a form",
    Availability.GATED_MANUAL: "given out only after the maker has approved each person",
    Availability.ON_REQUEST: "given out on request only",
    Availability.PARTIAL: "released only in part",
    Availability.API_ONLY: "to be used only through an API",
    Availability.NOT_RELEASED: "not released",
    Availability.NOT_APPLICABLE: "does not apply to this system",
    Availability.UNKNOWN: "nothing recorded",
}


def availability_point(
    kind: ComponentKind, row: Component, answers: dict[Availability, Status]
) -> Point:
    """Whether a component can be had, by a table of answers per availability."""
    status = answers[row.availability]
    remedy = (
        f"Record whether the {lower(kind)} can be had, with evidence."
        if row.availability is Availability.UNKNOWN
        else f"Release the {lower(kind)} for everybody to download."
    )
    return Point(
        status=status,
        text=WORDS[row.availability],
        of=lower(kind),
        remedy=remedy,
        evidence=row.evidence,
        used=path_of(kind, "availability"),
    )


COMPLETE: dict[Completeness, tuple[Status, str]] = {
    Completeness.FULL: (Status.MET, "complete"),
    Completeness.PARTIAL: (Status.NOT_MET, "incomplete"),
    Completeness.NONE: (Status.NOT_MET, "nothing released"),
    Completeness.UNKNOWN: (Status.UNKNOWN, "completeness not recorded"),
}


def completeness_point(kind: ComponentKind, row: Component) -> Point:
    """Whether what is released is the whole thing."""
    name = lower(kind)
    status, text = COMPLETE[row.completeness]
    remedy = (
        f"Record whether the {name} is all there, with evidence."
        if row.completeness is Completeness.UNKNOWN
        else f"Release all of the {name}."
    )
    return Point(
        status=status,
        text=text,
        of=name,
        remedy=remedy,
        evidence=row.evidence,
        used=path_of(kind, "completeness"),
    )


# --- licences ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class TermTexts:
    """The words of a question about licence terms: clauses about “the licence”."""

    met: str
    not_met: str
    remedy: str


def licence_point(
    kind: ComponentKind,
    row: Component,
    facts: Facts,
    term: Term,
    texts: TermTexts,
    *,
    none_stated: Status = Status.NOT_MET,
) -> Point:
    """What a term says of the licence of one component."""
    status = of_row(row, term, facts, none_stated=none_stated)
    name = lower(kind)
    recorded = bool(row.licence) or row.licence_status is LicenceStatus.NONE_STATED
    return Point(
        status=status,
        text=licence_words(row, status, texts),
        of=f"{name} ({describe(row, facts)})" if row.licence or row.licence_text else name,
        remedy=texts.remedy.format(component=name)
        if recorded
        else f"Record the licence of the {name}, with evidence.",
        evidence=licence_evidence(row),
        used=path_of(kind, "licence", "licence_status"),
    )


def licence_words(row: Component, status: Status, texts: TermTexts) -> str:
    """What is said of a licence with this answer."""
    if row.licence_status is LicenceStatus.NONE_STATED:
        return "no licence stated, so nobody is given any rights"
    if row.licence_status is LicenceStatus.UNRECOGNISED:
        return "the licence is not one that we know"
    if not row.licence:
        return "licence not recorded"
    return {
        Status.MET: texts.met,
        Status.NOT_MET: texts.not_met,
        Status.NEEDS_JUDGEMENT: "the licence leaves this to judgement",
    }.get(status, "the licence has not been checked on this point")


def licence_evidence(row: Component) -> Evidence | None:
    """The licence text where it is recorded, else the page of the component."""
    return Evidence(url=row.licence_url) if row.licence_url else row.evidence


def can_be_had(row: Component) -> bool:
    """False where the component is recorded as withheld or as not applicable."""
    return row.availability not in {
        Availability.NOT_RELEASED,
        Availability.API_ONLY,
        Availability.NOT_APPLICABLE,
    }


def is_recorded(row: Component) -> bool:
    """True where something is known of the component's availability or licence."""
    return (
        row.availability is not Availability.UNKNOWN
        or row.licence_status is not LicenceStatus.UNKNOWN
    )


# --- data --------------------------------------------------------------------------------

EXTENT_STATUS = {
    Extent.YES: Status.MET,
    Extent.PARTLY: Status.NEEDS_JUDGEMENT,
    Extent.NO: Status.NOT_MET,
    Extent.UNKNOWN: Status.UNKNOWN,
    Extent.NOT_APPLICABLE: Status.NOT_APPLICABLE,
}


def training_rows(facts: Facts) -> tuple[Dataset, ...]:
    """The datasets that the system was trained on, evaluation data left out."""
    return tuple(row for row in facts.datasets if row.stage is not TrainingStage.EVALUATION)


def listed(classes: frozenset[DataClass], *, what: str) -> Callable[[Facts], Finding]:
    """A check that every training dataset of the given classes says where to get it."""

    def check(facts: Facts) -> Finding:
        rows = training_rows(facts)
        coverage = facts.data_information.covers_all_training_data
        if not rows:
            return conclude([no_rows_point(what)])
        points = [dataset_point(row, classes) for row in rows]
        if all(point.status is Status.NOT_APPLICABLE for point in points):
            return conclude([], nothing=f"None of the recorded training data is {what}.")
        return conclude([*points, coverage_point(coverage, facts)])

    return check


def no_rows_point(what: str) -> Point:
    return Point(
        status=Status.UNKNOWN,
        text=f"no training dataset is recorded, so a list of {what} data cannot be checked",
        remedy="Record which datasets the system was trained on, with evidence.",
        used=("datasets",),
    )


def dataset_point(row: Dataset, classes: frozenset[DataClass]) -> Point:
    used = (f"datasets.{row.slug}.data_class", f"datasets.{row.slug}.url")
    if row.data_class is DataClass.UNKNOWN:
        return Point(
            status=Status.UNKNOWN,
            text="nobody has recorded how it can be had",
            of=row.name,
            remedy=f"Record whether {row.name} is open, public, obtainable or unshareable.",
            evidence=row.evidence,
            used=used,
        )
    if row.data_class not in classes:
        return Point(
            status=Status.NOT_APPLICABLE,
            text=f"{row.data_class.label.lower()} data",
            of=row.name,
            used=used,
        )
    if row.url:
        return Point(
            status=Status.MET,
            text="it is known where to get it",
            of=row.name,
            evidence=row.evidence,
            used=used,
        )
    return Point(
        status=Status.NOT_MET,
        text="it is not told where to get it",
        of=row.name,
        remedy=f"Say where {row.name} can be had.",
        evidence=row.evidence,
        used=used,
    )


def coverage_point(coverage: Extent, facts: Facts) -> Point:
    """Whether the list of datasets is known to be complete (fact I7)."""
    text = {
        Extent.YES: "the maker describes all training data",
        Extent.PARTLY: "the maker describes only a part of the training data",
        Extent.NO: "the maker does not describe all training data",
    }.get(coverage, "nobody has recorded whether the list of training data is complete")
    return Point(
        status=EXTENT_STATUS[coverage],
        text=text,
        remedy="Publish, or record, a complete list of the training data.",
        evidence=facts.data_information.evidence,
        used=("data_information.covers_all_training_data",),
    )


def gathered(
    kinds: Sequence[ComponentKind],
    point: Callable[[ComponentKind, Component, Facts], Sequence[Point]],
) -> Check:
    """A check that gathers points over several component kinds."""

    def check(facts: Facts) -> Finding:
        return conclude(
            [item for kind in kinds for item in point(kind, facts.component(kind), facts)]
        )

    return check
