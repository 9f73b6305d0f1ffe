"""Points about single facts, about what the makers tell, and about the training data as a whole.

The questions about one component stand in ``checks``; these go across components.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from definitions.checks import (
    PUBLIC,
    Point,
    TermTexts,
    availability_point,
    completeness_point,
    conclude,
    is_recorded,
    joined,
    licence_point,
)
from definitions.core import Finding
from definitions.facts import Component, Dataset, Evidence, Facts
from definitions.licences import Term, describe, of_row
from definitions.vocabulary import (
    Answer,
    Availability,
    ComponentKind,
    DataClass,
    Extent,
    LicenceStatus,
    OrganizationKind,
    Status,
    TrainingStage,
)

EXTENT_STATUS = {
    Extent.YES: Status.MET,
    Extent.PARTLY: Status.NEEDS_JUDGEMENT,
    Extent.NO: Status.NOT_MET,
    Extent.UNKNOWN: Status.UNKNOWN,
    Extent.NOT_APPLICABLE: Status.NOT_APPLICABLE,
}

ANSWER_STATUS = {
    Answer.YES: Status.MET,
    Answer.NO: Status.NOT_MET,
    Answer.UNKNOWN: Status.UNKNOWN,
}

PUBLIC_KINDS = frozenset(
    {
        OrganizationKind.PUBLIC_BODY,
        OrganizationKind.PUBLIC_LAB,
        OrganizationKind.INTERGOVERNMENTAL,
    }
)
"""Organisations that are part of the public sector."""


@cache
def used_circumstance(topic: str) -> tuple[str, ...]:
    return (f"circumstances.{topic}",)


def circumstance_point(
    topic: str, facts: Facts, texts: Mapping[Any, tuple[Status, str]], *, remedy: str
) -> Point:
    """A fact of the system's circumstances, by a table from its value to status and clause.

    A value that the table does not have is unknown.
    """
    value: str = getattr(facts.circumstances, topic)
    status, text = texts.get(value, (Status.UNKNOWN, UNRECORDED_TOPIC[topic]))
    return Point(
        status=status,
        text=text,
        remedy=remedy,
        evidence=facts.circumstances.evidence.get(topic),
        used=used_circumstance(topic),
    )


UNRECORDED_TOPIC = {
    "gpai": "nobody has recorded whether it is a general-purpose AI model",
    "systemic_risk": "nobody has recorded whether it carries systemic risk",
    "monetisation": "nobody has recorded how the provider earns with it",
    "personal_data_required": "nobody has recorded whether personal data is asked for access",
    "public_sector_use": "nobody has recorded whether it is used for public tasks",
    "compute_owner": "nobody has recorded whose computers it was trained on",
    "sdg_relevance": "nobody has recorded a relevance to a Sustainable Development Goal",
    "open_alternatives": "it needs closed components; nobody has recorded open ones for them",
    "closed_dependencies": "nobody has recorded whether it needs closed components",
    "pii_handling": "nobody has recorded how personal data is handled",
    "content_policy": "nobody has recorded a policy on inappropriate content",
    "code_of_conduct": "nobody has recorded a code of conduct",
}


TOLD = {
    Extent.YES: "told",
    Extent.PARTLY: "told only in part",
    Extent.NO: "not told",
    Extent.UNKNOWN: "nobody has recorded whether the maker tells",
    Extent.NOT_APPLICABLE: "does not apply",
}


def told_points(
    record: object, subjects: Mapping[str, str], evidence: Evidence | None, where: str
) -> list[Point]:
    """One point per subject that the makers have to tell something about."""
    points = []
    for name, subject in subjects.items():
        extent: Extent = getattr(record, name)
        remedy, used = told_words(name, subject, where)
        points.append(Point(EXTENT_STATUS[extent], TOLD[extent], subject, remedy, used, evidence))
    return points


@cache
def told_words(name: str, subject: str, where: str) -> tuple[str, tuple[str, ...]]:
    """What would help to have a subject told, and the path of the fact."""
    return f"Tell, or record that the maker tells, {subject}.", (f"{where}.{name}",)


DATA_SUBJECTS = {
    "provenance": "where the data comes from",
    "scope": "its scope and characteristics",
    "selection": "how it was obtained and selected",
    "labelling": "how it was labelled",
    "processing": "how it was processed",
    "filtering": "how it was filtered",
}
"""The six things that data information tells (facts I1 to I6)."""


def data_information_points(facts: Facts) -> list[Point]:
    information = facts.data_information
    return told_points(information, DATA_SUBJECTS, information.evidence, "data_information")


def without_exception(points: Sequence[Point], *, text: str, remedy: str) -> Finding:
    """The finding of a clause that knows no exception.

    Where all that it asks for is recorded as not applying to the system, it is
    not fulfilled by that: a person has to judge whether the definition speaks of
    such a system at all.
    """
    if any(point.status is not Status.NOT_APPLICABLE for point in points):
        return conclude(points)
    pages = [point.evidence for point in points if point.evidence]
    used = joined(point.used for point in points)
    page = pages[0] if pages else None
    return conclude([Point(Status.NEEDS_JUDGEMENT, text, "", remedy, used, page)])


# --- lists of training data ------------------------------------------------------------------


def training_rows(facts: Facts) -> tuple[Dataset, ...]:
    """The datasets that the system was trained on, evaluation data left out."""
    return tuple(row for row in facts.datasets if row.stage is not TrainingStage.EVALUATION)


def listed(
    classes: frozenset[DataClass], *, what: str, partly: Status = Status.NEEDS_JUDGEMENT
) -> Callable[[Facts], Finding]:
    """A check that every training dataset of the given classes says where to get it.

    ``partly`` is what a list of only a part of the data is worth.
    """

    def check(facts: Facts) -> Finding:
        rows = training_rows(facts)
        coverage = facts.data_information.covers_all_training_data
        if not rows:
            return conclude([no_rows_point(what)])
        points = [dataset_point(row, classes) for row in rows]
        if all(point.status is Status.NOT_APPLICABLE for point in points):
            return conclude([], nothing=f"None of the recorded training data is {what}.")
        return conclude([*points, coverage_point(coverage, facts, partly)])

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


def coverage_point(
    coverage: Extent, facts: Facts, partly: Status = Status.NEEDS_JUDGEMENT
) -> Point:
    """Whether the list of datasets is known to be complete (fact I7)."""
    text = {
        Extent.YES: "the maker describes all training data",
        Extent.PARTLY: "the maker describes only a part of the training data",
        Extent.NO: "the maker does not describe all training data",
    }.get(coverage, "nobody has recorded whether the list of training data is complete")
    return Point(
        status=partly if coverage is Extent.PARTLY else EXTENT_STATUS[coverage],
        text=text,
        remedy="Publish, or record, a complete list of the training data.",
        evidence=facts.data_information.evidence,
        used=("data_information.covers_all_training_data",),
    )


# --- the training data as a whole ------------------------------------------------------------

STAGES = {
    ComponentKind.PRETRAINING_DATA: TrainingStage.PRETRAINING,
    ComponentKind.FINETUNING_DATA: TrainingStage.FINETUNING,
}


def training_kinds(facts: Facts) -> list[tuple[ComponentKind, Component]]:
    """The data components that count: pretraining always, fine-tuning once it is recorded."""
    pairs = [(kind, facts.component(kind)) for kind in STAGES]
    return [
        (kind, row)
        for kind, row in pairs
        if kind is ComponentKind.PRETRAINING_DATA or is_recorded(row)
    ]


def training_data_points(
    facts: Facts,
    *,
    answers: dict[Availability, Status] = PUBLIC,
    whole: bool,
    term: Term | None = None,
    texts: TermTexts | None = None,
) -> list[Point]:
    """Whether the training data can be had, all of it, and under terms that a definition asks."""
    points = []
    for kind, row in training_kinds(facts):
        available = availability_point(kind, row, answers)
        points.append(available)
        if available.status in (Status.NOT_MET, Status.NOT_APPLICABLE):
            continue
        if whole:
            points.append(completeness_point(kind, row))
        if term is not None and texts is not None:
            points += data_terms_points(kind, row, facts, term, texts)
    return points


def data_terms_points(
    kind: ComponentKind, row: Component, facts: Facts, term: Term, texts: TermTexts
) -> Sequence[Point]:
    """The terms of the data: those of the release, or else of each dataset in it."""
    if row.licence_status is LicenceStatus.UNKNOWN:
        parts = [item for item in training_rows(facts) if item.stage is STAGES[kind]]
        if parts:
            return [dataset_terms_point(item, facts, term, texts) for item in parts]
    return [licence_point(kind, row, facts, term, texts)]


def dataset_terms_point(row: Dataset, facts: Facts, term: Term, texts: TermTexts) -> Point:
    status = of_row(row, term, facts, none_stated=Status.NOT_MET)
    named = describe(row, facts)
    return Point(
        status=status,
        text={
            Status.MET: texts.met,
            Status.NOT_MET: texts.not_met,
            Status.NEEDS_JUDGEMENT: "the licence leaves this to judgement",
        }.get(status, "licence of the data not known well enough"),
        of=f"{row.name} ({named})" if named else row.name,
        remedy=texts.remedy.format(component=row.name),
        evidence=row.evidence,
        used=(f"datasets.{row.slug}.licence",),
    )
