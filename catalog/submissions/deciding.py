"""Decisions on submissions: four eyes, one transaction, everyone concerned informed."""

from collections.abc import Collection
from typing import Any

import pghistory
from django.contrib.auth.models import User
from django.db import DataError, IntegrityError, transaction
from django.utils import timezone

from catalog.evaluation.catalogue_version import bump_version
from catalog.models import (
    AISystem,
    EventKind,
    Submission,
    SubmissionEvent,
    SubmissionState,
)
from catalog.submissions.effects import Standing, effect_of, effect_on
from catalog.submissions.forms.text import plain
from catalog.submissions.letters import queue_letter
from catalog.submissions.publishing import PublishError, publish

DECIDE = "catalog.decide_submission"
DECIDE_HIGH = "catalog.decide_high_impact"


class DecisionError(Exception):
    """Why a decision was not taken; the message is for the editor."""


def is_own(submission: Submission, user: User) -> bool:
    """Whether a submission is the editor's own, on which they may not decide."""
    same_address = bool(user.email) and submission.email.lower() == user.email.lower()
    return submission.submitter_id == user.pk or same_address


def refusal(submission: Submission, user: User, *, high: bool | None = None) -> str:
    """Why this account may not decide on it; empty where it may."""
    if not user.has_perm(DECIDE):
        return "Your role may read submissions, not decide on them."
    if is_own(submission, user):
        return "This is your own submission; someone else decides on it."
    if (submission.high_impact if high is None else high) and not user.has_perm(DECIDE_HIGH):
        return "This changes verdicts or a verified entry: a Reviewer decides on it."
    return ""


def lock(
    submission: Submission, user: User, revision: int, *, high: bool | None = None
) -> Submission:
    """The row, locked, where it is as the editor has read it; DecisionError else."""
    row = Submission.objects.select_for_update().get(pk=submission.pk)
    if row.state != SubmissionState.SENT:
        last = row.events.order_by("-happened_at", "-id").first()
        by = f" by {article(last.role)}" if last else ""
        raise DecisionError(
            f"It has been decided already: it is “{row.get_state_display().lower()}”{by}."
        )
    if row.revision != revision:
        raise DecisionError("The submitter has changed it since you opened it. Read it again.")
    reason = refusal(row, user, high=high)
    if reason:
        raise DecisionError(reason)
    return row


def article(role: str) -> str:
    return f"an {role}" if role[:1] in "AEIOU" else f"a {role}"


@transaction.atomic
def accept(
    *,
    submission: Submission,
    units: Collection[str],
    user: User,
    role: str,
    revision: int,
    seen: str = "",
    message: str = "",
) -> AISystem:
    """Take these units into the catalogue and tell everybody; DecisionError where that cannot be.

    ``seen`` is the fingerprint of the entry's facts that the editor had before
    them; where somebody has changed the entry since, the editor looks again.
    """
    row = lock(submission, user, revision)
    lock_entry(row)
    message = plain(message, lines=True)
    effect = effect_of(row)
    standing = effect.standing
    if standing is not None and seen and standing.facts.fingerprint != seen:
        raise DecisionError("The entry has changed since you opened this. Read it again.")
    offered = {change.unit for change in effect.changes}
    chosen = [unit for unit in units if unit in offered]
    if not chosen:
        raise DecisionError("Choose at least one part, or reject the submission.")
    if row.is_new and "name" not in chosen:
        raise DecisionError("A new entry needs its name.")
    part = effect_on(standing, row, effect.changes, chosen)
    reason = refusal(row, user, high=part.high_impact)
    if reason:
        raise DecisionError(reason)
    whole = offered == set(chosen)
    kind = EventKind.ACCEPTED if whole else EventKind.PARTLY
    with pghistory.context(command="submission", submission=row.pk, why=message, by=role):
        row.system = written(row, chosen, standing)
    close(row, kind, user, role, message=message, units=chosen)
    return row.system


def written(row: Submission, chosen: list[str], standing: Standing | None) -> AISystem:
    try:
        with transaction.atomic():
            return publish(row, chosen, standing)
    except PublishError as error:
        raise DecisionError(str(error)) from error
    except (DataError, IntegrityError) as error:
        first = str(error).splitlines()[0]
        raise DecisionError(f"The catalogue cannot hold this: {first}") from error


def lock_entry(row: Submission) -> None:
    """Lock the entry that is corrected; DecisionError where it is gone."""
    entry = AISystem.objects.filter(pk=row.system_id or 0, is_published=True)
    if not row.is_new and not entry.select_for_update().values_list("pk", flat=True):
        raise DecisionError("The entry was merged into another one, or is not published any more.")


def close(
    row: Submission,
    kind: EventKind,
    user: User,
    role: str,
    **more: Any,
) -> None:
    """Note a decision, with who and why, and write to the submitter."""
    row.state = kind.value
    row.decided_at = timezone.now()
    row.revision += 1
    row.save()
    SubmissionEvent.objects.create(submission=row, kind=kind.value, role=role, actor=user, **more)
    queue_letter(submission=row, template=kind.value, message=more.get("message", ""))
    bump_version(systems=())  # what an acceptance changes, its own services have counted


@transaction.atomic
def reject(
    *,
    submission: Submission,
    user: User,
    role: str,
    revision: int,
    reason: str,
    message: str,
) -> Submission:
    """Turn a submission down, with the reason."""
    row = lock(submission, user, revision)
    message = plain(message, lines=True)
    if not message:
        raise DecisionError("Say why; the submitter reads it.")
    close(row, EventKind.REJECTED, user, role, message=message, reason=reason)
    return row


@transaction.atomic
def ask(
    *, submission: Submission, user: User, role: str, revision: int, message: str
) -> Submission:
    """Hand a submission back with a question; the submitter can change it and send it again.

    A question publishes nothing, so an Editor may ask about a correction that a Reviewer decides.
    """
    row = lock(submission, user, revision, high=False)
    message = plain(message, lines=True)
    if not message:
        raise DecisionError("Write what you want to know.")
    row.state = SubmissionState.ASKED.value
    row.revision += 1
    row.save(update_fields=["state", "revision"])
    SubmissionEvent.objects.create(
        submission=row, kind=EventKind.ASKED.value, role=role, actor=user, message=message
    )
    queue_letter(submission=row, template="asked", message=message)
    return row


@transaction.atomic
def note(*, submission: Submission, user: User, role: str, message: str) -> None:
    """A note that editors alone see; it changes nothing."""
    if not user.has_perm(DECIDE):
        raise DecisionError("Your role may read submissions, not write about them.")
    message = plain(message, lines=True)
    if not message:
        raise DecisionError("Write a note.")
    SubmissionEvent.objects.create(
        submission=submission, kind=EventKind.NOTED.value, role=role, actor=user, message=message
    )
