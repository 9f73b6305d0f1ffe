"""``manage.py build_dumps``: the whole register as files to download."""

import sys
from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from catalog.exports.dumps.build import DumpError, build_dumps, rows_to_write


class Command(BaseCommand):
    help = "Build the dumps (JSON Lines, CSV, SQLite), unless those that are there are current."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--target", type=Path, metavar="DIR", help="Where to (default: DUMPS_DIR)."
        )
        parser.add_argument("--force", action="store_true", help="Build them in any case.")

    def handle(self, *, target: Path | None, force: bool, **options: object) -> None:
        target = target or Path(settings.DUMPS_DIR)
        watched = sys.stderr.isatty()
        total = rows_to_write() if watched else None
        try:
            with tqdm(total=total, unit=" rows", disable=not watched) as bar:
                built, new = build_dumps(target=target, watch=bar, force=force)
        except DumpError as error:
            raise CommandError(str(error)) from error
        size = sum(file["bytes"] for file in built.files)
        words = "Built" if new else "Nothing to do: current are"
        self.stdout.write(
            f"{words} {len(built.files)} files, {size:,} bytes, version {built.version}, "
            f"in {built.folder}."
        )
