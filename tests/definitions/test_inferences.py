"""Named inferences: what follows from a recorded fact, and what does not."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from definitions import registry
from definitions.core import Definition, evaluate
from definitions.explain import definition_json
from definitions.facts import Facts
from definitions.inferences import INFERENCES, Inference, basis_of, get, with_conclusions
from definitions.rules import eu_ai_act_2025, g7_2026
from tests.definitions.build import LICENCES, PAGE, also, component, facts, finding, open_facts
from tests.definitions.strategies import documents

G7 = g7_2026.DEFINITION
EU = eu_ai_act_2025.DEFINITION
KEYS = [rule.key for rule in INFERENCES]

every_inference = pytest.mark.parametrize("rule", INFERENCES, ids=lambda rule: rule.key)
every_definition = pytest.mark.parametrize("definition", registry.DEFINITIONS, ids=lambda d: d.id)


def weights(**fields: Any) -> Facts:
    return open_facts(weights_final=component(**fields))


# --- what each one concludes ------------------------------------------------------------------


def test_what_anybody_can_download_is_free_of_charge():
    of = with_conclusions(weights())
    assert {row.cost.value for row in of.resolved.values()} == {"free"}


@pytest.mark.parametrize(
    "availability",
    ["gated_auto", "gated_manual", "on_request", "api_only", "partial", "not_released", "unknown"],
)
def test_a_price_is_not_concluded_from_anything_less_than_an_open_download(availability: str):
    of = with_conclusions(weights(availability=availability))
    assert of.resolved["weights_final"].cost == "unknown"


def test_what_lives_in_an_open_download_is_free_of_charge_too():
    rows = {"model_card": component(), "usage_documentation": {"included_in": "model_card"}}
    of = with_conclusions(facts(components=rows))
    assert of.resolved["usage_documentation"].cost == "free"


def test_behind_an_api_there_are_no_checkpoints():
    of = facts(components={"weights_final": component(availability="api_only")})
    row = with_conclusions(of).resolved["weights_intermediate"]
    assert (row.availability, row.evidence.url) == ("not_released", PAGE["url"])


@pytest.mark.parametrize("availability", ["not_released", "gated_manual", "unknown"])
def test_checkpoints_stay_unknown_where_nobody_says_api_only(availability: str):
    of = facts(components={"weights_final": component(availability=availability)})
    assert "weights_intermediate" not in with_conclusions(of).resolved


def test_a_quantised_version_has_quantised_weights():
    bases = [{"name": "Base", "kind": "quantised"}]
    of = facts(components={"weights_final": component(form="unknown")}, base_systems=bases)
    assert with_conclusions(of).resolved["weights_final"].form == "quantised_only"


@pytest.mark.parametrize("kind", ["finetune", "merge", "distil", "continued"])
def test_other_versions_say_nothing_of_the_form(kind: str):
    bases = [{"name": "Base", "kind": kind}]
    of = facts(components={"weights_final": component(form="unknown")}, base_systems=bases)
    assert with_conclusions(of).resolved["weights_final"].form == "unknown"


@pytest.mark.parametrize("licence", ["Apache-2.0", "CC-BY-4.0", "Apache-2.0 OR LicenseRef-RAIL"])
def test_nothing_has_to_be_paid_for_what_everybody_may_take_and_use(licence: str):
    of = weights(licence=licence)
    assert with_conclusions(of).circumstances.monetisation == "at_most_optional"
    found = finding(EU, "no-monetisation", of)
    assert found.status == "met"
    assert "no form of price of paragraphs 86 and 87" in found.reason
    assert found.inferences == ("no-price-possible", "free-download")
    assert [page.url for page in found.evidence] == [PAGE["url"]]
    assert "components.weights_final.licence" in found.facts_used


@pytest.mark.parametrize(
    "change",
    [
        {"availability": "gated_auto"},
        {"availability": "gated_auto", "cost": "free"},
        {"availability": "partial"},
        {"cost": "paid"},
        {"cost": "reproduction_cost"},
        {"licence": "CC-BY-NC-4.0"},
        {"licence": "LicenseRef-Llama-3.1"},
        {"licence": "LicenseRef-RAIL"},
        {"licence": "Apache-2.0 AND LicenseRef-RAIL"},
        {"licence": "LicenseRef-Unheard-Of"},
        {"licence": "", "licence_status": "none_stated"},
        {"licence": "", "licence_status": "unrecognised", "licence_text": "Open"},
        {"licence": "", "licence_status": "unknown"},
    ],
)
def test_a_price_stays_possible_where_a_premise_is_lacking(change: dict[str, str]):
    of = weights(**change)
    assert with_conclusions(of).circumstances.monetisation == "unknown"
    assert finding(EU, "no-monetisation", of).status == "unknown"


def test_personal_data_on_record_keeps_the_question_of_the_price_open():
    of = also(weights(), circumstances={"personal_data_required": "yes"})
    assert with_conclusions(of).circumstances.monetisation == "unknown"


# --- a recorded value wins ---------------------------------------------------------------------


@pytest.mark.parametrize("cost", ["paid", "reproduction_cost", "free"])
def test_a_recorded_price_wins(cost: str):
    of = facts(components={"weights_final": component(cost=cost)})
    found = finding(G7, "free-of-charge", of)
    assert found.inferences == ()
    assert "follows from" not in found.reason
    assert (found.status == "met") is (cost == "free")


@pytest.mark.parametrize(
    ("earning", "status"),
    [("dual_licence", "not_met"), ("paid_support_required", "not_met"), ("none", "met")],
)
def test_a_recorded_way_of_earning_wins(earning: str, status: str):
    found = finding(EU, "no-monetisation", also(weights(), circumstances={"monetisation": earning}))
    assert (found.status, found.inferences) == (status, ())


@given(document=documents)
def test_no_conclusion_replaces_a_recorded_value(document: dict[str, Any]):
    of = Facts.from_json(document)
    known = with_conclusions(of)
    for kind, row in of.resolved.items():
        for name in ("availability", "cost", "form", "licence", "licence_status"):
            value = getattr(row, name)
            if value not in ("unknown", ""):
                assert getattr(known.resolved[kind], name) == value
    for name in ("monetisation", "gpai", "systemic_risk", "training_compute"):
        value = getattr(of.circumstances, name)
        if value not in ("unknown", ""):
            assert getattr(known.circumstances, name) == value


# --- never stronger than the premises ------------------------------------------------------------


def at(document: Any, place: str) -> Any:
    """The value at a path of a facts document; “unknown” where nothing is recorded."""
    for name in place.split("."):
        document = document.get(name, {}) if isinstance(document, dict) else {}
    return document or "unknown"


@given(document=documents)
def test_every_conclusion_names_premises_that_are_recorded_or_follow_themselves(
    document: dict[str, Any],
):
    of = Facts.from_json(document)
    known = with_conclusions(of)
    hosted = {kind for kind, row in of.components.items() if row.included_in}
    for place, origin in known.inferred.items():
        assert origin.premises
        assert place not in origin.premises
        for premise in origin.premises:
            recorded = at(document, premise) != "unknown" or premise.split(".")[1] in hosted
            assert recorded or premise in known.inferred


@given(document=documents, data=st.data())
def test_without_a_premise_the_conclusion_is_gone(document: dict[str, Any], data: st.DataObject):
    known = with_conclusions(Facts.from_json(document))
    if not known.inferred:
        return
    place = data.draw(st.sampled_from(sorted(known.inferred)))
    for premise in known.inferred[place].premises:
        stripped = Facts.from_json(without(document, premise))
        assert place not in with_conclusions(stripped).inferred


def without(document: dict[str, Any], place: str) -> dict[str, Any]:
    """The document without one fact, and without components that others could fill it from."""
    first, *rest = place.split(".")
    if not rest:
        return {name: part for name, part in document.items() if name != first}
    rows = dict(document[first])
    name = rest[0]
    if first == "circumstances":
        rows.pop(name)
    else:
        gone = {rest[1], "included_in"}
        rows[name] = {key: value for key, value in rows[name].items() if key not in gone}
    return document | {first: rows}


@every_definition
@settings(max_examples=50)
@given(document=documents)
def test_a_verdict_without_inferences_is_never_the_opposite_of_one_with_them(
    definition: Definition, document: dict[str, Any]
):
    """An inference answers what was unknown, and turns no answer round.

    Where a text asks for the weights and nothing of their form, a form that nobody recorded is
    no fault; that it can only be a quantised one is, and a matter of judgement.
    """
    of = Facts.from_json(document)
    plain = replace(definition, without_inferences=frozenset(KEYS))
    for before, after in zip(
        evaluate(plain, of).findings, evaluate(definition, of).findings, strict=True
    ):
        assert before.inferences == ()
        if before.status != after.status:
            lowered = (before.status, after.status) == ("met", "needs_judgement")
            assert before.status in ("unknown", "not_applicable") or lowered
            assert after.inferences
        if after.inferences:
            assert "This follows from what is recorded: " in after.reason


# --- switched off ------------------------------------------------------------------------------


@every_inference
@given(document=documents)
def test_switched_off_means_gone(rule: Inference, document: dict[str, Any]):
    of = Facts.from_json(document)
    known = with_conclusions(of, frozenset({rule.key}))
    assert all(origin.inference is not rule for origin in known.inferred.values())


def test_a_definition_can_decline_one():
    declining = replace(G7, without_inferences=frozenset({"free-download"}))
    assert finding(declining, "free-of-charge", weights()).status == "unknown"
    assert finding(G7, "free-of-charge", weights()).status == "met"
    assert "free-download" not in definition_json(declining)["inferences"]
    assert definition_json(G7)["inferences"] == KEYS


def test_without_the_first_a_conclusion_that_rests_on_it_is_gone():
    declining = replace(EU, without_inferences=frozenset({"free-download"}))
    assert finding(declining, "no-monetisation", weights()).status == "unknown"
    assert finding(declining, "no-monetisation", weights(cost="free")).status == "met"


# --- shown ------------------------------------------------------------------------------------


def test_the_reason_says_what_it_follows_from():
    of = facts(components={"weights_final": component()})
    found = finding(G7, "free-of-charge", of)
    assert found.reason == (
        "Free of charge: final weights. This follows from what is recorded: anybody can download "
        "it from a public page, without an account or a payment."
    )
    assert found.inferences == ("free-download",)
    assert found.to_json()["inferences"] == ["free-download"]


def test_a_finding_that_would_read_the_same_rests_on_no_inference():
    known = with_conclusions(weights())
    used = ("components.weights_final.cost",)
    assert basis_of(known, used, lambda key: False) is None
    assert basis_of(known, used, lambda key: True).keys == ("free-download",)
    assert basis_of(known, ("components.weights_final.form",), lambda key: True) is None


def test_what_is_written_is_what_was_recorded():
    of = weights()
    before = of.canonical()
    evaluate(G7, of)
    evaluate(EU, of)
    assert of.canonical() == before
    assert of.inferred == {}


def test_facts_from_which_nothing_follows_are_left_alone():
    of = facts(licences=LICENCES)
    assert with_conclusions(of) is of


@every_inference
def test_every_inference_is_in_plain_sentences_and_found_by_its_key(rule: Inference):
    assert get(rule.key) is rule
    for text in (rule.title, rule.premise, rule.follows):
        assert text[0].isupper()
    assert rule.premise.endswith(".")
    assert rule.follows.endswith(".")
    assert not rule.because.endswith(".")


def test_an_unknown_key_is_no_inference():
    with pytest.raises(KeyError):
        get("hearsay")
