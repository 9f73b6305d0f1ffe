"""A ruling counts while the facts that it judged are the facts."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from definitions.__main__ import main
from definitions.core import evaluate
from definitions.facts import Facts, JudgedFact, Ruling
from definitions.judged import judged_now, moved, value_at
from definitions.rules.osaid_1_0 import DEFINITION
from definitions.vocabulary import RulingAnswer
from tests.definitions.build import DESCRIBED, dataset, facts, finding, open_facts

CODE = "osaid-1.0/data-info-complete"
SLUG = CODE.partition("/")[2]
ALSO = ("components.pretraining_data.availability", "components.pretraining_data.licence")


def ruled(known: Facts, *also: str, judged: tuple[JudgedFact, ...] | None = None) -> Facts:
    used = finding(DEFINITION, SLUG, known).facts_used
    ruling = Ruling(
        criterion=CODE,
        answer=RulingAnswer.MET,
        rationale="it is published",
        date="2026-11-23",
        judged=judged_now(known, (*used, *also)) if judged is None else judged,
    )
    return replace(known, rulings=(ruling,))


def test_a_ruling_counts_on_the_facts_that_it_judged():
    found = finding(DEFINITION, SLUG, ruled(open_facts(), *ALSO))
    assert (found.status, bool(found.ruling)) == ("met", True)


def test_a_ruling_lapses_when_a_fact_that_its_rationale_rests_on_changes():
    known = ruled(open_facts(), *ALSO)
    gone = replace(
        known,
        components={
            **known.components,
            kind_of("pretraining_data"): replace(
                known.components[kind_of("pretraining_data")], licence="LicenseRef-Gone"
            ),
        },
    )
    found = finding(DEFINITION, SLUG, gone)
    assert (found.status, found.ruling) == ("needs_judgement", None)
    assert "ruling of 2026-11-23 was made on other facts" in found.reason


def test_a_ruling_that_names_no_facts_decides_nothing():
    found = finding(DEFINITION, SLUG, ruled(open_facts(), judged=()))
    assert (found.status, found.ruling) == ("needs_judgement", None)


def test_a_fact_that_was_unknown_to_the_ruling_and_is_known_now_makes_it_lapse():
    known = open_facts()
    path = "circumstances.gpai"
    ruling = judged_now(known, [*finding(DEFINITION, SLUG, known).facts_used, path])
    assert JudgedFact(path, "unknown") in ruling
    later = facts(**(known.to_json() | {"circumstances": {"gpai": "yes"}}))
    assert moved(later, ruling, ()) == [path]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("components.weights_final.availability", "open_download"),
        ("data_information.scope", "yes"),
        ("datasets.dolma.data_class", "open"),
        ("datasets.nobody.data_class", "unknown"),
        ("system.slug.deeper", "unknown"),
        ("licences", "unknown"),
    ],
)
def test_values_are_found_by_their_path(path: str, value: str):
    known = open_facts().to_json()
    known |= {"data_information": DESCRIBED, "datasets": [dataset(slug="dolma")]}
    found = value_at(known | {"licences": []}, path) if path != "licences" else "unknown"
    assert found == value


@given(paths=st.lists(st.sampled_from([*ALSO, "circumstances.gpai", "system.name"]), max_size=4))
def test_what_is_judged_now_has_not_moved(paths: list[str]):
    known = open_facts()
    assert moved(known, judged_now(known, paths), paths) == []


def test_the_command_prints_what_a_ruling_keeps(tmp_path: Any, capsys: Any):
    path = tmp_path / "facts.json"
    path.write_bytes(open_facts().canonical())
    assert main(["judged", str(path), CODE, ALSO[0]]) == 0
    kept = {row["path"]: row["value"] for row in json.loads(capsys.readouterr().out)}
    assert kept[ALSO[0]] == "open_download"
    assert set(finding(DEFINITION, SLUG, open_facts()).facts_used) <= set(kept)
    assert main(["judged", str(path), "osaid-1.0/nothing"]) == 2


def kind_of(name: str) -> Any:
    return next(kind for kind in open_facts().components if kind.value == name)


def test_the_verdict_falls_back_with_its_ruling():
    assert evaluate(DEFINITION, ruled(open_facts(), judged=())).label == "Needs judgement"
