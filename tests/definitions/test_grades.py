"""Findings of graded criteria."""

import pytest

from definitions.checks import Point
from definitions.grades import graded, with_steward
from definitions.vocabulary import Grade, Status
from tests.definitions.build import facts

POINT = Point(Status.UNKNOWN, "published in part", "model card", "Publish all of it.")
CODE = "osai-2026/modelcard"


@pytest.mark.parametrize(
    ("grade", "status", "value", "missing"),
    [
        (Grade.OPEN, "met", 1.0, ()),
        (Grade.PARTIAL, "not_met", 0.5, ("Publish all of it.",)),
        (Grade.CLOSED, "not_met", 0.0, ("Publish all of it.",)),
        (Grade.NOT_APPLICABLE, "not_applicable", 0.0, ()),
    ],
)
def test_a_grade_has_a_status_a_worth_and_a_word(
    grade: Grade, status: str, value: float, missing: tuple[str, ...]
):
    found = graded(grade, [POINT])
    assert (found.status, found.value, found.missing) == (status, value, missing)
    assert found.word == grade.label
    assert found.reason == "Published in part: model card."


def test_a_definition_may_use_words_of_its_own():
    found = graded(Grade.PARTIAL, [POINT], words={Grade.PARTIAL: "Partly"})
    assert found.word == "Partly"


def test_no_grade_is_unknown_and_worth_what_is_proven():
    assert graded(None, [POINT]).value == 0.0
    found = graded(None, [POINT], at_least=Grade.PARTIAL)
    assert (found.status, found.grade, found.word, found.value) == (
        "unknown",
        "",
        "Unknown",
        0.5,
    )
    assert "grade" not in found.to_json()


def test_the_stewards_grade_stands_in_for_an_unknown_one():
    of = facts(steward_classes={CODE: "open"})
    found = with_steward(graded(None, [POINT]), CODE, of)
    assert (found.status, found.value, found.word, found.steward) == ("met", 1.0, "Open", "Open")
    assert found.missing == ()


def test_the_stewards_grade_is_shown_beside_ours():
    of = facts(steward_classes={CODE: "closed"})
    found = with_steward(graded(Grade.OPEN, [POINT]), CODE, of)
    assert (found.status, found.word, found.steward) == ("met", "Open", "Closed")
    assert found.to_json()["steward"] == "Closed"


def test_without_a_grade_of_the_steward_ours_stands_alone():
    ours = graded(Grade.OPEN, [POINT])
    assert with_steward(ours, CODE, facts()) is ours
