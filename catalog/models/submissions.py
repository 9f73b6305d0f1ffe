"""What strangers send in: proposals, what became of them, and the mail about them.

A submission is data of its own. It holds a proposed document and the document of
the entry as it was when the work began; nothing of it is a row of the catalogue
until editors accept it.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q
from django.utils import timezone

from catalog.models.systems import AISystem
from catalog.querysets import MailQuerySet, SubmissionEventQuerySet, SubmissionQuerySet

NOTE_LENGTH = 2000
"""Characters of a message between submitter and editors."""


class SubmissionState(models.TextChoices):
    """The status of a submission."""

    DRAFT = "draft", "Draft"
    SENT = "sent", "Waiting for an editor"
    ASKED = "asked", "Waiting for the submitter"
    ACCEPTED = "accepted", "Accepted"
    PARTLY = "partly", "Accepted in part"
    REJECTED = "rejected", "Rejected"
    WITHDRAWN = "withdrawn", "Withdrawn"


DECIDED = (
    SubmissionState.ACCEPTED.value,
    SubmissionState.PARTLY.value,
    SubmissionState.REJECTED.value,
)
TAKEN = (SubmissionState.ACCEPTED.value, SubmissionState.PARTLY.value)


class Relation(models.TextChoices):
    """A submitter's connection to the system; makers are welcome and say so."""

    UNSAID = "unsaid", "I would rather not say"
    NONE = "none", "I have nothing to do with its makers"
    MAKER = "maker", "I work for its makers, or am one of them"
    PAID = "paid", "I am paid for this"
    RIVAL = "rival", "I work for others who make such systems"


class RejectReason(models.TextChoices):
    """Why a submission was not taken."""

    UNPROVED = "unproved", "The evidence does not show it"
    SCOPE = "scope", "Not an AI system that was released"
    DUPLICATE = "duplicate", "The register has it already"
    ADVERTISING = "advertising", "Advertising"
    NONSENSE = "nonsense", "Not a serious submission"


class Submission(models.Model):
    """A proposed entry, or a proposed correction of one.

    ``base`` is the document of the entry when the work began (empty for a new
    system), ``document`` the proposed one, in the form of ``catalog.entry.document``.
    ``typed`` keeps, by step, what was typed and is not valid yet; ``filling`` what
    the Hub was asked for, until somebody has read what became of it. ``revision``
    counts up with every change: whoever decides names the one that was read.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(
        max_length=10, choices=SubmissionState.choices, default=SubmissionState.DRAFT.value
    )
    system = models.ForeignKey(
        "catalog.AISystem",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="submissions",
        help_text="The entry to correct, or the one that this became.",
    )
    is_new = models.BooleanField("proposes a new entry", default=True)
    title = models.CharField(max_length=200, blank=True, default="")
    base = models.JSONField(default=dict, blank=True)
    document = models.JSONField(default=dict, blank=True)
    typed = models.JSONField(default=dict, blank=True)
    origin = models.CharField(max_length=300, blank=True, default="", help_text="Prefilled from.")
    filling = models.JSONField(
        null=True, blank=True, help_text="A question to the Hub, and what became of it."
    )
    note = models.TextField("message to the editors", blank=True, default="")
    relation = models.CharField(
        max_length=10, choices=Relation.choices, default=Relation.UNSAID.value
    )
    email = models.EmailField("e-mail", blank=True, default="")
    email_confirmed_at = models.DateTimeField(null=True, blank=True)
    network = models.CharField(
        max_length=64, blank=True, default="", help_text="Keyed hash of the network it came from."
    )
    submitter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="submissions",
        help_text="The account that was signed in; it does not decide on this.",
    )
    revision = models.PositiveIntegerField(default=1)
    suspect = models.BooleanField("looks like spam", default=False)
    high_impact = models.BooleanField(default=False)
    verdicts_changed = models.PositiveSmallIntegerField(default=0)
    units_changed = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    saved_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        permissions = [
            ("decide_submission", "Can decide on submissions"),
            ("decide_high_impact", "Can decide on submissions of high impact"),
            ("see_contact", "Can see the address of a submitter"),
        ]
        indexes = [
            models.Index(fields=["state", "suspect", "sent_at"], name="submission_queue"),
            models.Index(fields=["system", "-decided_at"], name="submission_of_system"),
            models.Index(fields=["saved_at"], name="submission_saved"),
            models.Index(
                fields=["network", "-created_at"],
                name="submission_network",
                condition=~Q(network=""),
            ),
        ]
        constraints = [
            CheckConstraint(
                condition=Q(state__in=SubmissionState.values), name="submission_state_word"
            ),
            CheckConstraint(
                condition=Q(relation__in=Relation.values), name="submission_relation_word"
            ),
            CheckConstraint(
                condition=Q(state=SubmissionState.DRAFT.value, sent_at__isnull=True)
                | (~Q(state=SubmissionState.DRAFT.value) & Q(sent_at__isnull=False))
                | Q(state=SubmissionState.WITHDRAWN.value),
                name="submission_sent_has_time",
            ),
            CheckConstraint(
                condition=~Q(state__in=DECIDED) | Q(decided_at__isnull=False),
                name="submission_decided_has_time",
            ),
            CheckConstraint(
                condition=Q(is_new=True) | Q(system__isnull=False),
                name="submission_correction_has_system",
            ),
            CheckConstraint(
                condition=~Q(state__in=TAKEN) | Q(system__isnull=False),
                name="submission_accepted_has_system",
            ),
        ]

    def __str__(self) -> str:
        return self.title or "untitled"


class EventKind(models.TextChoices):
    """What happened to a submission."""

    SENT = "sent", "Sent"
    ASKED = "asked", "A question was asked"
    ANSWERED = "answered", "Answered and sent again"
    ACCEPTED = "accepted", "Accepted"
    PARTLY = "partly", "Accepted in part"
    REJECTED = "rejected", "Rejected"
    WITHDRAWN = "withdrawn", "Withdrawn"
    NOTED = "noted", "A note among editors"


class SubmissionEvent(models.Model):
    """One step of a submission's way: who, by role, did what, and why.

    ``units`` are the parts that a decision took. ``actor`` is known to the desk;
    pages show the role alone. Decisions are public; the message of a rejection
    is not, because it may repeat what was not shown to be true.
    """

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="events")
    kind = models.CharField(max_length=10, choices=EventKind.choices)
    role = models.CharField(max_length=40, help_text="The role, not the person.")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    message = models.TextField(blank=True, default="")
    reason = models.CharField(max_length=12, blank=True, default="", choices=RejectReason.choices)
    units = models.JSONField(default=list, blank=True)
    happened_at = models.DateTimeField(default=timezone.now)

    objects = SubmissionEventQuerySet.as_manager()

    class Meta:
        ordering = ["happened_at", "id"]
        indexes = [
            models.Index(
                fields=["-happened_at", "-id"],
                name="decision_newest",
                condition=Q(kind__in=DECIDED),
            )
        ]
        constraints = [
            CheckConstraint(
                condition=Q(kind__in=EventKind.values), name="submissionevent_kind_word"
            ),
            CheckConstraint(
                condition=~Q(kind=EventKind.REJECTED.value) | ~Q(message=""),
                name="submissionevent_rejection_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.role})"

    @property
    def entry(self) -> AISystem | None:
        """The published entry that came of it, or the one that this is part of today."""
        named = self.submission.system
        system = named.merged_into or named if named else None
        return system if system is not None and system.is_published else None

    @property
    def why(self) -> str:
        """The message of an acceptance; of a rejection, the reason from the list."""
        rejected = self.kind == EventKind.REJECTED.value
        return str(self.get_reason_display()) if rejected else self.message


class Mail(models.Model):
    """A letter that is to go out, kept until it has."""

    submission = models.ForeignKey(
        Submission, models.SET_NULL, null=True, blank=True, related_name="mails"
    )
    template = models.CharField(max_length=40)
    recipient = models.EmailField(blank=True)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField()
    unsubscribe_url = models.URLField(max_length=500, blank=True, default="")
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=300, blank=True, default="")
    created_at = models.DateTimeField(default=timezone.now)

    objects = MailQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(
                fields=["next_attempt_at"], name="mail_waiting", condition=Q(sent_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return self.subject


class Quota(models.Model):
    """How much of a limit is used up in one window of time; counted in one statement."""

    name = models.CharField(max_length=120)
    window = models.BigIntegerField(help_text="Number of the window since 1970.")
    used = models.PositiveIntegerField(default=0)
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "window"], name="quota_once")]
        indexes = [models.Index(fields=["expires_at"], name="quota_expires")]

    def __str__(self) -> str:
        return self.name
