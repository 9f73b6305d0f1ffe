"""What systems are built with: programming languages and frameworks."""

from django.db import models
from django.db.models import CheckConstraint, Q

from catalog.models.constraints import licensed, recorded, released, slugged, url_field, web
from catalog.models.history import track
from catalog.models.mixins import FactRecord, Licensed, Released
from catalog.querysets import FrameworkQuerySet, ProgrammingLanguageQuerySet


@track()
class ProgrammingLanguage(FactRecord, Licensed):
    """A programming language; the licence is that of its reference implementation."""

    slug = models.SlugField(max_length=100, unique=True)
    name = models.CharField(max_length=200)
    homepage = url_field()
    first_appeared = models.PositiveSmallIntegerField(null=True, blank=True)
    summary = models.TextField(blank=True, default="")

    objects = ProgrammingLanguageQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]
        constraints = [
            *slugged("programminglanguage"),
            *recorded("programminglanguage"),
            *licensed("programminglanguage"),
            *web("programminglanguage", "homepage"),
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class FrameworkPurpose(models.TextChoices):
    """What a framework is used for."""

    TRAINING = "training", "Training"
    INFERENCE = "inference", "Inference"
    BOTH = "both", "Training and inference"
    DATA = "data", "Data"


@track()
class Framework(FactRecord, Licensed, Released):
    """A library or program that systems are trained or run with."""

    slug = models.SlugField(max_length=100, unique=True)
    name = models.CharField(max_length=200)
    organizations = models.ManyToManyField(
        "catalog.Organization", blank=True, related_name="frameworks", verbose_name="organisations"
    )
    homepage = url_field()
    repository = url_field()
    purpose = models.CharField(
        max_length=10, blank=True, default="", choices=FrameworkPurpose.choices
    )
    programming_languages = models.ManyToManyField(
        ProgrammingLanguage, blank=True, related_name="frameworks"
    )
    summary = models.TextField(blank=True, default="")

    objects = FrameworkQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]
        constraints = [
            *slugged("framework"),
            *recorded("framework"),
            *licensed("framework"),
            *released("framework"),
            *web("framework", "homepage", "repository"),
            CheckConstraint(
                condition=Q(purpose__in=["", *FrameworkPurpose.values]),
                name="framework_purpose_word",
                violation_error_message="“purpose” is not a word of its list.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)
