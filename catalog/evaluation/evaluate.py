"""Verdicts: computed from the facts, kept as rows, written only where they differ.

Every service that changes facts ends with ``evaluate_systems`` in its own
transaction. A row is current when both fingerprints, of the facts and of the
definition with our reading of it, are today's.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import batched

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from catalog.entry.facts import BATCH, facts_for_many
from catalog.evaluation.catalogue_version import bump_version
from catalog.evaluation.facts_documents import keep_documents
from catalog.evaluation.verdict_store import Row, Stored, row_of, store_derived, store_verdicts
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
from definitions import registry, tiers
from definitions.business import business_use
from definitions.claims import promise_of, result_of
from definitions.core import Definition, evaluate
from definitions.facts import Facts
from definitions.marks import MARKS, Judged, word_of
from definitions.strip import strip
from definitions.vocabulary import ComponentKind


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
    judged = {pk for pk, _ in stored}
    fresh: list[Row] = []
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
            result = definition.result_of(evaluate(definition, facts))
            row = row_of(system.pk, definition, result, facts, now, old)
            if old is None or not (anew and says_the_same(old, row)):
                fresh.append(row)
            if old is not None and has_moved(definition, old, row):
                events.append(change_of(definition, old, row))
    store_derived(moved)
    keep_documents(facts=documents, now=now)
    store_verdicts(fresh)
    VerdictChange.objects.bulk_create(events, batch_size=BATCH)
    today = stored | {(row.system_id, row.definition_id): row for row in fresh}
    return len(fresh) + len(moved) + judge_claims(systems, today)


def is_current(row: Stored, definition: Definition, facts: Facts) -> bool:
    """Whether a stored verdict is from these facts and these rules, with all its letters."""
    return (row.facts_fingerprint, row.definition_fingerprint, len(row.criteria)) == (
        facts.fingerprint,
        definition.fingerprint,
        len(definition.criteria),
    )


def says_the_same(old: Stored, row: Row) -> bool:
    """Whether a verdict is the stored one."""
    return all(getattr(old, name) == getattr(row, name) for name in COMPARED)


COMPARED = tuple(name for name in Stored._fields if name in Row._fields)


def has_moved(definition: Definition, old: Stored, row: Row) -> bool:
    """Whether a stored verdict becomes another one in the eyes of its readers.

    A label may rest on letters, which an older release did not keep: what it left open
    has not moved.
    """
    if old.status != row.status:
        return True
    known = old if old.criteria else old._replace(criteria=row.criteria)
    return definition.label_of(known) != definition.label_of(row)


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
            "result": result_of(promise, row).value,
        }
        if assign(claim, values):
            changed.append(claim)
    Claim.objects.bulk_update(changed, ["definition_id", "result"], batch_size=BATCH)
    return len(changed)


def change_of(definition: Definition, old: Stored, row: Row) -> VerdictChange:
    """The event of a stored verdict becoming another one."""
    before = definition.marks_by_code(old.criteria)
    after = definition.marks_by_code(row.criteria)
    moved = [(code, before.get(code, ""), after.get(code, "")) for code in {**before, **after}]
    moved = [item for item in moved if item[1] != item[2]] if before else []
    ruled = any((old and MARKS[old].ruled) or (new and MARKS[new].ruled) for _, old, new in moved)
    if old.definition_fingerprint != row.definition_fingerprint:
        cause = Cause.DEFINITION
    else:
        cause = Cause.RULING if ruled else Cause.FACTS
    return VerdictChange(
        system_id=row.system_id,
        definition_id=row.definition_id,
        cause=cause,
        before_status=old.status,
        before=kept(old),
        status=row.status,
        after=kept(row),
        criteria=[
            {"code": code, "before": first, "after": second}
            for code, first, second in moved
            if word_of(first, definition.grades) != word_of(second, definition.grades)
        ],
        happened_at=row.evaluated_at,
    )


def kept(result: Judged) -> dict[str, object]:
    """What an event keeps of a verdict beside its status."""
    names = ("level", "level_possible", "score", "score_low", "score_high", "criteria")
    return {name: value for name in names if (value := getattr(result, name)) not in (None, "")}


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
    lengths = {definition.id: len(definition.criteria) for definition in chosen}
    for pk, definition, by_rules, from_facts, letters in rows.values_list(
        *("system_id", "definition_id", "definition_fingerprint", "facts_fingerprint", "criteria")
    ):
        whole = len(letters) == lengths.get(definition)
        rules[pk][definition] = by_rules if whole else ""
        prints[pk].add(from_facts)
    found = {pk for pk in pks if rules[pk] != today or len(prints[pk]) > 1}
    others = AISystem.objects.filter(pk__any_of=[pk for pk in pks if pk not in found])
    found |= {
        system.pk
        for system, facts in facts_for_many(others)
        if prints[system.pk] != {facts.fingerprint}
    }
    return sorted(found)
