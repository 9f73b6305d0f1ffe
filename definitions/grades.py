"""Findings of graded criteria: the steward's word, its worth, and the status that goes with it."""

from collections.abc import Sequence

from definitions.checks import Point, conclude_as
from definitions.core import Finding
from definitions.facts import Facts
from definitions.language import said
from definitions.vocabulary import Grade, Status

WORTH = {Grade.OPEN: 1.0, Grade.PARTIAL: 0.5, Grade.CLOSED: 0.0, Grade.NOT_APPLICABLE: 0.0}
"""What each grade counts in the OSAI Index's mean (website, composables/models.ts)."""

STATUS = {
    Grade.OPEN: Status.MET,
    Grade.PARTIAL: Status.NOT_MET,
    Grade.CLOSED: Status.NOT_MET,
    Grade.NOT_APPLICABLE: Status.NOT_APPLICABLE,
}
"""A criterion that is fulfilled in part is not met; its grade tells the two apart."""


def graded(
    grade: Grade | None,
    points: Sequence[Point],
    *,
    words: dict[Grade, str] | None = None,
    at_least: Grade = Grade.CLOSED,
) -> Finding:
    """The finding of a graded criterion; ``None`` is unknown, but for what is proven at least.

    All points make the reason; their own status plays no part.
    """
    status = Status.UNKNOWN if grade is None else STATUS[grade]
    told = conclude_as(status, points)
    return Finding(
        status,
        told.reason,
        told.evidence,
        told.facts_used,
        () if grade in SETTLED else told.missing,
        grade="" if grade is None else words[grade] if words else grade.label,
        value=WORTH[at_least if grade is None else grade],
    )


SETTLED = (Grade.OPEN, Grade.NOT_APPLICABLE)
"""Grades at which nothing is left to ask for."""


THEIR_GRADE = "Not told by our own records; the index's reviewers call it {grade}."


def with_steward(finding: Finding, code: str, facts: Facts) -> Finding:
    """Set the steward's own grade beside ours, and let it stand where we know nothing."""
    theirs = facts.steward_classes.get(code)
    if theirs is None:
        return finding
    if finding.status is not Status.UNKNOWN:
        return finding._replace(steward=theirs.label)
    return finding._replace(
        status=STATUS[theirs],
        grade=theirs.label,
        value=WORTH[theirs],
        steward=theirs.label,
        missing=() if theirs in SETTLED else finding.missing,
        reason=said(THEIR_GRADE).format(grade=said(theirs.label).lower()),
    )
