"""``manage.py import_osai``: take in the records of the European Open Source AI Index."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from catalog.intake.registers.base import Importer
from catalog.intake.registers.known_licences import known_licences
from catalog.intake.registers.osai import SOURCE, OpenSourceAIIndex
from catalog.management.importing import ImportCommand


class Command(ImportCommand):
    help = "Take in the records of the European Open Source AI Index."
    source = SOURCE

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "paths", nargs="+", type=Path, metavar="PATH", help="Files, or folders of them."
        )
        super().add_arguments(parser)

    def make_importer(self, options: dict[str, Any]) -> Importer:
        return OpenSourceAIIndex(options["paths"], known_licences())
