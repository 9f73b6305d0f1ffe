"""Which entry a record belongs to: certain matches, and doubts for the editors.

In this order: the entry that has this very record; the entry that cites the
record as its steward's judgement; the same Hub repository; the same name,
size and maker. A name alone is never enough where sizes or makers differ or
one of them is not known: such pairs are doubts.
"""

from dataclasses import dataclass, field

from catalog.intake.registers.base import Document, SourceReading
from catalog.models import AISystem, SourceRecord, StewardJudgement, SystemMaker
from definitions.readers import naming

MOST_DOUBTS = 3


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an entry when records are held against it."""

    pk: int
    identity: naming.Identity
    hub: str
    makers: frozenset[int]


@dataclass(frozen=True, slots=True)
class Match:
    """The entry of a record, why, and the entries that may be the same."""

    system: int | None
    reason: str
    doubts: tuple[tuple[int, str], ...] = ()


@dataclass(slots=True)
class Matcher:
    """All entries by what identifies them; kept up to date while a run adds to them."""

    hubs: dict[str, int] = field(default_factory=dict)
    words: dict[str, list[Known]] = field(default_factory=dict)
    judged: dict[str, set[int]] = field(default_factory=dict)
    records: dict[tuple[str, str], int] = field(default_factory=dict)
    slugs: set[str] = field(default_factory=set)

    @classmethod
    def load(cls) -> "Matcher":
        """Everything there is. Four queries."""
        matcher = cls()
        makers: dict[int, set[int]] = {}
        for system, organization in SystemMaker.objects.values_list("system", "organization"):
            makers.setdefault(system, set()).add(organization)
        rows = AISystem.objects.order_by("pk").values_list(
            "pk", "slug", "name", "parameters", "huggingface_id", "merged_into"
        )
        moved = {}
        for pk, slug, name, parameters, hub, merged in rows:
            matcher.slugs.add(slug)
            if merged:
                moved[pk] = merged
            else:
                matcher.add(pk, name, parameters, hub, makers.get(pk, set()))
        for url, pk in StewardJudgement.objects.values_list("evidence_url", "system_id"):
            matcher.judged.setdefault(url, set()).add(moved.get(pk, pk))
        for source, key, pk in SourceRecord.objects.exclude(system=None).values_list(
            "source__key", "key", "system_id"
        ):
            matcher.records[source, key] = moved.get(pk, pk)
        return matcher

    def add(self, pk: int, name: str, parameters: int | None, hub: str, makers: set[int]) -> None:
        """Remember an entry."""
        found = naming.identity(name, naming.size_of(parameters))
        known = Known(pk, found, hub.lower(), frozenset(makers))
        self.words.setdefault(found.words, []).append(known)
        if hub:
            self.hubs.setdefault(hub.lower(), pk)

    def match(self, source: str, reading: SourceReading, makers: set[int]) -> Match:
        """Where a record belongs. No query."""
        if (source, reading.key) in self.records:
            return Match(self.records[source, reading.key], "the record is part of this entry")
        judged = self.judged.get(reading.url, set())
        if len(judged) == 1:
            return Match(next(iter(judged)), "the entry cites this record as a judgement on it")
        document = reading.document or {}
        hub = document.get("huggingface_id", "").lower()
        if hub and hub in self.hubs:
            return Match(self.hubs[hub], f"the same repository, {document['huggingface_id']}")
        return self.by_name(document, hub, makers)

    def by_name(self, document: Document, hub: str, makers: set[int]) -> Match:
        size = naming.size_of(document.get("parameters"))
        own = naming.identity(document["name"], size)
        doubts: list[tuple[int, str]] = []
        for known in self.words.get(own.words, []) if own.words else []:
            doubt = difference(own, hub, makers, known)
            if doubt == "":
                return Match(known.pk, "the same name, size and maker")
            if doubt is not None:
                doubts.append((known.pk, doubt))
        return Match(None, "no entry is like it", tuple(doubts[:MOST_DOUBTS]))


def alike(one: str, other: str) -> bool:
    """Whether two stated sizes differ by rounding alone; mixtures (8x7b) do not."""
    return "x" not in one + other and naming.same_size(one, other)


def difference(own: naming.Identity, hub: str, makers: set[int], known: Known) -> str | None:
    """What speaks against two like names being one system: "" nothing, None everything."""
    if own.size != known.identity.size:
        if own.size and known.identity.size and not alike(own.size, known.identity.size):
            return None
        if own.size and known.identity.size:
            return (
                f"the same name, and sizes that differ little ({own.size}, {known.identity.size})"
            )
        return "the same name, and only one of them states a size"
    if hub and known.hub and hub != known.hub:
        return f"the same name and size, but two repositories ({hub}, {known.hub})"
    if not makers or not known.makers:
        return "the same name and size, but the maker of one is not known"
    if not makers & known.makers:
        return "the same name and size, but another maker"
    return ""
