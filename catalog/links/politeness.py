"""How we behave towards servers: one request at a time, with a pause, as robots.txt allows."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from threading import Lock

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from protego import Protego

from catalog.links.fetching import Fetcher, Hop, RefusedError, Target, Trouble, UnreachableError

AGENT = "GlassboxLinks"
"""The name under which a ``robots.txt`` can speak to us."""

ROBOTS_BYTES = 512 * 1024
"""As much of a ``robots.txt`` as RFC 9309 asks readers to take, and a little more."""

LONGEST_PAUSE = 30.0
"""Seconds between two requests that a ``robots.txt`` can ask for."""

NO_ANSWER = {Trouble.NAME, Trouble.CONNECTION, Trouble.CERTIFICATE, Trouble.TIME}


class AskedNotToError(Exception):
    """The server's ``robots.txt`` keeps us away; the text says it for people."""


def user_agent() -> str:
    """Who we are, and where to complain. Raises ``ImproperlyConfigured`` without a contact."""
    contact = settings.CRAWLER_CONTACT
    if not contact or not contact.isascii() or not contact.isprintable():
        raise ImproperlyConfigured(
            "Set CRAWLER_CONTACT to a web or mail address in plain letters: "
            "servers have a right to know who asks them."
        )
    return f"{AGENT}/1.0 (checks links of a public register; {contact})"


@dataclass(kw_only=True)
class Host:
    """What a run knows of one host."""

    lock: Lock = field(default_factory=Lock)
    pause: float
    free_at: float = 0.0


@dataclass(kw_only=True)
class Rules:
    """The ``robots.txt`` of one origin, read once per run.

    ``parser`` is None until read, and where everything is allowed.
    """

    lock: Lock = field(default_factory=Lock)
    read: bool = False
    parser: Protego | None = None
    fault: Exception | None = None


class Manners:
    """The order in which requests of one run go out; shared by its threads.

    ``pause`` is in seconds. A host's lock is held for one request alone, and nobody
    who holds one waits for another.
    """

    def __init__(
        self,
        *,
        fetcher: Fetcher,
        pause: float,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.fetcher = fetcher
        self.clock = clock
        self.sleep = sleep
        self._lock = Lock()
        self._hosts: dict[str, Host] = defaultdict(lambda: Host(pause=pause))
        self._rules: dict[str, Rules] = defaultdict(Rules)

    def turn(self, hop: Hop) -> AbstractContextManager[None]:
        """Our turn at a host, after its pause.

        Raises ``AskedNotToError``, or ``UnreachableError`` where its ``robots.txt``
        has shown already that there is no answer.
        """
        self.ask_leave(hop.target)
        return self.alone(hop.target.host)

    def ask_leave(self, target: Target) -> None:
        with self._lock:
            rules = self._rules[target.origin]
        with rules.lock:
            if not rules.read:
                rules.parser, rules.fault = self.robots(target)
                rules.read = True
        if rules.fault is not None:
            raise rules.fault
        if rules.parser is not None and not rules.parser.can_fetch(target.url, AGENT):
            raise AskedNotToError("The robots.txt of the server asks us not to visit this page.")

    def robots(self, target: Target) -> tuple[Protego | None, Exception | None]:
        """Fetch and read a ``robots.txt``, as RFC 9309 has it: none at all allows everything."""
        unread = AskedNotToError("The robots.txt of the server could not be read.")

        def first_alone(hop: Hop) -> AbstractContextManager[None]:
            return nullcontext() if hop.number else self.alone(hop.target.host)

        try:
            answer = self.fetcher.fetch(
                f"{target.origin}/robots.txt", most_bytes=ROBOTS_BYTES, turn=first_alone
            )
        except UnreachableError as fault:
            if fault.trouble in NO_ANSWER:
                return None, fault
            return None, None if fault.trouble is Trouble.REDIRECTS else unread
        except RefusedError:
            return None, None
        if answer.status == 429 or answer.status >= 500:
            return None, unread
        if answer.status != 200:
            return None, None
        parser = Protego.parse(answer.body.decode("utf-8", "replace"))
        self.keep_pause(target.host, parser)
        return parser, None

    def keep_pause(self, host: str, parser: Protego) -> None:
        delay = parser.crawl_delay(AGENT)
        if delay:
            known = self.host(host)
            known.pause = max(known.pause, min(float(delay), LONGEST_PAUSE))

    def host(self, name: str) -> Host:
        with self._lock:
            return self._hosts[name]

    @contextmanager
    def alone(self, name: str) -> Iterator[None]:
        """The only request to a host, after its pause."""
        host = self.host(name)
        with host.lock:
            wait = host.free_at - self.clock()
            if wait > 0:
                self.sleep(wait)
            try:
                yield
            finally:
                host.free_at = self.clock() + host.pause
