"""``manage.py check_links``: check whether the pages that the catalogue links to are still there.

Asks one page of a host at a time, with a pause; writes each result at once, so that
it may be broken off and started again at any time.

Exit status: 0 all was checked, and no page was found newly broken; 1 the command
could not start; 3 some page that was there before is broken; 4 no host answers at all, so
that the fault is taken to be this machine's connection, and nothing was written of it;
130 it was broken off by hand.
"""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from catalog.links import AlreadyRunningError, Report, check_links
from catalog.links.rows import record_links
from catalog.models import Link, LinkState

NEWLY_BROKEN = 3
OFFLINE = 4
BROKEN_OFF = 130


class Command(BaseCommand):
    help = "Check the cited pages that are due, and record whether each is still there."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--limit", type=int, default=0, help="Check at most this many pages.")
        parser.add_argument(
            "--all",
            action="store_true",
            dest="everything",
            help="Check pages that are not due as well.",
        )
        parser.add_argument("--url", default="", help="Check this one cited page, due or not.")
        parser.add_argument(
            "--json", action="store_true", dest="as_json", help="Report as JSON on the output."
        )

    def handle(self, **options: Any) -> None:
        if options["limit"] < 0:
            raise CommandError("--limit has to be 0 or more.")
        record_links()
        links = chosen(**{name: options[name] for name in ("limit", "everything", "url")})
        try:
            with tqdm(total=len(links), unit=" pages", disable=not sys.stderr.isatty()) as bar:
                report = check_links(links=links, watch=bar.update)
        except (ImproperlyConfigured, AlreadyRunningError) as fault:
            raise CommandError(str(fault)) from None
        except KeyboardInterrupt:
            raise CommandError(
                "Stopped. What was checked is kept.", returncode=BROKEN_OFF
            ) from None
        if options["as_json"]:
            self.stdout.write(json.dumps(report.to_json(), ensure_ascii=False))
        else:
            self.tell(report)
        if report.offline:
            raise CommandError(
                "No host answers: is this machine online? Nothing was written of it.",
                returncode=OFFLINE,
            )
        if report.broken:
            raise CommandError(
                f"{len(report.broken)} pages are no longer reachable.", returncode=NEWLY_BROKEN
            )

    def tell(self, report: Report) -> None:
        counts = ", ".join(
            f"{LinkState(state).label.lower()}: {total}"
            for state, total in sorted(report.states.items())
        )
        self.stdout.write(f"{report.looked_at} pages checked{': ' if counts else ''}{counts}.")
        if report.postponed:
            self.stdout.write(f"{report.postponed} pages put off, as their hosts asked.")
        for url in sorted(report.broken):
            self.stdout.write(f"not reachable: {url}")
        for url in sorted(report.restored):
            self.stdout.write(f"reachable again: {url}")


def chosen(*, limit: int, everything: bool, url: str) -> list[Link]:
    """The pages of this run, the longest unlooked-at first. One query."""
    if url:
        links = list(Link.objects.filter(url=url.replace("\x00", "")))
        if not links:
            raise CommandError("No record links to this page.")
        return links
    rows = Link.objects.cited().to_check()
    if not everything:
        rows = rows.due(timezone.now())
    return list(rows[:limit] if limit else rows)
