"""Licences, one row per version, with the facts that the rules read (L1 to L24)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.db.models.functions import Lower

from catalog.models.constraints import (
    answer_field,
    filled,
    recorded,
    url_field,
    web,
    word_field,
    word_lists,
    words,
)
from catalog.models.history import track
from catalog.models.mixins import FactRecord
from catalog.querysets import LicenceAliasQuerySet, LicenceQuerySet
from definitions.business import of_licence
from definitions.vocabulary import (
    Answer,
    BusinessUse,
    CommercialUse,
    ListAnswer,
    Term,
    UseRestriction,
    Verification,
)

LICENCE_ID_REGEX = r"^[A-Za-z0-9][A-Za-z0-9.+-]*$"

ANSWERS = [
    "osi_approved",
    "free_cultural_work",
    "derivatives",
    "redistribution",
    "restricts_other_works",
    "user_cap",
    "revenue_cap",
    "territory_limits",
    "excluded_groups",
    "attribution",
    "share_alike",
    "network_copyleft",
    "naming_duty",
    "irrevocable",
    "unilateral_change",
    "sublicence_automatic",
    "royalty",
    "product_specific",
    "technology_neutral",
    "public_domain",
    "patent_termination",
]
"""The licence facts that are a plain yes or no."""

LISTS: dict[str, type[Term]] = {
    "fsf_free": ListAnswer,
    "open_definition": ListAnswer,
    "commercial": CommercialUse,
    "verified": Verification,
}


class LicenceMaterial(models.TextChoices):
    """What a licence was written for (fact L21)."""

    SOFTWARE = "software", "Software"
    DATA = "data", "Data"
    DOCUMENT = "document", "Documents"
    MODEL = "model", "Models"


@track()
class License(FactRecord):
    """One version of a licence, under its SPDX id or a ``LicenseRef-`` of ours."""

    spdx_id = models.CharField("identifier", max_length=100, unique=True)
    name = models.CharField(max_length=250)
    url = url_field("text")
    is_spdx = models.BooleanField("on the SPDX list", default=False)
    deprecated = models.BooleanField("deprecated identifier", default=False)
    osi_approved = answer_field("approved by OSI")
    fsf_free = word_field(ListAnswer, ListAnswer.UNKNOWN, "free by the FSF's list")
    open_definition = word_field(ListAnswer, ListAnswer.UNKNOWN, "conforms to the Open Definition")
    free_cultural_work = answer_field("free cultural work")
    commercial = word_field(CommercialUse, CommercialUse.UNKNOWN, "commercial use")
    derivatives = answer_field("modified versions")
    redistribution = answer_field("redistribution")
    use_restrictions = ArrayField(
        models.CharField(max_length=40, choices=UseRestriction.choices()),
        null=True,
        blank=True,
        default=None,
        help_text="Empty means none; leave it unset when the text has not been read.",
    )
    restricts_other_works = answer_field("restricts other works or outputs")
    user_cap = answer_field("cap on users")
    revenue_cap = answer_field("cap on revenue")
    territory_limits = answer_field("limits of territory")
    excluded_groups = answer_field("excluded groups")
    attribution = answer_field("attribution")
    share_alike = answer_field("share alike")
    network_copyleft = answer_field("network copyleft")
    naming_duty = answer_field("duty of naming")
    irrevocable = answer_field("irrevocable")
    unilateral_change = answer_field("can be changed by one side")
    sublicence_automatic = answer_field("passes on by itself")
    royalty = answer_field("royalty")
    product_specific = answer_field("tied to one product")
    technology_neutral = answer_field("neutral as to technology")
    public_domain = answer_field("public domain")
    patent_termination = answer_field("ends on patent suit")
    verified = word_field(Verification, Verification.UNVERIFIED)
    meant_for = ArrayField(
        models.CharField(max_length=10, choices=LicenceMaterial.choices), default=list, blank=True
    )
    permissions_note = models.TextField(blank=True, default="")
    conditions_note = models.TextField(blank=True, default="")
    limits_note = models.TextField(blank=True, default="")

    objects = LicenceQuerySet.as_manager()

    class Meta:
        verbose_name = "licence"
        ordering = ["spdx_id"]
        constraints = [
            *recorded("license"),
            *web("license", "url"),
            *filled("license", ["name"]),
            *words("license", **dict.fromkeys(ANSWERS, Answer), **LISTS),
            *word_lists("license", use_restrictions=UseRestriction),
            CheckConstraint(
                condition=Q(meant_for__contained_by=LicenceMaterial.values),
                name="license_meant_for_words",
                violation_error_message="“meant_for” holds a word that is not in its list.",
            ),
            CheckConstraint(
                condition=Q(spdx_id__regex=LICENCE_ID_REGEX),
                name="license_id_form",
                violation_error_message="An identifier has letters, digits, dots, “+” and “-”.",
            ),
        ]

    def __str__(self) -> str:
        return self.spdx_id

    def natural_key(self) -> tuple[str]:
        return (self.spdx_id,)

    @property
    def business_use(self) -> BusinessUse:
        """Whether a work under it may be used in business, its limits on use counted in."""
        return of_licence(self)

    @property
    def is_own(self) -> bool:
        """Not on the SPDX list: an identifier of this catalogue."""
        return self.spdx_id.startswith("LicenseRef-")

    def usage(self) -> dict[str, int]:
        """How many components of published systems are under it, by kind. One query."""
        rows = self.components.filter(system__is_published=True).order_by("kind")
        return dict(rows.values_list("kind").annotate(models.Count("pk")))


@track()
class LicenseAlias(models.Model):
    """Another spelling of a licence that people use, and what it means."""

    alias = models.CharField(max_length=200)
    expression = models.CharField(max_length=300, help_text="A licence id or an expression.")
    source = models.ForeignKey(
        "catalog.Source", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = LicenceAliasQuerySet.as_manager()

    class Meta:
        verbose_name = "licence alias"
        verbose_name_plural = "licence aliases"
        ordering = ["alias"]
        constraints = [
            UniqueConstraint(
                Lower("alias"),
                name="licensealias_alias_once",
                violation_error_message="This alias is already there.",
            ),
            *filled("licensealias", ["alias", "expression"]),
        ]

    def __str__(self) -> str:
        return self.alias

    def natural_key(self) -> tuple[str]:
        return (self.alias,)
