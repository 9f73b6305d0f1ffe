"""What is said of a system: by its maker, by stewards, by our editors, by the rules."""

import pghistory
from django.db import models

from catalog.models.base import FactRecord, word_constraints
from definitions.vocabulary import RulingAnswer, Status


@pghistory.track()
class Claim(FactRecord):
    """The maker's own words about openness, with the page and its date."""

    system = models.ForeignKey("catalog.AISystem", models.CASCADE, related_name="claims")
    claimed = models.CharField(
        max_length=100, help_text="The label claimed, in the maker's words: “open source” …"
    )
    date = models.CharField(max_length=10, blank=True, default="")

    class Meta:
        ordering = ["system", "claimed", "id"]
        constraints = [
            *FactRecord.Meta.constraints,
            models.CheckConstraint(
                condition=~models.Q(quote=""),
                name="catalog_claim_has_words",
                violation_error_message="A claim needs the maker's own words.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.system}: {self.claimed}"


@pghistory.track()
class StewardJudgement(FactRecord):
    """What a steward itself published about a system; shown beside our verdict."""

    system = models.ForeignKey(
        "catalog.AISystem", models.CASCADE, related_name="steward_judgements"
    )
    definition_id = models.CharField(max_length=40)
    version_judged = models.CharField(max_length=100, blank=True, default="")
    result = models.CharField(max_length=60)
    date = models.CharField(max_length=10, blank=True, default="")

    class Meta:
        ordering = ["system", "definition_id", "id"]
        constraints = FactRecord.Meta.constraints

    def __str__(self) -> str:
        return f"{self.definition_id} on {self.system}: {self.result}"


@pghistory.track()
class Ruling(FactRecord):
    """An editor's published answer to a criterion that needs judgement."""

    system = models.ForeignKey("catalog.AISystem", models.CASCADE, related_name="rulings")
    criterion = models.CharField(max_length=100)
    answer = models.CharField(max_length=32, choices=RulingAnswer.choices())
    rationale = models.TextField()
    decided_on = models.DateField()

    class Meta:
        ordering = ["system", "criterion"]
        constraints = [
            *FactRecord.Meta.constraints,
            *word_constraints(answer=RulingAnswer),
            models.UniqueConstraint(fields=["system", "criterion"], name="catalog_ruling_once"),
            models.CheckConstraint(
                condition=~models.Q(rationale=""),
                name="catalog_ruling_has_rationale",
                violation_error_message="A ruling needs its reason.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion} on {self.system}: {self.answer}"


@pghistory.track(exclude=["evaluated_at"])
class Evaluation(models.Model):
    """The verdict of one definition on one system, as the rules computed it.

    Current only if both fingerprints equal today's: of the system's facts, and
    of the definition with its revision.
    """

    system = models.ForeignKey("catalog.AISystem", models.CASCADE, related_name="evaluations")
    definition_id = models.CharField(max_length=40)
    status = models.CharField(max_length=32, choices=Status.choices())
    label = models.CharField(max_length=100)
    reason = models.TextField()
    level = models.SmallIntegerField(null=True, blank=True)
    level_possible = models.SmallIntegerField(null=True, blank=True)
    score = models.FloatField(null=True, blank=True)
    score_low = models.FloatField(null=True, blank=True)
    score_high = models.FloatField(null=True, blank=True)
    verdict = models.JSONField()
    facts_fingerprint = models.CharField(max_length=64)
    definition_fingerprint = models.CharField(max_length=60)
    evaluated_at = models.DateTimeField()
    status_since = models.DateTimeField()

    class Meta:
        ordering = ["system", "definition_id"]
        indexes = [
            models.Index(
                fields=["definition_id", "status", "system"], name="catalog_evaluation_by_status"
            ),
            models.Index(
                fields=["definition_id", "level", "system"], name="catalog_evaluation_by_level"
            ),
        ]
        constraints = [
            *word_constraints(status=Status),
            models.UniqueConstraint(
                fields=["system", "definition_id"], name="catalog_evaluation_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.definition_id} on {self.system}: {self.label}"
