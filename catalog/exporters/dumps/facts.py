"""The facts of many systems as JSON, from plain values: no instance is made for any row.

The bytes are those of ``Facts.canonical()`` for the value that ``catalog.facts`` builds
of the same rows, which ``tests/catalog/test_dump_lines.py`` holds against each other. What many
systems share (a licence, a maker, a dataset) is read and written once.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING
from typing import Any

import orjson
from django.db import models

from catalog.facts import licence_facts
from catalog.models import (
    Component,
    Dataset,
    Derivation,
    Organization,
    OrganizationFact,
    Ruling,
    StewardJudgement,
    SystemFact,
    SystemMaker,
    TrainingData,
)
from catalog.models.facts import USAGE
from catalog.models.systems import INFORMATION
from catalog.querysets.gathered import BASE_KINDS
from catalog.registers import SOURCE, name_of
from definitions import facts as f
from definitions.codec import defaults, encode
from definitions.licences import licence_ids
from definitions.vocabulary import ComponentKind

type Json = dict[str, Any]
type Row = tuple[Any, ...]

SHARED = 20_000
"""Rows of one kind that a process remembers at most."""

PAGE = ("evidence_url", "quote")


def stored(default: Any) -> Any:
    """A default as its column has it."""
    return "" if default is None else getattr(default, "value", default)


def known_by(cls: type) -> dict[str, Any]:
    """The fields of a facts value with what their columns hold where nothing is recorded."""
    return {name: stored(default) for name, default in defaults(cls)}


NOTHING: dict[type, Json] = {
    cls: known_by(cls) for cls in (f.BaseSystem, f.Component, f.Dataset, f.Organization)
}
FIELDS = (
    "licence",
    *(n for n in NOTHING[f.Component] if n not in ("licence", "recorded_by", "evidence")),
)
COMPONENT = ("licence_expression", *FIELDS[1:])
DATASET = (
    *("slug", "name", "data_class", "homepage", "licence_expression"),
    *("licence_status", "contains_pii", "synthetic"),
)
INFORMED = [stored(value) for name, value in defaults(f.DataInformation) if name in INFORMATION]
USED = [stored(value) for name, value in defaults(f.UsageInformation) if name in USAGE]


def filled(cls: type, values: Json) -> Json:
    """Values of fields without those that say nothing; what has no default stays."""
    nothing = NOTHING[cls]
    return {
        name: value
        for name, value in values.items()
        if nothing[name] is MISSING or value != nothing[name]
    }


def page(url: str, quote: str) -> Json:
    return {"url": url, "quote": quote} if quote else {"url": url}


def canonical(value: Any) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def text(value: Any) -> orjson.Fragment:
    """JSON that is put into other JSON as it stands."""
    return orjson.Fragment(canonical(value))


def by_owner(
    rows: models.QuerySet[Any], owner: str, keys: Iterable[int], columns: Iterable[str]
) -> defaultdict[int, list[Row]]:
    """The rows of these owners as tuples, whose first value is the owner's key. One query."""
    found: defaultdict[int, list[Row]] = defaultdict(list)
    chosen = rows.filter(**{f"{owner}__pk__any_of": list(keys)})
    for row in chosen.values_list(f"{owner}_id", *columns):
        found[row[0]].append(row)
    return found


class Shared[V]:
    """What many systems share, by key: read when it first occurs, then remembered."""

    def __init__(self, read: Callable[[set[Any]], Mapping[Any, V]]) -> None:
        self.read = read
        self.known: dict[Any, V | None] = {}

    def ensure(self, keys: Iterable[Any]) -> dict[Any, V | None]:
        """All that is known, with at least these. One query, or none."""
        wanted = set(keys)
        if len(self.known) > SHARED:
            self.known.clear()
        missing = wanted - self.known.keys()
        if missing:
            self.known |= dict.fromkeys(missing) | dict(self.read(missing))
        return self.known


def single_facts(rows: Iterable[Row]) -> Json:
    """Topics with their words, and the page of each."""
    found: Json = {}
    evidence: Json = {}
    for _, topic, value, url, quote in rows:
        found[topic] = value
        evidence[topic] = page(url, quote)
    return found | {"evidence": evidence} if evidence else found


def licences(names: set[str]) -> dict[str, orjson.Fragment]:
    return {name: text(encode(row)) for name, row in licence_facts(names).items()}


def organizations(keys: set[int]) -> dict[int, tuple[str, orjson.Fragment]]:
    """Slugs and facts of makers. Two queries."""
    facts = by_owner(OrganizationFact.objects.order_by(), "organization", keys, FACT)
    rows = Organization.objects.order_by().filter(pk__any_of=list(keys))
    return {
        pk: (
            slug,
            text(
                filled(
                    f.Organization,
                    {"slug": slug, "name": name, "kind": kind, "country": country},
                )
                | single_facts(facts[pk])
            ),
        )
        for pk, slug, name, kind, country in rows.values_list(
            "pk", "slug", "name", "kind", "country"
        )
    }


def datasets(keys: set[int]) -> dict[int, Row]:
    rows = Dataset.objects.order_by().filter(pk__any_of=list(keys)).values_list("pk", *DATASET)
    return {row[0]: row[1:] for row in rows}


INFORMED_BY = [f"data_information__{name}" for name in (*INFORMATION, *PAGE)]
USED_BY = [f"usage_information__{name}" for name in (*USAGE, *PAGE)]
FACT = ("topic", "value", *PAGE)
TRAINED = ("dataset_id", "stage", "data_class", "where", "unshareable_reason", *PAGE)
DERIVED = ("kind", "base_id", "base_name", "base__slug", "base__name")
RULED = ("criterion", "answer", "rationale", "decided_on", *PAGE, "judged")
RELEASED = ("kind", "availability", "completeness")


class FactsReader:
    """Reads the facts of batch after batch."""

    def __init__(self) -> None:
        self.licences = Shared(licences)
        self.organizations = Shared(organizations)
        self.datasets = Shared(datasets)

    def read(self, keys: list[int]) -> "FactsOfBatch":
        """The rows of a batch of systems. Seven queries, and some for what is shared."""
        return FactsOfBatch(self, keys)


class FactsOfBatch:
    """Every row that the facts of these systems are made from."""

    def __init__(self, shared: FactsReader, keys: list[int]) -> None:
        def rows(model: type[models.Model], *columns: str) -> dict[int, list[Row]]:
            return by_owner(model._default_manager.order_by(), "system", keys, columns)

        self.components = rows(Component, "kind", *PAGE, *COMPONENT, *SOURCE)
        self.training = rows(TrainingData, *TRAINED)
        self.makers = rows(SystemMaker, "organization_id")
        self.single = rows(SystemFact, *FACT)
        derived = Derivation.objects.order_by("pk")
        self.derivations = by_owner(derived, "system", keys, DERIVED)
        self.rulings = rows(Ruling, *RULED)
        graded = StewardJudgement.objects.exclude(classes={}).order_by("date", "pk")
        self.grades = by_owner(graded, "system", keys, ("definition_id", "classes"))
        self.share(shared)

    def share(self, shared: FactsReader) -> None:
        """What the rows name of other nouns."""
        made = (row[1] for rows in self.makers.values() for row in rows)
        self.organizations: Mapping[int, Any] = shared.organizations.ensure(made)
        used = {row[1] for rows in self.training.values() for row in rows}
        self.datasets: Mapping[int, Any] = shared.datasets.ensure(used)
        terms = {row[4] for rows in self.components.values() for row in rows}
        terms |= {row[4] for row in map(self.datasets.get, used) if row}
        self.names = {terms: licence_ids(terms) for terms in terms if terms}
        named = {name for names in self.names.values() for name in names}
        self.licences = shared.licences.ensure(named)
        bases = {row[2] for rows in self.derivations.values() for row in rows} - {None}
        released = Component.objects.filter(kind__in=BASE_KINDS).order_by()
        self.released = by_owner(released, "system", bases, RELEASED)

    def facts(self, pk: int, system: Json, information: Row, usage: Row) -> bytes:
        """The canonical bytes of one system's facts."""
        found: Json = {"schema": f.SCHEMA_ID, "system": system}
        makers = [self.organizations[row[1]] for row in self.makers[pk]]
        makers.sort(key=lambda row: row[0])
        parts = {
            "organizations": [words for _, words in makers],
            "components": {row[1]: component(row) for row in self.components[pk]},
            "datasets": self.datasets_of(pk),
            "data_information": told(INFORMATION, INFORMED, information),
            "usage_information": told(USAGE, USED, usage),
            "circumstances": single_facts(self.single[pk]),
            "base_systems": self.bases_of(pk),
            "licences": self.licences_of(pk),
            "rulings": [ruling(row) for row in sorted(self.rulings[pk], key=lambda row: row[1])],
            "steward_classes": {
                f"{definition}/{slug}": grade
                for _, definition, classes in self.grades[pk]
                for slug, grade in classes.items()
            },
        }
        return canonical(found | {name: part for name, part in parts.items() if part})

    def datasets_of(self, pk: int) -> list[Json]:
        rows = [(row[2], self.datasets[row[1]][0], row) for row in self.training[pk]]
        rows.sort(key=lambda row: row[:2])
        return [dataset(row, self.datasets[row[1]]) for _, _, row in rows]

    def licences_of(self, pk: int) -> Json:
        terms = {row[4] for row in self.components[pk]}
        terms |= {self.datasets[row[1]][4] for row in self.training[pk]}
        names = {name for words in terms if words for name in self.names[words]}
        return {name: self.licences[name] for name in names if self.licences[name] is not None}

    def bases_of(self, pk: int) -> list[Json]:
        rows = sorted(
            self.derivations[pk], key=lambda row: (row[4] or "", row[5] if row[2] else row[3])
        )
        return [self.base(row) for row in rows]

    def base(self, row: Row) -> Json:
        _, kind, base, base_name, slug, name = row
        values = {"name": base_name, "kind": kind}
        if base is not None:
            released = {kind: rest for _, kind, *rest in self.released[base]}
            unknown = [NOTHING[f.BaseSystem]["weights"], NOTHING[f.BaseSystem]["data_completeness"]]
            weights = released.get(ComponentKind.WEIGHTS_FINAL, unknown)
            data = released.get(ComponentKind.PRETRAINING_DATA, unknown)
            values |= {"name": name, "slug": slug, "weights": weights[0], "data": data[0]}
            values["data_completeness"] = data[1]
        return filled(f.BaseSystem, values)


UNRECORDED = tuple(NOTHING[f.Component][name] for name in FIELDS)


def component(row: Row) -> Json:
    found: Json = {
        name: value
        for name, value, nothing in zip(FIELDS, row[4:-3], UNRECORDED, strict=True)
        if value != nothing
    }
    if register := name_of(*row[-3:]):
        found["recorded_by"] = register
    if row[2]:
        found["evidence"] = page(row[2], row[3])
    return found


def dataset(use: Row, data: Row) -> Json:
    _, _, stage, own, where, reason, url, quote = use
    slug, name, data_class, homepage, licence, licence_status, pii, synthetic = data
    nothing = NOTHING[f.Dataset]
    found = filled(
        f.Dataset,
        {
            "slug": slug,
            "name": name,
            "stage": stage,
            "data_class": data_class if own == nothing["data_class"] else own,
            "url": where or homepage,
            "unshareable_reason": reason,
            "licence": licence,
            "licence_status": licence_status,
            "contains_pii": pii,
            "synthetic": synthetic,
        },
    )
    return found | {"evidence": page(url, quote)} if url else found


def told(names: list[str], nothing: list[Any], row: Row) -> Json:
    """What the makers tell: one row of a table, whose last two columns are its page."""
    *values, url, quote = row
    found: Json = {
        name: value
        for name, value, default in zip(names, values, nothing, strict=True)
        if value is not None and value != default
    }
    return found | {"evidence": page(url, quote)} if url else found


def ruling(row: Row) -> Json:
    _, criterion, answer, rationale, day, url, quote, judged = row
    found = {"criterion": criterion, "answer": answer, "rationale": rationale}
    found["date"] = day.isoformat()
    if url:
        found["evidence"] = page(url, quote)
    if judged:
        found["judged"] = [{"path": path, "value": judged[path]} for path in sorted(judged)]
    return found


def identity(row: Mapping[str, Any], release_date: str) -> Json:
    """What identifies a system."""
    found = {"slug": row["slug"], "name": row["name"]}
    day = row["verified_on"]
    optional = {
        "version": row["version"],
        "release_date": release_date,
        "verified_on": day.isoformat() if day else "",
        "recorded_by": name_of(*(row[name] for name in SOURCE)),
    }
    found |= {name: value for name, value in optional.items() if value}
    return found | ({"modalities": sorted(row["modalities"])} if row["modalities"] else {})
