"""Verdicts as rows: one per system and definition, with what they were made from."""

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from catalog.models.constraints import filled, word_field, words
from catalog.models.history import track
from catalog.querysets import EvaluationQuerySet
from definitions.vocabulary import Status


@track(exclude=["facts_fingerprint", "evaluated_at"])
class Evaluation(models.Model):
    """The verdict of one definition on one system.

    A row is current when both fingerprints are today's. ``outcome`` is the
    whole verdict as JSON; the other columns repeat what lists filter and sort by.
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
