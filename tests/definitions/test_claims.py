"""What a maker's words promise, and whether a verdict bears them out."""

import pytest

from definitions import registry
from definitions.claims import PROMISES, ClaimResult, Promise, normal, promise_of, result_of
from definitions.marks import Result
from definitions.vocabulary import Status


def outcome(status: str, *, level: int | None = None, possible: int | None = None) -> Result:
    return Result(Status.of(status), level, possible)


def promised(label: str) -> Promise:
    promise = promise_of(label)
    assert promise is not None
    return promise


@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise.label)
def test_every_promise_calls_upon_a_definition_and_says_why(promise: Promise):
    definition = registry.get(promise.definition)
    assert promise.reason.endswith(".")
    assert all(words == normal(words) for words in promise.words)
    assert promise_of(promise.label) is promise
    assert promise.level is None or promise.level <= len(definition.levels)


@pytest.mark.parametrize(
    ("label", "definition"),
    [
        ("open source", "osaid-1.0"),
        ("The first Open-Sourced model", "osaid-1.0"),
        ("opensource", "osaid-1.0"),
        ("open-weights", "owd-0.3"),
        ("Fully  open", "mof-1.0"),
        ("truly open science", "mof-1.0"),
        ("open training data", "open-definition-2.1"),
        ("libre software", "fsf-2024"),
        ("Public AI", "public-ai-2025"),
        ("a digital public good", "dpg-standard-1.1.7"),
    ],
)
def test_words_that_call_upon_a_definition(label: str, definition: str):
    assert promised(label).definition == definition


@pytest.mark.parametrize("label", ["", "open", "open access", "reopen source", "transparent"])
def test_words_that_no_definition_owns_promise_nothing(label: str):
    assert promise_of(label) is None


@pytest.mark.parametrize(
    ("status", "result"),
    [
        ("met", "holds"),
        ("not_met", "does_not_hold"),
        ("unknown", "not_proved"),
        ("needs_judgement", "not_proved"),
        ("not_applicable", "not_judged"),
    ],
)
def test_a_claim_holds_by_the_verdict(status: str, result: str):
    assert result_of(promised("open source"), outcome(status)) == result


@pytest.mark.parametrize(
    ("level", "possible", "result"),
    [
        (3, 3, "holds"),
        (2, 3, "not_proved"),
        (0, 3, "not_proved"),
        (2, 2, "does_not_hold"),
        (None, None, "does_not_hold"),
    ],
)
def test_a_claim_of_a_level_holds_from_that_level_on(
    level: int | None, possible: int | None, result: str
):
    verdict = outcome("met", level=level, possible=possible)
    assert result_of(promised("fully open"), verdict) == result


def test_a_claim_without_a_promise_or_a_verdict_is_not_judged():
    assert result_of(None, outcome("met")) is ClaimResult.NOT_JUDGED
    assert result_of(promised("open source"), None) is ClaimResult.NOT_JUDGED
