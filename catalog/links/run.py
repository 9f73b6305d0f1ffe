"""A run over many pages: a few threads ask, hosts in turn; this thread alone writes."""

import datetime as dt
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.utils import timezone

from catalog.evaluation.catalogue_version import bump_version
from catalog.links.check import Look, look_at
from catalog.links.fetching import Fetcher
from catalog.links.politeness import Manners, user_agent
from catalog.links.states import changes
from catalog.models import Link, LinkState

PAUSE = 2.0
"""Seconds between two requests to the same host."""

THREADS = 4
"""How many hosts are asked at the same time."""

SILENT_HOSTS = 3
"""From so many silent hosts on, and none that answers, the fault may be ours."""

LOCK = 0x6C696E6B73
"""The number of the database's lock: “links” in ASCII."""

type Queue = tuple[str, deque[Link]]
type Asked = tuple[Queue, Link]


@dataclass(kw_only=True)
class Report:
    """What a run has done. ``broken`` are the pages that were not broken before."""

    looked_at: int = 0
    postponed: int = 0
    offline: bool = False
    states: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)
    restored: list[str] = field(default_factory=list)

    def to_json(self) -> dict[str, object]:
        return {
            "looked_at": self.looked_at,
            "postponed": self.postponed,
            "offline": self.offline,
            "states": dict(sorted(self.states.items())),
            "newly_broken": sorted(self.broken),
            "restored": sorted(self.restored),
        }


def check_due(*, limit: int, now: dt.datetime | None = None) -> Report:
    """Look at the pages that are due, so many at most, the longest unlooked-at first."""
    due = Link.objects.cited().due(now or timezone.now()).to_check()[:limit]
    return check_links(links=list(due))


def check_links(
    *,
    links: Iterable[Link],
    fetcher: Fetcher | None = None,
    manners: Manners | None = None,
    watch: Callable[[int], object] = lambda done: None,
) -> Report:
    """Look at these pages and keep what was found; each is written as soon as it is known.

    May be broken off at any time: what was written stays, the rest is still due.
    ``watch`` gets the number of pages done. Raises ``ImproperlyConfigured`` where
    no contact is set to which servers can complain, and ``AlreadyRunningError``.
    """
    behaved = manners or Manners(fetcher=fetcher or Fetcher(user_agent=user_agent()), pause=PAUSE)
    with only_run():
        return Run(manners=behaved, watch=watch).over(links)


class AlreadyRunningError(Exception):
    """Another process is looking at pages; two at once would not be polite."""


@contextmanager
def only_run() -> Iterator[None]:
    """Holds a lock of the database for as long as a run lasts, however it ends.

    By a transaction on a connection of its own: behind a pooler, two statements of one
    connection may else reach two sessions.
    """
    holder = connections.create_connection(DEFAULT_DB_ALIAS)
    try:
        holder.set_autocommit(False)
        with holder.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
            if cursor.fetchone() != (True,):
                raise AlreadyRunningError("Another check of the links is running.")
        yield
    finally:
        holder.close()


@dataclass(kw_only=True)
class Run:
    """The state of one run. ``held`` are silent looks, until some host answers."""

    manners: Manners
    watch: Callable[[int], object]
    report: Report = field(default_factory=Report)
    held: list[tuple[Link, Look]] = field(default_factory=list)
    online: bool = False

    def over(self, links: Iterable[Link]) -> Report:
        queues = by_host(links)
        running: dict[Future[Look], Asked] = {}
        with ThreadPoolExecutor(THREADS) as pool:
            while (queues or running) and not self.report.offline:
                while queues and len(running) < THREADS:
                    queue = queues.popleft()
                    link = queue[1].popleft()
                    running[pool.submit(self.look, link)] = (queue, link)
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    queue, link = running.pop(future)
                    self.take(queue, link, future.result())
                    if queue[1]:
                        queues.append(queue)
        self.finish()
        return self.report

    def look(self, link: Link) -> Look:
        """In a thread of its own: asks, and leaves the database alone."""
        return look_at(
            link.url,
            manners=self.manners,
            now=timezone.now(),
            etag=link.etag,
            last_modified=link.last_modified,
        )

    def take(self, queue: Queue, link: Link, look: Look) -> None:
        """Write a look, or hold it back while it could be our own line that is dead."""
        if look.silent and not self.online:
            self.held.append((link, look))
            if len({host_of(held.url) for held, _ in self.held}) < SILENT_HOSTS:
                return
            self.online = self.line_works()
            self.report.offline = not self.online
        else:
            self.online = self.online or look.answered
            self.write(link, look)
        if self.online:
            self.write_held()
        if look.come_back:
            self.postpone(queue[1], look.come_back)

    def line_works(self) -> bool:
        """True where a page that was good lately answers, on one of some hosts. One query."""
        hosts: dict[str, Link] = {}
        for link in Link.objects.good()[:100]:
            hosts.setdefault(host_of(link.url), link)
        return any(self.look(link).answered for link in list(hosts.values())[:SILENT_HOSTS])

    def finish(self) -> None:
        """Too few hosts were asked to suspect our own line, or it is dead."""
        if not self.report.offline:
            self.write_held()
        if self.report.looked_at:
            bump_version(systems=())

    def write_held(self) -> None:
        for link, look in self.held:
            self.write(link, look)
        self.held = []

    def write(self, link: Link, look: Look) -> None:
        columns = changes(link, look, timezone.now())
        state, broken = columns["state"], LinkState.BROKEN.value
        turned = state != link.state and broken in (state, link.state)
        with transaction.atomic():
            Link.objects.filter(pk=link.pk).update(**columns)
            if turned:
                bump_version(systems=())  # pages that show the mark are no longer what caches hold
        if turned:
            (self.report.broken if state == broken else self.report.restored).append(link.url)
        self.report.looked_at += 1
        self.report.states[state] += 1
        self.watch(1)

    def postpone(self, waiting: deque[Link], pause: dt.timedelta) -> None:
        """A host wants to be left alone: its other pages wait for the next run after that."""
        pks = [link.pk for link in waiting]
        Link.objects.filter(pk__in=pks).update(next_check_at=timezone.now() + pause)
        self.report.postponed += len(pks)
        self.watch(len(pks))
        waiting.clear()


def host_of(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def by_host(links: Iterable[Link]) -> deque[Queue]:
    """The pages of each host in their order; hosts with the most pages begin."""
    queues: dict[str, deque[Link]] = {}
    for link in links:
        queues.setdefault(host_of(link.url), deque()).append(link)
    return deque(sorted(queues.items(), key=lambda queue: -len(queue[1])))
