"""The facts of each system as documents, kept for whoever asks for a day in the past."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from catalog.facts import BATCH, facts_for_many
from catalog.models import AISystem, FactsDocument
from definitions.facts import Facts


def keep_documents(*, facts: Iterable[tuple[int, Facts]], now: dt.datetime) -> int:
    """Keep these facts of systems, by key, as those from now on. One statement, none for none."""
    rows = [
        FactsDocument(
            system_id=pk, fingerprint=found.fingerprint, document=found.to_json(), recorded_at=now
        )
        for pk, found in facts
    ]
    FactsDocument.objects.bulk_create(rows, batch_size=BATCH)
    return len(rows)


@transaction.atomic
def keep_missing_documents() -> int:
    """Keep the facts of systems that were judged before documents were kept; how many these are.

    A document says what was so from the moment in which it is written, not before.
    """
    documents = FactsDocument.objects.filter(system=OuterRef("pk"))
    judged = AISystem.objects.exclude(facts_fingerprint="")
    without = judged.filter(~Exists(documents)).select_for_update(of=("self",))
    now, found = timezone.now(), 0
    pks = list(without.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(pks), BATCH):
        some = AISystem.objects.filter(pk__any_of=pks[start : start + BATCH])
        facts = [(system.pk, facts) for system, facts in facts_for_many(some)]
        found += keep_documents(facts=facts, now=now)
    return found
