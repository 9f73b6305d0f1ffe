"""``manage.py doctor``: what ``/readyz`` knows, and which settings look wrong.

Exit status 1 where something is not well, 0 otherwise.
"""

import json
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from catalog.management.readiness import doubtful_settings, readiness


class Command(BaseCommand):
    help = "Say whether database, worker, letters, dumps, verdicts and settings are well."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", dest="as_json", help="Print JSON.")

    def handle(self, *, as_json: bool, **options: object) -> None:
        found, doubts = readiness(), doubtful_settings()
        if as_json:
            self.stdout.write(json.dumps({**found, "settings": doubts}, ensure_ascii=False))
        else:
            for name, check in found["checks"].items():
                more = ", ".join(f"{key} {value}" for key, value in check.items() if key != "ok")
                self.stdout.write(f"{'ok ' if check['ok'] else 'BAD'} {name}  {more}")
            for line in [*found["reasons"], *doubts]:
                self.stdout.write(f"- {line}")
        number = len(found["reasons"]) + len(doubts)
        if number:
            raise CommandError(f"{number} things are not well.", returncode=1)
