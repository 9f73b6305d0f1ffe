"""Drafts: begun, typed into step by step, sent, answered, withdrawn.

Every write locks the row, so that two windows with the same link follow one
another, and counts the revision up, so that an editor who decides learns when
what was read is no longer current.
"""

from copy import deepcopy
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from catalog.entry.checks import checked, settled
from catalog.entry.document import current_document
from catalog.entry.licences import load_book
from catalog.entry.units import Document, changes, links_in, tidy
from catalog.models import (
    AISystem,
    EventKind,
    Submission,
    SubmissionEvent,
    SubmissionState,
)
from catalog.submissions.effects import effect_of
from catalog.submissions.forms.steps import STEPS, Bound, Mistake, Step, Typed, replaced
from catalog.submissions.forms.wording import mistakes_in
from catalog.submissions.letters import queue_letter

MOST_LINKS = 250
SUBMITTER = "Submitter"
WRITABLE = (SubmissionState.DRAFT.value, SubmissionState.ASKED.value)


class NotNowError(Exception):
    """The submission is not in a state in which this can be done; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who sends: a hashed network, and the account where one is signed in."""

    network: str = ""
    account: User | None = None


def begin(
    *, sender: Sender, document: Document | None = None, origin: str = "", system: AISystem | None
) -> Submission:
    """A new draft: of a new entry, or of a correction where a system is named."""
    base = current_document(system.pk) if system else {}
    proposed = deepcopy(base) if system else incoming(document or {})
    return Submission.objects.create(
        is_new=system is None,
        system=system,
        base=base,
        document=proposed,
        title=str(proposed.get("name", ""))[:200],
        origin=origin[:300],
        network=sender.network,
        submitter=sender.account,
    )


def incoming(document: Document) -> Document:
    """What came by another door than the form, each value in its one spelling as far as it is one.

    Two queries, for the licences; none for nothing.
    """
    if not document:
        return {}
    book = load_book()
    return tidy(checked(settled(document, book), book).document)


def locked(submission: Submission, *states: str) -> Submission:
    """The row, locked; NotNowError where it is in none of these states."""
    row = Submission.objects.select_for_update().get(pk=submission.pk)
    if row.state not in states:
        raise NotNowError(f"This submission is {row.get_state_display().lower()}.")
    return row


@transaction.atomic
def save_step(*, submission: Submission, step: Step, data: Typed) -> Bound:
    """Keep what was typed in one step: as part of the document where all of it is valid.

    Otherwise it is kept as it was typed, to be shown again. Returns the forms.
    """
    row = locked(submission, *WRITABLE)
    bound = step.forms(row.document, data)
    if bound.is_valid():
        row.document = tidy(replaced(row.document, step, bound.part()))
        row.typed.pop(step.key, None)
    else:
        row.typed[step.key] = bound.known(data)
    row.filling = None  # whoever types has read what the Hub said, or waits for it no longer
    keep(row, "filling")
    return bound


def keep(row: Submission, *more: str) -> None:
    """Write what was changed of a draft, and further columns that are named."""
    row.title = str(row.document.get("name", ""))[:200]
    row.revision += 1
    row.saved_at = timezone.now()
    row.save(update_fields=["document", "typed", "title", "revision", "saved_at", *more])


def problems(row: Submission) -> dict[str, list[Mistake]]:
    """What has to be put right before sending, by step. Two queries, for the licences."""
    found = {key: STEPS[key].forms(row.document, data) for key, data in row.typed.items()}
    bad = {key: bound.errors for key, bound in found.items() if not bound.is_valid()}
    return mistakes_in(checked(row.document, load_book()).faults) | bad


@transaction.atomic
def send(
    *,
    submission: Submission,
    note: str,
    relation: str,
    email: str,
    sender: Sender,
    suspect: bool = False,
    answer: str = "",
) -> Submission:
    """Hand a draft to the editors, or hand it back after a question; NotNowError where it cannot.

    Sending twice does nothing the second time.
    """
    row = Submission.objects.select_for_update().get(pk=submission.pk)
    if row.state == SubmissionState.SENT:
        return row
    refuse(row)
    first = row.state == SubmissionState.DRAFT
    if first:
        row.note, row.relation, row.email = note, relation, email
        row.suspect = suspect
        row.network = sender.network or row.network
        row.submitter = sender.account or row.submitter
    row.state = SubmissionState.SENT.value
    row.sent_at = timezone.now()
    row.saved_at = row.sent_at
    row.revision += 1
    weigh(row)
    row.save()
    SubmissionEvent.objects.create(
        submission=row,
        kind=(EventKind.SENT if first else EventKind.ANSWERED).value,
        role=SUBMITTER,
        message=answer,
    )
    if first and email:
        queue_letter(submission=row, template="confirm")
    return row


def refuse(row: Submission) -> None:
    """NotNowError where a submission cannot be sent as it is."""
    if row.state not in WRITABLE:
        raise NotNowError(f"This submission is {row.get_state_display().lower()}.")
    if problems(row):
        raise NotNowError("Some steps are not complete yet.")
    if not changes(row.base, row.document, row.base):
        raise NotNowError("Nothing is different from what the entry says.")
    if sum(1 for _ in links_in(row.document)) > MOST_LINKS:
        raise NotNowError(f"There are more than {MOST_LINKS} links in it.")


def weigh(row: Submission) -> None:
    """Note the size of its effect, by which the queue can be sorted."""
    effect = effect_of(row)
    row.high_impact = effect.high_impact
    row.verdicts_changed = len(effect.moved)
    row.units_changed = len(effect.changes)


@transaction.atomic
def withdraw(*, submission: Submission) -> Submission:
    """Take a submission back; a second time does nothing."""
    row = Submission.objects.select_for_update().get(pk=submission.pk)
    if row.state == SubmissionState.WITHDRAWN:
        return row
    if row.state not in (*WRITABLE, SubmissionState.SENT.value):
        raise NotNowError("The editors have decided; nothing can be withdrawn any more.")
    row.state = SubmissionState.WITHDRAWN.value
    row.revision += 1
    row.saved_at = timezone.now()
    row.save(update_fields=["state", "revision", "saved_at"])
    SubmissionEvent.objects.create(submission=row, kind=EventKind.WITHDRAWN.value, role=SUBMITTER)
    return row


@transaction.atomic
def confirm_address(*, submission: Submission) -> None:
    """The owner of the address has opened the link that was sent there."""
    Submission.objects.filter(pk=submission.pk, email_confirmed_at=None).exclude(email="").update(
        email_confirmed_at=timezone.now()
    )


@transaction.atomic
def forget_address(*, submission: Submission) -> None:
    """Delete the address: no more letters."""
    Submission.objects.filter(pk=submission.pk).update(email="", email_confirmed_at=None)
