"""Verdicts: computed from the facts, kept as rows, written only where they differ.

Every service that changes facts ends with ``evaluate_systems`` in its own
transaction. A row is current when both fingerprints, of the facts and of the
definition with our reading of it, are today's.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from itertools import batched

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from catalog.facts import BATCH, facts_for_many
from catalog.models import AISystem, Dataset, Evaluation, License, Organization
from catalog.querysets import AISystemQuerySet
from catalog.services.state import bump_version
from definitions import registry
from definitions.core import Definition, Verdict, evaluate
from definitions.facts import Facts
from definitions.licences import commercial_use
from definitions.strip import strip
from definitions.vocabulary import ComponentKind

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
        bump_version()
    return written


def evaluate_many(*, pks: Iterable[int], batch: int = BATCH) -> int:
    """Judge many systems, one transaction per batch; returns how many rows were written."""
    return sum(
        evaluate_systems(systems=AISystem.objects.filter(pk__in=some))
        for some in batched(pks, batch, strict=False)
    )


def write_batch(systems: AISystemQuerySet, definitions: Sequence[Definition]) -> int:
    """Compute, compare and write one batch; two statements at most where all is new."""
    now = timezone.now()
    stored = {
        (row.system_id, row.definition_id): row
        for row in Evaluation.objects.filter(system__in=systems)
    }
    changed: list[Evaluation] = []
    moved: list[AISystem] = []
    for system, facts in facts_for_many(systems):
        if derive(system, facts):
            moved.append(system)
        for definition in definitions:
            row = stored.get((system.pk, definition.id)) or Evaluation(
                system_id=system.pk, definition_id=definition.id
            )
            if take(row, evaluate(definition, facts), facts, now):
                changed.append(row)
    AISystem.objects.bulk_update(moved, DERIVED, batch_size=BATCH)
    Evaluation.objects.bulk_create(
        changed,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["system", "definition_id"],
        update_fields=[*COLUMNS, "evaluated_at", "status_since"],
    )
    return len(changed) + len(moved)


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


def assign(row: AISystem | Evaluation, values: Mapping[str, object]) -> bool:
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
