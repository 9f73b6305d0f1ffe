"""Take a whole source in: match, plan, write, one transaction for each record.

``take_in`` is the whole way for one record. A run over many can be stopped at
any record and started again: what is in is left alone, the rest follows, and
the end is the same.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field

import pghistory
from django.conf import settings
from django.db import DatabaseError, transaction

from catalog.evaluation.catalogue_version import bump_version
from catalog.intake.families import group_families
from catalog.intake.files import load_catalog
from catalog.intake.match import Matcher
from catalog.intake.nouns import Nouns
from catalog.intake.record import Outcome, put_aside, take_in
from catalog.intake.registers.base import Importer, SourceReading
from catalog.links.rows import record_links
from catalog.models import Source
from definitions.readers.records import Problem

__all__ = ["Outcome", "Report", "ensure_reference", "run"]

REFERENCE = (
    "sources.yaml",
    "licences.yaml",
    "licence_aliases.yaml",
    "platforms.yaml",
    "organizations",
)
"""What every import leans on: sources, licences and the names of makers."""

type Watch = Callable[[Iterable[SourceReading]], Iterable[SourceReading]]


class DryRun(Exception):  # noqa: N818 - not an error, only the way back
    """Takes everything back that a dry run has written."""


@dataclass(slots=True)
class Report:
    """What a run did, record by record."""

    outcomes: list[Outcome] = field(default_factory=list)
    families: int = 0

    def count(self, status: str) -> int:
        return sum(outcome.status == status for outcome in self.outcomes)

    @property
    def conflicts(self) -> int:
        return sum(bool(outcome.conflicts) for outcome in self.outcomes)

    @property
    def nothing_to_do(self) -> bool:
        """True where every record was in already, and as it is."""
        return not self.families and all(item.status == "same" for item in self.outcomes)


def ensure_reference(*, source: str) -> None:
    """Load licences, makers and sources of our own files into a catalogue that has none."""
    if not Source.objects.filter(key=source).exists():
        load_catalog(paths=[settings.FIXTURES_DIR / name for name in REFERENCE])


def run(
    *,
    make_importer: Callable[[], Importer],
    source: str,
    dry: bool = False,
    watch: Watch = lambda readings: readings,
) -> Report:
    """Read a whole source and take its records in; a dry run leaves nothing behind.

    Raises ``ReadingError`` where the source cannot be read at all.
    """
    report = Report()
    try:
        with transaction.atomic() if dry else nullcontext():
            ensure_reference(source=source)
            for outcome in take_all(make_importer(), watch):
                report.outcomes.append(outcome)
            with transaction.atomic(), pghistory.context(command=f"import {source}"):
                report.families = group_families()
                if record_links() or not report.nothing_to_do:
                    bump_version()
            if dry:
                raise DryRun
    except DryRun:
        pass
    return report


def take_all(importer: Importer, watch: Watch) -> Iterator[Outcome]:
    """Every record in a transaction of its own."""
    matcher, nouns = Matcher.load(), Nouns.load()
    source = nouns.sources[importer.source]
    for reading in watch(importer.read()):
        try:
            with transaction.atomic(), pghistory.context(command=f"import {source.key}"):
                yield take_in(reading=reading, source=source, matcher=matcher, nouns=nouns)
        except Exception as error:
            message = reason_of(error)
            refused = put_aside(reading, Problem(path="", code="refused", message=message))
            matcher, nouns = Matcher.load(), Nouns.load()
            yield refused


def reason_of(error: Exception) -> str:
    """Why a record is not taken, in one line; whatever it is, the other records are."""
    first = next(iter(str(error).splitlines()), "") or type(error).__name__
    who = "the database refuses it" if isinstance(error, DatabaseError) else "it cannot be taken in"
    return f"{who}: {first[:300]}"
