"""What an entry gathers: small rows of other tables as plain values, a subquery for each."""

from functools import cache

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from catalog.querysets.base import FOLDED_NAME
from catalog.querysets.prepared import Prepared
from definitions.vocabulary import ComponentKind

BASE_KINDS = (ComponentKind.WEIGHTS_FINAL.value, ComponentKind.PRETRAINING_DATA.value)
"""What the facts say of a system that another one is built on."""


@cache
def single_facts(
    owner: type[models.Model], facts: type[models.Model], field: str, column: str = "pk"
) -> Prepared:
    """The single facts whose ``field`` is a column of the owner, as plain values with evidence."""
    rows = facts._default_manager.filter(**{field: OuterRef(column)})
    columns = ("topic", "value", "evidence_url", "quote", "note", "checked_on")
    values = JSONObject(**{name: name for name in columns})
    return Prepared(owner, ArraySubquery(rows.order_by("topic").values(row=values)))


@cache
def steward_grades() -> Prepared:
    """What stewards graded of a system, criterion by criterion, the newest last."""
    from catalog.models import AISystem, StewardJudgement  # noqa: PLC0415

    rows = StewardJudgement.objects.filter(system=OuterRef("pk")).exclude(classes={})
    values = JSONObject(definition="definition_id", classes="classes")
    return Prepared(AISystem, ArraySubquery(rows.order_by("date", "pk").values(row=values)))


def makers_with_facts() -> models.QuerySet[models.Model]:
    """Makers with their organisation and its single facts."""
    from catalog.models import OrganizationFact, SystemMaker  # noqa: PLC0415

    rows = SystemMaker.objects.select_related("organization")
    facts = single_facts(SystemMaker, OrganizationFact, "organization", "organization")
    return rows.annotate(fact_rows=facts).fetch_mode(models.FETCH_RAISE)


@cache
def released_of_base() -> Prepared:
    """What was released of the base of a derivation, as plain values."""
    from catalog.models import Component, Derivation  # noqa: PLC0415

    released = Component.objects.filter(system=OuterRef("base"), kind__in=BASE_KINDS)
    columns = ("kind", "availability", "completeness")
    values = JSONObject(**{name: name for name in columns})
    return Prepared(Derivation, ArraySubquery(released.order_by("kind").values(row=values)))


def derivations_with_bases() -> models.QuerySet[models.Model]:
    """Derivations with their base, and what was released of it."""
    from catalog.models import Derivation  # noqa: PLC0415

    rows = Derivation.objects.select_related("base", "source").defer("base__search")
    return rows.annotate(base_rows=released_of_base()).fetch_mode(models.FETCH_RAISE)


@cache
def plain_rows(model: type[models.Model], *order: str, limit: int = 100) -> Prepared:
    """The rows of a system in another table as plain values, with the source of each fact."""
    from catalog.models import AISystem  # noqa: PLC0415

    values: dict[str, object] = {
        field.attname: field.attname for field in model._meta.concrete_fields
    }
    if "source_id" in values:
        values["source"] = JSONObject(key="source__key", title="source__title")
    rows = model._default_manager.filter(system=OuterRef("pk")).order_by(*order)[:limit]
    return Prepared(AISystem, ArraySubquery(rows.values(row=JSONObject(**values))))


@cache
def links(nouns: type[models.Model]) -> Prepared:
    """The slugs and names of a system's frameworks, or of its languages, by name."""
    from catalog.models import AISystem  # noqa: PLC0415

    rows = nouns._default_manager.filter(systems=OuterRef("pk")).order_by(FOLDED_NAME)
    values = JSONObject(slug="slug", name="name")
    return Prepared(AISystem, ArraySubquery(rows.values(link=values)))


@cache
def kept_facts() -> Prepared:
    """The facts document of a system as it is stored: what its verdicts are explained from."""
    from catalog.models import AISystem, FactsDocument  # noqa: PLC0415

    documents = FactsDocument.objects.filter(
        system=OuterRef("pk"), fingerprint=OuterRef("facts_fingerprint")
    )
    newest = documents.order_by("-recorded_at").values("packed")[:1]
    return Prepared(AISystem, models.Subquery(newest))


@cache
def records_as_values() -> Prepared:
    """The records of other registers on a system as plain values, without what is not compared."""
    from catalog.models import AISystem, SourceRecord  # noqa: PLC0415

    values = JSONObject(
        key="key",
        url="url",
        version="version",
        read_on="read_on",
        problems="problems",
        components="document__components",
        source_key="source__key",
        source_title="source__title",
        terms="source__licence",
    )
    rows = SourceRecord.objects.filter(system=OuterRef("pk")).order_by("source__key", "key")
    return Prepared(AISystem, ArraySubquery(rows.values(row=values)))
