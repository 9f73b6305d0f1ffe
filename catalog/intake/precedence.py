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

from collections.abc import Iterable, Mapping

from django.db import models

from catalog.entry import parts
from catalog.entry.licence_links import link_licences
from catalog.entry.shape import Columns, Key, Part
from catalog.entry.write import MARK, Hand, is_imported, write
from catalog.intake.nouns import Nouns, row_columns
from catalog.intake.origin import Origin
from catalog.models import AISystem, Component, Derivation, SourceRecord
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
        wanted: dict[Key, Columns] = {}
        for pk, records in self.records.items():
            if pk in whole:
                continue
            for record in records:
                origin = Origin.of(record)
                for kind, row in record.document.get("components", {}).items():
                    values = row_columns(row, parts.COMPONENTS.own) | origin.columns(
                        row.get("evidence", "")
                    )
                    wanted.setdefault((pk, kind), values)
        self.apply(parts.COMPONENTS, wanted)

    def judgements(self) -> None:
        wanted: dict[Key, Columns] = {}
        for pk, records in self.records.items():
            for record in records:
                for row in record.document.get("judgements", []):
                    values = {
                        name: row.get(name, "") for name in ("result", "version_judged", "date")
                    }
                    values |= {"classes": row.get("classes", {})} | Origin.of(record).columns()
                    wanted.setdefault((pk, row["definition"], record.url), values)
        self.apply(parts.JUDGEMENTS, wanted)

    def training_data(self) -> None:
        wanted: dict[Key, Columns] = {}
        for pk, records in self.records.items():
            for record in records:
                origin = Origin.of(record)
                for row in record.document.get("training_data", []):
                    dataset = self.nouns.dataset(row["dataset"], origin)
                    values = {"where": row["dataset"]["homepage"]} | origin.columns()
                    wanted.setdefault((pk, dataset, row["stage"]), values)
        self.apply(parts.TRAINING_DATA, wanted)

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
        wanted: dict[Key, Columns] = {}
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
        self.apply(parts.DERIVATIONS, without_cycles(wanted))

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

    def apply(self, part: Part, wanted: Mapping[Key, Columns]) -> None:
        """Make the imported rows of a part the wanted ones; rows of people stay as they are."""
        stored = part.model._default_manager.filter(system__in=self.systems)
        full = {key: part.full(columns) for key, columns in wanted.items()}
        changes = write(part.model, full, stored, hand=Hand.REGISTER)
        if part is parts.COMPONENTS:
            link_licences(rows=[row for row in changes.written if isinstance(row, Component)])
        self.changes += changes.count


def speaks_of(record: SourceRecord, entry: AISystem) -> bool:
    """Whether a record speaks of the entry's own repository; another one has a base of its own."""
    theirs = record.document.get("huggingface_id", "").lower()
    return not theirs or not entry.huggingface_id or theirs == entry.huggingface_id.lower()


def is_itself(entry: AISystem, name: str, hub: str) -> bool:
    """Whether a base is the entry under another spelling."""
    same = bool(hub) and hub == entry.huggingface_id.lower()
    return same or naming.of_one_line(entry.name, name)


def without_cycles(wanted: Mapping[Key, Columns]) -> dict[Key, Columns]:
    """The rows without those whose base descends from the system."""
    new: dict[int, set[int]] = {}
    kept: dict[Key, Columns] = {}
    for key, values in wanted.items():
        system, base = key[0], key[1]
        if isinstance(system, int) and isinstance(base, int):
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
