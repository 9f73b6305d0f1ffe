"""What the commands that import another register have in common."""

import json
import sys
from abc import ABC, abstractmethod
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from catalog.intake.record import Outcome
from catalog.intake.registers.base import Importer, ReadingError, SourceReading
from catalog.intake.run import Report, run

WORDS = {"new": "new", "changed": "changed", "same": "the same", "rejected": "rejected"} | {
    "withheld": "withheld"
}


class ImportCommand(BaseCommand, ABC):
    """Reads records, shows what each becomes, and ends with a status for scripts.

    Exit status: 0 all records are in, 1 some were rejected (the others are in),
    2 the source could not be read and nothing was written.
    """

    source: str

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="Show what would happen; write nothing."
        )
        parser.add_argument(
            "--format",
            choices=["text", "json"],
            default="text",
            help="json: one object a line for each record.",
        )

    @abstractmethod
    def make_importer(self, options: dict[str, Any]) -> Importer:
        """The source, as the options name it."""

    def handle(self, **options: Any) -> None:
        as_json = options["format"] == "json"
        try:
            report = run(
                make_importer=lambda: self.make_importer(options),
                source=self.source,
                dry=options["dry_run"],
                watch=watch,
            )
        except ReadingError as error:
            raise CommandError(str(error), returncode=2) from error
        for outcome in report.outcomes:
            if as_json:
                self.stdout.write(json.dumps(outcome.to_json(), ensure_ascii=False))
            elif outcome.status != "same" or options["verbosity"] > 1:
                self.tell(outcome)
        if not as_json:
            self.stdout.write(summary(report, dry=options["dry_run"]))
        if report.count("rejected"):
            sys.exit(1)

    def tell(self, outcome: Outcome) -> None:
        """One record for people: what it becomes, why, and what was imported with changes."""
        word = "conflicting" if outcome.conflicts else WORDS[outcome.status]
        place = f" → {outcome.slug}" if outcome.slug else ""
        self.stdout.write(f"{word}: {outcome.file}{place} ({outcome.reason})")
        if outcome.conflicts:
            kinds = ", ".join(outcome.conflicts)
            self.stdout.write(f"    another source counts for: {kinds}")
        for doubt in outcome.doubts:
            self.stdout.write(f"    may be the same as {doubt}")
        for problem in outcome.problems:
            self.stdout.write(f"    {problem.path}: {problem.message} [{problem.code}]")


def summary(report: Report, *, dry: bool) -> str:
    """The last line of a run."""
    if report.nothing_to_do:
        return f"{len(report.outcomes)} records read: nothing to do."
    counts = {word: report.count(status) for status, word in WORDS.items()}
    parts = [f"{number} {word}" for word, number in counts.items() if number or word != "withheld"]
    conflicting = f", {report.conflicts} of them conflicting" if report.conflicts else ""
    families = f", {report.families} systems put into families" if report.families else ""
    nothing = " Nothing was written." if dry else ""
    return (
        f"{len(report.outcomes)} records read: {', '.join(parts)}{conflicting}{families}.{nothing}"
    )


def watch(readings: Iterable[SourceReading]) -> Iterator[SourceReading]:
    """A progress bar where somebody watches."""
    yield from tqdm(readings, unit=" records", disable=not sys.stderr.isatty())
