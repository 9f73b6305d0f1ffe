"""Policies beyond yes or no: a score, a profile and a scope."""

import pytest

from definitions.core import Finding, Findings
from definitions.policies import AllOf, Kind, Labels, MeanScore, Profile, Scoped
from definitions.vocabulary import Shape, Status

TITLES = {"a": "First", "b": "Second", "c": "Third"}


def findings(**statuses: str) -> Findings:
    return {
        code: Finding(Status.of(status), f"It is {status}.", code=code, missing=(f"Mend {code}.",))
        for code, status in statuses.items()
    }


def grades(*graded: tuple[str, float | None]) -> Findings:
    found = {}
    for place, (word, value) in enumerate(graded):
        status = {"Open": Status.MET, "": Status.UNKNOWN, "NA": Status.NOT_APPLICABLE}
        code = f"d{place}"
        found[code] = Finding(
            status.get(word, Status.NOT_MET), "Because.", code, grade=word, value=value
        )
    return found


# --- a score ----------------------------------------------------------------------------

MEAN = MeanScore(titles={})


def test_a_score_is_the_mean_of_the_grades():
    outcome = MEAN(grades(("Open", 1.0), ("Partial", 0.5), ("Closed", 0.0), ("Open", 1.0)))
    assert MEAN.shape is Shape.SCORE
    assert (outcome.score, outcome.score_low, outcome.score_high) == (0.625, 0.625, 0.625)
    assert (outcome.label, outcome.status) == ("0.62", "not_met")
    assert outcome.reason == "Of 4 dimensions: 2 open, 1 partial, 1 closed."


def test_an_unknown_grade_counts_as_nothing_and_leaves_a_range():
    outcome = MEAN(grades(("Open", 1.0), ("", None)))
    assert (outcome.score, outcome.score_low, outcome.score_high) == (0.5, 0.5, 1.0)
    assert (outcome.label, outcome.status) == ("0.50 (up to 1.00)", "unknown")
    assert outcome.reason == "Of 2 dimensions: 1 open, 1 unknown, counted as 0."


def test_what_is_proven_of_an_unknown_grade_counts():
    outcome = MEAN(grades(("Open", 1.0), ("", 0.5)))
    assert (outcome.score, outcome.score_high) == (0.75, 1.0)
    assert outcome.reason.endswith("1 unknown, counted as what is proven of them.")


def test_a_grade_that_does_not_apply_counts_as_nothing():
    outcome = MEAN(grades(("Open", 1.0), ("NA", 0.0)))
    assert (outcome.score, outcome.score_high, outcome.status) == (0.5, 0.5, "met")


def test_scores_are_rounded_to_four_decimals():
    assert MEAN(grades(("Open", 1.0), ("Closed", 0.0), ("Closed", 0.0))).score == 0.3333


# --- a profile --------------------------------------------------------------------------

PROFILE = Profile(
    first=Kind(label="Both", codes=("a", "b")),
    second=Kind(label="One", codes=("a",)),
    nothing="Neither",
    titles=TITLES,
)


@pytest.mark.parametrize(
    ("a", "b", "status", "label"),
    [
        ("met", "met", "met", "Both"),
        ("met", "not_met", "not_met", "One"),
        ("met", "unknown", "unknown", "One"),
        ("not_met", "met", "not_met", "Neither"),
        ("unknown", "met", "unknown", "Not known"),
        ("needs_judgement", "met", "needs_judgement", "Needs judgement"),
        ("not_applicable", "not_applicable", "not_applicable", "Neither"),
    ],
)
def test_a_profile_names_the_class_that_its_attributes_reach(
    a: str, b: str, status: str, label: str
):
    outcome = PROFILE(findings(a=a, b=b, c="not_met"))
    assert PROFILE.shape is Shape.PROFILE
    assert (outcome.status, outcome.label) == (status, label)


def test_a_profile_tells_every_attribute_and_misses_only_what_its_class_asks_for():
    outcome = PROFILE(findings(a="met", b="not_met", c="unknown"))
    assert outcome.reason == "First: met; Second: not met; Third: unknown."
    assert [(item.level, item.code) for item in outcome.missing] == [("Both", "b")]


# --- a scope ----------------------------------------------------------------------------

SCOPED = Scoped(
    inner=AllOf(labels=Labels(met="Yes", not_met="No"), titles=TITLES),
    scope="a",
    outside="Out of scope",
)


def test_outside_its_scope_a_definition_does_not_apply():
    outcome = SCOPED(findings(a="not_met", b="not_met"))
    assert SCOPED.shape is Shape.BINARY
    assert (outcome.status, outcome.label) == ("not_applicable", "Out of scope")
    assert outcome.reason == "It is not_met."
    assert outcome.missing == ()


@pytest.mark.parametrize(
    ("scope", "b", "label"),
    [
        ("met", "met", "Yes"),
        ("met", "not_met", "No"),
        ("unknown", "met", "Not known"),
        ("unknown", "not_met", "No"),
    ],
)
def test_inside_its_scope_all_criteria_count(scope: str, b: str, label: str):
    assert SCOPED(findings(a=scope, b=b)).label == label
