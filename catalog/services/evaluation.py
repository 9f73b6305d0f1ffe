"""Verdicts: computed from the facts, kept as rows, written only where they differ.

Every service that changes facts ends with ``evaluate_systems`` in its own
transaction. A row is current when both fingerprints, of the facts and of the
definition with our reading of it, are today's.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from itertools import batched
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from catalog.facts import BATCH, facts_for_many
from catalog.models import (
    AISystem,
    Cause,
    Claim,
    Dataset,
    Evaluation,
    License,
    Organization,
    VerdictChange,
)
from catalog.querysets import AISystemQuerySet
from catalog.services.state import bump_version
from definitions import registry
from definitions.claims import promise_of, result_of
from definitions.core import Definition, Outcome, Verdict, evaluate
from definitions.facts import Facts
from definitions.licences import commercial_use
from definitions.strip import strip
from definitions.vocabulary import ComponentKind, Status

COLUMNS = (
    "status",
    "label",
    "reason",
    "level",
    "level_possible",
    "score",
    "score_low",
    "score_high",
    "outcome",
    "facts_fingerprint",
    "definition_fingerprint",
)
"""What a verdict decides; a row is written when one of these differs."""

DERIVED = ("strip", "commercial_use", "weights_licence", "facts_fingerprint")


@transaction.atomic
def evaluate_system(*, system: AISystem, definitions: Sequence[Definition] | None = None) -> int:
    """Judge one system again; returns how many rows were written."""
    return evaluate_systems(systems=AISystem.objects.filter(pk=system.pk), definitions=definitions)


@transaction.atomic
def evaluate_systems(
    *, systems: AISystemQuerySet, definitions: Sequence[Definition] | None = None
) -> int:
    """Judge these systems again in one transaction; returns how many rows were written.

    Systems are locked in the order of their keys, so that two writers wait for
    each other and neither stores a verdict on facts that are gone.
    """
    chosen = registry.DEFINITIONS if definitions is None else tuple(definitions)
    pks = list(systems.order_by("pk").select_for_update().values_list("pk", flat=True))
    written = 0
    for batch in batched(pks, BATCH, strict=False):
        written += write_batch(AISystem.objects.filter(pk__in=batch), chosen)
    if definitions is None:
        ids = [definition.id for definition in chosen]
        written += (
            Evaluation.objects.filter(system__in=pks).exclude(definition_id__in=ids).delete()[0]
        )
    if written:
        bump_version(systems=pks)
    return written


def evaluate_many(*, pks: Iterable[int], batch: int = BATCH) -> int:
    """Judge many systems, one transaction per batch; returns how many rows were written."""
    return sum(
        evaluate_systems(systems=AISystem.objects.filter(pk__in=some))
        for some in batched(pks, batch, strict=False)
    )


def write_batch(systems: AISystemQuerySet, definitions: Sequence[Definition]) -> int:
    """Compute, compare and write one batch; the same few statements for any number of rows."""
    now = timezone.now()
    stored = {
        (row.system_id, row.definition_id): row
        for row in Evaluation.objects.filter(system__in=systems)
    }
    judged = {pk for pk, _ in stored}
    changed: list[Evaluation] = []
    moved: list[AISystem] = []
    events: list[VerdictChange] = []
    verdicts: dict[int, dict[str, Outcome]] = {}
    for system, facts in facts_for_many(systems):
        if derive(system, facts):
            moved.append(system)
        if system.pk not in judged:
            events.append(VerdictChange(system_id=system.pk, cause=Cause.ADDED, happened_at=now))
        for definition in definitions:
            verdict = evaluate(definition, facts)
            verdicts.setdefault(system.pk, {})[definition.id] = verdict.outcome
            row = stored.get((system.pk, definition.id)) or Evaluation(
                system_id=system.pk, definition_id=definition.id
            )
            event = change_of(row, verdict, now) if row.pk else None
            if take(row, verdict, facts, now):
                changed.append(row)
                events += [event] if event else []
    AISystem.objects.bulk_update(moved, DERIVED, batch_size=BATCH)
    Evaluation.objects.bulk_create(
        changed,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["system", "definition_id"],
        update_fields=[*COLUMNS, "evaluated_at", "status_since"],
    )
    VerdictChange.objects.bulk_create(events, batch_size=BATCH)
    return len(changed) + len(moved) + judge_claims(systems, verdicts)


def judge_claims(systems: AISystemQuerySet, verdicts: Mapping[int, Mapping[str, Outcome]]) -> int:
    """Hold the makers' words against the new verdicts; returns how many claims changed."""
    changed = []
    for claim in Claim.objects.filter(system__in=systems):
        promise = promise_of(claim.claimed)
        outcome = verdicts[claim.system_id].get(promise.definition) if promise else None
        if promise and outcome is None:
            continue
        values = {
            "definition_id": promise.definition if promise else "",
            "result": result_of(promise, outcome).value,
        }
        if assign(claim, values):
            changed.append(claim)
    Claim.objects.bulk_update(changed, ["definition_id", "result"], batch_size=BATCH)
    return len(changed)


def change_of(row: Evaluation, verdict: Verdict, now: dt.datetime) -> VerdictChange | None:
    """The event of a stored verdict becoming another; None where it says the same."""
    if (row.status, row.label) == (verdict.status.value, verdict.label):
        return None
    before = {item["code"]: item for item in row.outcome.get("findings", [])}
    after = {finding.code: finding.to_json() for finding in verdict.findings}
    codes = [code for code in {**before, **after} if before.get(code) != after.get(code)]
    ruled = any(
        before.get(code, {}).get("ruling") != after.get(code, {}).get("ruling") for code in codes
    )
    if row.definition_fingerprint != verdict.fingerprint:
        cause = Cause.DEFINITION
    else:
        cause = Cause.RULING if ruled else Cause.FACTS
    words = [(code, word_of(before.get(code)), word_of(after.get(code))) for code in codes]
    return VerdictChange(
        system_id=row.system_id,
        definition_id=row.definition_id,
        cause=cause,
        before_status=row.status,
        before_label=row.label,
        status=verdict.status.value,
        label=verdict.label,
        criteria=[
            {"code": code, "before": old, "after": new} for code, old, new in words if old != new
        ],
        happened_at=now,
    )


def word_of(finding: Mapping[str, Any] | None) -> str:
    """The word of a stored finding: its grade, or its status in words; empty where it is new."""
    if finding is None:
        return ""
    return str(finding.get("grade") or Status.of(finding["status"]).label)


def derive(system: AISystem, facts: Facts) -> bool:
    """Set the columns of a system that follow from its facts; False where they stand already."""
    values = {
        "strip": strip(facts),
        "commercial_use": commercial_use(facts).value,
        "weights_licence": facts.component(ComponentKind.WEIGHTS_FINAL).licence,
        "facts_fingerprint": facts.fingerprint,
    }
    return assign(system, values)


def take(row: Evaluation, verdict: Verdict, facts: Facts, now: dt.datetime) -> bool:
    """Put a verdict into its row; False where the row says the same already."""
    before = row.status if row.pk else None
    values = columns(verdict, facts)
    if not assign(row, values) and row.pk:
        return False
    row.evaluated_at = now
    if before != row.status:
        row.status_since = now
    return True


def columns(verdict: Verdict, facts: Facts) -> dict[str, object]:
    return {
        "status": verdict.status.value,
        "label": verdict.label,
        "reason": verdict.reason,
        "level": verdict.level,
        "level_possible": verdict.level_possible,
        "score": verdict.score,
        "score_low": verdict.score_low,
        "score_high": verdict.score_high,
        "outcome": verdict.to_json(),
        "facts_fingerprint": facts.fingerprint,
        "definition_fingerprint": verdict.fingerprint,
    }


def assign(row: AISystem | Claim | Evaluation, values: Mapping[str, object]) -> bool:
    """Set the attributes that differ; True if there was one."""
    differing = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in differing.items():
        setattr(row, name, value)
    return bool(differing)


def dependents_of(row: License | Dataset | Organization | AISystem) -> AISystemQuerySet:
    """The systems whose facts hold this row: what to judge again when it changes."""
    if isinstance(row, License):
        condition = Q(components__licences=row) | Q(training_data__dataset__licences=row)
    elif isinstance(row, Dataset):
        condition = Q(training_data__dataset=row)
    elif isinstance(row, Organization):
        condition = Q(makers__organization=row)
    else:
        condition = Q(pk=row.pk) | Q(derivations__base=row)
    return AISystem.objects.filter(
        pk__in=AISystem.objects.filter(condition).order_by().values("pk")
    )


def stale(
    *, systems: AISystemQuerySet | None = None, definitions: Sequence[Definition] | None = None
) -> list[AISystem]:
    """The systems of which some verdict is missing or not from today's facts and rules."""
    chosen = registry.DEFINITIONS if definitions is None else tuple(definitions)
    today = {definition.id: definition.fingerprint for definition in chosen}
    behind = []
    for batch in batched(
        facts_for_many(AISystem.objects.all() if systems is None else systems),
        BATCH,
        strict=False,
    ):
        rows = Evaluation.objects.filter(system__in=[system.pk for system, _ in batch])
        stored: dict[int, dict[str, tuple[str, str]]] = {}
        for pk, definition, rules, facts_print in rows.values_list(
            "system_id", "definition_id", "definition_fingerprint", "facts_fingerprint"
        ):
            stored.setdefault(pk, {})[definition] = (rules, facts_print)
        for system, facts in batch:
            wanted = {key: (rules, facts.fingerprint) for key, rules in today.items()}
            if stored.get(system.pk, {}) != wanted:
                behind.append(system)
    return behind
