"""AI systems, their families, makers and descent."""

import pghistory
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper

from catalog.models.base import FactRecord, Slugged, Sourced, word_constraints, word_list_field
from catalog.querysets.systems import AISystemQuerySet
from definitions.vocabulary import CommercialUse, DerivationKind

DERIVED = ("strip", "commercial_use", "weights_licence", "facts_fingerprint", "search")
"""Columns that follow from the facts; no history is kept of them."""


class SystemFamily(Slugged):
    """The sizes and versions of one line of systems."""

    organization = models.ForeignKey(
        "catalog.Organization", models.SET_NULL, null=True, blank=True, related_name="families"
    )

    class Meta(Slugged.Meta):
        verbose_name_plural = "system families"


@pghistory.track(exclude=DERIVED)
class AISystem(Slugged, Sourced):
    """One released AI system (facts S1).

    The columns ``strip``, ``commercial_use``, ``weights_licence`` and
    ``facts_fingerprint`` are written by the evaluation service alone.
    """

    family = models.ForeignKey(
        SystemFamily, models.SET_NULL, null=True, blank=True, related_name="systems"
    )
    organizations = models.ManyToManyField(
        "catalog.Organization", through="SystemMaker", related_name="systems"
    )
    version = models.CharField(max_length=50, blank=True, default="")
    release_date = models.CharField(
        max_length=10, blank=True, default="", help_text="2024, 2024-02 or 2024-02-01"
    )
    release_year = models.GeneratedField(
        expression=models.Case(
            models.When(
                release_date__regex=r"^\d{4}",
                then=models.functions.Cast(
                    models.functions.Left("release_date", 4), models.SmallIntegerField()
                ),
            )
        ),
        output_field=models.SmallIntegerField(null=True),
        db_persist=True,
    )
    modalities = word_list_field()
    tasks = word_list_field()
    languages = word_list_field()
    parameters = models.BigIntegerField(null=True, blank=True)
    huggingface_id = models.CharField(max_length=200, blank=True, default="", db_index=True)
    repository = models.URLField(max_length=500, blank=True, default="")
    paper = models.URLField(max_length=500, blank=True, default="")
    frameworks = models.ManyToManyField("catalog.Framework", blank=True, related_name="systems")
    programming_languages = models.ManyToManyField(
        "catalog.ProgrammingLanguage", blank=True, related_name="systems"
    )
    is_published = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    strip = models.CharField(max_length=22, default="u" * 22, editable=False)
    commercial_use = models.CharField(
        max_length=32,
        choices=CommercialUse.choices(),
        default=CommercialUse.UNKNOWN.value,
        editable=False,
        db_index=True,
    )
    weights_licence = models.CharField(max_length=300, blank=True, default="", editable=False)
    facts_fingerprint = models.CharField(max_length=64, blank=True, default="", editable=False)
    search = models.GeneratedField(
        expression=SearchVector("name", weight="A", config="simple")
        + SearchVector("huggingface_id", weight="B", config="simple")
        + SearchVector("summary", weight="C", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = AISystemQuerySet.as_manager()

    class Meta(Slugged.Meta):
        verbose_name = "AI system"
        indexes = [
            GinIndex(fields=["search"], name="catalog_aisystem_search"),
            GinIndex(OpClass(Upper("name"), "gin_trgm_ops"), name="catalog_aisystem_name_trgm"),
            GinIndex(fields=["modalities"], name="catalog_aisystem_modalities"),
            GinIndex(fields=["tasks"], name="catalog_aisystem_tasks"),
            GinIndex(fields=["languages"], name="catalog_aisystem_languages"),
            models.Index(fields=["release_date", "slug"], name="catalog_aisystem_by_date"),
            models.Index(fields=["name", "slug"], name="catalog_aisystem_by_name"),
        ]
        constraints = [
            *Sourced.Meta.constraints,
            *word_constraints(commercial_use=CommercialUse),
            models.CheckConstraint(
                condition=Q(release_date__regex=r"^(\d{4}(-\d{2}(-\d{2})?)?)?$"),
                name="catalog_aisystem_release_date_form",
                violation_error_message="Write 2024, 2024-02 or 2024-02-01.",
            ),
            models.CheckConstraint(
                condition=Q(parameters__isnull=True) | Q(parameters__gt=0),
                name="catalog_aisystem_parameters_positive",
                violation_error_message="The number of parameters is above zero.",
            ),
            models.CheckConstraint(
                condition=Q(strip__regex=r"^[olcun]{22}$"), name="catalog_aisystem_strip_form"
            ),
        ]


class SystemMaker(models.Model):
    """An organisation that made a system; position 0 is the lead."""

    system = models.ForeignKey(AISystem, models.CASCADE, related_name="makers")
    organization = models.ForeignKey(
        "catalog.Organization", models.PROTECT, related_name="made_systems"
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["system", "organization"], name="catalog_systemmaker_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organization} made {self.system}"


@pghistory.track()
class Derivation(FactRecord):
    """A system that another one was built on (fact S2); by name where it has no entry."""

    system = models.ForeignKey(AISystem, models.CASCADE, related_name="derivations")
    base = models.ForeignKey(
        AISystem, models.PROTECT, null=True, blank=True, related_name="descendants"
    )
    base_name = models.CharField(max_length=200, blank=True, default="")
    kind = models.CharField(max_length=32, choices=DerivationKind.choices())

    class Meta:
        ordering = ["base_name", "id"]
        constraints = [
            *FactRecord.Meta.constraints,
            *word_constraints(kind=DerivationKind),
            models.CheckConstraint(
                condition=Q(base__isnull=False) | ~Q(base_name=""),
                name="catalog_derivation_names_its_base",
                violation_error_message="Name the base system.",
            ),
            models.CheckConstraint(
                condition=Q(base__isnull=True) | ~Q(base=models.F("system")),
                name="catalog_derivation_not_of_itself",
                violation_error_message="A system is not built on itself.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.system} from {self.base or self.base_name}"
