"""The building blocks of checks: questions about components, licences and data.

A check gathers *points*: one per fact that matters, each with a status, a
clause in plain English and the thing it speaks of. ``conclude`` makes the
finding: its status is the worst point's (Kleene's *and*), and its reason names
the points that decided, those with the same clause together.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from typing import NamedTuple

from definitions.core import Check, Finding
from definitions.expressions import hint_for
from definitions.facts import UNRECORDED, Component, Evidence, Facts
from definitions.language import SPOKEN, said
from definitions.licences import OVERRULING, RANK, Term, describe, of_row, reserved, worst
from definitions.memory import KEPT
from definitions.vocabulary import (
    Availability,
    Completeness,
    ComponentKind,
    LicenceStatus,
    Status,
    WeightsForm,
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
    used: tuple[str, ...] = ()
    evidence: Evidence | None = None


def conclude(points: Sequence[Point], *, nothing: str = "") -> Finding:
    """The finding that follows from the points.

    Points that do not apply are left out; with none left the criterion does
    not apply, for the reason ``nothing``.
    """
    wordings = tuple([point[:-1] for point in points])
    status, reason, used, missing, decisive = weigh(wordings, nothing)
    if len(decisive) == 1:
        page = points[decisive[0]].evidence
        return Finding(status, reason, (page,) if page else (), used, missing)
    pages = pages_of([points[place].evidence for place in decisive])
    return Finding(status, reason, pages, used, missing)


def conclude_as(status: Status, points: Sequence[Point]) -> Finding:
    """The finding with a status that was found otherwise; all points make its reason."""
    wordings = tuple([(status, *point[1:-1]) for point in points])
    _, reason, used, missing, _ = weigh(wordings, "")
    return Finding(status, reason, pages_of([point.evidence for point in points]), used, missing)


def pages_of(evidence: Sequence[Evidence | None]) -> tuple[Evidence, ...]:
    """The pages, each address once."""
    if len(evidence) == 1:
        return (evidence[0],) if evidence[0] else ()
    return tuple({page.url: page for page in evidence if page}.values())


type Wording = tuple[Status, str, str, str, tuple[str, ...]]
"""A point without its evidence: status, text, of, remedy, used."""

type Weighed = tuple[Status, str, tuple[str, ...], tuple[str, ...], tuple[int, ...]]
"""Status, reason, paths, remedies, and which points decided."""

REMEMBERED = 16384
"""Systems say the same things in the same words, so most sentences are written once."""


def weigh(wordings: tuple[Wording, ...], nothing: str) -> Weighed:
    """What ``conclude`` says, worked out once for each combination of points."""
    if KEPT.get() and SPOKEN.get() is None:
        return remembered(wordings, nothing)
    return weighed(wordings, nothing)


def weighed(wordings: tuple[Wording, ...], nothing: str) -> Weighed:
    points = [Point(*wording) for wording in wordings]
    used = joined([point.used for point in points])
    counted = [point for point in points if point.status is not Status.NOT_APPLICABLE]
    if not counted:
        reason = sentence(points) if points else said(nothing)
        return Status.NOT_APPLICABLE, reason, used, (), ()
    status = worst([point.status for point in counted])
    decisive = tuple(place for place, point in enumerate(points) if point.status is status)
    reason = sentence([points[place] for place in decisive])
    missing = () if status is Status.MET else remedies(counted)
    return status, reason, used, missing, decisive


remembered = lru_cache(maxsize=REMEMBERED)(weighed)


def joined(paths: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Several tuples of paths as one, each path once."""
    return tuple(dict.fromkeys(chain.from_iterable(paths)))


def sentence(points: Sequence[Point]) -> str:
    """One plain sentence out of points: “Not released: training code, data card.”"""
    things: dict[str, list[str]] = {}
    for point in points:
        named = things.setdefault(said(point.text), [])
        of = said(point.of)
        if of and of not in named:
            named.append(of)
    text = "; ".join([f"{says}: {', '.join(of)}" if of else says for says, of in things.items()])
    return f"{text[:1].upper()}{text[1:]}."


def remedies(points: Iterable[Point]) -> tuple[str, ...]:
    """What the points that are not met ask for, the gravest first."""
    wanted = [point for point in points if point.remedy and point.status is not Status.MET]
    if len(wanted) > 1:
        wanted.sort(key=rank_of)
    return tuple(dict.fromkeys([said(point.remedy) for point in wanted]))


def rank_of(point: Point) -> int:
    return RANK[point.status]


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


RECORD = "Record whether the {component} can be had, with evidence."
RELEASE = "Release the {component} for everybody to download."


def availability_point(
    kind: ComponentKind, row: Component, answers: dict[Availability, Status]
) -> Point:
    """Whether a component can be had, by a table of answers per availability."""
    status = answers[row.availability]
    unknown = row.availability is Availability.UNKNOWN
    remedy = remedy_for(RECORD if unknown else RELEASE, kind)
    return Point(
        status,
        WORDS[row.availability],
        lower(kind),
        remedy,
        path_of(kind, "availability"),
        row.evidence,
    )


COMPLETE: dict[Completeness, tuple[Status, str]] = {
    Completeness.FULL: (Status.MET, "complete"),
    Completeness.PARTIAL: (Status.NOT_MET, "incomplete"),
    Completeness.NONE: (Status.NOT_MET, "nothing released"),
    Completeness.UNKNOWN: (Status.UNKNOWN, "completeness not recorded"),
}


RECORD_WHOLE = "Record whether the {component} is all there, with evidence."
RELEASE_WHOLE = "Release all of the {component}."


def completeness_point(kind: ComponentKind, row: Component) -> Point:
    """Whether what is released is the whole thing."""
    status, text = COMPLETE[row.completeness]
    unknown = row.completeness is Completeness.UNKNOWN
    remedy = remedy_for(RECORD_WHOLE if unknown else RELEASE_WHOLE, kind)
    return Point(status, text, lower(kind), remedy, path_of(kind, "completeness"), row.evidence)


FORM_FAULTS: dict[WeightsForm, tuple[Status, str]] = {
    WeightsForm.QUANTISED_ONLY: (Status.NEEDS_JUDGEMENT, "only a quantised version is released"),
    WeightsForm.PARTIAL: (Status.NOT_MET, "only a part is released"),
    WeightsForm.OBFUSCATED: (Status.NOT_MET, "made unreadable on purpose"),
}
"""What is recorded of the form of weights that stands in the way of changing them (fact C10)."""

USABLE = "Release the {component} in full, in a form that can be used and changed."


def shortfall_points(
    kind: ComponentKind,
    row: Component,
    faults: dict[WeightsForm, tuple[Status, str]] = FORM_FAULTS,
) -> list[Point]:
    """What is recorded against weights that are out: only a part of them, or an unusable form.

    For definitions that ask for the weights and say nothing of how to show that
    they are whole: where nothing is recorded, no point is made of it.
    """
    if not can_be_had(row) or row.availability is Availability.PARTIAL:
        return []
    points = []
    if row.completeness in (Completeness.PARTIAL, Completeness.NONE):
        points.append(completeness_point(kind, row))
    if row.form in faults:
        status, text = faults[row.form]
        remedy, used = remedy_for(USABLE, kind), path_of(kind, "form")
        points.append(Point(status, text, lower(kind), remedy, used, row.evidence))
    return points


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
    parts = facts.known.get(kind)
    if parts is None:
        parts = facts.known[kind] = licence_parts(kind, row, facts)
    name, evidence, used, unrecorded, identifier, answers = parts
    status = answers.get((identifier, term))
    if status is None:
        status = of_row(row, term, facts, none_stated=none_stated)
    if status is Status.MET:
        return Point(status, texts.met, name, "", used, evidence)
    remedy = remedy_for(unrecorded or texts.remedy, kind)
    return Point(status, licence_words(row, status, texts), name, remedy, used, evidence)


RECORD_LICENCE = {
    LicenceStatus.UNKNOWN: "Record the licence of the {component}, with evidence.",
    LicenceStatus.MIXED: "Record which licence covers which part of the {component}.",
    LicenceStatus.UNRECOGNISED: "Record what the licence of the {component} grants.",
}
"""What has to be recorded of terms before they can be judged."""


def remedy_for(template: str, kind: ComponentKind) -> str:
    if SPOKEN.get() is None:
        return english_remedy(template, kind)
    return said(template).format(component=said(lower(kind)))


@cache
def english_remedy(template: str, kind: ComponentKind) -> str:
    return template.format(component=lower(kind))


type LicenceParts = tuple[str, Evidence | None, tuple[str, ...], str, str, dict[Hashable, Status]]


def licence_parts(kind: ComponentKind, row: Component, facts: Facts) -> LicenceParts:
    """What every question about a component's licence says of it, whatever the question.

    Its name with the licence (“final weights (Apache-2.0)”), the evidence, the
    paths of the facts, what has to be recorded of the terms before they can be
    judged, and for a single licence its id with the answers that it remembers.
    """
    single = row.licence in facts.licences and row.licence_status not in OVERRULING
    named = row.licence or row.licence_text
    stated = row.licence and row.licence_status not in OVERRULING
    return (
        f"{lower(kind)} ({describe(row, facts)})" if named else lower(kind),
        licence_evidence(row),
        path_of(kind, "licence", "licence_status"),
        "" if stated or reserved(row) else RECORD_LICENCE.get(row.licence_status, ""),
        row.licence,
        facts.licences[row.licence].known if single else {},
    )


def licence_words(row: Component, status: Status, texts: TermTexts) -> str:
    """What is said of a licence with an answer other than met."""
    silent = row.licence_status is LicenceStatus.NONE_STATED
    if status is Status.NOT_MET and not silent and (row.licence or reserved(row)):
        return texts.not_met
    if row.licence and row.licence_status not in OVERRULING:
        return UNDECIDED[status]
    words = WITHOUT_LICENCE.get(row.licence_status, "licence not recorded")
    hint = hint_for(row.licence_text) if row.licence_status is LicenceStatus.UNRECOGNISED else ""
    return f"{words} ({hint})" if hint else words


UNDECIDED = {
    Status.NEEDS_JUDGEMENT: "the licence leaves this to judgement",
    Status.UNKNOWN: "the licence has not been checked on this point",
}
WITHOUT_LICENCE = {
    LicenceStatus.NONE_STATED: "no licence stated, so nobody is given any rights",
    LicenceStatus.UNRECOGNISED: "the licence is not one that we know",
    LicenceStatus.MIXED: "several licences, and nobody has recorded which covers what",
}


def licence_evidence(row: Component) -> Evidence | None:
    """The licence text where it is recorded, else the page of the component."""
    return Evidence(url=row.licence_url) if row.licence_url else row.evidence


WITHHELD = frozenset(
    {Availability.NOT_RELEASED, Availability.API_ONLY, Availability.NOT_APPLICABLE}
)


def can_be_had(row: Component) -> bool:
    """False where the component is recorded as withheld or as not applicable."""
    return row.availability not in WITHHELD


def without_terms(row: Component) -> bool:
    """Withheld, and no word about a licence: there are no terms to judge."""
    return not can_be_had(row) and row.licence_status is LicenceStatus.UNKNOWN


def is_recorded(row: Component) -> bool:
    """True where something is known of the component's availability or licence."""
    return (
        row.availability is not Availability.UNKNOWN
        or row.licence_status is not LicenceStatus.UNKNOWN
    )


def gathered(
    kinds: Sequence[ComponentKind],
    point: Callable[[ComponentKind, Component, Facts], Sequence[Point]],
    *,
    nothing: str = "",
) -> Check:
    """A check that gathers points over several component kinds; see ``conclude``."""

    def check(facts: Facts) -> Finding:
        points: list[Point] = []
        rows = facts.resolved
        for kind in kinds:
            points += point(kind, rows.get(kind, UNRECORDED), facts)
        return conclude(points, nothing=nothing)

    return check
