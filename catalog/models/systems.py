"""AI systems: what they are, who made them, and what they are built on."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.db.models.functions import ExtractYear, Upper

from catalog.models.constraints import (
    extent_field,
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
from catalog.models.mixins import FactRecord, Released
from catalog.models.organizations import Organization
from catalog.querysets import AISystemQuerySet, DerivationQuerySet, SystemFamilyQuerySet
from catalog.querysets.base import FOLDED_NAME
from definitions.tiers import Standing
from definitions.vocabulary import (
    STRIP_KINDS,
    BusinessUse,
    DerivationKind,
    Extent,
    Modality,
    Tier,
)

STRIP_LENGTH = len(STRIP_KINDS)
INFORMATION = [
    "provenance",
    "scope",
    "selection",
    "labelling",
    "processing",
    "filtering",
    "covers_all_training_data",
    "follows_datasheet_standard",
]
"""The columns of DataInformation, in the order of facts I1 to I8."""

DERIVED = [
    *("strip", "commercial_use", "commercial_use_tier", "commercial_use_registers"),
    *("weights_licence", "tier", "registers", "facts_fingerprint"),
]
"""The columns of AISystem that evaluation writes, and nothing else."""


def tier_field() -> models.CharField[str, str]:
    """How far what an entry says has been checked; follows from the facts."""
    return models.CharField(
        max_length=10, choices=Tier.choices(), default=Tier.RECORDED.value, editable=False
    )


def registers_field() -> models.TextField[str, str]:
    """The other registers whose word it is, by name, with semicolons between."""
    return models.TextField(blank=True, default="", editable=False)


@track()
class SystemFamily(models.Model):
    """Systems of one line, such as all versions of OLMo."""

    slug = models.SlugField(max_length=100, unique=True)
    name = models.CharField(max_length=200)
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="families",
        verbose_name="organisation",
    )
    summary = models.TextField(blank=True, default="")

    objects = SystemFamilyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "system families"
        ordering = ["slug"]
        constraints = [*slugged("systemfamily")]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


@track(
    exclude=[
        *("search", "released_year", "popularity", "facts_fingerprint"),
        *("tier", "registers", "commercial_use_tier", "commercial_use_registers"),
    ]
)
class AISystem(FactRecord, Released):
    """One released AI system, or one size or version of it where terms differ."""

    slug = models.SlugField(max_length=100, unique=True)
    name = models.CharField(max_length=200)
    version = models.CharField(max_length=50, blank=True, default="")
    family = models.ForeignKey(
        SystemFamily, models.PROTECT, null=True, blank=True, related_name="systems"
    )
    organizations = models.ManyToManyField(
        Organization,
        through="catalog.SystemMaker",
        related_name="systems",
        blank=True,
        verbose_name="organisations",
    )
    summary = models.TextField(blank=True, default="")
    modalities = words_field(Modality, "modalities")
    tasks = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    languages = ArrayField(
        models.CharField(max_length=35), default=list, blank=True, help_text="BCP 47 codes"
    )
    parameters = models.PositiveBigIntegerField(null=True, blank=True)
    homepage = url_field()
    huggingface_id = models.CharField("Hugging Face id", max_length=200, blank=True, default="")
    repository = url_field()
    paper = url_field()
    frameworks = models.ManyToManyField("catalog.Framework", blank=True, related_name="systems")
    programming_languages = models.ManyToManyField(
        "catalog.ProgrammingLanguage", blank=True, related_name="systems"
    )
    popularity = models.PositiveIntegerField(default=0, editable=False)
    is_published = models.BooleanField("published", default=True)
    verified_on = models.DateField(
        null=True,
        blank=True,
        help_text="The day on which an editor had checked every fact at the maker's own pages.",
    )
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged",
        help_text="The entry that this one turned out to be; its address leads there.",
    )

    strip = models.CharField(max_length=STRIP_LENGTH, default="u" * STRIP_LENGTH, editable=False)
    commercial_use = models.CharField(
        max_length=10,
        choices=BusinessUse.choices(),
        default=BusinessUse.UNKNOWN.value,
        editable=False,
    )
    commercial_use_tier = tier_field()
    commercial_use_registers = registers_field()
    tier = tier_field()
    registers = registers_field()
    weights_licence = models.CharField(max_length=300, blank=True, default="", editable=False)
    facts_fingerprint = models.CharField(max_length=64, blank=True, default="", editable=False)

    released_year = models.GeneratedField(
        expression=ExtractYear("released_on"),
        output_field=models.PositiveSmallIntegerField(null=True),
        db_persist=True,
    )
    search = models.GeneratedField(
        expression=SearchVector("name", "slug", config="simple", weight="A")
        + SearchVector("summary", config="english", weight="B"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = AISystemQuerySet.as_manager()

    class Meta:
        verbose_name = "AI system"
        ordering = ["slug"]
        indexes = [
            GinIndex(fields=["search"], name="aisystem_search_gin"),
            GinIndex(OpClass(Upper("name"), "gin_trgm_ops"), name="aisystem_name_trgm"),
            GinIndex(OpClass(Upper("slug"), "gin_trgm_ops"), name="aisystem_slug_trgm"),
            GinIndex(OpClass(Upper("huggingface_id"), "gin_trgm_ops"), name="aisystem_hub_trgm"),
            GinIndex(fields=["modalities"], name="aisystem_modalities_gin"),
            GinIndex(fields=["tasks"], name="aisystem_tasks_gin"),
            GinIndex(fields=["languages"], name="aisystem_languages_gin"),
            models.Index(fields=["released_year"], name="aisystem_released_year"),
            models.Index(fields=["-released_on", "id"], name="aisystem_newest"),
            models.Index(fields=["-popularity", "id"], name="aisystem_popular"),
            models.Index(fields=["name", "id"], name="aisystem_by_name"),
            models.Index(FOLDED_NAME, name="aisystem_folded_name"),
            models.Index(fields=["weights_licence"], name="aisystem_weights_licence"),
            models.Index(fields=["commercial_use"], name="aisystem_commercial_use"),
        ]
        constraints = [
            *slugged("aisystem"),
            *recorded("aisystem"),
            *released("aisystem"),
            *web("aisystem", "homepage", "repository", "paper"),
            *words("aisystem", commercial_use=BusinessUse),
            *words("aisystem", tier=Tier, commercial_use_tier=Tier),
            *word_lists("aisystem", modalities=Modality),
            CheckConstraint(
                condition=Q(strip__regex=rf"^[olcun]{{{STRIP_LENGTH}}}$"),
                name="aisystem_strip_form",
            ),
            CheckConstraint(
                condition=Q(facts_fingerprint__regex=r"^([0-9a-f]{64})?$"),
                name="aisystem_fingerprint_form",
            ),
            CheckConstraint(
                condition=Q(huggingface_id="")
                | Q(huggingface_id__regex=r"^[A-Za-z0-9._-]+/[A-Za-z0-9._-]+$"),
                name="aisystem_huggingface_id_form",
                violation_error_message="A Hugging Face id is written owner/name.",
            ),
            CheckConstraint(
                condition=Q(merged_into__isnull=True)
                | (Q(is_published=False) & ~Q(merged_into=models.F("id"))),
                name="aisystem_merged_is_hidden",
                violation_error_message="A merged entry is not published, nor merged into itself.",
            ),
            CheckConstraint(
                condition=Q(parameters__isnull=True) | Q(parameters__gt=0),
                name="aisystem_parameters_positive",
                violation_error_message="The number of parameters is above zero.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    @property
    def is_imported(self) -> bool:
        """The entry was made from another register's record, and has not been edited since."""
        return self.recorded_by.startswith("import:")

    @property
    def standing(self) -> Standing:
        """How far the entry, and so each verdict on it, has been checked, and whose word it is."""
        return Standing.stored(self.tier, self.registers)

    @property
    def business_standing(self) -> Standing:
        """The same of the answer to “May I use it in business?”."""
        return Standing.stored(self.commercial_use_tier, self.commercial_use_registers)

    @property
    def maker_list(self) -> list[Organization]:
        """The makers, the leading one first. No query where ``makers`` is prefetched."""
        return [maker.organization for maker in self.makers.all()]

    @property
    def lead_maker(self) -> Organization | None:
        """The organisation named first."""
        return next(iter(self.maker_list), None)

    @property
    def lead_maker_name(self) -> str:
        """Its name; empty where none is on record."""
        return self.lead_maker.name if self.lead_maker else ""


@track()
class SystemMaker(models.Model):
    """An organisation that made a system; position 0 leads."""

    system = models.ForeignKey(AISystem, models.CASCADE, related_name="makers")
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="made", verbose_name="organisation"
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "maker"
        ordering = ["position", "id"]
        constraints = [
            UniqueConstraint(fields=["system", "organization"], name="systemmaker_once"),
        ]

    def __str__(self) -> str:
        return f"{self.system_id} by {self.organization_id}"


@track()
class DataInformation(FactRecord):
    """What the maker tells about all the training data (facts I1 to I8)."""

    system = models.OneToOneField(AISystem, models.CASCADE, related_name="data_information")
    provenance = extent_field("where it came from")
    scope = extent_field("scope and characteristics")
    selection = extent_field("how it was obtained and selected")
    labelling = extent_field("labelling")
    processing = extent_field("processing")
    filtering = extent_field("filtering")
    covers_all_training_data = extent_field("covers all training data")
    follows_datasheet_standard = extent_field("follows a datasheet standard")

    class Meta:
        verbose_name = "data information"
        verbose_name_plural = "data information"
        constraints = [
            *proved("datainformation"),
            *words("datainformation", **dict.fromkeys(INFORMATION, Extent)),
        ]

    def __str__(self) -> str:
        return f"data information of system {self.system_id}"


@track()
class Derivation(FactRecord):
    """A system that this one was built on (fact S2); by name where it has no entry."""

    system = models.ForeignKey(AISystem, models.CASCADE, related_name="derivations")
    base = models.ForeignKey(
        AISystem, models.PROTECT, null=True, blank=True, related_name="derivatives"
    )
    base_name = models.CharField(max_length=200, blank=True, default="")
    kind = word_field(DerivationKind, DerivationKind.FINETUNE)

    objects = DerivationQuerySet.as_manager()

    class Meta:
        ordering = ["system_id", "id"]
        constraints = [
            UniqueConstraint(
                fields=["system", "base", "base_name", "kind"],
                nulls_distinct=False,
                name="derivation_once",
            ),
            *proved("derivation"),
            *words("derivation", kind=DerivationKind),
            CheckConstraint(
                condition=Q(base__isnull=False, base_name="")
                | (Q(base__isnull=True) & ~Q(base_name="")),
                name="derivation_one_base",
                violation_error_message="Give the base system, or its name where it has no entry.",
            ),
            CheckConstraint(
                condition=Q(base__isnull=True) | ~Q(base=models.F("system")),
                name="derivation_not_itself",
                violation_error_message="A system is not built on itself.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.base_name or self.base_id}"

    def clean(self) -> None:
        """No system descends from itself, through whatever others."""
        super().clean()
        if self.closes_a_circle():
            raise ValidationError({"base": "This base was itself built on the system."})

    def closes_a_circle(self) -> bool:
        """Whether the base is the system, or was built on it through whatever others."""
        if self.system_id is None or self.base_id is None:
            return False
        return self.system_id in Derivation.objects.ancestors([self.base_id])
