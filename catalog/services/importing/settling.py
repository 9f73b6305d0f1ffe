"""Which of several sources counts, fact by fact.

1. What an editor recorded, or a reviewed file of ours: it stands.
2. Then the maker's own page, then a steward's list, then another register.
3. Among equals the newest day counts, then the source's key.

An entry that an editor has verified as a whole takes no component from records
at all: what the editor found no evidence for is unknown.

What counts is a row of the entry; what the others say stays in their records
and is shown beside it. Rows that importers made follow from the records alone:
settling the same records again changes nothing, in whatever order they came.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import models

from catalog.models import (
    AISystem,
    Component,
    Derivation,
    SourceRecord,
    StewardJudgement,
    TrainingData,
)
from catalog.proposals.columns import PART
from catalog.services.importing.nouns import Nouns, row_columns
from catalog.services.importing.origin import MARK, Origin, is_imported
from catalog.services.licences import link_licences
from definitions.readers import naming
from definitions.vocabulary import SourceKind

RANK = {kind.value: place for place, kind in enumerate(SourceKind)}
"""The vocabulary lists the kinds of source in the order in which they count."""


def standing(record: SourceRecord) -> tuple[int, int, str, str]:
    """The order in which records count; the first counts most."""
    return (
        RANK[record.source.kind],
        -record.read_on.toordinal(),
        record.source.key,
        record.key,
    )


class Settlement:
    """The rows of some systems as they follow from their records; written where they differ."""

    def __init__(self, systems: Iterable[int], nouns: Nouns) -> None:
        self.systems = list(systems)
        self.nouns = nouns
        self.records: dict[int, list[SourceRecord]] = {pk: [] for pk in self.systems}
        for record in SourceRecord.objects.filter(system__in=self.systems).select_related("source"):
            self.records[record.system_id or 0].append(record)
        for records in self.records.values():
            records.sort(key=standing)
        self.changes = 0

    def write(self) -> int:
        """Write the differences; returns the number of rows written. About ten queries."""
        self.components()
        self.judgements()
        self.training_data()
        self.derivations()
        return self.changes

    def components(self) -> None:
        """Components from the records, but for entries that an editor has verified as a whole."""
        verified = AISystem.objects.filter(pk__in=self.systems, verified_on__isnull=False)
        whole = set(verified.values_list("pk", flat=True))
        wanted: dict[tuple[Any, ...], dict[str, Any]] = {}
        for pk, records in self.records.items():
            if pk in whole:
                continue
            for record in records:
                origin = Origin.of(record)
                for kind, row in record.document.get("components", {}).items():
                    values = row_columns(row, PART) | origin.columns(row.get("evidence", ""))
                    wanted.setdefault((pk, kind), values)
        self.apply(Component, ("kind",), wanted)

    def judgements(self) -> None:
        wanted: dict[tuple[Any, ...], dict[str, Any]] = {}
        for pk, records in self.records.items():
            for record in records:
                for row in record.document.get("judgements", []):
                    values = {
                        name: row.get(name, "") for name in ("result", "version_judged", "date")
                    }
                    values |= {"classes": row.get("classes", {})} | Origin.of(record).columns()
                    wanted.setdefault((pk, row["definition"], record.url), values)
        self.apply(StewardJudgement, ("definition_id", "evidence_url"), wanted)

    def training_data(self) -> None:
        wanted: dict[tuple[Any, ...], dict[str, Any]] = {}
        for pk, records in self.records.items():
            for record in records:
                origin = Origin.of(record)
                for row in record.document.get("training_data", []):
                    dataset = self.nouns.dataset(row["dataset"], origin)
                    values = {"where": row["dataset"]["homepage"]} | origin.columns()
                    wanted.setdefault((pk, dataset, row["stage"]), values)
        self.apply(TrainingData, ("dataset_id", "stage"), wanted)

    def derivations(self) -> None:
        """Bases from the records, for systems of which nobody has recorded any.

        A base that is the entry itself, or that descends from it, is none.
        """
        own = {
            row["system_id"]
            for row in Derivation.objects.filter(system__in=self.systems).values(
                "system_id", "recorded_by"
            )
            if not is_imported(row["recorded_by"])
        }
        hubs = self.hub_bases()
        entries = {row.pk: row for row in self.entries()}
        wanted: dict[tuple[Any, ...], dict[str, Any]] = {}
        for pk, records in self.records.items():
            stated = next((r for r in records if r.document.get("derivations")), None)
            if stated is None or pk in own or not speaks_of(stated, entries[pk]):
                continue
            for row in stated.document["derivations"]:
                hub = row.get("huggingface_id", "").lower()
                base = hubs.get(hub)
                if base == pk or is_itself(entries[pk], row["name"], hub):
                    continue
                key = (pk, base, "" if base else row["name"], row["kind"])
                wanted.setdefault(key, Origin.of(stated).columns())
        self.apply(Derivation, ("base_id", "base_name", "kind"), without_cycles(wanted))

    def entries(self) -> Iterable[AISystem]:
        """Name and repository of the systems. One query."""
        return AISystem.objects.filter(pk__in=self.systems).only("name", "huggingface_id")

    def hub_bases(self) -> dict[str, int]:
        """The entries of the repositories that derivations name. One query at most."""
        ids = {
            row["huggingface_id"].lower()
            for records in self.records.values()
            for record in records
            for row in record.document.get("derivations", [])
            if row.get("huggingface_id")
        }
        if not ids:
            return {}
        rows = AISystem.objects.filter(merged_into=None).annotate(
            hub=models.functions.Lower("huggingface_id")
        )
        return dict(rows.filter(hub__in=ids).values_list("hub", "pk"))

    def apply(
        self,
        model: Any,
        identity: Sequence[str],
        wanted: Mapping[tuple[Any, ...], Mapping[str, Any]],
    ) -> None:
        """Make the imported rows of a model the wanted ones; rows of people stand."""
        stored: dict[tuple[Any, ...], Any] = {}
        gone: list[int] = []
        for row in model._default_manager.filter(system__in=self.systems):
            key = (row.system_id, *(getattr(row, name) for name in identity))
            stored[key] = row
            if is_imported(row.recorded_by) and key not in wanted:
                gone.append(row.pk)
        new: list[Any] = []
        changed: list[Any] = []
        for key, values in wanted.items():
            row = stored.get(key)
            if row is None:
                names = dict(zip(("system_id", *identity), key, strict=True))
                new.append(model(**names | dict(values)))
            elif is_imported(row.recorded_by) and assign(row, model, values, identity):
                changed.append(row)
        if gone:
            model._default_manager.filter(pk__in=gone).delete()
        model._default_manager.bulk_create(new, batch_size=500)
        for row in changed:
            row.save()
        if model is Component and (new or changed):
            link_licences(rows=[*new, *changed])
        self.changes += len(gone) + len(new) + len(changed)


def speaks_of(record: SourceRecord, entry: AISystem) -> bool:
    """Whether a record speaks of the entry's own repository; another one has a base of its own."""
    theirs = record.document.get("huggingface_id", "").lower()
    return not theirs or not entry.huggingface_id or theirs == entry.huggingface_id.lower()


def is_itself(entry: AISystem, name: str, hub: str) -> bool:
    """Whether a base is the entry under another spelling."""
    same = bool(hub) and hub == entry.huggingface_id.lower()
    return same or naming.of_one_line(entry.name, name)


def without_cycles(
    wanted: Mapping[tuple[Any, ...], dict[str, Any]],
) -> dict[tuple[Any, ...], dict[str, Any]]:
    """The rows without those whose base descends from the system."""
    new: dict[int, set[int]] = {}
    kept: dict[tuple[Any, ...], dict[str, Any]] = {}
    for key, values in wanted.items():
        system, base = key[0], key[1]
        if base is not None:
            if system in Derivation.objects.ancestors([base], new):
                continue
            new.setdefault(system, set()).add(base)
        kept[key] = values
    return kept


def leave(systems: Iterable[int], nouns: Nouns) -> None:
    """Settle entries that a record has left; one that rested on it alone is hidden."""
    left = list(systems)
    if not left:
        return
    alone = AISystem.objects.filter(pk__in=left, source_records=None)
    alone.filter(recorded_by__startswith=MARK).update(is_published=False)
    Settlement(left, nouns).write()


def assign(row: Any, model: Any, values: Mapping[str, Any], identity: Sequence[str]) -> bool:
    """Give a row the stated values, and the defaults of those that are not stated any more."""
    names = set(PART.values()) if model is Component else set(values)
    full = {name: model._meta.get_field(name).get_default() for name in names - set(identity)}
    full |= {name: value for name, value in values.items() if name not in identity}
    differing = {name: value for name, value in full.items() if getattr(row, name) != value}
    for name, value in differing.items():
        setattr(row, name, value)
    return bool(differing)
