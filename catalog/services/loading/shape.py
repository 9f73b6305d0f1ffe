"""What a specification of a kind of record is, and the keys that many kinds share."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import models

from catalog.row_rules import Rule
from catalog.services.loading import readers as r
from definitions import vocabulary as v


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One key of a record: the column it fills, and how it is read."""

    column: str
    read: r.Reader
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Spec:
    """One kind of record.

    ``identity`` are the columns that tell its rows apart (for children: within
    their parent). ``links`` are many-to-many columns; ``children`` are rows of
    other models that the record holds; ``late`` are references to records of
    the same kind, written when all of these are there. ``last`` children are
    written after everything has been judged.
    """

    kind: str
    model: type[models.Model]
    identity: tuple[str, ...]
    keys: Mapping[str, Key]
    links: Mapping[str, Key] = field(default_factory=dict)
    children: Mapping[str, "Spec"] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    late: tuple[str, ...] = ()
    single: bool = False
    last: bool = False
    licensed: bool = False


def key(column: str, read: r.Reader, *, required: bool = False) -> Key:
    return Key(column=column, read=read, required=required)


SOURCE_KEY = r.ref("source")
PROVENANCE = {
    "evidence": key("evidence_url", r.url),
    "quote": key("quote", r.quote),
    "checked_on": key("checked_on", r.day),
    "source": key("source", SOURCE_KEY),
    "note": key("note", r.text()),
}
PROVED = PROVENANCE | {
    "evidence": key("evidence_url", r.url, required=True),
    "checked_on": key("checked_on", r.day, required=True),
    "source": key("source", SOURCE_KEY, required=True),
}
STATED = PROVED | {"url": key("evidence_url", r.url, required=True)}
del STATED["evidence"]
TERMS = {
    "licence": key("licence_expression", r.expression),
    "licence_status": key("licence_status", r.word(v.LicenceStatus)),
    "licence_text": key("licence_text", r.text()),
    "licence_url": key("licence_url", r.url),
}
NAMED = {
    "slug": key("slug", r.slug, required=True),
    "name": key("name", r.text(200), required=True),
    "summary": key("summary", r.text(300)),
}
RELEASED = {"release_date": key("released_on", r.partial_date)}
MAKERS = {"organizations": key("organizations", r.many(r.ref("organization")))}
TOOLS = {
    "programming_languages": key("programming_languages", r.many(r.ref("language"))),
}
ANSWER = r.word(v.Answer)
