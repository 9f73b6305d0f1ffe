"""From a document to rows that are not saved, and from these to facts.

The preview before sending, the verdicts on the review page and the rows that an
acceptance writes are made here, once: what people see is what they get.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from catalog.entry import facts as f
from catalog.entry import parts
from catalog.entry.facts_batch import organizations_of, released_of
from catalog.entry.shape import Key, Part, key_of
from catalog.entry.units import Document, cut
from catalog.models import (
    AISystem,
    Dataset,
    Organization,
    TrainingData,
)
from definitions.facts import Component as ComponentFacts
from definitions.facts import Facts
from definitions.licence_book import folded
from definitions.readers import naming
from definitions.readers.dates import PartialDate
from definitions.topics import SystemTopic
from definitions.vocabulary import ComponentKind


@dataclass(slots=True)
class Rows:
    """The rows of one document. Nouns that have no record yet are unsaved ones."""

    system: AISystem
    makers: list[Organization]
    rows: dict[str, dict[Key, Any]] = field(default_factory=dict)

    def of(self, part: Part) -> list[Any]:
        """The rows of one part."""
        return list(self.rows.get(part.document, {}).values())

    def one_of(self, part: Part) -> Any:
        """The row of a part that has one at most."""
        return next(iter(self.of(part)), None)

    def add(self, part: Part, row: Any, unit: str) -> None:
        """A row that knows the unit that it was made of; of two alike, the first stays."""
        row.unit = unit
        new = row.dataset.slug if isinstance(row, TrainingData) else ""
        self.rows.setdefault(part.document, {}).setdefault((*key_of(row), new), row)


def rows_of(document: Document, slug: str = "", standing: Facts | None = None) -> Rows:
    """The rows that a valid document stands for. Four queries at most, for the nouns.

    ``standing`` are the facts of the entry that is corrected: a base that it
    knows by name alone stays a name, though there may be an entry by now.
    """
    nouns = Named(document)
    for base in standing.base_systems if standing else ():
        if not base.slug:
            nouns.systems.pop(folded(base.name), None)
    makers: dict[object, Organization] = {}
    for row in document.get("organizations", []):
        maker = nouns.organization(row)
        makers.setdefault(maker.pk or maker.slug, maker)
    rows = Rows(entry_row(document, slug), list(makers.values()))
    for unit, row in cut(document).items():
        name, _, key = unit.partition(".")
        if part := parts.BY_DOCUMENT.get(name):
            rows.add(part, nouns.row(part, key, row), unit)
    return rows


def entry_row(document: Document, slug: str) -> AISystem:
    """The entry itself; its slug follows from the name where none is given."""
    name = str(document.get("name", "")) or "Untitled"
    system = AISystem(
        slug=slug or naming.slug_of(name) or "system",
        **values(document, parts.SYSTEM.words, name=name),
    )
    date = PartialDate.kept(document.get("released", ""))
    if date is not None:
        system.released_on, system.released_precision = date.day, date.precision.value
    return system


def values(row: Mapping[str, Any], names: Mapping[str, str], **more: Any) -> dict[str, Any]:
    """The columns that a row states."""
    stated = {
        column: row[name] for name, column in names.items() if row.get(name) not in parts.UNSAID
    }
    return stated | more


class Named:
    """The nouns that a document names, found by name; new ones where there are none."""

    def __init__(self, document: Document) -> None:
        makers = [row.get("name", "") for row in document.get("organizations", [])]
        data = [row.get("dataset", "") for row in document.get("training_data", [])]
        bases = [row.get("name", "") for row in document.get("derivations", [])]
        self.organizations = by_name(Organization.objects.defer("summary"), makers, "other_names")
        self.datasets = by_name(Dataset.objects.defer("summary"), data)
        systems = AISystem.objects.published().defer("search", "summary")
        self.systems = by_name(systems, bases)
        hubs = systems.filter(huggingface_id__in=[name for name in bases if "/" in name])
        if any("/" in name for name in bases):
            self.systems |= {folded(row.huggingface_id): row for row in hubs}

    def organization(self, row: Mapping[str, Any]) -> Organization:
        name = str(row.get("name", ""))
        return self.organizations.get(folded(name)) or Organization(
            slug=naming.slug_of(name) or "organisation",
            **values(row, {key: key for key in ("name", "homepage", "country", "kind")}),
        )

    def dataset(self, row: Mapping[str, Any]) -> Dataset:
        name = str(row.get("dataset", ""))
        return self.datasets.get(folded(name)) or Dataset(
            slug=naming.slug_of(name) or "dataset", name=name, homepage=row.get("where", "")
        )

    def row(self, part: Part, key: str, row: Mapping[str, Any]) -> Any:
        """The row of a part that is not saved; ``key`` is its key in the document."""
        columns = values(row, part.words)
        if part.keyed:
            columns[part.keyed] = key
        elif part is parts.TRAINING_DATA:
            columns["dataset"] = self.dataset(row)
        elif part is parts.DERIVATIONS:
            base = self.systems.get(folded(row.get("name", "")))
            columns |= {"base": base} if base else {"base_name": row.get("name", "")}
        return part.model(**columns)


def by_name(queryset: Any, names: Iterable[str], *lists: str) -> dict[str, Any]:
    """Rows by slug, else by name (the oldest of several), else by other names.

    One query, none for no names.
    """
    wanted = [name for name in names if name]
    if not wanted:
        return {}
    rows = list(queryset.called(wanted, *lists).order_by("-pk"))
    found = {
        folded(other): row for row in rows for column in lists for other in getattr(row, column)
    }
    found |= {folded(row.name): row for row in rows}
    return found | {row.slug: row for row in rows}


def facts_of(rows: Rows, standing: Facts | None = None) -> Facts:
    """The facts of rows that are not saved. Four queries at most.

    ``standing`` are the facts of the entry that is corrected: its rulings and
    stewards' grades stay, because a proposal cannot touch them.
    """
    components, training = rows.of(parts.COMPONENTS), rows.of(parts.TRAINING_DATA)
    derivations = rows.of(parts.DERIVATIONS)
    names = f.names_in(components, training)
    known = f.licence_facts(names)
    makers = [maker.pk for maker in rows.makers if maker.pk]
    bases = [row.base_id for row in derivations if row.base_id]
    recorded = organizations_of(makers) if makers else {}
    released = released_of(bases) if bases else {}
    rows.system.fact_rows = [vars(row) for row in rows.of(parts.FACTS)]  # type: ignore[attr-defined]
    made = Facts(
        system=f.identity(rows.system),
        organizations=tuple(
            f.organization_of(maker, getattr(recorded.get(maker.pk), "fact_rows", []))
            for maker in rows.makers
        ),
        components={f.word(ComponentKind, row.kind): f.component(row) for row in components},
        datasets=tuple(f.dataset(row) for row in training),
        data_information=f.data_information(rows.one_of(parts.DATA_INFORMATION)),
        usage_information=f.usage_information(rows.one_of(parts.USAGE_INFORMATION)),
        circumstances=f.circumstances(rows.system),
        base_systems=tuple(
            f.base_of(row, row.base, released.get(row.base_id, [])) for row in derivations
        ),
        licences={name: known[name] for name in sorted(names) if name in known},
    )
    return made if standing is None else with_kept(made, standing)


def with_kept(made: Facts, standing: Facts) -> Facts:
    """The facts of a correction, with those of the entry that no proposal can touch."""
    return replace(
        made,
        components={
            kind: untouched(row, standing.components.get(kind))
            for kind, row in made.components.items()
        },
        system=replace(
            made.system,
            verified_on=standing.system.verified_on,
            recorded_by=standing.system.recorded_by,
        ),
        rulings=standing.rulings,
        steward_classes=standing.steward_classes,
    )


def untouched(row: ComponentFacts, standing: ComponentFacts | None) -> ComponentFacts:
    """The entry's own row, with whose word it is, where a proposal changes nothing of it."""
    same = standing is not None and replace(standing, recorded_by=row.recorded_by) == row
    return standing if standing is not None and same else row


def topic_words(topic: str) -> list[tuple[str, str]]:
    """The values that a single fact can have; none for a number."""
    words = SystemTopic.of(topic).words
    return [] if words is None else [pair for pair in words.choices() if pair[0] != "unknown"]
