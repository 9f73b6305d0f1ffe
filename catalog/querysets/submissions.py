"""Submissions as the desk and the submitters see them, and the mail that waits."""

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Self, TypedDict

from django.db import models
from django.db.models import F

if TYPE_CHECKING:
    from catalog.models import Mail, Submission, SubmissionEvent  # noqa: F401 - named in strings


MOST_ATTEMPTS = 8
DECISIONS = ("accepted", "partly", "rejected")
"""The kinds of event that decide on a submission."""


class CountedDecisions(TypedDict):
    """How many decisions of a kind and, where it is a rejection, a reason there are."""

    kind: str
    reason: str
    number: int


class SubmissionQuerySet(models.QuerySet["Submission"]):
    """Questions about submissions."""

    def of_network(self, network: str) -> Self:
        """What came from the same network; nothing for none."""
        return self.filter(network=network).exclude(network="") if network else self.none()

    def drafts_before(self, moment: dt.datetime) -> Self:
        """Drafts that nobody has touched since then."""
        return self.filter(state="draft", saved_at__lt=moment)

    def with_address_at_rest(self, moment: dt.datetime, *, unconfirmed: dt.datetime) -> Self:
        """Submissions that still hold an address, and have not moved since then.

        Decided on, given up, or left without an answer; or nobody has confirmed the address.
        """
        resting = models.Q(decided_at__lt=moment) | models.Q(decided_at=None, saved_at__lt=moment)
        strange = models.Q(email_confirmed_at=None, saved_at__lt=unconfirmed)
        return self.exclude(email="").filter(resting | strange)


class SubmissionEventQuerySet(models.QuerySet["SubmissionEvent"]):
    """The steps of submissions, as the public may see them."""

    def decisions(self) -> Self:
        """What editors decided."""
        return self.filter(kind__in=DECISIONS)

    def on_systems(self, systems: Iterable[int]) -> Self:
        """Decisions on these entries: on what made them, and on corrections."""
        return self.decisions().filter(submission__system__in=list(systems))

    def for_list(self) -> Self:
        """The newest first, with the entry and without what was sent in. One query."""
        return (
            self.select_related("submission__system__merged_into")
            .only(
                "kind",
                "role",
                "message",
                "reason",
                "happened_at",
                "submission__is_new",
                "submission__system__slug",
                "submission__system__name",
                "submission__system__is_published",
                "submission__system__merged_into__slug",
                "submission__system__merged_into__name",
                "submission__system__merged_into__is_published",
            )
            .order_by("-happened_at", "-id")
        )

    def by_result(self) -> Iterable[CountedDecisions]:
        """How many decisions of each kind and reason there are, as dictionaries."""
        counted = self.decisions().order_by("kind", "reason").values("kind", "reason")
        return counted.annotate(number=models.Count("id"))


class MailQuerySet(models.QuerySet["Mail"]):
    """The letters that are still to go out."""

    def due(self, now: dt.datetime) -> Self:
        """Not sent yet, their time has come, and not given up."""
        waiting = self.filter(sent_at=None, next_attempt_at__lte=now, attempts__lt=MOST_ATTEMPTS)
        return waiting.order_by(F("next_attempt_at"), "id")
