"""The dimensions of the European Open Source AI Index, shared by its two rule sets.

Each dimension is open, partial or closed. The index's reviewers decide that by
hand; our grade follows from what is recorded of the component: its
availability and completeness. Where our records say nothing, the index's own
published grade stands in, marked as such.

Sources: https://osai-index.eu, Liesenfeld and Dingemanse 2024
(doi 10.1145/3630106.3659005), data of commit 5a388e8 (12 June 2026).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from definitions.checks import WORDS as AVAILABILITY_WORDS
from definitions.checks import Point, can_be_had, is_recorded, lower, path_of, remedy_for
from definitions.core import Check, Criterion, Finding
from definitions.facts import BaseSystem, Component, Facts
from definitions.grades import graded, with_steward
from definitions.licences import of_row, open_by_any_list
from definitions.vocabulary import (
    Answer,
    Availability,
    Completeness,
    ComponentKind,
    Grade,
    Status,
)

K = ComponentKind


class Graded(NamedTuple):
    """A grade with its reasons; where it is unknown (None), what is proven at least."""

    grade: Grade | None
    points: list[Point]
    at_least: Grade = Grade.CLOSED


type Grading = Callable[[Facts], Graded]

BY_AVAILABILITY: dict[Availability, Grade] = {
    Availability.GATED_AUTO: Grade.PARTIAL,
    Availability.GATED_MANUAL: Grade.PARTIAL,
    Availability.ON_REQUEST: Grade.PARTIAL,
    Availability.PARTIAL: Grade.PARTIAL,
    Availability.API_ONLY: Grade.CLOSED,
    Availability.NOT_RELEASED: Grade.CLOSED,
    Availability.NOT_APPLICABLE: Grade.NOT_APPLICABLE,
}
"""An open download is graded by how complete it is; a gate makes it partial (index guide)."""

BY_COMPLETENESS: dict[Completeness, Grade | None] = {
    Completeness.FULL: Grade.OPEN,
    Completeness.PARTIAL: Grade.PARTIAL,
    Completeness.NONE: Grade.CLOSED,
    Completeness.UNKNOWN: None,
}

EXTENT_WORDS = {
    Completeness.FULL: "published in full",
    Completeness.PARTIAL: "published in part",
    Completeness.NONE: "nothing published",
    Completeness.UNKNOWN: "published, but nobody has recorded how completely",
}


def grade_of(availability: Availability, completeness: Completeness) -> Grade | None:
    """Open, partial or closed; None where the records do not say."""
    if availability is Availability.OPEN_DOWNLOAD:
        return BY_COMPLETENESS[completeness]
    return BY_AVAILABILITY.get(availability)


def words_of(availability: Availability, completeness: Completeness) -> str:
    if availability is Availability.OPEN_DOWNLOAD:
        return EXTENT_WORDS[completeness]
    return AVAILABILITY_WORDS[availability]


def point_of(kind: ComponentKind, row: Component) -> Point:
    return Point(
        Status.UNKNOWN,
        words_of(row.availability, row.completeness),
        lower(kind),
        remedy_for("Publish all of the {component}, or record that it is published.", kind),
        path_of(kind, "availability", "completeness"),
        row.evidence,
    )


def component(kind: ComponentKind) -> Grading:
    """A dimension that one component decides."""

    def grading(facts: Facts) -> Graded:
        row = facts.component(kind)
        return Graded(grade_of(row.availability, row.completeness), [point_of(kind, row)])

    return grading


def base_point(base: BaseSystem, what: str, extent: str) -> Point:
    return Point(
        status=Status.UNKNOWN,
        text=extent,
        of=f"{what} of {base.name}",
        remedy=f"Record what was released of {base.name}.",
        used=("base_systems",),
    )


def of_bases(
    facts: Facts, what: str, facet: Callable[[BaseSystem], tuple[Availability, Completeness]]
) -> Graded:
    """The least open of the systems that this one was built on."""
    grades: list[Grade | None] = []
    points = []
    for base in facts.base_systems:
        availability, completeness = facet(base)
        grades.append(grade_of(availability, completeness))
        points.append(base_point(base, what, words_of(availability, completeness)))
    return Graded(least(grades), points)


def least(grades: list[Grade | None]) -> Grade | None:
    """The least open grade; unknown if one is unknown and none is closed."""
    if Grade.CLOSED in grades:
        return Grade.CLOSED
    if None in grades:
        return None
    return next(grade for grade in (Grade.PARTIAL, Grade.OPEN, *grades) if grade in grades)


def base_data(facts: Facts) -> Graded:
    """The data of the base model: that of the systems it was built on, else its own."""
    if facts.base_systems:
        return of_bases(facts, "training data", lambda b: (b.data, b.data_completeness))
    return component(K.PRETRAINING_DATA)(facts)


def end_data(facts: Facts) -> Graded:
    """The data of the end model; a base model that was not tuned is its own end model."""
    if facts.component(K.FINETUNING_DATA).availability is Availability.NOT_APPLICABLE:
        return base_data(facts)
    return component(K.FINETUNING_DATA)(facts)


def base_weights(facts: Facts) -> Graded:
    """The weights of the base model; a system that was tuned has others of its own."""
    if facts.base_systems:
        full = Completeness.FULL
        return of_bases(facts, "weights", lambda base: (base.weights, full))
    tuned = facts.component(K.FINETUNING_DATA).availability
    if tuned is Availability.NOT_APPLICABLE:
        return component(K.WEIGHTS_FINAL)(facts)
    nobody = Point(
        status=Status.UNKNOWN,
        text="nobody has recorded which base model it was tuned from",
        remedy="Record the base model, or that there is none.",
        used=("base_systems",),
    )
    return Graded(None, [nobody])


def api(facts: Facts) -> Graded:
    """An API for everybody is open, one with terms of its own or a key is partial."""
    row = facts.component(K.API)
    grades = {Availability.OPEN_DOWNLOAD: Grade.OPEN, Availability.API_ONLY: Grade.PARTIAL}
    grade = grades.get(row.availability, BY_AVAILABILITY.get(row.availability))
    return Graded(grade, [point_of(K.API, row)])


CODE = (K.TRAINING_CODE, K.DATA_PREPROCESSING_CODE)


def training_code(facts: Facts) -> Graded:
    """Code for data processing and training: all, some or none of it."""
    rows = [(kind, facts.component(kind)) for kind in CODE]
    grades = [grade_of(row.availability, row.completeness) for _, row in rows]
    some = Grade.PARTIAL if Grade.OPEN in grades else Grade.CLOSED
    return Graded(middle(grades), [point_of(kind, row) for kind, row in rows], some)


def middle(grades: list[Grade | None]) -> Grade | None:
    """Open if all are open, closed if all are closed, partial where they differ."""
    counted = [grade for grade in grades if grade is not Grade.NOT_APPLICABLE]
    if not counted:
        return Grade.NOT_APPLICABLE
    if Grade.PARTIAL in counted or {Grade.OPEN, Grade.CLOSED} <= set(counted):
        return Grade.PARTIAL
    return None if None in counted else counted[0]


def preprint(facts: Facts) -> Graded:
    """An archived report or paper: the more open of the two."""
    kinds = (K.TECHNICAL_REPORT, K.RESEARCH_PAPER)
    rows = [(kind, facts.component(kind)) for kind in kinds]
    grades = [grade_of(row.availability, row.completeness) for _, row in rows]
    points = [point_of(kind, row) for kind, row in rows]
    for grade in (Grade.OPEN, None, Grade.PARTIAL, Grade.CLOSED):
        if grade in grades:
            chosen = [p for p, g in zip(points, grades, strict=True) if g is grade]
            some = Grade.PARTIAL if Grade.PARTIAL in grades else Grade.CLOSED
            return Graded(grade, chosen, some)
    return Graded(Grade.NOT_APPLICABLE, points)


def paper(facts: Facts) -> Graded:
    """A peer-reviewed paper; a preprint alone is closed here."""
    row = facts.component(K.RESEARCH_PAPER)
    grade = grade_of(row.availability, row.completeness)
    point = point_of(K.RESEARCH_PAPER, row)
    if grade in (Grade.CLOSED, Grade.NOT_APPLICABLE):
        return Graded(grade, [point])
    text = {
        Answer.YES: "published after peer review",
        Answer.NO: "not peer reviewed",
        Answer.UNKNOWN: "nobody has recorded whether it was peer reviewed",
    }[row.peer_reviewed]
    used = path_of(K.RESEARCH_PAPER, "availability", "completeness", "peer_reviewed")
    point = point._replace(
        text=text, used=used, remedy="Publish a paper that was peer reviewed, or record it."
    )
    if row.peer_reviewed is Answer.NO:
        return Graded(Grade.CLOSED, [point])
    return Graded(grade if row.peer_reviewed is Answer.YES else None, [point])


LICENSED = {
    "weights": (K.WEIGHTS_FINAL,),
    "training code": (K.TRAINING_CODE,),
    "training data": (K.PRETRAINING_DATA, K.FINETUNING_DATA),
}


def licenses(facts: Facts) -> Graded:
    """Open licences on all of weights, code and data; on two of the three is partial."""
    answers = {name: open_terms(kinds, facts) for name, kinds in LICENSED.items()}
    points = [
        Point(
            status=Status.UNKNOWN,
            text=LICENCE_WORDS[answer],
            of=name,
            remedy=f"Put the {name} under an open licence, or record the licence.",
            evidence=facts.component(LICENSED[name][0]).evidence,
            used=path_of(LICENSED[name][0], "availability", "licence"),
        )
        for name, answer in answers.items()
    ]
    low = sum(1 for answer in answers.values() if answer is Status.MET)
    high = sum(1 for answer in answers.values() if answer is not Status.NOT_MET)
    least_open = by_count(low)
    return Graded(least_open if least_open is by_count(high) else None, points, least_open)


LICENCE_WORDS = {
    Status.MET: "under an open licence",
    Status.NOT_MET: "not under an open licence",
    Status.UNKNOWN: "licence not known well enough",
}


def by_count(number: int) -> Grade:
    return {3: Grade.OPEN, 2: Grade.PARTIAL}.get(number, Grade.CLOSED)


def open_terms(kinds: tuple[ComponentKind, ...], facts: Facts) -> Status:
    """Whether what is released of these components is under open licences."""
    rows = [facts.component(kind) for kind in kinds]
    counted = [*rows[:1], *(row for row in rows[1:] if is_recorded(row))]
    answers = []
    for row in counted:
        if row.availability is Availability.NOT_APPLICABLE:
            continue
        withheld = not can_be_had(row) or row.completeness is Completeness.NONE
        answers.append(
            Status.NOT_MET
            if withheld
            else of_row(row, open_by_any_list, facts, none_stated=Status.NOT_MET)
        )
    if Status.NOT_MET in answers or not answers:
        return Status.NOT_MET
    return Status.UNKNOWN if Status.UNKNOWN in answers else Status.MET


# --- the dimensions --------------------------------------------------------------------------

AVAILABILITY, DOCUMENTATION, ACCESS = "Availability", "Documentation", "Access"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    """One dimension: the index's key (with hyphens), its group, and how we grade it."""

    slug: str
    title: str
    group: str
    explanation: str
    grading: Grading
    kinds: tuple[ComponentKind, ...]

    def criterion(self, prefix: str) -> Criterion:
        code = f"{prefix}/{self.slug}"
        return Criterion(
            code=code,
            title=self.title,
            clause=self.group,
            explanation=self.explanation,
            check=self.check(code),
            component_kinds=self.kinds,
            about_terms=self.slug == "licenses",
        )

    def check(self, code: str) -> Check:
        grading = self.grading

        def check(facts: Facts) -> Finding:
            grade, points, at_least = grading(facts)
            return with_steward(graded(grade, points, at_least=at_least), code, facts)

        return check
