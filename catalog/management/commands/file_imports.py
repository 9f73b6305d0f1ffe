"""``manage.py file_imports``: write imported records, and what they brought, as our own files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from catalog.entry.nouns import DATASET, ORGANIZATION
from catalog.entry.reviewed import file_of
from catalog.entry.write import MARK
from catalog.intake.record_files import FOLDER, filed
from catalog.models import Source


class Command(BaseCommand):
    help = "Write the records of a source, and the makers and datasets it brought, to fixtures/."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("sources", nargs="+", metavar="SOURCE", help="Keys of sources.")
        parser.add_argument("--target", type=Path, default=settings.FIXTURES_DIR)

    def handle(self, **options: Any) -> None:
        target: Path = options["target"]
        for key in options["sources"]:
            source = Source.objects.filter(key=key).first()
            if source is None:
                raise CommandError(f"There is no source “{key}”.")
            lines = list(filed(source))
            folder = target / FOLDER
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{key}.jsonl").write_text("".join(lines), encoding="utf-8")
            nouns = self.write_nouns(source, target)
            self.stdout.write(f"{key}: {len(lines)} records, {nouns} makers and datasets written.")

    def write_nouns(self, source: Source, target: Path) -> int:
        """Makers and datasets that this source brought and no file of ours holds yet."""
        written = 0
        for folder, part in (("organizations", ORGANIZATION), ("datasets", DATASET)):
            for row in part.model._default_manager.filter(recorded_by=f"{MARK}{source.key}"):
                path = target / folder / f"{getattr(row, 'slug', '')}.yaml"
                if not path.exists():
                    path.write_text(file_of(row, part), encoding="utf-8")
                    written += 1
        return written
