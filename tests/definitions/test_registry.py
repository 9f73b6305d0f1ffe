"""The registry, the engine's shape, and pins against unnoticed changes of our reading."""

import hashlib
import inspect
from dataclasses import replace
from importlib import import_module

import pytest

from definitions import (
    answers,
    checks,
    core,
    expressions,
    facts,
    grades,
    inferences,
    judged,
    language,
    licence_table,
    licences,
    marks,
    policies,
    registry,
    rulings,
    topics,
)
from definitions.apps import check_registry
from definitions.checks import Point, conclude
from definitions.core import Definition, Finding, Level
from definitions.policies import AllOf, Labels
from definitions.vocabulary import Status

FIRST = registry.DEFINITIONS[0]


def test_the_registry_is_well_formed():
    assert registry.problems() == []


def test_what_is_wrong_with_a_registry_is_said():
    stray = replace(FIRST.criteria[0], code="elsewhere/code")
    loose = Level(rank=1, key="1", label="One", codes=(f"{FIRST.id}/nowhere",))
    broken = replace(
        FIRST,
        criteria=(*FIRST.criteria, FIRST.criteria[0], stray),
        levels=(loose,),
        without_inferences=frozenset({"hearsay"}),
    )
    found = registry.problems((broken, FIRST))
    assert found == [
        f"{FIRST.id}: registered twice",
        f"{FIRST.criteria[0].code}: used for two criteria",
        f"elsewhere/code: does not begin with {FIRST.id}/",
        f"{FIRST.id}/nowhere: on a level, but no criterion",
        f"{FIRST.id}: declines “hearsay”, no inference",
    ]


def test_definitions_are_found_by_id_and_by_key():
    assert registry.get("mof-1.0") is registry.latest("mof")
    for lookup in (registry.get, registry.latest):
        with pytest.raises(KeyError):
            lookup("nobody-0.1")


def test_criteria_are_found_by_code():
    assert FIRST.criterion(FIRST.criteria[2].code) is FIRST.criteria[2]
    with pytest.raises(KeyError):
        FIRST.criterion("nobody-0.1/nothing")


@pytest.mark.parametrize("definition", registry.DEFINITIONS, ids=lambda d: d.id)
def test_every_criterion_is_explained(definition: Definition):
    for criterion in definition.criteria:
        assert criterion.title
        assert criterion.clause
        assert criterion.explanation.endswith((".", "?"))


def test_a_criterion_to_which_nothing_applies_does_not_apply():
    assert conclude([], nothing="Nothing to see.").reason == "Nothing to see."
    point = Point(status=Status.NOT_APPLICABLE, text="does not apply", of="api")
    assert conclude([point]).reason == "Does not apply: api."


def test_a_definition_none_of_whose_criteria_applies_does_not_apply():
    policy = AllOf(labels=Labels(met="Yes", not_met="No"), titles={"a": "A"})
    outcome = policy({"a": Finding(code="a", status=Status.NOT_APPLICABLE, reason="None.")})
    assert outcome.status is Status.NOT_APPLICABLE
    assert outcome.label == "Not applicable"
    assert outcome.reason == "No criterion applies."


# --- pins -----------------------------------------------------------------------------------

SHARED = (
    answers,
    checks,
    core,
    expressions,
    facts,
    grades,
    inferences,
    judged,
    language,
    licence_table,
    licences,
    marks,
    policies,
    rulings,
    topics,
)

PINS = {
    "osaid-1.0+r2": "d5a4f8a4ea5d5163",
    "mof-1.0+r2": "38e2cc90a6b9b106",
    "owd-0.3+r2": "45f5511e80fd1175",
    "osd-1.9+r2": "218eb1c1232d9639",
    "open-definition-2.1+r2": "84906f1b548dfd3e",
    "fsf-2024+r2": "25c3740df2a9361d",
    "g7-2026+r2": "f4405f54170d9414",
    "eu-ai-act-2025+r2": "194380eb6f1ae906",
    "osai-2026+r2": "de4cd426b4c08529",
    "osai-2024+r2": "63a0889ead4b9385",
    "dpg-standard-1.1.7+r2": "a9df65d6be09839b",
    "public-ai-2025+r2": "c183bf648dd4389d",
}
"""Fingerprint of each definition → hash of the code that it rests on.

A failure means: this code changed. Where a published verdict can move, bump the
definition's ``revision``, say so in CHANGELOG under Definitions, and renew the
pin; where it cannot, renew the pin.
"""


def source_hash(definition: Definition) -> str:
    name = f"{definition.key}_{definition.version}".replace(".", "_").replace("-", "_")
    module = import_module(f"definitions.rules.{name}")
    parts = [
        part
        for part in vars(module).values()
        if inspect.ismodule(part) and part.__name__.startswith("definitions.rules.")
    ]
    text = "".join(inspect.getsource(item) for item in (module, *parts, *SHARED))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@pytest.mark.parametrize("definition", registry.DEFINITIONS, ids=lambda d: d.id)
def test_code_that_verdicts_rest_on_is_pinned(definition: Definition):
    assert PINS.get(definition.fingerprint) == source_hash(definition), (
        "The rules changed: see the words above PINS."
    )


def test_django_checks_the_registry_at_start(monkeypatch: pytest.MonkeyPatch):
    assert check_registry(None) == []
    monkeypatch.setattr(registry, "problems", lambda: ["osaid-1.0: registered twice"])
    assert [error.id for error in check_registry(None)] == ["definitions.E001"]


def test_words_are_found_by_their_value():
    assert Status.of("not_met") is Status.NOT_MET
    with pytest.raises(ValueError, match="perhaps"):
        Status.of("perhaps")
    assert Status.choices()[0] == ("met", "Met")
