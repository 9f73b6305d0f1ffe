"""What must hold for every definition and all facts (hypothesis)."""

import json
import random
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from definitions import registry
from definitions.core import Definition, Outcome, evaluate
from definitions.facts import Facts
from definitions.licences import RANK
from definitions.vocabulary import Status
from tests.definitions.strategies import documents, settled, unknowns

every_definition = pytest.mark.parametrize(
    "definition", registry.DEFINITIONS, ids=lambda definition: definition.id
)


def height(outcome: Outcome) -> tuple[float, ...]:
    """What must not fall when an unknown is settled well, nor rise when settled badly.

    A criterion that stops applying says neither yes nor no, so a status of
    "not applicable" stands beside "met".
    """
    if outcome.level is not None:
        return (outcome.level,)
    if outcome.score is not None:
        return (outcome.score,)
    return (RANK.get(outcome.status, RANK[Status.MET]),)


def no_lower(after: Outcome, before: Outcome) -> bool:
    return height(after) >= height(before)


@every_definition
def test_facts_without_a_record_meet_nothing(definition: Definition):
    nothing = Facts.from_json({"system": {"slug": "x", "name": "X"}})
    verdict = evaluate(definition, nothing)
    assert all(finding.status is Status.UNKNOWN for finding in verdict.findings)
    assert verdict.status is Status.UNKNOWN


@every_definition
@given(document=documents, data=st.data())
def test_an_unknown_settled_well_never_lowers_the_outcome(
    definition: Definition, document: dict[str, Any], data: st.DataObject
):
    open_questions = unknowns(document)
    if not open_questions:
        return
    path, good, _ = data.draw(st.sampled_from(open_questions))
    before = evaluate(definition, Facts.from_json(document)).outcome
    assert no_lower(evaluate(definition, settled(document, path, good)).outcome, before)


@every_definition
@given(document=documents, data=st.data())
def test_an_unknown_settled_badly_never_raises_the_outcome(
    definition: Definition, document: dict[str, Any], data: st.DataObject
):
    open_questions = unknowns(document)
    if not open_questions:
        return
    path, _, bad = data.draw(st.sampled_from(open_questions))
    before = evaluate(definition, Facts.from_json(document)).outcome
    assert no_lower(before, evaluate(definition, settled(document, path, bad)).outcome)


@every_definition
@given(document=documents, seed=st.integers())
def test_the_order_of_rows_and_criteria_is_irrelevant(
    definition: Definition, document: dict[str, Any], seed: int
):
    def shuffled(items: list[Any]) -> list[Any]:
        return random.Random(seed).sample(items, len(items))  # noqa: S311 - no secret

    mixed = document | {
        "components": dict(shuffled(list(document["components"].items()))),
        "datasets": shuffled(document["datasets"]),
        "licences": dict(shuffled(list(document["licences"].items()))),
    }
    turned = replace(definition, criteria=tuple(shuffled(list(definition.criteria))))
    plain = evaluate(definition, Facts.from_json(document))
    other = evaluate(turned, Facts.from_json(mixed))
    assert plain.outcome.status is other.outcome.status
    assert plain.outcome.level == other.outcome.level
    assert {f.code: f for f in plain.findings} == {f.code: f for f in other.findings}


@every_definition
@given(document=documents)
def test_the_same_facts_give_the_same_bytes(definition: Definition, document: dict[str, Any]):
    facts = Facts.from_json(document)
    again = Facts.from_json(json.loads(facts.canonical()))
    assert again.canonical() == facts.canonical()
    assert again.fingerprint == facts.fingerprint
    first = json.dumps(evaluate(definition, facts).to_json())
    assert first == json.dumps(evaluate(definition, again).to_json())


@every_definition
@given(document=documents)
def test_every_finding_gives_a_reason_and_what_is_not_met_says_what_is_missing(
    definition: Definition, document: dict[str, Any]
):
    verdict = evaluate(definition, Facts.from_json(document))
    for finding in verdict.findings:
        assert finding.reason.endswith(".")
        assert finding.reason[0].isupper()
        settled_for_good = finding.status in (Status.MET, Status.NOT_APPLICABLE)
        assert settled_for_good or finding.missing
    assert verdict.reason.endswith(".")
