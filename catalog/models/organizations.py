"""Who makes, publishes and keeps things, and the platforms that they use."""

import pghistory
from django.db import models

from catalog.models.base import Slugged, Sourced, word_constraints
from catalog.querysets.nouns import OrganizationQuerySet, PlatformQuerySet
from definitions.vocabulary import OrganizationKind


@pghistory.track()
class Organization(Slugged, Sourced):
    """A company, university, public body, community or initiative (facts O1 and O2)."""

    kind = models.CharField(
        max_length=32,
        choices=OrganizationKind.choices(),
        default=OrganizationKind.UNKNOWN.value,
        db_index=True,
    )
    country = models.CharField(max_length=2, blank=True, default="", help_text="ISO 3166-1 alpha-2")
    parent = models.ForeignKey("self", models.SET_NULL, null=True, blank=True)
    is_initiative = models.BooleanField(default=False)

    objects = OrganizationQuerySet.as_manager()

    class Meta(Slugged.Meta):
        constraints = [
            *Sourced.Meta.constraints,
            *word_constraints(kind=OrganizationKind),
            models.CheckConstraint(
                condition=models.Q(country__regex=r"^([A-Z]{2})?$"),
                name="catalog_organization_country_code",
                violation_error_message="Two capital letters, as in ISO 3166-1.",
            ),
        ]


@pghistory.track()
class Platform(Slugged, Sourced):
    """A place where systems, data and code are published."""

    purpose = models.CharField(max_length=200, blank=True, default="")

    objects = PlatformQuerySet.as_manager()

    class Meta(Slugged.Meta):
        constraints = Sourced.Meta.constraints


class PlatformProfile(models.Model):
    """An organisation's page on a platform."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="profiles")
    platform = models.ForeignKey(Platform, models.PROTECT, related_name="profiles")
    handle = models.CharField(max_length=200)
    url = models.URLField(max_length=500)

    class Meta:
        ordering = ["platform", "handle"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "platform", "handle"], name="catalog_profile_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.handle} on {self.platform}"
