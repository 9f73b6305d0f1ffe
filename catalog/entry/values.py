"""Values of an entry's columns: which reader each has, and its reasons in Django's words.

The readers themselves are in ``definitions.readers``, which knows no framework.
"""

from collections.abc import Mapping
from functools import cache

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Field
from django.utils.translation import gettext_lazy

from catalog.entry.shape import field_of
from definitions.readers import values as v
from definitions.readers.dates import day, partial_date
from definitions.readers.languages import language


def iso_date(text: str) -> str:
    """A date that may be a month or a year, kept as it is written."""
    return str(partial_date(text))


OWN: Mapping[str, v.Reader[object]] = {
    "country": v.country,
    "criterion": v.criterion,
    "date": iso_date,
    "first_appeared": v.Number(1940, 2100),
    "huggingface_id": v.hub_id,
    "languages": language,
    "parameters": v.Number(1, v.MOST_PARAMETERS),
    "quote": v.quote,
    "released_on": partial_date,
    "spdx_id": v.licence_id,
    "summary": v.Text(300),
    "tasks": v.slug,
}
"""Columns that have a syntax of their own, by name; for a list, that of each item."""


@cache
def reader_of(model: type[models.Model], name: str) -> v.Reader[object]:
    """The reader of a column; of each item where the column is a list."""
    return OWN.get(name) or reader_for(field_of(model, name))


def reader_for(field: "Field[object, object]") -> v.Reader[object]:
    """The reader that the type of a field asks for."""
    match field:
        case ArrayField():
            return reader_for(field.base_field)
        case _ if field.choices:
            return v.OneOf(tuple(str(value) for value, _ in field.flatchoices))
        case models.SlugField():
            return v.slug
        case models.URLField():
            return v.address
        case models.DateField():
            return day
        case models.BooleanField():
            return v.yes_no
        case _:
            return v.Text(field.max_length or 0)


def told(error: v.UnreadableError) -> ValidationError:
    """Why a text is no value, as a message beside a field, in the language of who reads it."""
    return ValidationError(gettext_lazy(error.template), "unreadable", error.values)


def in_words(error: v.UnreadableError) -> str:
    """The same as plain words."""
    return told(error).messages[0]
