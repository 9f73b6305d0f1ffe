"""What records have in common: where a fact comes from, and under which terms a thing is."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from definitions.vocabulary import LicenceStatus, Term

HTTP = r"^https?://[^\s]+$"
HTTP_OR_NOTHING = r"^(https?://[^\s]+)?$"
AT_MOST_25_WORDS = r"^\s*(\S+\s+){0,24}\S*\s*$"
STATUSES_WITHOUT_TEXT = [s.value for s in LicenceStatus if s is not LicenceStatus.UNRECOGNISED]


def term_field(term: type[Term], **options: object) -> models.CharField[str, str]:
    """A column that holds one word of a closed list."""
    defaults: dict[str, object] = {"max_length": 32, "choices": term.choices()}
    if "unknown" in [member.value for member in term]:
        defaults["default"] = "unknown"
    return models.CharField(**(defaults | options))  # type: ignore[arg-type]


def word_constraints(**fields: type[Term]) -> list[models.BaseConstraint]:
    """Constraints that keep each named column within its closed list."""
    return [
        models.CheckConstraint(
            condition=Q(**{f"{name}__in": [member.value for member in term]}),
            name=f"%(app_label)s_%(class)s_{name}_word",
            violation_error_message=f"{name} is not one of the known words.",
        )
        for name, term in fields.items()
    ]


def pattern_constraint(field: str, pattern: str, message: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{field}__regex": pattern}),
        name=f"%(app_label)s_%(class)s_{field}_form",
        violation_error_message=message,
    )


class NaturalKeyManager[M: models.Model](models.Manager[M]):
    """Finds a row by the natural key that the model names in ``natural_key_field``."""

    def get_by_natural_key(self, key: str) -> M:
        return self.get(**{self.model.natural_key_field: key})  # type: ignore[attr-defined]


class Slugged(models.Model):
    """A noun with a name, an address on the site, and a natural key."""

    natural_key_field = "slug"

    slug = models.SlugField(max_length=100, unique=True)
    name = models.CharField(max_length=200)
    summary = models.TextField(blank=True, default="")
    homepage = models.URLField(max_length=500, blank=True, default="")

    class Meta:
        abstract = True
        ordering = ["name", "slug"]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class Sourced(models.Model):
    """Where a record comes from; the evidence may be missing for a bare name."""

    evidence_url = models.URLField(max_length=1000, blank=True, default="")
    quote = models.TextField(blank=True, default="", help_text="At most 25 words, verbatim.")
    checked_on = models.DateField(null=True, blank=True)
    recorded_by = models.CharField(max_length=100, default="editors")
    source = models.ForeignKey("catalog.Source", models.PROTECT, null=True, blank=True)
    note = models.TextField(blank=True, default="")

    class Meta:
        abstract = True
        constraints = [
            pattern_constraint("evidence_url", HTTP_OR_NOTHING, "Evidence is a web address."),
            pattern_constraint("quote", AT_MOST_25_WORDS, "A quote has at most 25 words."),
        ]


class FactRecord(models.Model):
    """A fact about a system. It cannot be stored without evidence, date and source."""

    evidence_url = models.URLField(
        max_length=1000, help_text="The page that shows this; every fact needs one."
    )
    quote = models.TextField(blank=True, default="", help_text="At most 25 words, verbatim.")
    checked_on = models.DateField()
    recorded_by = models.CharField(max_length=100, default="editors")
    source = models.ForeignKey("catalog.Source", models.PROTECT)
    note = models.TextField(blank=True, default="", help_text="In our own words.")

    class Meta:
        abstract = True
        constraints = [
            pattern_constraint("evidence_url", HTTP, "Every fact needs a web page as evidence."),
            pattern_constraint("quote", AT_MOST_25_WORDS, "A quote has at most 25 words."),
        ]


class Licensed(models.Model):
    """The terms of a thing, as its maker states them.

    ``licence_expression`` is a normalised SPDX expression over our ``License``
    rows; ``licences`` are the rows that occur in it, kept by the services.
    A string that we do not recognise is kept verbatim in ``licence_text``:
    *unrecognised* is not the same as *not open*.
    """

    licence_expression = models.CharField(max_length=300, blank=True, default="")
    licence_status = term_field(LicenceStatus)
    licence_text = models.CharField(max_length=300, blank=True, default="")
    licence_url = models.URLField(max_length=1000, blank=True, default="")
    licences = models.ManyToManyField("catalog.License", blank=True, related_name="%(class)ss")

    class Meta:
        abstract = True
        constraints = [
            *word_constraints(licence_status=LicenceStatus),
            models.CheckConstraint(
                condition=Q(licence_expression="") | Q(licence_status__in=["stated", "mixed"]),
                name="%(app_label)s_%(class)s_expression_is_stated",
                violation_error_message="A licence expression needs the status “stated”.",
            ),
            models.CheckConstraint(
                condition=~Q(licence_status="stated") | ~Q(licence_expression=""),
                name="%(app_label)s_%(class)s_stated_has_expression",
                violation_error_message="The status “stated” needs a licence expression.",
            ),
            models.CheckConstraint(
                condition=Q(licence_text="", licence_status__in=STATUSES_WITHOUT_TEXT)
                | (Q(licence_status="unrecognised") & ~Q(licence_text="")),
                name="%(app_label)s_%(class)s_text_is_unrecognised",
                violation_error_message="The verbatim text is for unrecognised licences alone.",
            ),
            pattern_constraint("licence_url", HTTP_OR_NOTHING, "This is not a web address."),
        ]


def word_list_field() -> ArrayField[list[str], list[str]]:
    """A list of short words, such as languages or tasks."""
    return ArrayField(models.CharField(max_length=60), default=list, blank=True)
