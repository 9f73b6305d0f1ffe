"""``manage.py import_spdx``: bring the licences up to the installed SPDX License List."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from catalog.intake.registers.base import ReadingError
from catalog.intake.spdx import LicenceChange, SpdxReport, import_spdx

CHANGES, BAD_INPUT = 1, 2

WORDS = {
    "new": "new on the list",
    "renamed": "renamed",
    "deprecated": "deprecated",
    "restored": "no longer deprecated",
    "osi_gained": "approved by OSI",
    "osi_lost": "no longer approved by OSI",
    "osi_told": "not approved by OSI",
    "fsf_gained": "free by the FSF",
    "fsf_lost": "no longer free by the FSF",
    "fsf_told": "not judged by the FSF",
    "listed": "on the list now",
    "removed": "no longer on the list",
    "details": "other details",
}
MOST_NAMES = 20
"""Verdicts that are named for one licence; all of them are in the JSON."""


class Command(BaseCommand):
    help = (
        "Bring the licences up to the installed SPDX License List, all or nothing, and judge "
        "again what hangs on them. Exit status: 0 done or nothing to do; 1 with --check if there "
        "are changes; 2 if the list or fixtures/licences.yaml cannot be read."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="Say what would change; write nothing."
        )
        parser.add_argument(
            "--check",
            action="store_true",
            help="As --dry-run, and exit 1 if there are changes.",
        )
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, **options: Any) -> None:
        trial = options["dry_run"] or options["check"]
        try:
            report = import_spdx(trial=trial)
        except ReadingError as error:
            raise CommandError(f"{error}\nNothing was changed.", returncode=BAD_INPUT) from error
        if options["format"] == "json":
            self.stdout.write(json.dumps(report.to_json(), indent=2, ensure_ascii=False))
        else:
            for line in lines_of(report):
                self.stdout.write(line)
        if options["check"] and report.pending:
            sys.exit(CHANGES)


def lines_of(report: SpdxReport) -> Iterator[str]:
    """The report for people."""
    yield f"SPDX License List, package version {report.version}: {report.licences} licences."
    if report.version != report.version_before:
        yield f"Version before: {report.version_before or 'none'}."
    for change in report.changes:
        yield from lines_of_change(change)
    for kept in report.kept:
        yield (
            f"{kept.licence}: {kept.column} stays “{kept.ours}” ({kept.by}); "
            f"the list says “{kept.listed}”."
        )
    if not report.pending:
        yield "Nothing to do."
        return
    done = "would be changed" if report.trial else "changed"
    judged = "would be evaluated" if report.trial else "evaluated"
    yield f"{len(report.changes)} licences {done}, {report.evaluated} systems {judged}."


def lines_of_change(change: LicenceChange) -> Iterator[str]:
    """One licence: what changed, how many systems it touches, which verdicts moved."""
    what = ", ".join(WORDS[word] for word in change.what)
    yield f"{change.licence}: {what}; {change.systems} systems, {len(change.moved)} verdicts moved."
    for moved in change.moved[:MOST_NAMES]:
        yield f"  {moved.system}, {moved.definition}: {moved.before} → {moved.after}"
    if len(change.moved) > MOST_NAMES:
        yield f"  and {len(change.moved) - MOST_NAMES} more"
