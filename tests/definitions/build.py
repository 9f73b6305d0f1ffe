"""Short ways to write facts in tests."""

from typing import Any

from definitions.core import Definition, Finding, Verdict, evaluate
from definitions.facts import Facts

FREE = {
    "commercial": "yes",
    "derivatives": "yes",
    "redistribution": "yes",
    "use_restrictions": [],
    "restricts_other_works": "no",
    "user_cap": "no",
    "revenue_cap": "no",
    "territory_limits": "no",
    "excluded_groups": "no",
    "royalty": "no",
    "sublicence_automatic": "yes",
    "product_specific": "no",
    "technology_neutral": "yes",
}

LICENCES: dict[str, dict[str, Any]] = {
    "Apache-2.0": {
        "name": "Apache License 2.0",
        "osi_approved": "yes",
        "fsf_free": "yes",
        "irrevocable": "yes",
    }
    | FREE,
    "CC-BY-4.0": {"osi_approved": "no", "fsf_free": "yes", "open_definition": "yes"} | FREE,
    "CC0-1.0": {"osi_approved": "no", "public_domain": "yes"} | FREE,
    "CDLA-Permissive-2.0": {
        "osi_approved": "no",
        "fsf_free": "not_listed",
        "open_definition": "not_listed",
    }
    | FREE,
    "CC-BY-NC-4.0": {
        "osi_approved": "no",
        "fsf_free": "no",
        "open_definition": "no",
        "commercial": "no",
        "use_restrictions": ["non_commercial"],
    },
    "LicenseRef-Llama-2": {
        "name": "Llama 2 Community License",
        "osi_approved": "no",
        "fsf_free": "not_listed",
        "open_definition": "not_listed",
        "commercial": "capped",
        "derivatives": "yes",
        "redistribution": "yes",
        "use_restrictions": ["behavioural", "competing_models"],
        "restricts_other_works": "yes",
        "user_cap": "yes",
    },
    "LicenseRef-Llama-3.1": {
        "name": "Llama 3.1 Community License",
        "osi_approved": "no",
        "fsf_free": "no",
        "open_definition": "not_listed",
        "commercial": "capped",
        "derivatives": "yes",
        "redistribution": "yes",
        "use_restrictions": ["behavioural"],
        "user_cap": "yes",
        "revenue_cap": "no",
        "territory_limits": "no",
        "excluded_groups": "no",
    },
    "LicenseRef-RAIL": {
        "osi_approved": "no",
        "fsf_free": "not_listed",
        "commercial": "yes",
        "derivatives": "yes",
        "redistribution": "yes",
        "use_restrictions": ["behavioural"],
    },
}

PAGE = {"url": "https://example.org/card"}

OPEN_KINDS = [
    "pretraining_data",
    "evaluation_data",
    "data_documentation",
    "data_preprocessing_code",
    "training_code",
    "evaluation_code",
    "inference_code",
    "model_architecture",
    "weights_final",
    "weights_intermediate",
    "model_card",
    "technical_report",
    "research_paper",
    "evaluation_results",
]

DESCRIBED = dict.fromkeys(
    [
        "provenance",
        "scope",
        "selection",
        "labelling",
        "processing",
        "filtering",
        "covers_all_training_data",
    ],
    "yes",
)


def component(**fields: Any) -> dict[str, Any]:
    return {
        "availability": "open_download",
        "completeness": "full",
        "licence": "Apache-2.0",
        "licence_status": "stated",
        "form": "full",
        "evidence": PAGE,
    } | fields


def dataset(**fields: Any) -> dict[str, Any]:
    return {
        "slug": "corpus",
        "name": "Corpus",
        "stage": "pretraining",
        "data_class": "open",
        "url": "https://example.org/corpus",
    } | fields


def maker(**fields: Any) -> dict[str, Any]:
    return {"slug": "maker", "name": "Maker"} | fields


def facts(**parts: Any) -> Facts:
    """Facts of a system called X; ``parts`` are top-level keys of the document."""
    document = {"system": {"slug": "x", "name": "X"}, "licences": LICENCES} | parts
    return Facts.from_json(document)


def open_facts(**components: Any) -> Facts:
    """A fully open system, with some components replaced (None takes the record away)."""
    rows = {kind: component() for kind in OPEN_KINDS} | components
    return facts(
        components={kind: row for kind, row in rows.items() if row is not None},
        datasets=[dataset()],
        data_information=DESCRIBED,
    )


def also(of: Facts, **parts: Any) -> Facts:
    """The same facts with other top-level parts of the document."""
    return facts(**of.to_json() | parts)


def finding(definition: Definition, code: str, of: Facts) -> Finding:
    verdict = evaluate(definition, of)
    return next(item for item in verdict.findings if item.code == f"{definition.id}/{code}")


def statuses(verdict: Verdict) -> dict[str, str]:
    """Each criterion's status, by its code without the definition's id."""
    return {f.code.partition("/")[2]: f.status.value for f in verdict.findings}


def failing(verdict: Verdict) -> set[str]:
    """The codes that are not met, without the definition's id."""
    return {f.code.partition("/")[2] for f in verdict.findings if f.status == "not_met"}
