"""The clock of the site: which command runs when, and one clock at a time.

Each command runs in a process of its own, so that nothing that goes wrong in it ends the
clock. The turn belongs to whoever holds a lock of the database; it is given back
however the holder ends, and another clock goes on.
"""

import datetime as dt
import logging
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.db import connection

logger = logging.getLogger("glassbox.schedule")

LOCK = 0x676C6173  # “glas”
LONGEST = dt.timedelta(hours=6)


@dataclass(frozen=True, kw_only=True)
class Job:
    """A command, and when it runs: every so often, or once a day at a time in UTC."""

    command: tuple[str, ...]
    every: dt.timedelta | None = None
    at: dt.time | None = None
    fine: tuple[int, ...] = (0,)
    """Exit codes that are no failure."""

    @property
    def name(self) -> str:
        return self.command[0]

    def first(self, now: dt.datetime) -> dt.datetime:
        """When it runs first: what is frequent at once, what is daily at its time."""
        return now if self.every is not None else self.after(now)

    def after(self, moment: dt.datetime) -> dt.datetime:
        """When it runs next, after a moment."""
        if self.every is not None:
            return moment + self.every
        assert self.at is not None  # noqa: S101 - one of the two
        today = dt.datetime.combine(moment.astimezone(dt.UTC).date(), self.at, tzinfo=dt.UTC)
        return today if today > moment else today + dt.timedelta(days=1)


JOBS = (
    Job(command=("send_letters",), every=dt.timedelta(minutes=5)),
    Job(command=("knock",), every=dt.timedelta(minutes=5)),
    Job(command=("evaluate",), at=dt.time(1, 40)),
    Job(command=("facet_index",), at=dt.time(2, 15)),
    Job(command=("build_dumps",), at=dt.time(2, 30)),
    Job(command=("check_links", "--json"), at=dt.time(3, 17), fine=(0, 3)),
    Job(command=("tidy_submissions",), at=dt.time(3, 30)),
    Job(command=("clearsessions",), at=dt.time(3, 40)),
    Job(command=("prune_db_task_results",), at=dt.time(3, 50)),
)


def jobs() -> list[Job]:
    """Those that make sense with these settings."""
    left_out = set() if settings.CRAWLER_CONTACT else {"check_links"}
    if not settings.TASKS["default"]["BACKEND"].startswith("django_tasks_db"):
        left_out |= {"knock", "prune_db_task_results"}
    return [job for job in JOBS if job.name not in left_out]


@contextmanager
def the_only_one() -> Iterator[bool]:
    """Whether the turn is ours. It needs a connection of its own: no pooler by transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        (ours,) = cursor.fetchone()
        try:
            yield bool(ours)
        finally:
            if ours:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def holds() -> None:
    """Raise DatabaseError where the connection that holds the lock is gone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def run(job: Job, environment: Mapping[str, str] | None = None) -> bool:
    """Run a command to its end; its failure is a line in the log, and no more."""
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), *job.command]
    began = dt.datetime.now(dt.UTC)  # noqa: TID251 - a duration
    try:
        done = subprocess.run(  # noqa: S603 - our own commands
            command,
            cwd=settings.BASE_DIR,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=LONGEST.total_seconds(),
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        logger.error("%s: %s", job.name, type(error).__name__)
        return False
    seconds = (dt.datetime.now(dt.UTC) - began).total_seconds()  # noqa: TID251 - a duration
    said = done.stdout.decode(errors="replace").strip()[-500:]
    fine = done.returncode in job.fine
    level = logging.INFO if fine else logging.ERROR
    logger.log(level, "%s: exit %d after %.1f s. %s", job.name, done.returncode, seconds, said)
    return fine


def due(times: dict[Job, dt.datetime], now: dt.datetime) -> list[Job]:
    """The commands whose time has come, the longest overdue first; each gets its next time."""
    found = sorted((job for job, moment in times.items() if moment <= now), key=times.__getitem__)
    for job in found:
        times[job] = job.after(now)
    return found
