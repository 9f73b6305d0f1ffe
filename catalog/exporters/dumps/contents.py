"""What the tables of the dumps hold. Only published systems, and what belongs to them."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Case, F, OuterRef, QuerySet, Value, When
from django.db.models.functions import NullIf

from catalog.exporters.dumps.tables import Table, column, columns
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
from catalog.models.licences import ANSWERS, LISTS
from definitions import registry

PROOF = (
    *columns("evidence_url", "quote"),
    column("checked_on", optional=True),
    column("source", "source__key", to="sources(key)", optional=True),
)
LICENSED = columns("licence_expression", "licence_status", "licence_text", "licence_url")
SYSTEM = column("system", "system__slug", to="systems(slug)")
RELEASED = (column("released_on", optional=True), column("released_precision"))


def of_published(model: type[models.Model]) -> QuerySet[Any]:
    """The rows of published systems."""
    rows: QuerySet[Any] = model._default_manager.filter(system__is_published=True)
    return rows


def with_makers(model: type[models.Model], relation: str) -> QuerySet[Any]:
    """Rows with the slugs of their organisations as ``makers``."""
    makers = Organization.objects.filter(**{relation: OuterRef("pk")}).order_by("slug")
    rows: QuerySet[Any] = model._default_manager.annotate(
        makers=ArraySubquery(makers.values("slug"))
    )
    return rows


def derivations() -> QuerySet[Any]:
    """A base without a published entry is given by its name alone."""
    rows: QuerySet[Any] = of_published(Derivation).annotate(
        to=Case(
            When(base__is_published=True, then=F("base__slug")),
            default=Value(None),
            output_field=models.CharField(),
        ),
        named=Case(When(base__isnull=False, then=F("base__name")), default=F("base_name")),
    )
    return rows


def component_licences() -> QuerySet[Any]:
    through: Any = Component.licences.through
    rows: QuerySet[Any] = through.objects.filter(component__system__is_published=True)
    return rows


def verdicts() -> QuerySet[Any]:
    known = [definition.id for definition in registry.DEFINITIONS]
    return of_published(Evaluation).filter(definition_id__in=known)


def changes() -> QuerySet[Any]:
    rows: QuerySet[Any] = of_published(VerdictChange).annotate(
        judged=NullIf(F("definition_id"), Value(""))
    )
    return rows


def source_records() -> QuerySet[Any]:
    """What other registers say; the entry is named where it is published."""
    return SourceRecord.objects.annotate(
        entry=Case(
            When(system__is_published=True, then=F("system__slug")),
            default=Value(None),
            output_field=models.CharField(),
        )
    )


def definition_rows() -> list[tuple[Any, ...]]:
    return [
        (d.id, d.key, d.version, d.title, d.steward, d.url, d.date, d.standing, d.revision)
        for d in registry.DEFINITIONS
    ]


def criterion_rows() -> list[tuple[Any, ...]]:
    return [
        (c.code, d.id, place, c.title, c.clause, c.explanation)
        for d in registry.DEFINITIONS
        for place, c in enumerate(d.criteria)
    ]


TABLES = (
    Table(
        name="sources",
        about="Where records come from, and under which terms",
        columns=(
            *columns("key", "title", "kind", "url", "version"),
            column("retrieved_on", optional=True),
            *columns("licence", "attribution"),
        ),
        rows=Source.objects.all,
        key=("key",),
        lines="sources",
    ),
    Table(
        name="definitions",
        about="The definitions of openness, every version",
        columns=(
            *columns("id", "key", "version", "title", "steward", "url", "date", "standing"),
            column("revision", kind="integer"),
        ),
        rows=definition_rows,
        key=("id",),
    ),
    Table(
        name="criteria",
        about="What each definition asks",
        columns=(
            column("code"),
            column("definition", to="definitions(id)"),
            column("place", kind="integer"),
            *columns("title", "clause", "explanation"),
        ),
        rows=criterion_rows,
        key=("code",),
        indexes=(("definition",),),
    ),
    Table(
        name="licences",
        about="Licences, with what each allows, demands and forbids",
        columns=(
            column("id", "spdx_id"),
            *columns("name", "url"),
            column("is_spdx", kind="boolean"),
            *columns(*ANSWERS, *LISTS),
            column("use_restrictions", kind="list", optional=True),
            *columns("permissions_note", "conditions_note", "limits_note"),
            *PROOF,
        ),
        rows=License.objects.all,
        key=("id",),
        lines="licences",
    ),
    Table(
        name="organisations",
        about="Makers of systems, data and tools",
        columns=(
            *columns("slug", "name", "kind", "country", "homepage", "summary"),
            column("parent", "parent__slug", to="organisations(slug)", optional=True),
            *PROOF,
        ),
        rows=Organization.objects.all,
        key=("slug",),
        lines="organisations",
    ),
    Table(
        name="datasets",
        about="Datasets that systems were trained or evaluated on",
        columns=(
            *columns("slug", "name", "summary", "homepage"),
            column("organisations", "makers", "list"),
            column("modalities", kind="list"),
            column("languages", kind="list"),
            *columns("size", "availability", "data_class", "contains_pii", "synthetic"),
            *LICENSED,
            *RELEASED,
            *PROOF,
        ),
        rows=lambda: with_makers(Dataset, "datasets"),
        key=("slug",),
        lines="datasets",
    ),
    Table(
        name="frameworks",
        about="Libraries and programs that systems are trained or run with",
        columns=(
            *columns("slug", "name", "summary", "homepage", "repository", "purpose"),
            column("organisations", "makers", "list"),
            *LICENSED,
            *RELEASED,
            *PROOF,
        ),
        rows=lambda: with_makers(Framework, "frameworks"),
        key=("slug",),
        lines="frameworks",
    ),
    Table(
        name="systems",
        about="AI systems",
        columns=(
            *columns("slug", "name", "version"),
            column("family", "family__slug", optional=True),
            column("summary"),
            column("modalities", kind="list"),
            column("tasks", kind="list"),
            column("languages", kind="list"),
            column("parameters", kind="integer", optional=True),
            *columns("homepage", "huggingface_id", "repository", "paper"),
            *RELEASED,
            *columns("weights_licence", "commercial_use", "commercial_use_tier"),
            column("commercial_use_recorded_by", "commercial_use_registers"),
            *columns("strip", "facts_fingerprint", "tier"),
            column("recorded_by", "registers"),
            column("verified_on", optional=True),
            *PROOF,
        ),
        rows=AISystem.objects.published,
        key=("slug",),
        indexes=(("weights_licence",), ("released_on",)),
    ),
    Table(
        name="system_makers",
        about="Who made which system; position 0 leads",
        columns=(
            SYSTEM,
            column("organisation", "organization__slug", to="organisations(slug)"),
            column("position", kind="integer"),
        ),
        rows=lambda: of_published(SystemMaker),
        key=("system", "organisation"),
        indexes=(("organisation",),),
    ),
    Table(
        name="components",
        about="What is recorded of the parts of each system",
        columns=(
            SYSTEM,
            *columns("kind", "availability", "completeness", "url", "cost", "form"),
            *columns("machine_readable", "open_format", "persistent_id", "peer_reviewed"),
            column("included_in"),
            *LICENSED,
            *PROOF,
        ),
        rows=lambda: of_published(Component),
        key=("system", "kind"),
        indexes=(("kind", "availability"),),
    ),
    Table(
        name="component_licences",
        about="Which component is under which licence",
        columns=(
            column("system", "component__system__slug", to="systems(slug)"),
            column("kind", "component__kind"),
            column("licence", "license__spdx_id", to="licences(id)"),
        ),
        rows=component_licences,
        key=("system", "kind", "licence"),
        indexes=(("licence",),),
    ),
    Table(
        name="training_data",
        about="Which dataset served in which stage of a system",
        columns=(
            SYSTEM,
            column("dataset", "dataset__slug", to="datasets(slug)"),
            *columns("stage", "data_class", "unshareable_reason"),
            column("url", "where"),
            *PROOF,
        ),
        rows=lambda: of_published(TrainingData),
        key=("system", "dataset", "stage"),
        indexes=(("dataset",),),
    ),
    Table(
        name="derivations",
        about="Which system is built on which",
        columns=(
            SYSTEM,
            column("base", "to", to="systems(slug)", optional=True),
            column("base_name", "named"),
            column("kind"),
            *PROOF,
        ),
        rows=derivations,
        key=(),
        indexes=(("system",), ("base",)),
    ),
    Table(
        name="system_facts",
        about="Single facts about systems",
        columns=(SYSTEM, *columns("topic", "value"), *PROOF),
        rows=lambda: of_published(SystemFact),
        key=("system", "topic"),
    ),
    Table(
        name="claims",
        about="What makers say about the openness of their systems, and whether it holds",
        columns=(SYSTEM, *columns("claimed", "date", "definition_id", "result"), *PROOF),
        rows=lambda: of_published(Claim),
        key=("system", "claimed", "evidence_url"),
    ),
    Table(
        name="judgements",
        about="What the stewards of definitions say of systems",
        columns=(SYSTEM, *columns("definition_id", "result", "date"), *PROOF),
        rows=lambda: of_published(StewardJudgement),
        key=("system", "definition_id", "evidence_url"),
    ),
    Table(
        name="rulings",
        about="Published answers of editors to criteria that need judgement",
        columns=(
            SYSTEM,
            *columns("criterion", "answer", "rationale", "decided_on", "decided_by"),
            *PROOF,
        ),
        rows=lambda: of_published(Ruling),
        key=("system", "criterion"),
    ),
    Table(
        name="verdicts",
        about="What each definition makes of each system",
        columns=(
            SYSTEM,
            column("definition", "definition_id", to="definitions(id)"),
            *columns("status", "label"),
            column("tier", "system__tier"),
            column("reason"),
            column("level", kind="integer", optional=True),
            column("level_possible", kind="integer", optional=True),
            column("score", kind="number", optional=True),
            column("score_low", kind="number", optional=True),
            column("score_high", kind="number", optional=True),
            *columns("status_since", "definition_fingerprint"),
        ),
        rows=verdicts,
        key=("system", "definition"),
        indexes=(("definition", "status"), ("definition", "score")),
    ),
    Table(
        name="changes",
        about="Verdicts that changed, and systems that were added",
        columns=(
            SYSTEM,
            column("definition", "judged", optional=True),
            *columns("cause", "before_status", "before_label", "status", "label", "happened_at"),
            column("criteria", kind="list"),
        ),
        rows=changes,
        key=(),
        indexes=(("system",), ("happened_at",)),
        lines="changes",
    ),
    Table(
        name="source_records",
        about="What other registers say, as read from each of them",
        columns=(
            column("source", "source__key", to="sources(key)"),
            *columns("key", "version", "url", "fingerprint", "state"),
            column("system", "entry", to="systems(slug)", optional=True),
            column("document", kind="object"),
            column("problems", kind="list"),
            column("read_on"),
        ),
        rows=source_records,
        key=("source", "key"),
        indexes=(("system",),),
        lines="source-records",
    ),
)
"""In an order in which every table comes after those that it names."""
