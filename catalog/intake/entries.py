"""Entries that records make: what identifies them, in the columns of a system."""

from collections.abc import Sequence
from typing import Any

from catalog.entry.parts import IDENTITY, SYSTEM
from catalog.entry.write import Hand, is_imported, write, write_links
from catalog.intake.nouns import Nouns, entry_slugs, first_free, row_columns
from catalog.intake.origin import Origin
from catalog.intake.precedence import standing
from catalog.intake.registers.base import Document
from catalog.models import AISystem, SourceRecord
from definitions.licence_book import folded
from definitions.readers.dates import PartialDate


def columns_of(document: Document) -> dict[str, Any]:
    """The columns of a system that a document states."""
    values = row_columns(document, IDENTITY)
    if document.get("released"):
        date = PartialDate.parse(document["released"])
        values |= {"released_on": date.day, "released_precision": date.precision.value}
    return values


def slugs_for(document: Document) -> list[str]:
    """The slugs that an entry of a document may have, the best first."""
    owner = document.get("huggingface_id", "").partition("/")[0]
    makers = [row["name"] for row in document.get("organizations", [])]
    return entry_slugs(document["name"], [owner, *makers])


def make_entry(
    document: Document, origin: Origin, nouns: Nouns, taken: set[str], slug: str = ""
) -> AISystem:
    """A new entry with its makers; the rest follows from settling."""
    chosen = slug or first_free(slugs_for(document), taken)
    taken.add(chosen)
    system = AISystem.objects.create(
        slug=chosen, family_id=nouns.family(document), **columns_of(document), **origin.columns()
    )
    set_makers(system, nouns.makers(document, origin))
    return system


def set_makers(system: AISystem, makers: Sequence[int]) -> bool:
    """Make these organisations the makers, the first one leading; True if that changed anything."""
    return write_links(AISystem, "organizations", {system.pk: makers}).count > 0


def renew_entry(system: AISystem, nouns: Nouns) -> bool:
    """Bring an imported entry in line with its records; True if that changed anything.

    Of each column the record counts that stands highest and states it; what no
    record states any more is unknown again. An entry that people wrote keeps its
    own words.
    """
    if not is_imported(system.recorded_by):
        return False
    records = list(SourceRecord.objects.filter(system=system).select_related("source"))
    records.sort(key=standing)
    if not records:
        return False
    values: dict[str, Any] = {}
    for record in records:
        stated = columns_of(record.document)
        if "released_on" in values:
            stated.pop("released_on", None)
            stated.pop("released_precision", None)
        values = stated | values
    values = unstated() | values | Origin.of(records[0]).columns()
    changed = write(AISystem, {(system.slug,): values}, [system], hand=Hand.REGISTER).count > 0
    named = next((r for r in records if r.document.get("organizations")), None)
    moved = named is not None and set_makers(system, nouns.makers(named.document, Origin.of(named)))
    return changed or moved or set_frameworks(system, records, nouns)


def unstated() -> dict[str, object]:
    """The columns that records may state, as they are where none does."""
    names = {*IDENTITY.values(), "released_on", "released_precision"}
    return {name: value for name, value in SYSTEM.defaults.items() if name in names - {"name"}}


def set_frameworks(system: AISystem, records: Sequence[SourceRecord], nouns: Nouns) -> bool:
    """Link the frameworks that the records name and the catalogue has; True if one was added."""
    names = {
        folded(row["name"]) for record in records for row in record.document.get("frameworks", [])
    }
    wanted = {nouns.frameworks[name] for name in names if name in nouns.frameworks}
    if not wanted:
        return False
    missing = wanted - set(system.frameworks.values_list("pk", flat=True))
    system.frameworks.add(*missing)
    return bool(missing)
