"""Small places that the tests of larger things do not reach."""

from dataclasses import replace
from pathlib import Path

from definitions.__main__ import main
from definitions.business import business_use
from definitions.expressions import hint_for, near
from definitions.memory import KEPT, forgetting
from definitions.tiers import Standing, lower_first
from definitions.vocabulary import BusinessUse, ComponentKind, LicenceStatus, Tier
from tests.definitions.build import component, dataset, facts


def test_a_number_with_thousands_of_digits_is_bad_input(tmp_path: Path):
    path = tmp_path / "facts.json"
    path.write_text('{"schema": ' + "1" * 5000 + "}")
    assert main(["evaluate", str(path)]) == 2


def test_terms_that_are_not_recognised_answer_nothing_about_business_use():
    known = facts(components={"weights_final": component(licence="MIT")})
    kind = ComponentKind.WEIGHTS_FINAL
    row = replace(known.components[kind], licence_status=LicenceStatus.UNRECOGNISED)
    assert business_use(replace(known, components={kind: row})) is BusinessUse.UNKNOWN


def test_long_texts_are_given_no_hint():
    assert hint_for("x" * 5000) == ""
    assert near("x" * 500) == ""


def test_unknown_exceptions_are_kept_as_text_on_components_and_datasets():
    odd = "Apache-2.0 WITH Commons-Clause"
    known = facts(
        components={"training_code": component(licence=odd)}, datasets=[dataset(licence=odd)]
    )
    assert known.components[ComponentKind.TRAINING_CODE].licence_status == "unrecognised"
    assert known.datasets[0].licence_status == "unrecognised"


def test_nothing_is_remembered_of_what_a_stranger_sends():
    assert KEPT.get()
    with forgetting():
        assert not KEPT.get()
    assert KEPT.get()


def test_who_says_it_is_said_in_words():
    assert Standing(Tier.RECORDED).by == "one reading"
    assert lower_first("Recorded by") == "recorded by"
