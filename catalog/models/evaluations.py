"""Verdicts as rows, with what they were made from, and every change of them as an event."""

from functools import cached_property
from typing import Any

import orjson
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from catalog.models.constraints import filled, word_field, words
from catalog.models.history import track
from catalog.models.packing import unpack
from catalog.querysets import EvaluationQuerySet, VerdictChangeQuerySet
from definitions import registry
from definitions.marks import GRADES, Result, word_of
from definitions.vocabulary import Status


def label_of(row: Any) -> str:
    """The steward's words for a verdict, which follow from its row or its event."""
    return registry.label_of(row.definition_id, row)


@track(exclude=["facts_fingerprint", "evaluated_at"], label=property(label_of))
class Evaluation(models.Model):
    """The verdict of one definition on one system, without a sentence.

    A row is current when both fingerprints are today's. ``criteria`` has a letter for each
    criterion of the definition (``definitions.marks``). Labels follow from these columns,
    reasons from the facts (``catalog.evaluation.explanations``).
    """

    system = models.ForeignKey("catalog.AISystem", models.CASCADE, related_name="evaluations")
    definition_id = models.CharField(max_length=40)
    status = word_field(Status, Status.UNKNOWN)
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    level_possible = models.PositiveSmallIntegerField(null=True, blank=True)
    score = models.FloatField(null=True, blank=True)
    score_low = models.FloatField(null=True, blank=True)
    score_high = models.FloatField(null=True, blank=True)
    criteria = models.CharField(max_length=100, blank=True, default="", db_default="")
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

    @property
    def label(self) -> str:
        """The steward's words for the verdict."""
        return label_of(self)


class Cause(models.TextChoices):
    """Why something about a system changed."""

    ADDED = "added", "Added to the register"
    FACTS = "facts", "Facts changed"
    RULING = "ruling", "Ruling"
    DEFINITION = "definition", "Rules revised"


class VerdictChange(models.Model):
    """A verdict that became another one, or a system that came into the register.

    Written by the evaluation and by nothing else, and never changed. For a new
    system ``definition_id`` is empty. ``before`` and ``after`` hold what the verdict came
    to beside its status: level, scores and letters. ``criteria`` lists what moved: the code
    of each criterion with its letter before and after, empty where it is new or gone.
    """

    system = models.ForeignKey("catalog.AISystem", models.CASCADE, related_name="verdict_changes")
    definition_id = models.CharField(max_length=40, blank=True, default="")
    cause = models.CharField(max_length=20, choices=Cause.choices)
    before_status = models.CharField(max_length=40, blank=True, default="")
    before = models.JSONField(default=dict, db_default={})
    status = models.CharField(max_length=40, blank=True, default="")
    after = models.JSONField(default=dict, db_default={})
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

    @property
    def before_label(self) -> str:
        """The words for the verdict before; empty for a new system."""
        return self._label(self.before_status, self.before)

    @property
    def label(self) -> str:
        """The words for the verdict afterwards; empty for a new system."""
        return self._label(self.status, self.after)

    def _label(self, status: str, rest: dict[str, Any]) -> str:
        result = Result(status, **rest)
        return registry.label_of(self.definition_id, result) if status else ""

    @property
    def moved(self) -> list[dict[str, str]]:
        """The criteria that moved, with their words before and after."""
        return moved_words(self.definition_id, self.criteria)


def moved_words(definition_id: str, criteria: list[dict[str, str]]) -> list[dict[str, str]]:
    """Criteria that moved, their letters turned into words."""
    try:
        words = registry.get(definition_id).grades
    except KeyError:
        words = GRADES
    return [
        {
            "code": item["code"],
            "before": word_of(item["before"], words),
            "after": word_of(item["after"], words),
        }
        for item in criteria
    ]


class FactsDocument(models.Model):
    """The facts of a system as they were from a moment on, until the next document.

    Written by the evaluation whenever the fingerprint of the facts moves, and never
    changed: a glassbox-facts/1 document holds the facts of its licences too, so that
    whoever asks for a day in the past can judge it anew, and whoever reads a verdict can be
    given its reasons. ``packed`` is the canonical text (``catalog.models.packing``). Like
    events, documents outlive the entry that they are of.
    """

    system = models.ForeignKey(
        "catalog.AISystem",
        models.DO_NOTHING,
        related_name="facts_documents",
        db_constraint=False,
        db_index=False,
    )
    fingerprint = models.CharField(max_length=64)
    packed = models.BinaryField()
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

    @cached_property
    def document(self) -> dict[str, Any]:
        """The facts as JSON."""
        found: dict[str, Any] = orjson.loads(unpack(self.packed))
        return found
