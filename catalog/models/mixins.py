"""What many nouns have in common: provenance, licence terms, a release date."""

from django.db import models

from catalog.models.constraints import url_field, word_field
from definitions.readers.dates import Precision, iso
from definitions.vocabulary import LicenceStatus


class FactRecord(models.Model):
    """Where a recorded fact can be seen, and who recorded it when."""

    evidence_url = url_field("evidence")
    quote = models.TextField(blank=True, default="", help_text="Verbatim, at most 25 words.")
    checked_on = models.DateField(null=True, blank=True)
    recorded_by = models.CharField(max_length=100, blank=True, default="")
    source = models.ForeignKey(
        "catalog.Source", models.PROTECT, null=True, blank=True, related_name="+"
    )
    note = models.TextField(blank=True, default="", help_text="In our own words.")

    class Meta:
        abstract = True


class Licensed(models.Model):
    """What the maker says about the terms of a thing.

    ``licences`` is derived from the expression and kept by the services, so
    that "everything under this licence" is a join.
    """

    licence_expression = models.CharField(
        max_length=300, blank=True, default="", help_text="SPDX expression over our licences."
    )
    licence_status = word_field(LicenceStatus, LicenceStatus.UNKNOWN)
    licence_text = models.TextField(
        blank=True, default="", help_text="What the maker wrote, when it is not a licence we know."
    )
    licence_url = url_field("licence address")
    licences = models.ManyToManyField("catalog.License", blank=True, related_name="%(class)ss")

    class Meta:
        abstract = True


class Released(models.Model):
    """The day of first release, as exactly as it is known."""

    released_on = models.DateField(null=True, blank=True)
    released_precision = models.CharField(
        max_length=5, blank=True, default="", choices=Precision.choices()
    )

    class Meta:
        abstract = True

    @property
    def release_date(self) -> str:
        """``2024``, ``2024-02`` or ``2024-02-01``; empty where unknown."""
        return iso(self.released_on, self.released_precision)
