"""Where records come from, the pages that show them, and how old the catalogue is."""

from django.db import models

from catalog.models.base import NaturalKeyManager, word_constraints
from definitions.vocabulary import SourceKind, Term


class LinkState(Term):
    """What the last check of a page gave."""

    UNCHECKED = "unchecked", "Not checked yet"
    GOOD = "good", "Answers"
    MOVED = "moved", "Moved"
    DEAD = "dead", "Does not answer"


class Source(models.Model):
    """A body of records with its terms: an editor, a maker's page, a list, a register."""

    natural_key_field = "key"

    key = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=32, choices=SourceKind.choices())
    url = models.URLField(max_length=500, blank=True, default="")
    version = models.CharField(max_length=100, blank=True, default="")
    retrieved_on = models.DateField(null=True, blank=True)
    licence = models.CharField(max_length=100, blank=True, default="")
    attribution = models.TextField(blank=True, default="")

    objects = NaturalKeyManager["Source"]()

    class Meta:
        ordering = ["title"]
        constraints = word_constraints(kind=SourceKind)

    def __str__(self) -> str:
        return self.title

    def natural_key(self) -> tuple[str]:
        return (self.key,)


class Link(models.Model):
    """A page that serves as evidence, and the state in which it was last seen."""

    url = models.URLField(max_length=1000, unique=True)
    state = models.CharField(
        max_length=32, choices=LinkState.choices(), default=LinkState.UNCHECKED.value
    )
    last_checked = models.DateTimeField(null=True, blank=True)
    last_good = models.DateTimeField(null=True, blank=True)
    archive_url = models.URLField(max_length=1000, blank=True, default="")

    class Meta:
        ordering = ["url"]
        constraints = word_constraints(state=LinkState)

    def __str__(self) -> str:
        return self.url


class CatalogState(models.Model):
    """One row: a number that every write to the catalogue raises.

    Pages are cached and answered with 304 by it.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    version = models.BigIntegerField(default=1)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="catalog_state_is_one_row")
        ]

    def __str__(self) -> str:
        return f"Version {self.version}"
