"""Sentences pass through the translation of whoever reads; what is kept does not."""

from typing import Any

import pytest
from hypothesis import given

from definitions.core import Definition, evaluate
from definitions.facts import Facts
from definitions.language import said, speaking
from tests.definitions.build import facts, open_facts
from tests.definitions.strategies import documents
from tests.definitions.test_properties import every_definition


def shouted(text: str) -> str:
    """A translation that changes every text and keeps its places."""
    return f"«{text}»"


@every_definition
@given(document=documents)
def test_another_language_moves_words_and_no_result(
    definition: Definition, document: dict[str, Any]
):
    facts = Facts.from_json(document)
    plain = evaluate(definition, facts)
    with speaking(shouted):
        told = evaluate(definition, Facts.from_json(document))
    assert definition.result_of(told) == definition.result_of(plain)
    assert "«" in told.reason
    assert "«" in told.label or told.score is not None
    for before, after in zip(plain.findings, told.findings, strict=True):
        assert after._replace(reason="", missing=()) == before._replace(reason="", missing=())
        assert "«" in after.reason
        assert all("«" in text for text in after.missing)
    assert evaluate(definition, facts) == plain


@every_definition
@pytest.mark.parametrize("known", [facts(), open_facts()], ids=["nothing", "all"])
def test_a_verdict_is_told_in_the_language_of_its_reader(definition: Definition, known: Facts):
    plain = evaluate(definition, known)
    with speaking(shouted):
        told = evaluate(definition, Facts.from_json(known.to_json()))
    assert definition.result_of(told) == definition.result_of(plain)
    assert all("«" in finding.reason for finding in told.findings)
    assert all("«" in text for finding in told.findings for text in finding.missing)


def test_nothing_is_nothing_in_every_language():
    with speaking(shouted):
        assert said("") == ""
        assert said("Met") == "«Met»"
    assert said("Met") == "Met"
