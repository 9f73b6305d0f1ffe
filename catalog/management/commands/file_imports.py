"""``manage.py file_imports``: write imported records, and what they brought, as our own files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from catalog.entry.write import MARK
from catalog.models import Dataset, Organization, Source
from catalog.services.importing.filing import FOLDER, filed


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
        mark = f"{MARK}{source.key}"
        written = 0
        for organization in Organization.objects.filter(recorded_by=mark):
            written += write(
                target / "organizations" / f"{organization.slug}.yaml",
                {
                    "slug": organization.slug,
                    "name": organization.name,
                    "kind": "" if organization.kind == "unknown" else organization.kind,
                    "country": organization.country,
                    "homepage": organization.homepage,
                },
                organization,
            )
        rows = Dataset.objects.filter(recorded_by=mark).prefetch_related("organizations")
        for dataset in rows:
            written += write(
                target / "datasets" / f"{dataset.slug}.yaml",
                {
                    "slug": dataset.slug,
                    "name": dataset.name,
                    "organizations": [maker.slug for maker in dataset.organizations.all()],
                    "homepage": dataset.homepage,
                },
                dataset,
            )
        return written


def write(path: Path, values: dict[str, Any], row: Organization | Dataset) -> int:
    """One record as a file, unless there is one; returns how many were written."""
    if path.exists():
        return 0
    document = {name: value for name, value in values.items() if value}
    document["provenance"] = {
        "evidence": row.evidence_url,
        "source": row.source.key if row.source else "",
        "checked_on": row.checked_on.isoformat() if row.checked_on else "",
    }
    text = yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=100)
    path.write_text(text.replace("'", "") if "'20" in text else text, encoding="utf-8")
    return 1
