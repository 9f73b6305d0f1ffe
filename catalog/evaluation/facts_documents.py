"""The facts of each system as documents, kept for whoever asks for a day in the past."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from catalog.entry.facts import BATCH, facts_for_many
from catalog.models import AISystem, FactsDocument
from catalog.models.packing import pack
from definitions.facts import Facts


def keep_documents(*, facts: Iterable[tuple[int, Facts]], now: dt.datetime) -> int:
    """Keep these facts of systems, by key, as those from now on. One statement, none for none."""
    rows = [
        FactsDocument(
            system_id=pk,
            fingerprint=found.fingerprint,
            packed=pack(found.canonical()),
            recorded_at=now,
        )
        for pk, found in facts
    ]
    FactsDocument.objects.bulk_create(rows, batch_size=BATCH)
    return len(rows)


def keep_missing_documents() -> int:
    """Keep the facts of systems of which no document says what is so today; how many these are.

    These are systems that a release before documents judged, or that one before packed
    documents judged between the first migration and its end.

    A document says what was so from the moment in which it is written, not before. Goes on
    in pieces, each a transaction, so that it may run on a live site and be broken off.
    """
    found, last = 0, 0
    while pks := keep_some(after=last):
        found, last = found + len(pks), pks[-1]
    return found


@transaction.atomic
def keep_some(*, after: int) -> list[int]:
    """The next systems in the order of their keys that had no document and have one now."""
    documents = FactsDocument.objects.filter(
        system=OuterRef("pk"), fingerprint=OuterRef("facts_fingerprint")
    )
    judged = AISystem.objects.filter(pk__gt=after).exclude(facts_fingerprint="")
    without = judged.filter(~Exists(documents)).order_by("pk").select_for_update(of=("self",))
    pks = list(without.values_list("pk", flat=True)[:BATCH])
    facts = facts_for_many(AISystem.objects.filter(pk__any_of=pks))
    keep_documents(facts=[(system.pk, found) for system, found in facts], now=timezone.now())
    return pks
