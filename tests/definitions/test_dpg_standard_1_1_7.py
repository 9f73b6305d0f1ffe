"""Digital Public Goods Standard 1.1.7, indicator by indicator."""

from typing import Any

import pytest

from definitions.core import evaluate
from definitions.rules.dpg_standard_1_1_7 import DEFINITION
from tests.definitions.build import (
    OPEN_KINDS,
    also,
    component,
    facts,
    failing,
    finding,
    maker,
    open_facts,
    statuses,
)

HARMLESS = {
    "sdg_relevance": "yes",
    "closed_dependencies": "no",
    "pii_handling": "yes",
    "content_policy": "yes",
    "code_of_conduct": "yes",
}
JUDGED = "needs_judgement"
USAGE = {"modalities": "yes", "capabilities": "yes", "integration": "yes"}


def candidate(**components: Any):
    """A system of which everything is recorded that records can show."""
    of = open_facts(
        **{"pretraining_data": component(licence="CC-BY-4.0")}
        | {"privacy_policy": component(), "risk_assessment": component()}
        | components
    )
    return also(
        of,
        circumstances=HARMLESS,
        organizations=[maker(legal_owner="yes")],
        usage_information=USAGE,
    )


def around(**change: str):
    return also(candidate(), circumstances=HARMLESS | change)


def test_a_system_with_everything_on_record_could_qualify():
    verdict = evaluate(DEFINITION, candidate())
    assert (verdict.status, verdict.label) == ("needs_judgement", "Could qualify")
    told = statuses(verdict)
    assert {code for code, status in told.items() if status == "needs_judgement"} == {
        "7-privacy-law",
        "8-standards",
        "9a-data-privacy",
        "9b-content",
        "9c-harassment",
    }
    assert told["6-data-extraction"] == "not_applicable"


# --- the steward's own cases ------------------------------------------------------------


@pytest.mark.parametrize("name", ["ZIConnect AI Platform", "Angaza recommendation engine"])
def test_undisclosed_training_data_puts_a_candidate_on_hold(name: str):
    withheld = candidate(pretraining_data=component(availability="not_released"))
    verdict = evaluate(DEFINITION, also(withheld, system={"slug": "candidate", "name": name}))
    assert (verdict.status, verdict.label) == ("not_met", "Does not qualify")
    assert failing(verdict) == {"2-ai-mandatory-components"}


def test_a_list_of_the_data_is_no_substitute_for_it():
    listed = candidate(pretraining_data=component(availability="partial"))
    assert failing(evaluate(DEFINITION, listed)) == {"2-ai-mandatory-components"}


def test_rail_licences_are_excluded():
    rail = candidate(weights_final=component(licence="LicenseRef-RAIL"))
    assert failing(evaluate(DEFINITION, rail)) == {"2-ai-mandatory-components"}


def test_nothing_recorded_of_the_data_is_unknown():
    assert evaluate(DEFINITION, candidate(pretraining_data=None)).status == "unknown"


# --- indicator 2 ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "change", "status"),
    [
        ("training_code", {}, "met"),
        ("training_code", {"licence": "CC-BY-4.0"}, "not_met"),
        ("training_code", {"licence_status": "none_stated"}, "not_met"),
        ("training_code", {"licence": "LicenseRef-Unheard-Of"}, "unknown"),
        ("evaluation_code", {"licence": "LicenseRef-RAIL"}, "not_met"),
        ("evaluation_code", {"availability": "not_released", "licence_status": "unknown"}, "met"),
        ("supporting_libraries", {"licence": "CC-BY-NC-4.0"}, "not_met"),
    ],
)
def test_licences_of_code(kind: str, change: dict[str, str], status: str):
    row = component(**change)
    if change.get("licence_status", "stated") != "stated":
        row["licence"] = ""
    of = candidate(**{kind: row})
    assert finding(DEFINITION, "2-open-licence-software", of).status == status


def test_code_that_is_withheld_altogether_leaves_no_terms_to_judge():
    closed = {"availability": "not_released"}
    of = facts(components={kind: closed for kind in OPEN_KINDS if kind.endswith("_code")})
    found = finding(DEFINITION, "2-open-licence-software", of)
    assert found.status == "not_applicable"
    assert found.reason == "No code is released, so there are no terms to judge."


@pytest.mark.parametrize(
    ("licence", "status"),
    [
        ("CC-BY-4.0", "met"),
        ("CC0-1.0", "met"),
        ("CC-BY-NC-4.0", "not_met"),
        ("CDLA-Permissive-2.0", "needs_judgement"),
        ("LicenseRef-Llama-2", "not_met"),
        ("LicenseRef-Unheard-Of", "unknown"),
    ],
)
def test_licences_of_data(licence: str, status: str):
    of = candidate(pretraining_data=component(licence=licence))
    assert finding(DEFINITION, "2-open-licence-data", of).status == status
    assert finding(DEFINITION, "2-ai-mandatory-components", of).status == status


def test_data_that_is_withheld_has_no_terms_to_judge():
    of = candidate(pretraining_data=component(availability="not_released"))
    found = finding(DEFINITION, "2-open-licence-data", of)
    assert found.status == "not_applicable"
    assert found.reason == "No training data is released, so there are no terms to judge."


@pytest.mark.parametrize("kind", ["model_card", "technical_report", "data_documentation"])
@pytest.mark.parametrize(
    "terms",
    [
        {"licence": "CC-BY-NC-4.0"},
        {"licence": "LicenseRef-Llama-2"},
        {"licence": "", "licence_status": "none_stated"},
        {"licence": "", "licence_status": "unknown"},
    ],
)
def test_licences_of_documents_are_not_judged(kind: str, terms: dict[str, str]):
    """Indicator 2 speaks of software, data and content collections; documents are indicator 5."""
    verdict = evaluate(DEFINITION, candidate(**{kind: component(**terms)}))
    assert statuses(verdict) == statuses(evaluate(DEFINITION, candidate()))


@pytest.mark.parametrize(
    ("licence", "status"),
    [
        ("Apache-2.0", "met"),
        ("CC-BY-4.0", "needs_judgement"),
        ("CC0-1.0", "needs_judgement"),
        ("CDLA-Permissive-2.0", "needs_judgement"),
        ("CC-BY-NC-4.0", "not_met"),
        ("LicenseRef-RAIL", "not_met"),
        ("LicenseRef-Llama-2", "not_met"),
        ("LicenseRef-Unheard-Of", "unknown"),
    ],
)
def test_licences_of_the_model(licence: str, status: str):
    of = candidate(weights_final=component(licence=licence))
    assert finding(DEFINITION, "2-ai-mandatory-components", of).status == status


MANDATORY = ["pretraining_data", "training_code", "inference_code", "weights_final"]


@pytest.mark.parametrize("kind", MANDATORY)
def test_a_mandatory_component_that_does_not_apply_needs_a_judgement(kind: str):
    of = candidate(**{kind: {"availability": "not_applicable"}})
    found = finding(DEFINITION, "2-ai-mandatory-components", of)
    assert (found.status, "names it as mandatory" in found.reason) == ("needs_judgement", True)


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("pretraining_data", {"completeness": "partial", "licence": "CC-BY-4.0"}),
        ("training_code", {"completeness": "partial"}),
        ("weights_final", {"completeness": "none"}),
        ("weights_final", {"form": "obfuscated"}),
    ],
)
def test_mandatory_components_of_which_a_part_is_out_fail(kind: str, change: dict[str, str]):
    of = candidate(**{kind: component(**change)})
    assert finding(DEFINITION, "2-ai-mandatory-components", of).status == "not_met"


@pytest.mark.parametrize("kind", ["training_code", "inference_code", "weights_final"])
def test_mandatory_components_that_are_withheld_fail(kind: str):
    of = candidate(**{kind: component(availability="not_released")})
    assert finding(DEFINITION, "2-ai-mandatory-components", of).status == "not_met"


# --- the other indicators ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("makers", "status"),
    [
        ([], "unknown"),
        (["yes"], "met"),
        (["no"], "not_met"),
        (["unknown"], "unknown"),
        (["no", "yes"], "met"),
        (["no", "unknown"], "unknown"),
        (["no", "no"], "not_met"),
    ],
)
def test_one_documented_legal_owner_is_enough(makers: list[str], status: str):
    rows = [maker(slug=f"m{n}", legal_owner=answer) for n, answer in enumerate(makers)]
    of = also(candidate(), organizations=rows)
    assert finding(DEFINITION, "3-ownership", of).status == status


@pytest.mark.parametrize(
    ("code", "change", "status"),
    [
        ("1-sdg", {"sdg_relevance": "no"}, "not_met"),
        ("1-sdg", {"sdg_relevance": "unknown"}, "unknown"),
        ("4-platform-independence", {}, "met"),
        ("4-platform-independence", {"closed_dependencies": "unknown"}, "unknown"),
        ("4-platform-independence", {"closed_dependencies": "yes"}, "unknown"),
        (
            "4-platform-independence",
            {"closed_dependencies": "yes", "open_alternatives": "yes"},
            "met",
        ),
        (
            "4-platform-independence",
            {"closed_dependencies": "yes", "open_alternatives": "no"},
            "not_met",
        ),
        (
            "4-platform-independence",
            {"closed_dependencies": "unknown", "open_alternatives": "yes"},
            "met",
        ),
        ("9a-data-privacy", {"pii_handling": "no"}, "not_met"),
        ("9a-data-privacy", {"pii_handling": "not_applicable"}, "not_applicable"),
        ("9b-content", {"content_policy": "partly"}, "needs_judgement"),
        ("9c-harassment", {"code_of_conduct": "unknown"}, "unknown"),
    ],
)
def test_circumstances(code: str, change: dict[str, str], status: str):
    assert finding(DEFINITION, code, around(**change)).status == status


@pytest.mark.parametrize(
    ("code", "kind", "row", "status"),
    [
        ("7-privacy-law", "privacy_policy", component(), "needs_judgement"),
        ("7-privacy-law", "privacy_policy", component(availability="not_released"), "unknown"),
        ("7-privacy-law", "privacy_policy", None, "unknown"),
        ("8-standards", "risk_assessment", component(), "needs_judgement"),
        ("8-standards", "risk_assessment", component(availability="not_released"), "unknown"),
        ("8-standards", "risk_assessment", component(availability="on_request"), JUDGED),
        ("8-standards", "risk_assessment", None, "unknown"),
        ("6-data-extraction", "weights_final", component(open_format="yes"), "met"),
        ("6-data-extraction", "weights_final", component(open_format="no"), "not_met"),
        ("6-data-extraction", "weights_final", component(), "not_applicable"),
        ("6-data-extraction", "weights_final", None, "unknown"),
        ("5-documentation", "data_documentation", component(availability="api_only"), "not_met"),
        ("5-documentation", "data_documentation", None, "unknown"),
    ],
)
def test_documents(code: str, kind: str, row: dict[str, Any] | None, status: str):
    assert finding(DEFINITION, code, candidate(**{kind: row})).status == status


@pytest.mark.parametrize(
    ("extent", "status"),
    [("yes", "met"), ("partly", "needs_judgement"), ("no", "not_met"), ("unknown", "unknown")],
)
def test_documentation_tells_how_to_run_it(extent: str, status: str):
    of = also(candidate(), usage_information=USAGE | {"integration": extent})
    assert finding(DEFINITION, "5-documentation", of).status == status


def test_without_any_record_everything_is_unknown():
    assert set(statuses(evaluate(DEFINITION, facts())).values()) == {"unknown"}
