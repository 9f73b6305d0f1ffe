"""The pages that the catalogue links to, as rows that a check can work through."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from catalog.models import Link
from catalog.querysets.links import cited_addresses


def record_links() -> int:
    """Add a link for every page that has none; returns how many were added. Three statements."""
    known = set(Link.objects.values_list("url", flat=True))
    missing = set(cited_addresses()) - known
    Link.objects.bulk_create(
        [Link(url=url) for url in sorted(missing)], batch_size=500, ignore_conflicts=True
    )
    return len(missing)


@transaction.atomic
def look_again(*, pks: Iterable[int]) -> int:
    """Make pages due at once, for the next run of the check; returns how many."""
    return Link.objects.filter(pk__in=list(pks)).update(next_check_at=timezone.now())
