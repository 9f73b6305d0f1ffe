"""The facets of the systems list: what people filter by.

A facet knows how to narrow a queryset to some of its values (any of them), and
which systems have which value: what the facet index is made from
(``catalog.listing.index``), which counts them.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    Func,
    OuterRef,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Cast, Concat

from catalog.listing.facet_words import CHECKED, REGISTERS, SIZES
from catalog.models import (
    AISystem,
    Claim,
    Component,
    Derivation,
    Evaluation,
    SourceRecord,
    SystemMaker,
)
from catalog.querysets.records import SCORES, VERDICT_WORD
from definitions import registry
from definitions.checks import OPEN_ACCESS
from definitions.claims import ClaimResult
from definitions.core import Definition
from definitions.expressions import listed
from definitions.readers.languages import language
from definitions.readers.values import attempt
from definitions.vocabulary import (
    BusinessUse,
    ComponentKind,
    Modality,
    OrganizationKind,
    Shape,
    Status,
    Tier,
)

TEXT = CharField()
SHOWN_AT_MOST = 100
"""Values that one facet lists; the rest is found by search."""


@dataclass(frozen=True, kw_only=True)
class Facet:
    """One dimension to filter by.

    ``value`` is an expression over systems that gives the facet's value; a
    system may have several. ``words`` are the labels of known values, in their
    order, and of all values where the facet is ``closed``; other values are shown
    as they are, the most frequent first. ``read`` gives the one spelling of a value that
    may be written in several ways.
    """

    key: str
    label: str
    value: Any = None
    words: Mapping[str, str] = field(default_factory=dict)
    closed: bool = True
    read: Callable[[str], str] = str
    group: str = "About the system"

    def narrow(self, systems: QuerySet[AISystem], values: Sequence[str]) -> QuerySet[AISystem]:
        """The systems that have any of the values."""
        return systems.alias(**{self.alias: self.value}).filter(**{f"{self.alias}__in": values})

    def pairs(self, pks: Collection[int] | None = None) -> Any:
        """Rows grouped by ``facet`` and ``value``, each of a system ``pk_of_system``.

        Of all systems, or of those with these keys.
        """
        systems = AISystem.objects.all() if pks is None else AISystem.objects.filter(pk__in=pks)
        return self.grouped(systems, Cast(self.value, TEXT), "pk")

    def grouped(self, rows: Any, value: Any, pk: str) -> Any:
        return (
            rows.order_by()
            .annotate(facet=Value(self.key, TEXT), value=value, pk_of_system=F(pk))
            .values("facet", "value")
        )

    @property
    def alias(self) -> str:
        return "facet_" + self.key.replace("-", "_").replace(".", "_")

    def label_of(self, value: str) -> str:
        return self.words.get(value, value)


@dataclass(frozen=True, kw_only=True)
class RelatedFacet(Facet):
    """A facet over rows of another table; ``to_system`` leads from there to the system."""

    rows: Any = None
    to_system: str = "system"

    def narrow(self, systems: QuerySet[AISystem], values: Sequence[str]) -> QuerySet[AISystem]:
        rows = self.rows().alias(**{self.alias: self.value})
        having = rows.filter(**{self.to_system: OuterRef("pk"), f"{self.alias}__in": values})
        return systems.filter(Exists(having))

    def pairs(self, pks: Collection[int] | None = None) -> Any:
        rows = self.rows() if pks is None else self.rows().filter(**{f"{self.to_system}__in": pks})
        return self.grouped(rows, Cast(self.value, TEXT), self.to_system)


@dataclass(frozen=True, kw_only=True)
class ListFacet(Facet):
    """A facet over an array column."""

    column: str = ""

    def narrow(self, systems: QuerySet[AISystem], values: Sequence[str]) -> QuerySet[AISystem]:
        return systems.filter(**{f"{self.column}__overlap": list(values)})

    def pairs(self, pks: Collection[int] | None = None) -> Any:
        systems = AISystem.objects.all() if pks is None else AISystem.objects.filter(pk__in=pks)
        flat = Func(F(self.column), function="unnest", output_field=TEXT)
        return self.grouped(systems, flat, "pk")


# --- the facets ----------------------------------------------------------------------------

SIZE = Case(
    When(parameters__lt=10**9, then=Value("under-1b")),
    When(parameters__lt=10**10, then=Value("1b-10b")),
    When(parameters__lt=10**11, then=Value("10b-100b")),
    When(parameters__gte=10**11, then=Value("over-100b")),
    default=Value("unknown"),
    output_field=TEXT,
)


def verdict_words(definition: Definition) -> dict[str, str]:
    """The values of a definition's facet: levels, highest first, or quarters of the score."""
    if definition.shape is Shape.SCORE:
        return dict(SCORES)
    levels = {f"level-{level.rank}": level.label for level in reversed(definition.levels)}
    met = {} if levels else {Status.MET.value: "Met"}
    return levels | met | {s.value: s.label for s in Status if s is not Status.MET}


def verdict_facet(definition: Definition) -> RelatedFacet:
    value: Any = VERDICT_WORD if definition.shape is Shape.SCORE else F("status")
    if definition.levels:
        named = Concat(Value("level-"), Cast("level", TEXT), output_field=TEXT)
        value = Case(When(level__gt=0, then=named), default=F("status"), output_field=TEXT)
    return RelatedFacet(
        key=definition.id,
        label=definition.short_title,
        value=value,
        words=verdict_words(definition),
        group="Verdicts",
        rows=lambda: Evaluation.objects.filter(definition_id=definition.id),
    )


def one_licence(text: str) -> str:
    """An id of the SPDX list as it is spelt today, also where the list has replaced it."""
    return listed(text) or text


def one_language(text: str) -> str:
    return attempt(language, text) or text


def licence_facet() -> Facet:
    """The licence of the weights, however its id is written."""
    licence = Case(
        When(weights_licence="", then=Value("none")),
        default=F("weights_licence"),
        output_field=TEXT,
    )
    return Facet(
        key="licence",
        label="Licence of the weights",
        value=licence,
        words={"none": "None on record"},
        closed=False,
        read=one_licence,
        group="Release",
    )


def release_facets() -> tuple[Facet, ...]:
    """What was released, and under which terms."""
    return (
        Facet(
            key="commercial",
            label="Business use",
            value=F("commercial_use"),
            words=dict(BusinessUse.choices()),
            group="Release",
        ),
        licence_facet(),
        RelatedFacet(
            key="claim",
            label="The maker's claim",
            value=F("result"),
            words=dict(ClaimResult.choices()),
            group="Release",
            rows=Claim.objects.all,
        ),
        RelatedFacet(
            key="component",
            label="Component released",
            value=F("kind"),
            words=dict(ComponentKind.choices()),
            group="Release",
            rows=lambda: Component.objects.filter(availability__in=[a.value for a in OPEN_ACCESS]),
        ),
    )


def provenance_facets() -> tuple[Facet, ...]:
    """Who has looked at the facts, and which registers speak of the system."""
    checked = Case(
        When(tier=Tier.VERIFIED.value, then=Value("verified")),
        When(tier=Tier.METADATA.value, then=Value("metadata")),
        When(registers="", then=Value("editor")),
        default=Value("registers"),
        output_field=TEXT,
    )
    return (
        Facet(key="checked", label="Who checked it", value=checked, words=CHECKED, group="Sources"),
        RelatedFacet(
            key="source",
            label="In another register",
            value=F("source__key"),
            words=REGISTERS,
            closed=False,
            rows=SourceRecord.objects.all,
            group="Sources",
        ),
    )


def system_facets() -> tuple[Facet, ...]:
    """What the system is and what it was built with."""
    return (
        Facet(key="family", label="Family", value=F("family__slug")),
        ListFacet(
            key="modality", label="Modality", column="modalities", words=dict(Modality.choices())
        ),
        ListFacet(key="task", label="Task", column="tasks"),
        ListFacet(key="language", label="Language", column="languages", read=one_language),
        Facet(key="parameters", label="Parameters", value=SIZE, words=SIZES),
        Facet(key="year", label="Year of release", value=Cast("released_year", TEXT)),
        RelatedFacet(
            key="framework",
            label="Framework",
            value=F("framework__slug"),
            rows=AISystem.frameworks.through.objects.all,
            to_system="aisystem",
        ),
        RelatedFacet(
            key="base",
            label="Built on",
            value=F("base__slug"),
            rows=lambda: Derivation.objects.filter(base__isnull=False),
        ),
    )


def maker_facets() -> tuple[Facet, ...]:
    """Who made the system."""
    return (
        RelatedFacet(
            key="organisation",
            label="Organisation",
            value=F("organization__slug"),
            rows=SystemMaker.objects.all,
            group="Maker",
        ),
        RelatedFacet(
            key="organisation-kind",
            label="Kind of organisation",
            value=F("organization__kind"),
            words=dict(OrganizationKind.choices()),
            rows=SystemMaker.objects.all,
            group="Maker",
        ),
        RelatedFacet(
            key="country",
            label="Country",
            value=F("organization__country"),
            rows=lambda: SystemMaker.objects.exclude(organization__country=""),
            group="Maker",
        ),
    )


def build() -> tuple[Facet, ...]:
    """All facets, in the order in which they are shown."""
    verdicts = (verdict_facet(definition) for definition in registry.current())
    return (
        *verdicts,
        *release_facets(),
        *system_facets(),
        *maker_facets(),
        *provenance_facets(),
    )


# --- on a page -------------------------------------------------------------------------------


@dataclass(slots=True, kw_only=True)
class Option:
    """One value of a facet on a page; a presenter gives it a name for people."""

    value: str
    label: str
    total: int
    chosen: bool


@dataclass(frozen=True, kw_only=True)
class FacetOptions:
    """A facet on a page, with its values."""

    facet: Facet
    options: tuple[Option, ...]

    @property
    def chosen(self) -> list[Option]:
        return [option for option in self.options if option.chosen]


def facet_options(facet: Facet, totals: dict[str, int], chosen: Sequence[str]) -> FacetOptions:
    """The values of one facet: a closed list in its order, others by frequency."""
    known = [value for value in facet.words if value in totals]
    others = sorted(totals.keys() - set(known), key=lambda value: (-totals[value], value))
    if facet.key == "year":
        others.sort(reverse=True)
    absent = [value for value in chosen if value not in totals]
    listed = [*known, *others][:SHOWN_AT_MOST]
    listed += [value for value in chosen if value in totals and value not in listed]
    return FacetOptions(
        facet=facet,
        options=tuple(
            Option(
                value=value,
                label=facet.label_of(value),
                total=totals.get(value, 0),
                chosen=value in chosen,
            )
            for value in [*listed, *absent]
        ),
    )


def only_with_values(rows: list[FacetOptions]) -> list[FacetOptions]:
    """The facets that have anything to choose."""
    return [row for row in rows if row.options]
