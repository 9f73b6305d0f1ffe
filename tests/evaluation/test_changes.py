"""Every change of a verdict is an event with its cause, and claims follow the verdicts."""

from dataclasses import replace

import pytest

from catalog.evaluation.evaluate import evaluate_system
from catalog.intake.editing import refresh
from catalog.models import Cause, Claim, Component, VerdictChange
from catalog.pages.presenters.changes import change_rows
from definitions import registry
from tests import factories as make
from tests.pages.conftest import OPEN_COMPONENTS
from tests.reading import explained

pytestmark = pytest.mark.django_db

FREE_WEIGHTS = {"weights_final": {"licence": "Apache-2.0", "form": "full"}}

RULED = "osaid-1.0/data-info-complete"


def changes_of(definition: str) -> list[VerdictChange]:
    return list(VerdictChange.objects.filter(definition_id=definition).order_by("id"))


def test_a_new_system_is_one_event_and_not_one_per_definition() -> None:
    system = make.make_system(components=FREE_WEIGHTS)

    (event,) = VerdictChange.objects.all()
    assert (event.system, event.cause, event.definition_id) == (system, Cause.ADDED, "")


def test_judging_again_without_a_change_writes_no_event() -> None:
    system = make.make_system(components=FREE_WEIGHTS)

    assert evaluate_system(system=system) == 0
    assert VerdictChange.objects.count() == 1


def test_changed_facts_are_told_criterion_by_criterion() -> None:
    system = make.make_system(components=FREE_WEIGHTS)
    Component.objects.update(availability="not_released", completeness="none")
    evaluate_system(system=system)

    (event,) = changes_of("owd-0.3")
    assert (event.cause, event.before_status, event.status) == (Cause.FACTS, "met", "not_met")
    assert event.before_label == "Open Weight"
    assert {"code": "owd-0.3/weights-included", "before": "Met", "after": "Not met"} in (
        event.moved
    )


def test_a_ruling_is_named_as_the_cause() -> None:
    system = make.make_system(components=OPEN_COMPONENTS)
    make.make_training_data(system=system, where="https://example.org/data")
    information = dict.fromkeys(
        ["provenance", "scope", "selection", "labelling", "processing", "filtering"], "yes"
    )
    make.make_data_information(system=system, covers_all_training_data="yes", **information)
    evaluate_system(system=system)
    assert system.evaluations.get(definition_id="osaid-1.0").label == "Needs judgement"

    make.make_ruling(system=system, criterion=RULED)
    evaluate_system(system=system)

    event = changes_of("osaid-1.0")[-1]
    assert (event.cause, event.label) == (Cause.RULING, "Open Source AI")


def test_a_revised_reading_is_named_as_the_cause() -> None:
    system = make.make_system(components=FREE_WEIGHTS)
    owd = registry.get("owd-0.3")
    harder = replace(
        owd,
        revision=owd.revision + 1,
        criteria=(
            replace(owd.criteria[0], check=registry.get("mof-1.0").criteria[0].check),
            *owd.criteria[1:],
        ),
    )

    evaluate_system(system=system, definitions=[harder])

    (event,) = changes_of("owd-0.3")
    assert event.cause == Cause.DEFINITION


def test_a_change_reads_as_one_sentence() -> None:
    system = make.make_system(components=FREE_WEIGHTS)
    Component.objects.update(availability="not_released", completeness="none")
    evaluate_system(system=system)

    rows = change_rows(VerdictChange.objects.filter(definition_id="owd-0.3").for_list())

    assert rows[0].sentence.startswith("OWD 0.3: Open Weight → Not Open Weight. Facts changed (")


def test_changes_of_definitions_that_are_gone_are_left_out() -> None:
    system = make.make_system()
    VerdictChange.objects.create(
        system=system,
        definition_id="gone-1.0",
        cause="facts",
        happened_at=system.evaluations.first().evaluated_at,
    )

    rows = change_rows(VerdictChange.objects.for_list())
    assert [row.definition for row in rows] == [None]


@pytest.mark.parametrize(
    ("claimed", "definition", "result"),
    [
        ("open-weight model", "owd-0.3", "holds"),
        ("fully open-sourced", "osaid-1.0", "not_proved"),
        ("truly open", "mof-1.0", "not_proved"),
        ("openness", "", "not_judged"),
    ],
)
def test_a_claim_is_held_against_the_definition_it_promises(
    claimed: str, definition: str, result: str
) -> None:
    system = make.make_system(components=FREE_WEIGHTS)
    make.make_claim(system=system, claimed=claimed)
    evaluate_system(system=system)

    claim = Claim.objects.get()
    assert (claim.definition_id, claim.result) == (definition, result)


def test_a_claim_follows_its_verdict() -> None:
    system = make.make_system(components=FREE_WEIGHTS)
    claim = make.make_claim(system=system, claimed="open weights")
    refresh(rows=[claim])
    claim.refresh_from_db()
    assert claim.result == "holds"

    Component.objects.update(availability="not_released", completeness="none")
    refresh(rows=[system.components.get()])
    claim.refresh_from_db()
    assert claim.result == "does_not_hold"


def test_facts_of_a_maker_judge_its_systems_again() -> None:
    system = make.make_system(slug="one", organizations=["lab"])
    maker = make.make_organization(slug="lab")
    fact = make.make_organization_fact(organization=maker, topic="legal_owner", value="yes")

    assert refresh(rows=[fact]) > 0
    verdict = system.evaluations.get(definition_id="dpg-standard-1.1.7")
    owner = next(f for f in explained(verdict).findings if f.code.endswith("3-ownership"))
    assert owner.status == "met"


def test_facts_of_a_base_judge_what_is_built_on_it_again() -> None:
    base = make.make_system(slug="base", components=FREE_WEIGHTS)
    tuned = make.make_system(slug="tuned", evaluated=False)
    make.make_derivation(system=tuned, base=base)
    evaluate_system(system=tuned)

    def grade() -> str:
        found = explained(tuned.evaluations.get(definition_id="osai-2026")).findings
        return next(f for f in found if f.code.endswith("weights-basemodel")).grade

    assert grade() == "Open"
    Component.objects.update(availability="gated_auto")
    refresh(rows=[base.components.get()])
    assert grade() == "Partial"
