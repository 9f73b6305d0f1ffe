"""``manage.py load_catalog``: put the reviewed catalogue in ``fixtures/`` into the database."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from catalog.intake.files import LoadError, check_catalog, load_catalog


class Command(BaseCommand):
    help = "Load the catalogue from files, by natural key, all or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "paths",
            nargs="*",
            type=Path,
            metavar="PATH",
            help="Files or folders (default: the whole of fixtures/).",
        )
        parser.add_argument(
            "--check", action="store_true", help="Read and check everything; write nothing."
        )

    def handle(self, *, paths: list[Path], check: bool, **options: object) -> None:
        paths = paths or [settings.FIXTURES_DIR]
        try:
            if check:
                checked = check_catalog(paths=paths, watch=watch)
                self.stdout.write(f"{checked.records} records are good.")
                return
            done = load_catalog(paths=paths, watch=watch)
        except LoadError as error:
            number = len(error.problems)
            raise CommandError(f"{error}\n{number} faults; nothing was loaded.") from error
        kept = f" {done.kept} rows of editors were left alone." if done.kept else ""
        self.stdout.write(
            f"{done.records} records read: {done.created} rows created, {done.updated} updated, "
            f"{done.deleted} deleted, {done.evaluated} systems evaluated.{kept}"
        )


def watch(paths: Iterable[Path]) -> Iterable[Path]:
    """A progress bar where somebody watches."""
    return tqdm(list(paths), unit=" files", disable=not sys.stderr.isatty())
