"""Who makes AI systems, and the platforms on which they publish."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from catalog.models.constraints import (
    filled,
    not_self,
    recorded,
    slugged,
    url_field,
    web,
    word_field,
    words,
)
from catalog.models.history import track
from catalog.models.mixins import FactRecord
from catalog.querysets import OrganizationQuerySet, PlatformQuerySet
from catalog.querysets.base import FOLDED_NAME
from definitions.vocabulary import OrganizationKind


@track()
class Platform(FactRecord):
    """A place where systems, data or code are published, such as Hugging Face."""

    slug = models.SlugField(max_length=100, unique=True)
    name = models.CharField(max_length=200)
    homepage = url_field()
    purpose = models.CharField(max_length=200, blank=True, default="")
    summary = models.TextField(blank=True, default="")

    objects = PlatformQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]
        constraints = [
            *slugged("platform"),
            *recorded("platform"),
            *web("platform", "homepage"),
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


@track()
class Organization(FactRecord):
    """A body that makes systems or data, or an initiative around them."""

    slug = models.SlugField(max_length=100, unique=True)
    name = models.CharField(max_length=200)
    kind = word_field(OrganizationKind, OrganizationKind.UNKNOWN)
    country = models.CharField(max_length=2, blank=True, default="", help_text="ISO 3166-1 alpha-2")
    other_names = ArrayField(
        models.CharField(max_length=200),
        default=list,
        blank=True,
        help_text="Names under which other registers know it.",
    )
    homepage = url_field()
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    is_initiative = models.BooleanField("initiative", default=False)
    summary = models.TextField(blank=True, default="")

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = "organisation"
        ordering = ["slug"]
        indexes = [models.Index(FOLDED_NAME, name="organization_folded_name")]
        constraints = [
            *slugged("organization"),
            *recorded("organization"),
            *web("organization", "homepage"),
            *words("organization", kind=OrganizationKind),
            CheckConstraint(
                condition=Q(country="") | Q(country__regex=r"^[A-Z]{2}$"),
                name="organization_country_form",
                violation_error_message="A country is two capital letters (ISO 3166-1).",
            ),
            not_self("organization", "parent", "An organisation is not part of itself."),
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


@track()
class PlatformProfile(models.Model):
    """The page of an organisation on a platform."""

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="profiles", verbose_name="organisation"
    )
    platform = models.ForeignKey(Platform, models.PROTECT, related_name="profiles")
    handle = models.CharField(max_length=100)
    url = url_field()

    class Meta:
        ordering = ["platform_id", "handle"]
        constraints = [
            UniqueConstraint(
                fields=["organization", "platform", "handle"], name="platformprofile_once"
            ),
            *web("platformprofile", "url"),
            *filled("platformprofile", ["handle"]),
        ]

    def __str__(self) -> str:
        return self.handle
