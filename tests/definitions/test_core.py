"""Verdicts as data."""

from definitions import core, registry
from definitions.core import Finding, Outcome, Verdict
from definitions.facts import Evidence, Facts, Ruling, System
from definitions.vocabulary import RulingAnswer, Status

SYSTEM = System(slug="a", name="A")


def test_a_finding_as_json_leaves_out_what_is_not_there():
    finding = Finding(code="a/b", status=Status.MET, reason="So it is.")
    assert finding.to_json() == {
        "code": "a/b",
        "status": "met",
        "reason": "So it is.",
        "evidence": [],
        "facts_used": [],
    }


def test_a_finding_as_json_says_everything_that_is_there():
    finding = Finding(
        code="a/b",
        status=Status.MET,
        reason="So it is.",
        evidence=(Evidence(url="https://example.org/", quote="it is so"),),
        facts_used=("components.api",),
        missing=("Nothing.",),
        covered_by="a/c",
        ruling=Ruling(criterion="a/b", answer=RulingAnswer.MET, rationale="seen", date="2026"),
    )
    assert finding.to_json() == {
        "code": "a/b",
        "status": "met",
        "reason": "So it is.",
        "evidence": [{"url": "https://example.org/", "quote": "it is so"}],
        "facts_used": ["components.api"],
        "missing": ["Nothing."],
        "covered_by": "a/c",
        "ruling": {"answer": "met", "rationale": "seen", "date": "2026"},
    }


def test_a_verdict_shows_its_outcome():
    outcome = Outcome(
        status=Status.MET, label="0.5", reason="Half.", score=0.5, score_low=0.25, score_high=0.75
    )
    verdict = Verdict(definition="x-1", fingerprint="x-1+r1", outcome=outcome)
    assert (verdict.score, verdict.score_low, verdict.score_high) == (0.5, 0.25, 0.75)
    assert (verdict.level, verdict.level_possible, verdict.progress) == (None, None, ())
    assert verdict.to_json()["score_high"] == 0.75


def test_a_ruling_on_a_criterion_of_another_definition_changes_nothing():
    stray = Ruling(criterion="nobody/asks", answer=RulingAnswer.MET, rationale="seen", date="2026")
    definition = registry.get("owd-0.3")
    judged = core.evaluate(definition, Facts(system=SYSTEM, rulings=(stray,)))
    assert judged == core.evaluate(definition, Facts(system=SYSTEM))


def test_all_names_are_documented():
    for name in ("Finding", "Criterion", "Definition", "Verdict", "Outcome", "evaluate"):
        assert getattr(core, name).__doc__
