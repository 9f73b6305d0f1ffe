"""``manage.py run_schedule``: run every periodic command at its time, until stopped.

Any number may run, on any machines: one of them has the turn, the others wait for it.
"""

import signal
import threading
from argparse import ArgumentParser
from concurrent.futures import Future, ThreadPoolExecutor

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.utils import timezone

from catalog.management import schedule

AT_ONCE = 3
"""So many commands run side by side; one that takes long keeps no letter waiting."""


class Command(BaseCommand):
    help = "Run the periodic commands of the site at their times."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--list", action="store_true", help="Say what runs when, and end.")
        parser.add_argument("--once", action="store_true", help="Run everything once, and end.")

    def handle(self, **options: object) -> None:
        if options["list"]:
            for job in schedule.jobs():
                when = f"every {job.every}" if job.every else f"daily at {job.at:%H:%M} UTC"
                self.stdout.write(f"{when:<22} {' '.join(job.command)}")
            return
        if options["once"]:
            self.run_all()
            return
        self.stopped = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stopped.set())
        while not self.stopped.is_set():
            try:
                self.keep_time()
            except DatabaseError as error:
                schedule.logger.error("The database does not answer: %s", type(error).__name__)
                connection.close()
            self.stopped.wait(5)

    def run_all(self) -> None:
        with schedule.the_only_one() as ours:
            if not ours:
                raise CommandError("Another clock has the turn.")
            failed = [job.name for job in schedule.jobs() if not schedule.run(job)]
        if failed:
            raise CommandError(f"Failed: {', '.join(failed)}.", returncode=1)

    def keep_time(self) -> None:
        """Run what is due, as long as the turn is ours."""
        with schedule.the_only_one() as ours:
            if not ours:
                return
            schedule.logger.info("This clock has the turn.")
            times = {job: job.first(timezone.now()) for job in schedule.jobs()}
            running: dict[schedule.Job, Future[bool]] = {}
            with ThreadPoolExecutor(AT_ONCE) as threads:
                while not self.stopped.is_set():
                    for job in schedule.due(times, timezone.now()):
                        if job not in running or running[job].done():
                            running[job] = threads.submit(schedule.run, job)
                    self.stopped.wait(1)
                    schedule.holds()
