"""``manage.py import_mof``: take in the model files of the Model Openness Tool (MOF.yml)."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from catalog.intake.registers.base import Importer
from catalog.intake.registers.known_licences import known_licences
from catalog.intake.registers.mof import SOURCE, ModelOpennessTool
from catalog.management.importing import ImportCommand


class Command(ImportCommand):
    help = "Take in the model files of the Model Openness Tool (MOF.yml)."
    source = SOURCE

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "paths", nargs="+", type=Path, metavar="PATH", help="Files, or folders of them."
        )
        super().add_arguments(parser)

    def make_importer(self, options: dict[str, Any]) -> Importer:
        return ModelOpennessTool(options["paths"], known_licences())
