"""Verdicts as rows, with what they were made from, and every change of them as an event."""

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from catalog.models.constraints import filled, word_field, words
from catalog.models.history import track
from catalog.querysets import EvaluationQuerySet, VerdictChangeQuerySet
from definitions.vocabulary import Status


@track(exclude=["facts_fingerprint", "evaluated_at", "outcome"])
class Evaluation(models.Model):
    """The verdict of one definition on one system.

    A row is current when both fingerprints are today's. ``outcome`` is the
    whole verdict as JSON; the other columns repeat what lists filter and sort by.
    The events hold these columns and not ``outcome``, which follows from the facts
    of the moment and the rules of its fingerprint.
    """

    system = models.ForeignKey("catalog.AISystem", models.CASCADE, related_name="evaluations")
    definition_id = models.CharField(max_length=40)
    status = word_field(Status, Status.UNKNOWN)
    label = models.CharField(max_length=200)
    reason = models.TextField(blank=True, default="")
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    level_possible = models.PositiveSmallIntegerField(null=True, blank=True)
    score = models.FloatField(null=True, blank=True)
    score_low = models.FloatField(null=True, blank=True)
    score_high = models.FloatField(null=True, blank=True)
    outcome = models.JSONField(default=dict)
    facts_fingerprint = models.CharField(max_length=64)
    definition_fingerprint = models.CharField(max_length=100)
    evaluated_at = models.DateTimeField()
    status_since = models.DateTimeField()

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        ordering = ["system_id", "definition_id"]
        indexes = [
            models.Index(fields=["definition_id", "status"], name="evaluation_status"),
            models.Index(fields=["definition_id", "level"], name="evaluation_level"),
            models.Index(fields=["definition_id", "score"], name="evaluation_score"),
        ]
        constraints = [
            UniqueConstraint(fields=["system", "definition_id"], name="evaluation_once"),
            *words("evaluation", status=Status),
            *filled("evaluation", ["definition_id", "definition_fingerprint"]),
            CheckConstraint(
                condition=Q(facts_fingerprint__regex=r"^[0-9a-f]{64}$"),
                name="evaluation_facts_fingerprint_form",
            ),
            CheckConstraint(
                condition=Q(level__isnull=True)
                | Q(level_possible__isnull=True)
                | Q(level__lte=F("level_possible")),
                name="evaluation_levels_ordered",
            ),
            CheckConstraint(
                condition=Q(score_low__isnull=True)
                | Q(score_high__isnull=True)
                | Q(score_low__lte=F("score_high")),
                name="evaluation_scores_ordered",
            ),
            CheckConstraint(
                condition=Q(status_since__lte=F("evaluated_at")), name="evaluation_times_ordered"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.definition_id}: {self.label}"


class Cause(models.TextChoices):
    """Why something about a system changed."""

    ADDED = "added", "Added to the register"
    FACTS = "facts", "Facts changed"
    RULING = "ruling", "Ruling"
    DEFINITION = "definition", "Rules revised"


class VerdictChange(models.Model):
    """A verdict that became another one, or a system that came into the register.

    Written by the evaluation and by nothing else, and never changed. For a new
    system ``definition_id`` is empty. ``criteria`` lists what moved: the code of
    each criterion with its word before and after.
    """

    system = models.ForeignKey("catalog.AISystem", models.CASCADE, related_name="verdict_changes")
    definition_id = models.CharField(max_length=40, blank=True, default="")
    cause = models.CharField(max_length=20, choices=Cause.choices)
    before_status = models.CharField(max_length=40, blank=True, default="")
    before_label = models.CharField(max_length=200, blank=True, default="")
    status = models.CharField(max_length=40, blank=True, default="")
    label = models.CharField(max_length=200, blank=True, default="")
    criteria = models.JSONField(default=list)
    happened_at = models.DateTimeField()

    objects = VerdictChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-happened_at", "-id"]
        indexes = [
            models.Index(fields=["-happened_at", "-id"], name="verdictchange_newest"),
            models.Index(fields=["system", "-happened_at"], name="verdictchange_system"),
            models.Index(fields=["definition_id", "-happened_at"], name="verdictchange_definition"),
        ]
        constraints = [
            CheckConstraint(condition=Q(cause__in=Cause.values), name="verdictchange_cause_word"),
            CheckConstraint(
                condition=Q(cause=Cause.ADDED.value, definition_id="")
                | (~Q(cause=Cause.ADDED.value) & ~Q(definition_id="")),
                name="verdictchange_names_definition",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.definition_id}: {self.before_label} → {self.label}"


class FactsDocument(models.Model):
    """The facts of a system as they were from a moment on, until the next document.

    Written by the evaluation whenever the fingerprint of the facts moves, and never
    changed: a glassbox-facts/1 document holds the facts of its licences too, so that
    whoever asks for a day in the past can judge it anew. Like events, documents outlive
    the entry that they are of.
    """

    system = models.ForeignKey(
        "catalog.AISystem",
        models.DO_NOTHING,
        related_name="facts_documents",
        db_constraint=False,
        db_index=False,
    )
    fingerprint = models.CharField(max_length=64)
    document = models.JSONField()
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["system_id", "recorded_at"]
        constraints = [
            UniqueConstraint(fields=["system", "recorded_at"], name="factsdocument_once"),
            CheckConstraint(
                condition=Q(fingerprint__regex=r"^[0-9a-f]{64}$"),
                name="factsdocument_fingerprint_form",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fingerprint[:12]} since {self.recorded_at:%Y-%m-%d}"
