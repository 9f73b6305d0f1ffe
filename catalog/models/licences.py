"""Licences, one row per version, with the facts that the rules read (L1 to L24)."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models

from catalog.models.base import HTTP_OR_NOTHING, pattern_constraint, term_field, word_constraints
from catalog.querysets.nouns import LicenseQuerySet
from definitions.vocabulary import Answer, CommercialUse, ListAnswer, UseRestriction, Verification

ANSWERS = (
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
)
"""The columns that answer yes, no or unknown; the same names as in the facts."""


@pghistory.track()
class License(models.Model):
    """One version of a licence. ``spdx_id`` is its SPDX id or a LicenseRef of ours."""

    natural_key_field = "spdx_id"

    spdx_id = models.CharField(max_length=100, unique=True)
    name = models.CharField(max_length=200)
    is_spdx = models.BooleanField(default=False)
    is_deprecated = models.BooleanField(default=False)
    url = models.URLField(max_length=500, blank=True, default="")

    osi_approved = term_field(Answer, db_index=True)
    fsf_free = term_field(ListAnswer)
    open_definition = term_field(ListAnswer)
    free_cultural_work = term_field(Answer)
    commercial = term_field(CommercialUse, db_index=True)
    derivatives = term_field(Answer)
    redistribution = term_field(Answer)
    use_restrictions = ArrayField(
        models.CharField(max_length=32, choices=UseRestriction.choices()),
        null=True,
        blank=True,
        help_text="Empty means: checked, there are none. No value means: not known.",
    )
    restricts_other_works = term_field(Answer)
    user_cap = term_field(Answer)
    revenue_cap = term_field(Answer)
    territory_limits = term_field(Answer)
    excluded_groups = term_field(Answer)
    attribution = term_field(Answer)
    share_alike = term_field(Answer)
    network_copyleft = term_field(Answer)
    naming_duty = term_field(Answer)
    irrevocable = term_field(Answer)
    unilateral_change = term_field(Answer)
    sublicence_automatic = term_field(Answer)
    royalty = term_field(Answer)
    product_specific = term_field(Answer)
    technology_neutral = term_field(Answer)
    public_domain = term_field(Answer)
    patent_termination = term_field(Answer)
    meant_for = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    permissions_note = models.TextField(blank=True, default="")
    conditions_note = models.TextField(blank=True, default="")
    limits_note = models.TextField(blank=True, default="")
    verified = models.CharField(
        max_length=32, choices=Verification.choices(), default=Verification.UNVERIFIED.value
    )
    source = models.ForeignKey("catalog.Source", models.PROTECT, null=True, blank=True)
    checked_on = models.DateField(null=True, blank=True)

    objects = LicenseQuerySet.as_manager()

    class Meta:
        ordering = ["spdx_id"]
        constraints = [
            *word_constraints(
                **dict.fromkeys(ANSWERS, Answer),
                fsf_free=ListAnswer,
                open_definition=ListAnswer,
                commercial=CommercialUse,
                verified=Verification,
            ),
            pattern_constraint("url", HTTP_OR_NOTHING, "This is not a web address."),
            models.CheckConstraint(
                condition=models.Q(spdx_id__regex=r"^[A-Za-z0-9.+-]+$"),
                name="catalog_license_id_is_spdx",
                violation_error_message="An SPDX id has letters, digits, dots, plus and hyphens.",
            ),
        ]

    def __str__(self) -> str:
        return self.spdx_id

    def natural_key(self) -> tuple[str]:
        return (self.spdx_id,)


class LicenseAlias(models.Model):
    """A way in which people write a licence, and the expression that it stands for."""

    alias = models.CharField(max_length=200, unique=True)
    expression = models.CharField(max_length=300)
    source = models.ForeignKey("catalog.Source", models.PROTECT, null=True, blank=True)

    class Meta:
        ordering = ["alias"]
        verbose_name_plural = "licence aliases"

    def __str__(self) -> str:
        return f"{self.alias} → {self.expression}"
