"""Two entries that turn out to be one: one stays, the other's address leads to it.

Nothing is lost. The entry that goes stays in the database, hidden, with its
history; its records and those of its facts that the kept entry lacks move over.
"""

import pghistory
from django.db import models, transaction
from django.utils import timezone

from catalog.entry.parts import PARTS
from catalog.entry.shape import Part, by_key
from catalog.entry.write import Hand, hand_of
from catalog.evaluation.catalogue_version import bump_version
from catalog.evaluation.evaluate import dependents_of, evaluate_systems
from catalog.intake.nouns import Nouns
from catalog.intake.precedence import Settlement
from catalog.models import (
    AISystem,
    Derivation,
    DuplicateState,
    PossibleDuplicate,
    SourceRecord,
)


class MergeError(ValueError):
    """Why two entries cannot be merged, for the editor who asked."""


@transaction.atomic
def merge(*, keep: AISystem, drop: AISystem, rationale: str, by: str) -> AISystem:
    """Make ``drop`` part of ``keep``; returns the kept entry, judged anew.

    ``by`` is a role or an account's name for the history. Raises MergeError.
    """
    locked = {
        row.pk: row
        for row in AISystem.objects.select_for_update()
        .filter(pk__in=[keep.pk, drop.pk])
        .order_by("pk")
    }
    keep, drop = locked.get(keep.pk, keep), locked.get(drop.pk, drop)
    refuse(keep, drop)
    with pghistory.context(command="merge", kept=keep.slug, merged=drop.slug, why=rationale, by=by):
        SourceRecord.objects.filter(system=drop).update(system=keep)
        for part in PARTS:
            move(part, keep, drop)
        repoint(keep, drop)
        AISystem.objects.filter(merged_into=drop).update(merged_into=keep)
        drop.is_published, drop.merged_into = False, keep
        drop.save(update_fields=["is_published", "merged_into"])
        close_pairs(keep, drop, rationale)
        Settlement([keep.pk, drop.pk], Nouns.load()).write()
        affected = dependents_of(keep) | dependents_of(drop)
        pks = set(affected.values_list("pk", flat=True))
        evaluate_systems(systems=AISystem.objects.filter(pk__in=pks))
        bump_version(systems=pks)
    return AISystem.objects.get(pk=keep.pk)


def refuse(keep: AISystem, drop: AISystem) -> None:
    """Raise MergeError for a merge that makes no sense."""
    if keep.pk == drop.pk:
        raise MergeError("An entry cannot be merged with itself.")
    if drop.merged_into_id:
        raise MergeError(f"“{drop.name}” was merged already.")
    if keep.merged_into_id or not keep.is_published:
        raise MergeError(f"“{keep.name}” is not a published entry.")
    for one, other in ((keep, drop), (drop, keep)):
        between = set(
            Derivation.objects.filter(system=one, base__isnull=False).values_list("base", flat=True)
        )
        if other.pk in Derivation.objects.ancestors(between - {other.pk}):
            raise MergeError(f"“{one.name}” was built on “{other.name}” through other entries.")


def move(part: Part, keep: AISystem, drop: AISystem) -> None:
    """Give the kept entry the rows of people that it lacks; its own stay as they are.

    Rows that importers made follow from the records, which have moved already.
    Three queries at most.
    """
    rows = part.model._default_manager
    present = {key[1:]: row for key, row in by_key(rows.filter(system=keep)).items()}
    moving, gone = [], []
    for key, row in by_key(rows.filter(system=drop)).items():
        other = present.get(key[1:])
        on_itself = isinstance(row, Derivation) and row.base_id == keep.pk
        if hand_of(row) is Hand.REGISTER or on_itself:
            continue
        if other is None or hand_of(other) is Hand.REGISTER:
            moving.append(row.pk)
            gone += [other.pk] if other else []
    if gone:
        rows.filter(pk__in=gone).delete()
    if moving:
        rows.filter(pk__in=moving).update(system=keep)


def repoint(keep: AISystem, drop: AISystem) -> None:
    """Systems that were built on the entry that goes are built on the one that stays."""
    for row in Derivation.objects.filter(base=drop):
        again = Derivation.objects.filter(system=row.system_id, base=keep, kind=row.kind)
        if row.system_id == keep.pk or again.exists():
            row.delete()
        else:
            row.base = keep
            row.save(update_fields=["base"])
    Derivation.objects.filter(system=keep, base=keep).delete()


def close_pairs(keep: AISystem, drop: AISystem, rationale: str) -> None:
    """Close the question whether the two are one; other questions go to the kept entry."""
    now = timezone.now()
    pairs = PossibleDuplicate.objects.filter(models.Q(first=drop) | models.Q(second=drop))
    for pair in pairs:
        other = pair.second_id if pair.first_id == drop.pk else pair.first_id
        if other == keep.pk:
            pair.state, pair.decided_at = DuplicateState.MERGED.value, now
            pair.rationale = rationale
            pair.save()
        elif pair.state == DuplicateState.OPEN:
            first, second = sorted((other, keep.pk))
            PossibleDuplicate.objects.get_or_create(
                first_id=first, second_id=second, defaults={"reason": pair.reason}
            )
            pair.delete()


@transaction.atomic
def keep_apart(*, pair: PossibleDuplicate, rationale: str) -> None:
    """Record that two entries are two systems; the question does not come up again."""
    pair.state = DuplicateState.DISTINCT.value
    pair.decided_at = timezone.now()
    pair.rationale = rationale
    pair.save()
