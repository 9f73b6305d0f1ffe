"""``manage.py facet_index``: store the bitmaps that the systems list counts with, or check them."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from catalog.listing.index.store import faults, store_index

SHOWN = 10


class Command(BaseCommand):
    help = "Store the facet index, so that a process that begins need not read every row."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check",
            action="store_true",
            help="Write nothing; exit 1 where the index is not what the rows say.",
        )
        parser.add_argument("--rebuild", action="store_true", help="Read every row again.")

    def handle(self, *, check: bool, rebuild: bool, **options: object) -> None:
        if check:
            found = faults()
            if found:
                more = f" and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
                raise CommandError(
                    f"The facet index is wrong: {', '.join(found[:SHOWN])}{more}.", returncode=1
                )
            self.stdout.write("The facet index is what the rows say.")
            return
        written = store_index(anew=rebuild)
        self.stdout.write(f"{written} bitmaps written.")
