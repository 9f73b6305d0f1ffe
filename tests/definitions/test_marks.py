"""A letter for each finding: what is kept of a verdict, and the label that follows from it."""

from typing import Any

import pytest
from hypothesis import given

from definitions import registry
from definitions.core import Definition, Finding, Verdict, evaluate
from definitions.explain import outcome_of
from definitions.facts import Facts, Ruling
from definitions.marks import GRADES, MARKS, Result, letter_of, word_of
from definitions.vocabulary import Grade, RulingAnswer, Status
from tests.definitions.build import facts, open_facts
from tests.definitions.strategies import documents
from tests.definitions.test_properties import every_definition


def says_the_same(definition: Definition, verdict: Verdict) -> bool:
    """Whether everything that is read from a kept result is what the verdict says."""
    kept = definition.result_of(verdict)
    marks = definition.marks_by_code(kept.criteria)
    return definition.label_of(kept) == verdict.label and all(
        (MARKS[marks[found.code]].status, word_of(marks[found.code], definition.grades))
        == (found.status, found.word)
        for found in verdict.findings
    )


@every_definition
@given(document=documents)
def test_the_label_and_the_words_of_a_kept_result_are_those_of_the_verdict(
    definition: Definition, document: dict[str, Any]
):
    assert says_the_same(definition, evaluate(definition, Facts.from_json(document)))


@every_definition
@pytest.mark.parametrize("known", [facts(), open_facts()], ids=["nothing", "all"])
def test_the_label_of_a_kept_result_is_that_of_the_verdict(definition: Definition, known: Facts):
    verdict = evaluate(definition, known)
    kept = definition.result_of(verdict)
    assert says_the_same(definition, verdict)
    again = outcome_of(definition, kept.criteria)
    assert again
    assert (again.status, again.label) == (verdict.status, verdict.label)
    assert outcome_of(definition, "m") is None


def test_outside_its_scope_a_definition_says_so():
    definition = registry.get("eu-ai-act-2025")
    outside = definition.label_of(Result(Status.NOT_APPLICABLE))
    assert outside not in {
        definition.label_of(Result(status)) for status in (Status.MET, "unknown")
    }


@every_definition
@given(document=documents)
def test_the_letters_give_the_outcome_and_its_reason(
    definition: Definition, document: dict[str, Any]
):
    verdict = evaluate(definition, Facts.from_json(document))
    found = outcome_of(definition, definition.result_of(verdict).criteria)
    assert found
    assert (found.status, found.label, found.level, found.level_possible, found.score) == (
        verdict.status,
        verdict.label,
        verdict.level,
        verdict.level_possible,
        verdict.score,
    )
    outside_a_scope = definition.id == "eu-ai-act-2025" and verdict.status == "not_applicable"
    assert found.reason == ("" if outside_a_scope else verdict.reason)
    assert outcome_of(definition, "m") is None


@every_definition
def test_a_result_that_other_rules_wrote_has_a_label_all_the_same(definition: Definition):
    assert definition.marks_by_code("m") == {}
    assert definition.label_of(Result(Status.NOT_MET))
    assert definition.label_of(Result(Status.MET))


def test_a_definition_that_is_gone_leaves_the_status():
    assert registry.label_of("gone-1.0", Result("not_met")) == "Not met"
    assert registry.label_of("osaid-1.0", Result("not_met")) == "Not Open Source AI"
    assert word_of("", GRADES) == ""


def test_every_letter_is_of_one_finding():
    letters = "".join(MARKS)
    findings = [
        Finding(mark.status, "", grade=mark.grade.label if mark.grade else "", value=mark.value)
        for mark in MARKS.values()
        if not mark.ruled
    ]
    found = "".join([letter_of(finding, GRADES) for finding in findings])
    assert found == "".join(letter for letter in letters if not MARKS[letter].ruled)


def test_a_profile_is_named_after_its_second_class_where_that_is_proven():
    profile = registry.get("public-ai-2025")
    second = {item.code: "u" for item in profile.criteria}
    second |= dict.fromkeys(profile.policy.second.codes, "o")  # type: ignore[attr-defined]
    kept = Result(Status.UNKNOWN, criteria="".join(second.values()))
    assert profile.label_of(kept) == "Public-interest open AI"
    assert profile.label_of(kept._replace(criteria="")) == "Not known"


@pytest.mark.parametrize("grade", Grade)
def test_a_steward_may_have_other_words_for_grades(grade: Grade):
    words = registry.get("public-ai-2025").grades
    mark = next(letter for letter, mark in MARKS.items() if mark.grade is grade)
    assert word_of(mark, words) == words[grade]
    assert letter_of(Finding(Status.MET, "", grade=words[grade]), words) == mark


@pytest.mark.parametrize(("status", "letter"), [(Status.MET, "M"), (Status.NOT_MET, "N")])
def test_a_ruling_has_letters_of_its_own(status: Status, letter: str):
    answer = RulingAnswer(status.value)  # type: ignore[call-arg]
    ruling = Ruling(criterion="x", answer=answer, rationale="Read.")
    assert letter_of(Finding(status, "", ruling=ruling), GRADES) == letter
    assert MARKS[letter].ruled
