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
from catalog.services.verdict_rows import store_derived, store_verdicts
from definitions import registry
from definitions.claims import promise_of, result_of
from definitions.core import Definition, Outcome, Verdict, evaluate
from definitions.facts import Facts
from definitions.licences import commercial_use
from definitions.strip import strip
from definitions.vocabulary import ComponentKind, Status


@transaction.atomic
def evaluate_system(*, system: AISystem, definitions: Sequence[Definition] | None = None) -> int:
    """Judge one system again; returns how many rows were written."""
    return evaluate_systems(systems=AISystem.objects.filter(pk=system.pk), definitions=definitions)


@transaction.atomic
def evaluate_systems(
    *,
    systems: AISystemQuerySet,
    definitions: Sequence[Definition] | None = None,
    anew: bool = False,
) -> int:
    """Judge these systems again in one transaction; returns how many rows were written.

    Systems are locked in the order of their keys, so that two writers wait for
    each other and neither stores a verdict on facts that are gone. A verdict whose
    fingerprints are today's is not computed, unless ``anew``: the same facts and rules
    give the same verdict.
    """
    chosen = registry.DEFINITIONS if definitions is None else tuple(definitions)
    pks = list(systems.order_by("pk").select_for_update().values_list("pk", flat=True))
    written = 0
    for batch in batched(pks, BATCH, strict=False):
        written += write_batch(AISystem.objects.filter(pk__any_of=batch), chosen, anew=anew)
    if definitions is None:
        ids = [definition.id for definition in chosen]
        gone = Evaluation.objects.filter(system__in=pks).exclude(definition_id__in=ids)
        written += gone.delete()[0]
    if written:
        bump_version(systems=pks)
    return written


def evaluate_many(*, pks: Iterable[int], batch: int = BATCH, anew: bool = False) -> int:
    """Judge many systems, one transaction per batch; returns how many rows were written."""
    return sum(
        evaluate_systems(systems=AISystem.objects.filter(pk__any_of=some), anew=anew)
        for some in batched(pks, batch, strict=False)
    )


def write_batch(
    systems: AISystemQuerySet, definitions: Sequence[Definition], *, anew: bool = False
) -> int:
    """Compute, compare and write one batch; the same few statements for any number of rows."""
    now = timezone.now()
    rows = Evaluation.objects.filter(system__in=systems)
    stored = {(row.system_id, row.definition_id): row for row in rows.defer("outcome")}
    before = outcomes(stored.values()) if anew else {}
    judged = {pk for pk, _ in stored}
    fresh: list[tuple[Evaluation, Verdict, Facts]] = []
    moved: list[AISystem] = []
    events: list[VerdictChange] = []
    for system, facts in facts_for_many(systems):
        if derive(system, facts):
            moved.append(system)
        if system.pk not in judged:
            events.append(VerdictChange(system_id=system.pk, cause=Cause.ADDED, happened_at=now))
        for definition in definitions:
            row = stored.get((system.pk, definition.id))
            if row is not None and is_current(row, definition, facts) and not anew:
                continue
            verdict = evaluate(definition, facts)
            if row is None:
                row = Evaluation(system_id=system.pk, definition_id=definition.id)
                stored[system.pk, definition.id] = row
            elif anew and says_the_same(row, verdict, facts, before):
                continue
            fresh.append((row, verdict, facts))
    before |= outcomes(row for row, verdict, _ in fresh if row.pk and has_moved(row, verdict))
    for row, verdict, facts in fresh:
        if row.pk and has_moved(row, verdict):
            events.append(change_of(row, verdict, before[row.pk], now))
        take(row, verdict, facts, now)
    store_derived(moved)
    store_verdicts([row for row, _, _ in fresh])
    VerdictChange.objects.bulk_create(events, batch_size=BATCH)
    return len(fresh) + len(moved) + judge_claims(systems, stored)


def is_current(row: Evaluation, definition: Definition, facts: Facts) -> bool:
    """Whether a stored verdict is from these facts and these rules."""
    return (row.facts_fingerprint, row.definition_fingerprint) == (
        facts.fingerprint,
        definition.fingerprint,
    )


def outcomes(rows: Iterable[Evaluation]) -> dict[int, dict[str, Any]]:
    """The whole stored verdicts of these rows, by key. One query, or none for no rows."""
    pks = [row.pk for row in rows]
    if not pks:
        return {}
    return dict(Evaluation.objects.filter(pk__any_of=pks).values_list("pk", "outcome"))


def says_the_same(
    row: Evaluation, verdict: Verdict, facts: Facts, stored: Mapping[int, object]
) -> bool:
    values = columns(verdict, facts)
    if values.pop("outcome") != stored[row.pk]:
        return False
    return all(getattr(row, name) == value for name, value in values.items())


def has_moved(row: Evaluation, verdict: Verdict) -> bool:
    """Whether a stored verdict becomes another one."""
    return (row.status, row.label) != (verdict.status.value, verdict.label)


def judge_claims(systems: AISystemQuerySet, rows: Mapping[tuple[int, str], Evaluation]) -> int:
    """Hold the makers' words against today's verdicts; returns how many claims changed."""
    changed = []
    for claim in Claim.objects.filter(system__in=systems):
        promise = promise_of(claim.claimed)
        row = rows.get((claim.system_id, promise.definition)) if promise else None
        if promise and row is None:
            continue
        values = {
            "definition_id": promise.definition if promise else "",
            "result": result_of(promise, standing(row) if row else None).value,
        }
        if assign(claim, values):
            changed.append(claim)
    Claim.objects.bulk_update(changed, ["definition_id", "result"], batch_size=BATCH)
    return len(changed)


def standing(row: Evaluation) -> Outcome:
    """As much of a stored verdict as a claim is held against."""
    return Outcome(
        status=Status.of(row.status),
        label=row.label,
        reason=row.reason,
        level=row.level,
        level_possible=row.level_possible,
    )


def change_of(
    row: Evaluation, verdict: Verdict, outcome: Mapping[str, Any], now: dt.datetime
) -> VerdictChange:
    """The event of a stored verdict, with its whole outcome, becoming another one."""
    before = {item["code"]: item for item in outcome.get("findings", [])}
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


def take(row: Evaluation, verdict: Verdict, facts: Facts, now: dt.datetime) -> None:
    """Put a verdict into its row."""
    if not row.pk or row.status != verdict.status.value:
        row.status_since = now
    for name, value in columns(verdict, facts).items():
        setattr(row, name, value)
    row.evaluated_at = now


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


def assign(row: AISystem | Claim, values: Mapping[str, object]) -> bool:
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
