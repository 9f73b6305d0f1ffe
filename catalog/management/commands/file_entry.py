"""Print the reviewed file of an entry: what ``load_catalog`` reads, made from what is stored."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from catalog.entry.reviewed import file_of
from catalog.models import AISystem


class Command(BaseCommand):
    help = "Print an entry as the file of fixtures/systems that would make it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="the entry, such as olmo-7b")

    def handle(self, *, slug: str, **options: object) -> None:
        system = AISystem.objects.filter(slug=slug).first()
        if system is None:
            raise CommandError(f"There is no entry “{slug}”.")
        self.stdout.write(file_of(system), ending="")
