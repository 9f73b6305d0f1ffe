"""How each column of a part is read from a file: by its field, unless it has a form of its own."""

from collections.abc import Mapping
from functools import cache

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Field

from catalog.entry.nouns import ORDER
from catalog.entry.shape import field_of, many_of
from catalog.services.loading import readers as r
from definitions import vocabulary as v

FORMS: Mapping[str, r.Reader] = {
    "classes": r.words_by_name(r.word(v.Grade)),
    "country": r.country,
    "criterion": r.criterion,
    "date": r.iso_date,
    "expression": r.expression,
    "first_appeared": r.whole_number(1940, 2100),
    "huggingface_id": r.repository_id,
    "judged": r.texts_by_path,
    "languages": r.many(r.language_code),
    "licence_expression": r.expression,
    "parameters": r.whole_number(1, 10**16),
    "quote": r.quote,
    "released_on": r.partial_date,
    "spdx_id": r.licence_id,
    "summary": r.text(300),
    "tasks": r.many(r.slug),
}
"""Columns that have a form of their own, by name."""

KINDS = {part.model: part.kind for part in ORDER}


@cache
def reader_of(model: type[models.Model], name: str) -> r.Reader:
    """The reader of a column."""
    return FORMS.get(name) or reader_for(field_of(model, name))


@cache
def links_of(model: type[models.Model], name: str) -> r.Reader:
    """The reader of a many-to-many column: keys of other records."""
    return r.many(r.ref(KINDS[many_of(model, name).related_model]))


def reader_for(field: "Field[object, object]") -> r.Reader:
    """The reader that the type of a field asks for."""
    match field:
        case models.ForeignKey():
            return r.ref(KINDS[field.related_model])
        case ArrayField():
            return r.many(reader_for(field.base_field))
        case _ if field.choices:
            return r.one_of([str(value) for value, _ in field.flatchoices])
        case models.SlugField():
            return r.slug
        case models.URLField():
            return r.url
        case models.DateField():
            return r.day
        case models.BooleanField():
            return r.yes_no
        case _:
            return r.text(field.max_length or 0)
