"""What follows an edit by hand: licence links, verdicts, the catalogue's version."""

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db import models, transaction

from catalog.entry.licence_links import LICENSED_MODELS, LicensedRow, link_licences
from catalog.evaluation.background import AT_ONCE, judge_later
from catalog.evaluation.catalogue_version import bump_version
from catalog.evaluation.evaluate import dependents_of, evaluate_systems
from catalog.intake.nouns import Nouns
from catalog.intake.precedence import Settlement
from catalog.models import AISystem, Dataset, License, Organization, OrganizationFact
from catalog.querysets import AISystemQuerySet


def affected_by(row: models.Model) -> AISystemQuerySet:
    """The systems whose facts hold this row: dependents of a noun, or of a fact row's owner."""
    if isinstance(row, AISystem | License | Dataset | Organization):
        return dependents_of(row)
    if isinstance(row, OrganizationFact):
        return dependents_of(row.organization)
    owner = getattr(row, "system_id", None)
    return dependents_of(AISystem(pk=owner)) if owner else AISystem.objects.none()


def link_again(*, rows: Iterable[models.Model]) -> int:
    """Refresh the licence links of those rows that have terms."""
    changed = 0
    by_model: dict[type[models.Model], list[LicensedRow]] = {}
    for row in rows:
        if isinstance(row, LICENSED_MODELS):
            by_model.setdefault(type(row), []).append(row)
    for same in by_model.values():
        changed += link_licences(rows=same)
    return changed


def settle_again(systems: AISystemQuerySet) -> None:
    """Let the records of other registers fill what an edit has left open. One query for none."""
    pks = systems.filter(source_records__isnull=False).order_by().values_list("pk", flat=True)
    with_records = sorted(set(pks))
    if with_records:
        Settlement(with_records, Nouns.load()).write()


@transaction.atomic
def refresh(*, rows: Iterable[models.Model], systems: Iterable[int] = ()) -> int:
    """Bring everything up to date that hangs on edited rows; returns verdict rows written.

    ``systems`` are further ones to judge again, such as those of a row that is gone. Where
    more than ``AT_ONCE`` have to be judged, tasks do so after the edit.
    """
    edited, further = list(rows), set(systems)
    link_again(rows=edited)
    affected = reduce(
        or_,
        (affected_by(row) for row in edited),
        AISystem.objects.filter(pk__in=further),
    )
    settle_again(affected)
    pks = set(affected.order_by().values_list("pk", flat=True))
    written = 0
    if len(pks) > AT_ONCE:
        judge_later(pks)
    else:
        written = evaluate_systems(systems=AISystem.objects.filter(pk__in=pks))
    # Of other nouns, and of rows that are gone, it is not known which systems show them.
    known = edited and all(owned(row) for row in edited)
    bump_version(systems=pks | further if known else None)
    return written


def owned(row: models.Model) -> bool:
    """Whether ``affected_by`` names every system whose facets show this row."""
    nouns = (AISystem, License, Dataset, Organization, OrganizationFact)
    return isinstance(row, nouns) or bool(getattr(row, "system_id", None))
