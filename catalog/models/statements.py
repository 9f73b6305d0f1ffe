"""What was said: by makers, by stewards of definitions, and by our editors."""

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from catalog.models.constraints import PARTIAL_DATE_REGEX, filled, proved, words
from catalog.models.history import track
from catalog.models.mixins import FactRecord
from catalog.querysets import ClaimQuerySet, RulingQuerySet
from definitions.claims import ClaimResult
from definitions.vocabulary import RulingAnswer

PARTIAL_DATE = Q(date="") | Q(date__regex=PARTIAL_DATE_REGEX)
DATE_MESSAGE = "A date is YYYY, YYYY-MM or YYYY-MM-DD."


class Dated(models.Model):
    """A statement with the day of the page, as far as it is known."""

    date = models.CharField(
        max_length=10, blank=True, default="", help_text="YYYY, YYYY-MM or YYYY-MM-DD"
    )

    class Meta:
        abstract = True


@track(exclude=["definition_id", "result"])
class Claim(FactRecord, Dated):
    """The maker's own words about openness (fact S15); the quote is verbatim.

    ``definition_id`` and ``result`` are derived: which definition the words
    promise, and what its verdict says of them.
    """

    system = models.ForeignKey("catalog.AISystem", models.CASCADE, related_name="claims")
    claimed = models.CharField(max_length=100, help_text="The label, such as “open source”.")
    definition_id = models.CharField(max_length=40, blank=True, default="", editable=False)
    result = models.CharField(
        max_length=20,
        choices=ClaimResult.choices(),
        default=ClaimResult.NOT_JUDGED.value,
        editable=False,
    )

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ["system_id", "date", "id"]
        indexes = [models.Index(fields=["result", "definition_id"], name="claim_result")]
        constraints = [
            *words("claim", result=ClaimResult),
            UniqueConstraint(fields=["system", "claimed", "evidence_url"], name="claim_once"),
            *proved("claim"),
            *filled("claim", ["claimed", "quote"]),
            CheckConstraint(
                condition=PARTIAL_DATE, name="claim_date_form", violation_error_message=DATE_MESSAGE
            ),
        ]

    def __str__(self) -> str:
        return self.claimed

    @property
    def url(self) -> str:
        """The page with the words."""
        return self.evidence_url


@track()
class StewardJudgement(FactRecord, Dated):
    """What the steward of a definition itself said of a system (fact S16)."""

    system = models.ForeignKey("catalog.AISystem", models.CASCADE, related_name="judgements")
    definition_id = models.CharField(max_length=40)
    result = models.CharField(max_length=100)
    version_judged = models.CharField(max_length=100, blank=True, default="")
    classes = models.JSONField(
        default=dict,
        blank=True,
        help_text="The steward's grade per criterion, such as {“modelcard”: “open”}.",
    )

    class Meta:
        ordering = ["system_id", "definition_id", "date"]
        constraints = [
            UniqueConstraint(
                fields=["system", "definition_id", "evidence_url"], name="stewardjudgement_once"
            ),
            *proved("stewardjudgement"),
            *filled("stewardjudgement", ["definition_id", "result"]),
            CheckConstraint(
                condition=PARTIAL_DATE,
                name="stewardjudgement_date_form",
                violation_error_message=DATE_MESSAGE,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.definition_id}: {self.result}"

    @property
    def url(self) -> str:
        """The page with the judgement."""
        return self.evidence_url


@track()
class Ruling(FactRecord):
    """An editor's published answer to a criterion that needs judgement.

    It never turns a computed "not met" into met: the engine sees to that.
    """

    system = models.ForeignKey("catalog.AISystem", models.CASCADE, related_name="rulings")
    criterion = models.CharField(max_length=100, help_text="Such as osaid-1.0/data-info-complete.")
    answer = models.CharField(max_length=40, choices=RulingAnswer.choices())
    rationale = models.TextField()
    decided_on = models.DateField()
    decided_by = models.CharField("role", max_length=100, help_text="The role, not the person.")
    judged = models.JSONField(
        "facts judged",
        default=dict,
        blank=True,
        help_text="Path in the facts document and value that day; the ruling lapses with them.",
    )

    objects = RulingQuerySet.as_manager()

    class Meta:
        ordering = ["system_id", "criterion"]
        constraints = [
            UniqueConstraint(
                fields=["system", "criterion"],
                name="ruling_once",
                violation_error_message="There is already a ruling on this criterion.",
            ),
            *proved("ruling"),
            *filled("ruling", ["rationale", "decided_by"]),
            *words("ruling", answer=RulingAnswer),
            CheckConstraint(
                condition=Q(criterion__regex=r"^[a-z0-9.-]+/[a-z0-9.-]+$"),
                name="ruling_criterion_form",
                violation_error_message="A criterion is written definition/criterion.",
            ),
        ]

    def __str__(self) -> str:
        return self.criterion
