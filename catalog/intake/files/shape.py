"""How each column of a part is read from a file: by its reader, unless only files have it."""

from collections.abc import Mapping
from functools import cache

from django.contrib.postgres.fields import ArrayField
from django.db import models

from catalog.entry import values
from catalog.entry.nouns import ORDER
from catalog.entry.shape import field_of, many_of
from catalog.intake.files import readers as r
from definitions.readers.values import word
from definitions.vocabulary import Grade

OWN: Mapping[str, r.Reader] = {
    "classes": r.words_by_name(r.of(word(Grade))),
    "expression": r.expression,
    "judged": r.texts_by_path,
    "licence_expression": r.expression,
}
"""Columns that are more than one plain value, or wait for what the other files hold."""

KINDS = {part.model: part.kind for part in ORDER}


@cache
def reader_of(model: type[models.Model], name: str) -> r.Reader:
    """The reader of a column."""
    field = field_of(model, name)
    if name in OWN:
        return OWN[name]
    if isinstance(field, models.ForeignKey):
        return r.ref(KINDS[field.related_model])
    reader = r.of(values.reader_of(model, name))
    return r.many(reader) if isinstance(field, ArrayField) else reader


@cache
def links_of(model: type[models.Model], name: str) -> r.Reader:
    """The reader of a many-to-many column: keys of other records."""
    return r.many(r.ref(KINDS[many_of(model, name).related_model]))
