"""The words of verdicts in the dumps: worked out of their rows, once for each that differs."""

from functools import lru_cache
from typing import Any

from django.db.models import Case, QuerySet, When

from catalog.evaluation.explanations import Explanations
from definitions import registry
from definitions.explain import outcome_of
from definitions.marks import Result
from definitions.vocabulary import Status

REMEMBERED = 20_000
"""Combinations of letters; very many systems share one."""

EXPLAINED = ("definition_id", "criteria", "facts_fingerprint", "kept_facts")
"""What ``reason`` is worked out of."""


def outside_with_facts(verdicts: Any) -> QuerySet[Any]:
    """Verdicts with ``kept_facts`` where letters do not tell the reason: out of a scope."""
    rows: QuerySet[Any] = verdicts.with_facts()
    facts = rows.query.annotations["kept_facts"]
    outside = Case(When(status=Status.NOT_APPLICABLE.value, then=facts))
    found: QuerySet[Any] = rows.annotate(kept_facts=outside)
    return found


@lru_cache(REMEMBERED)
def label(definition: str, *result: Any) -> str:
    """The words for a verdict."""
    return registry.label_of(definition, Result(*result))


def label_of_change(definition: str, status: str, rest: dict[str, Any]) -> str:
    """The words for a verdict before or after a change; empty for a new system."""
    return label(definition, *Result(status, **rest)) if definition else ""


@lru_cache(REMEMBERED)
def reason_by_letters(definition: str, letters: str) -> str:
    found = outcome_of(registry.get(definition), letters)
    return found.reason if found else ""


def reason(definition: str, letters: str, fingerprint: str, packed: bytes | None) -> str:
    """Why, in a sentence: by the letters, or by the facts where a finding's own words tell."""
    told = reason_by_letters(definition, letters)
    if told:
        return told
    explained = Explanations(fingerprint, packed).verdict(registry.get(definition))
    return explained.reason if explained else ""
