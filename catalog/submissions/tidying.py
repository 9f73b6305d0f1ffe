"""What is not kept for ever: old drafts, addresses, spent quotas, letters that are out."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from catalog.models import Mail, Quota, Submission

DRAFTS_KEPT = dt.timedelta(days=90)
ADDRESS_KEPT = dt.timedelta(days=365)
UNCONFIRMED_KEPT = dt.timedelta(days=30)
NETWORK_KEPT = dt.timedelta(days=30)
LETTERS_KEPT = dt.timedelta(days=30)


@transaction.atomic
def tidy_up(now: dt.datetime | None = None) -> dict[str, int]:
    """Delete what has had its time; returns how many rows of each kind."""
    now = now or timezone.now()
    drafts = Submission.objects.drafts_before(now - DRAFTS_KEPT)
    addresses = Submission.objects.with_address_at_rest(
        now - ADDRESS_KEPT, unconfirmed=now - UNCONFIRMED_KEPT
    )
    networks = Submission.objects.filter(created_at__lt=now - NETWORK_KEPT).exclude(network="")
    letters = Mail.objects.filter(created_at__lt=now - LETTERS_KEPT)
    return {
        "drafts": drafts.delete()[1].get("catalog.Submission", 0),
        "addresses": addresses.update(email="", email_confirmed_at=None),
        "networks": networks.update(network=""),
        "letters": letters.delete()[0],
        "quotas": Quota.objects.filter(expires_at__lt=now).delete()[0],
    }
