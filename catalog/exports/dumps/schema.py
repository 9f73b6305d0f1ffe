"""What the tables of the dumps hold. Only published systems, and what belongs to them."""

from typing import Any

from django.db import models
from django.db.models import QuerySet

from catalog.exports.columns import nouns, parts
from catalog.exports.columns.column import Place
from catalog.exports.dumps.tables import Made, Row, Table
from catalog.exports.dumps.verdicts import (
    EXPLAINED,
    label,
    label_of_change,
    outside_with_facts,
    reason,
)
from catalog.models import (
    AISystem,
    Claim,
    Component,
    Dataset,
    Derivation,
    Evaluation,
    Framework,
    License,
    Organization,
    Ruling,
    Source,
    SourceRecord,
    StewardJudgement,
    SystemFact,
    SystemMaker,
    TrainingData,
    VerdictChange,
)
from catalog.models.evaluations import moved_words
from definitions import registry
from definitions.marks import Result


def of_published(model: type[models.Model]) -> QuerySet[Any]:
    """The rows of published systems."""
    rows: QuerySet[Any] = model._default_manager.filter(system__is_published=True)
    return rows


def component_licences() -> QuerySet[Any]:
    through: Any = Component.licences.through
    rows: QuerySet[Any] = through.objects.filter(component__system__is_published=True)
    return rows


def verdicts() -> QuerySet[Any]:
    known = [definition.id for definition in registry.DEFINITIONS]
    return outside_with_facts(of_published(Evaluation).filter(definition_id__in=known))


def definition_rows() -> list[Row]:
    names = [item.name for item in parts.DEFINITIONS.at(Place.DUMP)]
    return [tuple(getattr(item, name) for name in names) for item in registry.DEFINITIONS]


def criterion_rows() -> list[Row]:
    return [
        (c.code, d.id, place, c.title, c.clause, c.explanation)
        for d in registry.DEFINITIONS
        for place, c in enumerate(d.criteria)
    ]


WORDS_OF_VERDICTS = {
    "label": Made(label, ("definition_id", *Result._fields)),
    "reason": Made(reason, EXPLAINED),
}
WORDS_OF_CHANGES = {
    "before": Made(label_of_change, ("definition_id", "before_status", "before")),
    "after": Made(label_of_change, ("definition_id", "status", "after")),
    "criteria": Made(moved_words, ("definition_id", "criteria")),
}
"""Rows hold results, and words follow from them."""

TABLES = (
    Table(nouns.SOURCES, Source.objects.all),
    Table(parts.DEFINITIONS, definition_rows),
    Table(parts.CRITERIA, criterion_rows),
    Table(nouns.LICENCES, License.objects.all),
    Table(nouns.ORGANISATIONS, Organization.objects.all),
    Table(nouns.DATASETS, Dataset.objects.all),
    Table(nouns.FRAMEWORKS, Framework.objects.all),
    Table(nouns.SYSTEMS, AISystem.objects.published),
    Table(parts.SYSTEM_MAKERS, lambda: of_published(SystemMaker)),
    Table(parts.COMPONENTS, lambda: of_published(Component)),
    Table(parts.COMPONENT_LICENCES, component_licences),
    Table(parts.TRAINING_DATA, lambda: of_published(TrainingData)),
    Table(parts.DERIVATIONS, lambda: of_published(Derivation)),
    Table(parts.SYSTEM_FACTS, lambda: of_published(SystemFact)),
    Table(parts.CLAIMS, lambda: of_published(Claim)),
    Table(parts.JUDGEMENTS, lambda: of_published(StewardJudgement)),
    Table(parts.RULINGS, lambda: of_published(Ruling)),
    Table(parts.VERDICTS, verdicts, WORDS_OF_VERDICTS),
    Table(parts.CHANGES, lambda: of_published(VerdictChange), WORDS_OF_CHANGES),
    Table(parts.RECORDS, SourceRecord.objects.all),
)
"""In an order in which every table comes after those that it names."""
