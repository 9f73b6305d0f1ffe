"""``manage.py import_huggingface``: take in models of the Hugging Face Hub."""

from argparse import ArgumentParser
from typing import Any

from catalog.intake.huggingface.reader import SOURCE, HuggingFace
from catalog.intake.registers.base import Importer
from catalog.management.importing import ImportCommand


class Command(ImportCommand):
    help = "Take in models of the Hugging Face Hub (HF_ENDPOINT and HF_TOKEN are understood)."
    source = SOURCE

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "repos", nargs="+", metavar="REPO", help="owner/name, or the address of its page."
        )
        super().add_arguments(parser)

    def make_importer(self, options: dict[str, Any]) -> Importer:
        return HuggingFace(options["repos"])
