"""Decisions on what was sent in, as the public reads them: by role, never by name."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from catalog.models import AISystem, EventKind, RejectReason, SubmissionEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision. ``system`` is the entry, or the one that it is part of today.

    It is None where no entry of the register came of it.

    ``why`` is the message of an acceptance; of a rejection it is the reason
    from the list, because a message may repeat what was not shown to be true.
    """

    id: int
    happened_at: dt.datetime
    role: str
    kind: str
    reason: str
    is_new: bool
    system: AISystem | None
    why: str

    @property
    def words(self) -> str:
        """What was decided, such as “a correction, accepted in part”."""
        proposed = _("a proposed entry") if self.is_new else _("a correction")
        return f"{proposed}, {EventKind(self.kind).label.lower()}"

    @property
    def sentence(self) -> str:
        """The decision in one line, for feeds."""
        return f"{self.role}: {self.words}" + (f". {self.why}" if self.why else "")


@dataclass(frozen=True, slots=True)
class Count:
    """How many decisions had one result."""

    label: str
    number: int


def decision_rows(events: Iterable[SubmissionEvent]) -> list[Decision]:
    """Decisions read with their submissions and entries."""
    return [present(event) for event in events]


def present(event: SubmissionEvent) -> Decision:
    return Decision(
        id=event.pk,
        happened_at=event.happened_at,
        role=event.role,
        kind=event.kind,
        reason=event.reason,
        is_new=event.submission.is_new,
        system=event.entry,
        why=event.why,
    )


def counts(results: Iterable[Any]) -> list[Count]:
    """The numbers of ``by_result`` with their words, rejections by reason."""
    return [
        Count(
            f"{EventKind(row['kind']).label}: {RejectReason(row['reason']).label.lower()}"
            if row["reason"]
            else str(EventKind(row["kind"]).label),
            row["number"],
        )
        for row in results
    ]
