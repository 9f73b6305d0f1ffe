"""Verdicts: computed from the facts, kept as rows, written only where they differ.

Every service that changes facts ends with ``evaluate_systems`` in its own
transaction. A row is current when both fingerprints, of the facts and of the
definition with our reading of it, are today's.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from itertools import batched
from json import loads
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
from catalog.models.systems import DERIVED
from catalog.querysets import AISystemQuerySet
from catalog.services.facts_documents import keep_documents
from catalog.services.state import bump_version
from catalog.services.verdict_rows import (
    Row,
    Stored,
    row_of,
    store_derived,
    store_verdicts,
)
from definitions import registry, tiers
from definitions.business import business_use
from definitions.claims import promise_of, result_of
from definitions.core import Definition, Outcome, Verdict, evaluate
from definitions.facts import Facts
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
    stored = Stored.of(systems)
    before = outcomes(stored.values()) if anew else {}
    judged = {pk for pk, _ in stored}
    fresh: list[tuple[Stored | None, Row, Verdict]] = []
    moved: dict[int, tuple[str, ...]] = {}
    documents: list[tuple[int, Facts]] = []
    events: list[VerdictChange] = []
    for system, facts in facts_for_many(systems):
        values = derived(facts)
        if values != tuple(getattr(system, name) for name in DERIVED):
            moved[system.pk] = values
        if system.facts_fingerprint != facts.fingerprint:
            documents.append((system.pk, facts))
        if system.pk not in judged:
            events.append(VerdictChange(system_id=system.pk, cause=Cause.ADDED, happened_at=now))
        for definition in definitions:
            old = stored.get((system.pk, definition.id))
            if old is not None and is_current(old, definition, facts) and not anew:
                continue
            verdict = evaluate(definition, facts)
            row = row_of(system.pk, verdict, facts, now, old)
            if not (anew and old is not None and says_the_same(old, row, before)):
                fresh.append((old, row, verdict))
    before |= outcomes(old for old, row, _ in fresh if old is not None and has_moved(old, row))
    events += [
        change_of(old, verdict, before[old.pk], now)
        for old, row, verdict in fresh
        if old is not None and has_moved(old, row)
    ]
    store_derived(moved)
    keep_documents(facts=documents, now=now)
    store_verdicts([row for _, row, _ in fresh])
    VerdictChange.objects.bulk_create(events, batch_size=BATCH)
    today = stored | {(row.system_id, row.definition_id): row for _, row, _ in fresh}
    return len(fresh) + len(moved) + judge_claims(systems, today)


def is_current(row: Stored, definition: Definition, facts: Facts) -> bool:
    """Whether a stored verdict is from these facts and these rules."""
    return (row.facts_fingerprint, row.definition_fingerprint) == (
        facts.fingerprint,
        definition.fingerprint,
    )


def outcomes(rows: Iterable[Stored]) -> dict[int, dict[str, Any]]:
    """The whole stored verdicts of these rows, by key. One query, or none for no rows."""
    pks = [row.pk for row in rows]
    if not pks:
        return {}
    return dict(Evaluation.objects.filter(pk__any_of=pks).values_list("pk", "outcome"))


def says_the_same(old: Stored, row: Row, documents: Mapping[int, object]) -> bool:
    """Whether a verdict is word for word the stored one."""
    if any(getattr(old, name) != getattr(row, name) for name in COMPARED):
        return False
    return bool(loads(row.outcome) == documents[old.pk])


COMPARED = tuple(name for name in Stored._fields if name in Row._fields)


def has_moved(old: Stored, row: Row) -> bool:
    """Whether a stored verdict becomes another one."""
    return (old.status, old.label) != (row.status, row.label)


def judge_claims(systems: AISystemQuerySet, rows: Mapping[tuple[int, str], Stored | Row]) -> int:
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


def standing(row: Stored | Row) -> Outcome:
    """As much of a stored verdict as a claim is held against."""
    return Outcome(
        status=Status.of(row.status),
        label=row.label,
        reason=row.reason,
        level=row.level,
        level_possible=row.level_possible,
    )


def change_of(
    row: Stored, verdict: Verdict, outcome: Mapping[str, Any], now: dt.datetime
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


def derived(facts: Facts) -> tuple[str, ...]:
    """The columns of a system that follow from its facts, in the order of ``DERIVED``."""
    weights = facts.component(ComponentKind.WEIGHTS_FINAL)
    entry, business = tiers.of_entry(facts), tiers.of_business_use(facts)
    return (
        strip(facts),
        business_use(facts).value,
        business.tier.value,
        business.registers,
        weights.licence,
        entry.tier.value,
        entry.registers,
        facts.fingerprint,
    )


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


def assign(row: Claim, values: Mapping[str, object]) -> bool:
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
    chosen = AISystem.objects.all() if systems is None else systems
    keys = chosen.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=BATCH)
    found = [
        pk
        for pks in batched(keys, BATCH, strict=False)
        for pk in behind(pks=pks, definitions=definitions)
    ]
    return list(AISystem.objects.filter(pk__any_of=found).order_by("pk").defer("search"))


def behind(*, pks: Sequence[int], definitions: Sequence[Definition] | None = None) -> list[int]:
    """The keys of the stale ones among a batch of systems.

    The facts are read only of those whose verdicts are all there, from today's rules
    and from the same facts.
    """
    chosen = registry.DEFINITIONS if definitions is None else tuple(definitions)
    today = {definition.id: definition.fingerprint for definition in chosen}
    rules: dict[int, dict[str, str]] = {pk: {} for pk in pks}
    prints: dict[int, set[str]] = {pk: set() for pk in pks}
    rows = Evaluation.objects.filter(system_id__any_of=pks).order_by()
    for pk, definition, by_rules, from_facts in rows.values_list(
        "system_id", "definition_id", "definition_fingerprint", "facts_fingerprint"
    ):
        rules[pk][definition] = by_rules
        prints[pk].add(from_facts)
    found = {pk for pk in pks if rules[pk] != today or len(prints[pk]) > 1}
    others = AISystem.objects.filter(pk__any_of=[pk for pk in pks if pk not in found])
    found |= {
        system.pk
        for system, facts in facts_for_many(others)
        if prints[system.pk] != {facts.fingerprint}
    }
    return sorted(found)
