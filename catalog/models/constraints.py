"""Database constraints that several models share, and the fields that go with them.

Every closed list of ``definitions.vocabulary`` is enforced by PostgreSQL, not
only by forms: whatever writes, a word that no rule knows cannot be stored.
"""

from collections.abc import Iterable

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, F, Q

from definitions.readers.values import LONGEST_ADDRESS, MOST_QUOTE_WORDS
from definitions.vocabulary import Answer, Extent, LicenceStatus, Term

HTTP_REGEX = r"^https?://[^\s/?#]+[^\s]*$"
QUOTE_REGEX = r"^\s*(\S+(\s+|$)){0,25}$"
SLUG_REGEX = r"^[a-z0-9]+(-[a-z0-9]+)*$"
PARTIAL_DATE_REGEX = r"^\d{4}(-\d{2}(-\d{2})?)?$"


def word_field(terms: type[Term], default: Term, verbose: str = "") -> models.CharField[str, str]:
    """A column for one word of a closed list."""
    return models.CharField(
        verbose or None, max_length=40, choices=terms.choices(), default=default.value
    )


def answer_field(verbose: str) -> models.CharField[str, str]:
    """A yes-or-no fact; unknown until somebody records it."""
    return word_field(Answer, Answer.UNKNOWN, verbose)


def extent_field(verbose: str) -> models.CharField[str, str]:
    """How far something is described; unknown until somebody records it."""
    return word_field(Extent, Extent.UNKNOWN, verbose)


def words_field(terms: type[Term], verbose: str) -> ArrayField[list[str], list[str]]:
    """A column for several words of a closed list."""
    return ArrayField(
        models.CharField(max_length=40, choices=terms.choices()),
        default=list,
        blank=True,
        verbose_name=verbose,
    )


def url_field(verbose: str = "") -> models.URLField[str, str]:
    """A web address, or nothing."""
    return models.URLField(verbose or None, max_length=LONGEST_ADDRESS, blank=True, default="")


def words(model: str, **lists: type[Term]) -> list[CheckConstraint]:
    """Each named column holds a word of its list."""
    return [
        CheckConstraint(
            condition=Q(**{f"{field}__in": [term.value for term in terms]}),
            name=f"{model}_{field}_word",
            violation_error_message=f"“{field}” is not a word of its list.",
        )
        for field, terms in lists.items()
    ]


def word_lists(model: str, **lists: type[Term]) -> list[CheckConstraint]:
    """Each named array column holds only words of its list."""
    return [
        CheckConstraint(
            condition=Q(**{f"{field}__contained_by": [term.value for term in terms]}),
            name=f"{model}_{field}_words",
            violation_error_message=f"“{field}” holds a word that is not in its list.",
        )
        for field, terms in lists.items()
    ]


def web(model: str, *fields: str) -> list[CheckConstraint]:
    """Each named column is empty or an http(s) address."""
    return [
        CheckConstraint(
            condition=Q(**{field: ""}) | Q(**{f"{field}__regex": HTTP_REGEX}),
            name=f"{model}_{field}_http",
            violation_error_message="Give an address that begins with http:// or https://.",
        )
        for field in fields
    ]


def filled(model: str, fields: Iterable[str]) -> list[CheckConstraint]:
    """Each named text column holds something."""
    return [
        CheckConstraint(
            condition=~Q(**{field: ""}),
            name=f"{model}_{field}_filled",
            violation_error_message=f"“{field}” may not be empty.",
        )
        for field in fields
    ]


def slugged(model: str) -> list[CheckConstraint]:
    """The slug is lower case letters, digits and single hyphens; the name is there."""
    return [
        CheckConstraint(
            condition=Q(slug__regex=SLUG_REGEX),
            name=f"{model}_slug_form",
            violation_error_message="A slug has lower case letters, digits and single hyphens.",
        ),
        *filled(model, ["name"]),
    ]


def recorded(model: str) -> list[CheckConstraint]:
    """What every record with a provenance keeps to."""
    return [
        *web(model, "evidence_url"),
        CheckConstraint(
            condition=Q(quote__regex=QUOTE_REGEX),
            name=f"{model}_quote_length",
            violation_error_message=f"A quote has at most {MOST_QUOTE_WORDS} words.",
        ),
    ]


def proved(model: str) -> list[CheckConstraint]:
    """A row that states a fact: evidence, source and day are not optional."""
    return [
        *recorded(model),
        CheckConstraint(
            condition=~Q(evidence_url="") & Q(source__isnull=False, checked_on__isnull=False),
            name=f"{model}_has_provenance",
            violation_error_message="A fact needs evidence, a source and the day it was checked.",
        ),
    ]


def licensed(model: str) -> list[CheckConstraint]:
    """Expression, status and verbatim text of a licence agree with each other."""
    stated = [LicenceStatus.STATED.value, LicenceStatus.MIXED.value]
    unrecognised = LicenceStatus.UNRECOGNISED.value
    return [
        *words(model, licence_status=LicenceStatus),
        *web(model, "licence_url"),
        CheckConstraint(
            condition=Q(licence_expression="") | Q(licence_status__in=stated),
            name=f"{model}_expression_needs_status",
            violation_error_message="A licence expression goes with “stated” or “mixed” only.",
        ),
        CheckConstraint(
            condition=~Q(licence_status=LicenceStatus.STATED.value) | ~Q(licence_expression=""),
            name=f"{model}_stated_needs_expression",
            violation_error_message="“Stated” needs a licence expression.",
        ),
        CheckConstraint(
            condition=Q(licence_text="", licence_status__in=others(unrecognised))
            | (~Q(licence_text="") & Q(licence_status=unrecognised)),
            name=f"{model}_text_iff_unrecognised",
            violation_error_message="The verbatim text goes with “unrecognised”, and only with it.",
        ),
    ]


def others(word: str) -> list[str]:
    """Every licence status but one."""
    return [status.value for status in LicenceStatus if status.value != word]


def released(model: str) -> list[CheckConstraint]:
    """A day has its precision, and there is no precision without a day."""
    return [
        CheckConstraint(
            condition=Q(released_on__isnull=True, released_precision="")
            | Q(released_on__isnull=False, released_precision__in=["day", "month", "year"]),
            name=f"{model}_released_precision",
            violation_error_message="A release date needs its precision, and the other way round.",
        )
    ]


def not_self(model: str, field: str, message: str) -> CheckConstraint:
    """A row does not point at itself."""
    return CheckConstraint(
        condition=Q(**{f"{field}__isnull": True}) | ~Q(**{field: F("id")}),
        name=f"{model}_{field}_not_itself",
        violation_error_message=message,
    )
