"""Submissions as the desk and the submitters see them, and the mail that waits."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F

if TYPE_CHECKING:
    from catalog.models import Mail, Submission  # noqa: F401 - named in strings


MOST_ATTEMPTS = 8


class SubmissionQuerySet(models.QuerySet["Submission"]):
    """Questions about submissions."""

    def of_network(self, network: str) -> Self:
        """What came from the same network; nothing for none."""
        return self.filter(network=network).exclude(network="") if network else self.none()

    def drafts_before(self, moment: dt.datetime) -> Self:
        """Drafts that nobody has touched since then."""
        return self.filter(state="draft", saved_at__lt=moment)

    def with_address_decided_before(self, moment: dt.datetime) -> Self:
        """Submissions that still hold an address, decided on or given up before then."""
        over = models.Q(decided_at__lt=moment) | models.Q(state="withdrawn", saved_at__lt=moment)
        return self.exclude(email="").filter(over)


class MailQuerySet(models.QuerySet["Mail"]):
    """The letters that are still to go out."""

    def due(self, now: dt.datetime) -> Self:
        """Not sent yet, their time has come, and not given up."""
        waiting = self.filter(sent_at=None, next_attempt_at__lte=now, attempts__lt=MOST_ATTEMPTS)
        return waiting.order_by(F("next_attempt_at"), "id")
