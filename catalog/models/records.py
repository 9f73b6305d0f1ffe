"""What other registers say of a system, kept as they said it, and pairs that may be one system."""

from collections import Counter
from collections.abc import Iterable, Mapping

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from catalog.models.constraints import filled, url_field, web
from catalog.querysets import PossibleDuplicateQuerySet, SourceRecordQuerySet

FINGERPRINT_REGEX = r"^[0-9a-f]{64}$"


class RecordState(models.TextChoices):
    """What became of a record that an importer has read."""

    MATCHED = "matched", "Part of an entry"
    REJECTED = "rejected", "Not usable"
    WITHHELD = "withheld", "Withheld: no system"


class SourceRecord(models.Model):
    """One record of one source, such as a model file of the Model Openness Tool.

    ``document`` holds its facts in the form of our own files (a system's record in
    ``fixtures/systems``), whether or not they count on the entry: where sources
    disagree, the entry shows what each of them says. ``problems`` lists what could
    not be read as it stands: ``{"path", "code", "message"}``.
    """

    source = models.ForeignKey("catalog.Source", models.PROTECT, related_name="records")
    key = models.CharField(max_length=300, help_text="The record's name in its source.")
    version = models.CharField(max_length=100, blank=True, default="")
    url = url_field("address of the record")
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 of what was read.")
    state = models.CharField(max_length=10, choices=RecordState.choices)
    system = models.ForeignKey(
        "catalog.AISystem", models.SET_NULL, null=True, blank=True, related_name="source_records"
    )
    document = models.JSONField(default=dict, blank=True)
    problems = models.JSONField(default=list, blank=True)
    read_on = models.DateField(help_text="The day of the record, or of its retrieval.")
    imported_at = models.DateTimeField()

    objects = SourceRecordQuerySet.as_manager()

    class Meta:
        ordering = ["source_id", "key"]
        indexes = [models.Index(fields=["system"], name="sourcerecord_system")]
        constraints = [
            UniqueConstraint(fields=["source", "key"], name="sourcerecord_once"),
            *web("sourcerecord", "url"),
            *filled("sourcerecord", ["key"]),
            CheckConstraint(
                condition=Q(fingerprint__regex=FINGERPRINT_REGEX),
                name="sourcerecord_fingerprint_form",
            ),
            CheckConstraint(
                condition=Q(state__in=RecordState.values), name="sourcerecord_state_word"
            ),
            CheckConstraint(
                condition=~Q(state=RecordState.REJECTED.value) | Q(system__isnull=True),
                name="sourcerecord_rejected_has_no_system",
            ),
            CheckConstraint(
                condition=~Q(state=RecordState.WITHHELD.value) | Q(system__isnull=True),
                name="sourcerecord_withheld_has_no_system",
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def messages(self) -> list[str]:
        """What was changed on import, each sentence once."""
        return sentences(self.problems)


def sentences(problems: Iterable[Mapping[str, str]]) -> list[str]:
    """The messages of problems, each once, with how often it applies."""
    counts = Counter(problem["message"] for problem in problems)
    return [text if number == 1 else f"{text} ({number} times)" for text, number in counts.items()]


class DuplicateState(models.TextChoices):
    """What editors have made of two entries that may be the same system."""

    OPEN = "open", "To be decided"
    MERGED = "merged", "Merged"
    DISTINCT = "distinct", "Two systems"


class PossibleDuplicate(models.Model):
    """Two entries that may be one system, and why; editors decide."""

    first = models.ForeignKey("catalog.AISystem", models.CASCADE, related_name="+")
    second = models.ForeignKey("catalog.AISystem", models.CASCADE, related_name="+")
    reason = models.CharField(max_length=300)
    state = models.CharField(
        max_length=10, choices=DuplicateState.choices, default=DuplicateState.OPEN.value
    )
    found_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    rationale = models.TextField(blank=True, default="")

    objects = PossibleDuplicateQuerySet.as_manager()

    class Meta:
        ordering = ["state", "found_at", "id"]
        constraints = [
            UniqueConstraint(fields=["first", "second"], name="possibleduplicate_once"),
            CheckConstraint(
                condition=Q(first__lt=F("second")),
                name="possibleduplicate_order",
                violation_error_message="The older entry comes first.",
            ),
            CheckConstraint(
                condition=Q(state__in=DuplicateState.values), name="possibleduplicate_state_word"
            ),
            CheckConstraint(
                condition=Q(state=DuplicateState.OPEN.value) | Q(decided_at__isnull=False),
                name="possibleduplicate_decided_has_time",
            ),
            *filled("possibleduplicate", ["reason"]),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} and {self.second_id}"
