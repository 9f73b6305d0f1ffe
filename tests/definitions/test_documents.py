"""The text of a verdict is what ``to_json`` says, letter for letter."""

import json

from definitions.core import Finding, Level, Outcome, Ruling, Verdict
from definitions.documents import document
from definitions.facts import Evidence
from definitions.policies import Ladder
from definitions.vocabulary import RulingAnswer, Status

HOSTILE = 'a "quote", a \\ and "evidence": [] in\nwords: “ü” \u2028 \x07'


def verdict(*findings: Finding, **outcome: object) -> Verdict:
    told = {"status": Status.UNKNOWN, "label": HOSTILE, "reason": HOSTILE} | outcome
    return Verdict(
        definition="x-1.0",
        fingerprint="x-1.0+r1",
        outcome=Outcome(**told),  # type: ignore[arg-type]
        findings=findings,
    )


def same(found: Verdict) -> bool:
    return document(found) == json.dumps(found.to_json(), ensure_ascii=False)


def test_pages_with_and_without_their_words_are_set_into_the_finding():
    pages = (Evidence(url="https://a.example/"), Evidence(url="https://b.example/", quote=HOSTILE))

    assert same(verdict())
    assert same(verdict(Finding(Status.MET, HOSTILE, code="x-1.0/a")))
    assert same(verdict(Finding(Status.MET, HOSTILE, pages, ("a", HOSTILE), code="x-1.0/a")))


def test_grades_rulings_and_remedies_are_told():
    ruling = Ruling(criterion="x-1.0/a", answer=RulingAnswer.MET, rationale=HOSTILE)

    assert same(
        verdict(
            Finding(Status.UNKNOWN, "?", missing=(HOSTILE,), grade="A", value=0.5, steward="B"),
            Finding(Status.MET, "Yes.", covered_by="x-1.0/b", ruling=ruling),
            score=0.0,
            score_low=0.25,
            score_high=1.0,
        )
    )


def test_levels_are_told():
    levels = (Level(rank=1, key="one", label=HOSTILE, codes=("a", "b")),)
    findings = {
        "a": Finding(Status.MET, "Yes.", code="a"),
        "b": Finding(Status.UNKNOWN, "?", missing=(HOSTILE,), code="b"),
    }
    outcome = Ladder(levels=levels, titles={"a": "A", "b": "B"}, nothing="None")(findings)

    assert outcome.missing
    assert same(Verdict(definition="x", fingerprint="x+r1", outcome=outcome))
