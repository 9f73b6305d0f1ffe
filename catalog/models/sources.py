"""Where records come from, the pages they cite, and the version of the catalogue."""

from django.db import models
from django.db.models import CheckConstraint, Q

from catalog.models.constraints import filled, url_field, web, word_field, words
from catalog.querysets import CatalogStateQuerySet, LinkQuerySet, SourceQuerySet
from definitions.readers.values import LONGEST_ADDRESS
from definitions.vocabulary import SourceKind

__all__ = ["CatalogState", "Link", "LinkState", "Source"]


class Source(models.Model):
    """A register, a list or a maker, whose records are in the catalogue."""

    key = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=200)
    kind = word_field(SourceKind, SourceKind.REGISTER)
    url = url_field()
    version = models.CharField(max_length=100, blank=True, default="")
    retrieved_on = models.DateField(null=True, blank=True)
    licence = models.CharField(max_length=100, blank=True, default="")
    attribution = models.TextField(blank=True, default="")

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = ["key"]
        constraints = [
            *words("source", kind=SourceKind),
            *web("source", "url"),
            *filled("source", ["key", "title"]),
        ]

    def __str__(self) -> str:
        return self.title

    def natural_key(self) -> tuple[str]:
        return (self.key,)


class LinkState(models.TextChoices):
    """What the last look at a cited page found."""

    UNCHECKED = "unchecked", "Not checked yet"
    OK = "ok", "Reachable"
    REDIRECTED = "redirected", "Moved"
    BROKEN = "broken", "Not reachable"
    UNCERTAIN = "uncertain", "No certain answer"
    REFUSED = "refused", "Not checked: the address is not a public page"


class Link(models.Model):
    """A page cited as evidence, and whether it is still there."""

    url = models.URLField(max_length=LONGEST_ADDRESS, unique=True)
    state = models.CharField(
        max_length=10, choices=LinkState.choices, default=LinkState.UNCHECKED.value
    )
    status_code = models.PositiveSmallIntegerField(null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    last_good_on = models.DateField(null=True, blank=True)
    archive_url = url_field("archived copy")
    redirected_to = url_field("where it moved")
    problem = models.CharField(max_length=200, blank=True, default="")
    failures = models.PositiveSmallIntegerField(default=0, help_text="In a row, up to today.")
    next_check_at = models.DateTimeField(null=True, blank=True)
    etag = models.CharField(max_length=300, blank=True, default="")
    last_modified = models.CharField(max_length=100, blank=True, default="")

    objects = LinkQuerySet.as_manager()

    class Meta:
        ordering = ["url"]
        constraints = [
            *web("link", "url", "archive_url", "redirected_to"),
            *filled("link", ["url"]),
            CheckConstraint(
                condition=Q(state__in=LinkState.values),
                name="link_state_word",
                violation_error_message="“state” is not a word of its list.",
            ),
            CheckConstraint(
                condition=Q(state="unchecked") | Q(checked_at__isnull=False),
                name="link_checked_has_time",
                violation_error_message="A link that was checked has the time of the check.",
            ),
        ]

    def __str__(self) -> str:
        return self.url


class CatalogState(models.Model):
    """One row: the number that every writing service counts up, for ETags and caches."""

    version = models.PositiveBigIntegerField(default=0)
    changed_at = models.DateTimeField(null=True, blank=True)
    indexed_version = models.PositiveBigIntegerField(
        null=True, blank=True, help_text="The version that the stored facet index is of."
    )

    objects = CatalogStateQuerySet.as_manager()

    class Meta:
        constraints = [CheckConstraint(condition=Q(id=1), name="catalogstate_single_row")]

    def __str__(self) -> str:
        return f"version {self.version}"
