"""What systems are made with: datasets, frameworks, programming languages."""

import pghistory
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from catalog.models.base import Licensed, Slugged, Sourced, word_constraints, word_list_field
from catalog.querysets.nouns import DatasetQuerySet, FrameworkQuerySet, LanguageQuerySet
from definitions.vocabulary import Availability, DataClass


@pghistory.track()
class Dataset(Slugged, Licensed, Sourced):
    """A body of data that systems are trained or tested on."""

    organizations = models.ManyToManyField(
        "catalog.Organization", blank=True, related_name="datasets"
    )
    release_date = models.CharField(max_length=10, blank=True, default="")
    modalities = word_list_field()
    languages = word_list_field()
    size = models.CharField(max_length=200, blank=True, default="")
    availability = models.CharField(
        max_length=32, choices=Availability.choices(), default=Availability.UNKNOWN.value
    )
    data_class = models.CharField(
        max_length=32, choices=DataClass.choices(), default=DataClass.UNKNOWN.value
    )
    access_note = models.TextField(blank=True, default="")
    derived_from = models.ManyToManyField("self", symmetrical=False, blank=True)

    objects = DatasetQuerySet.as_manager()

    class Meta(Slugged.Meta):
        indexes = [GinIndex(fields=["modalities"], name="catalog_dataset_modalities")]
        constraints = [
            *Sourced.Meta.constraints,
            *Licensed.Meta.constraints,
            *word_constraints(availability=Availability, data_class=DataClass),
        ]


@pghistory.track()
class ProgrammingLanguage(Slugged, Licensed, Sourced):
    """A language that systems and frameworks are written in; the terms are the main
    implementation's."""

    first_appeared = models.PositiveSmallIntegerField(null=True, blank=True)

    objects = LanguageQuerySet.as_manager()

    class Meta(Slugged.Meta):
        constraints = [*Sourced.Meta.constraints, *Licensed.Meta.constraints]


@pghistory.track()
class Framework(Slugged, Licensed, Sourced):
    """Software to train or run systems with."""

    organizations = models.ManyToManyField(
        "catalog.Organization", blank=True, related_name="frameworks"
    )
    programming_languages = models.ManyToManyField(
        ProgrammingLanguage, blank=True, related_name="frameworks"
    )
    repository = models.URLField(max_length=500, blank=True, default="")
    release_date = models.CharField(max_length=10, blank=True, default="")
    purpose = models.CharField(max_length=100, blank=True, default="")

    objects = FrameworkQuerySet.as_manager()

    class Meta(Slugged.Meta):
        constraints = [*Sourced.Meta.constraints, *Licensed.Meta.constraints]
