"""Datasets, and which system was trained or evaluated on which."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from catalog.models.constraints import (
    answer_field,
    licensed,
    proved,
    recorded,
    released,
    slugged,
    url_field,
    web,
    word_field,
    word_lists,
    words,
    words_field,
)
from catalog.models.history import track
from catalog.models.mixins import FactRecord, Licensed, Released
from catalog.querysets import DatasetQuerySet
from definitions.vocabulary import (
    Answer,
    Availability,
    DataClass,
    Modality,
    TrainingStage,
    UnshareableReason,
)


@track()
class Dataset(FactRecord, Licensed, Released):
    """A collection of data, with its terms and the way to get it."""

    slug = models.SlugField(max_length=100, unique=True)
    name = models.CharField(max_length=200)
    organizations = models.ManyToManyField(
        "catalog.Organization", blank=True, related_name="datasets", verbose_name="organisations"
    )
    summary = models.TextField(blank=True, default="")
    homepage = url_field()
    modalities = words_field(Modality, "modalities")
    languages = ArrayField(models.CharField(max_length=35), default=list, blank=True)
    size = models.CharField(max_length=100, blank=True, default="")
    availability = word_field(Availability, Availability.UNKNOWN)
    data_class = word_field(DataClass, DataClass.UNKNOWN, "class of data")
    contains_pii = answer_field("contains personal data")
    synthetic = answer_field("made by a model")
    access_note = models.TextField(blank=True, default="")
    derived_from = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="derivatives"
    )

    objects = DatasetQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]
        indexes = [
            GinIndex(fields=["modalities"], name="dataset_modalities_gin"),
            GinIndex(fields=["languages"], name="dataset_languages_gin"),
        ]
        constraints = [
            *slugged("dataset"),
            *recorded("dataset"),
            *licensed("dataset"),
            *released("dataset"),
            *web("dataset", "homepage"),
            *word_lists("dataset", modalities=Modality),
            *words(
                "dataset",
                availability=Availability,
                data_class=DataClass,
                contains_pii=Answer,
                synthetic=Answer,
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


@track()
class TrainingData(FactRecord):
    """One dataset in one stage of one system's training (facts D1 to D3)."""

    system = models.ForeignKey("catalog.AISystem", models.CASCADE, related_name="training_data")
    dataset = models.ForeignKey(Dataset, models.PROTECT, related_name="uses")
    stage = word_field(TrainingStage, TrainingStage.PRETRAINING)
    data_class = word_field(DataClass, DataClass.UNKNOWN, "class of data")
    unshareable_reason = word_field(UnshareableReason, UnshareableReason.UNKNOWN)
    where = url_field("where to get it")

    class Meta:
        verbose_name = "training data"
        verbose_name_plural = "training data"
        ordering = ["stage", "dataset_id"]
        constraints = [
            UniqueConstraint(fields=["system", "dataset", "stage"], name="trainingdata_once"),
            *proved("trainingdata"),
            *web("trainingdata", "where"),
            *words(
                "trainingdata",
                stage=TrainingStage,
                data_class=DataClass,
                unshareable_reason=UnshareableReason,
            ),
            CheckConstraint(
                condition=Q(unshareable_reason=UnshareableReason.UNKNOWN.value)
                | Q(data_class=DataClass.UNSHAREABLE.value),
                name="trainingdata_reason_needs_class",
                violation_error_message="A reason goes with data that cannot be shared only.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dataset_id} ({self.stage})"
