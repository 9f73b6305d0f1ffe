"""What the facet index is stored in and kept current from."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import UniqueConstraint

from catalog.querysets import CatalogChangeQuerySet


class CatalogChange(models.Model):
    """The systems that one version of the catalogue touched; null where it may be any."""

    version = models.PositiveBigIntegerField(primary_key=True)
    systems = ArrayField(models.BigIntegerField(), null=True, blank=True)

    objects = CatalogChangeQuerySet.as_manager()

    def __str__(self) -> str:
        return f"version {self.version}"


class FacetBitmap(models.Model):
    """The systems that have one value of a facet, as a serialised Roaring bitmap."""

    facet = models.CharField(max_length=40, blank=True)
    value = models.CharField(max_length=300, blank=True)
    systems = models.BinaryField()

    class Meta:
        constraints = [UniqueConstraint(fields=["facet", "value"], name="facetbitmap_once")]

    def __str__(self) -> str:
        return f"{self.facet}={self.value}"
