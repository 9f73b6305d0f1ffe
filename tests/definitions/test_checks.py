"""The questions about one component that several definitions share."""

from typing import Any

import pytest

from definitions.checks import TermTexts, conclude, licence_point, shortfall_points
from definitions.licences import osi_approved
from definitions.vocabulary import ComponentKind, Status, WeightsForm
from tests.definitions.build import component, facts

WEIGHTS = ComponentKind.WEIGHTS_FINAL
TEXTS = TermTexts(met="approved", not_met="not approved", remedy="Change the {component}.")


def shortfalls(**fields: Any) -> dict[str, str]:
    row = facts(components={"weights_final": component(**fields)}).component(WEIGHTS)
    return {point.text: point.status.value for point in shortfall_points(WEIGHTS, row)}


@pytest.mark.parametrize(
    ("fields", "points"),
    [
        ({}, {}),
        ({"form": "unknown", "completeness": "unknown"}, {}),
        ({"form": "obfuscated"}, {"made unreadable on purpose": "not_met"}),
        ({"form": "partial"}, {"only a part is released": "not_met"}),
        ({"form": "quantised_only"}, {"only a quantised version is released": "needs_judgement"}),
        ({"completeness": "partial"}, {"incomplete": "not_met"}),
        ({"completeness": "none"}, {"nothing released": "not_met"}),
        ({"availability": "partial", "completeness": "partial"}, {}),
        ({"availability": "not_released", "form": "obfuscated"}, {}),
        (
            {"availability": "gated_manual", "form": "partial"},
            {"only a part is released": "not_met"},
        ),
    ],
)
def test_what_is_recorded_against_weights_that_are_out(
    fields: dict[str, str], points: dict[str, str]
):
    assert shortfalls(**fields) == points


def test_a_definition_may_read_a_form_in_its_own_way():
    row = facts(components={"weights_final": component(form="quantised_only")}).component(WEIGHTS)
    assert shortfall_points(WEIGHTS, row, {}) == []
    own = {WeightsForm.QUANTISED_ONLY: (Status.NOT_MET, "quantised")}
    assert conclude(shortfall_points(WEIGHTS, row, own)).reason == "Quantised: final weights."


@pytest.mark.parametrize(
    ("terms", "reason"),
    [
        (
            {"licence": "Apache-2.0", "licence_status": "mixed"},
            "Several licences, and nobody has recorded which covers what: "
            "final weights (Apache-2.0).",
        ),
        (
            {"licence": "CC-BY-NC-4.0", "licence_status": "mixed"},
            "Not approved: final weights (CC-BY-NC-4.0).",
        ),
        (
            {"licence": "", "licence_status": "unrecognised", "licence_text": "Proprietary"},
            "Not approved: final weights (“Proprietary”).",
        ),
        (
            {"licence": "", "licence_status": "unrecognised", "licence_text": "Foo"},
            "The licence is not one that we know: final weights (“Foo”).",
        ),
        (
            {"licence": "", "licence_status": "none_stated"},
            "No licence stated, so nobody is given any rights: final weights.",
        ),
    ],
)
def test_what_is_said_of_terms_that_are_not_met(terms: dict[str, str], reason: str):
    of = facts(components={"weights_final": component(**terms)})
    point = licence_point(WEIGHTS, of.component(WEIGHTS), of, osi_approved, TEXTS)
    assert conclude([point]).reason == reason
