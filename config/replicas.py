"""Streaming replicas: which database answers a request.

Only what anybody may read goes to a replica: GET and HEAD without a session, outside
the desk and the submission form. Whoever has just sent something in reads from the
primary for a while, so that everybody sees what they wrote. Commands, tasks and every
write use the primary. A replica that is behind, or gone, is passed over; a page that
one could not answer is asked again of the primary, and of a replica that still
answers while the primary is away.
"""

import logging
import random
import time
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.http import HttpRequest, HttpResponse

type GetResponse = Callable[[HttpRequest], HttpResponse]

LOOK_EVERY = 1.0
"""Seconds for which the state of a replica is believed."""

PRIMARY_REST = 5.0
"""Seconds for which a primary that did not answer is not asked for public pages."""

WROTE = "glassbox_wrote"
"""The cookie of whoever has just sent something."""

PRIVATE = ("/desk/", "/submit/", "/mail/")
"""Pages that belong to one person or to editors: never from a replica."""

SAFE = ("GET", "HEAD", "OPTIONS")

BEHIND = """
SELECT CASE
    WHEN NOT pg_is_in_recovery() THEN NULL
    WHEN NOT EXISTS (SELECT FROM pg_stat_wal_receiver) THEN NULL
    WHEN pg_last_wal_receive_lsn() <= pg_last_wal_replay_lsn() THEN 0
    ELSE extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp())
END
"""
"""Seconds that a replica is behind what it follows; NULL where it follows nothing.

What is not in recovery is no replica: it was promoted, and whether it or the primary
has the truth cannot be known from here.
"""

logger = logging.getLogger(__name__)

chosen: ContextVar[str] = ContextVar("chosen", default=DEFAULT_DB_ALIAS)
"""The database that this request reads from."""


class ReplicaRouter:
    """Reads from the chosen database, writes to the primary."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        return chosen.get()

    def db_for_write(self, model: Any, **hints: Any) -> str:
        return DEFAULT_DB_ALIAS

    def allow_relation(self, first: Any, second: Any, **hints: Any) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == DEFAULT_DB_ALIAS


class Replica:
    """What this process knows of a replica."""

    def __init__(self, alias: str) -> None:
        self.alias = alias
        self.behind: float | None = None
        self.look_again = 0.0

    def is_fresh(self, now: float) -> bool:
        """Whether it follows the primary closely enough. Asks it once a second at most."""
        if now >= self.look_again:
            self.look(now)
        return self.behind is not None and self.behind <= settings.REPLICA_MOST_BEHIND

    def look(self, now: float) -> None:
        self.look_again = now + LOOK_EVERY
        try:
            with connections[self.alias].cursor() as cursor:
                cursor.execute(BEHIND)
                (behind,) = cursor.fetchone()
        except DatabaseError:
            self.fail(now)
            return
        self.behind = None if behind is None else float(behind)

    def fail(self, now: float) -> None:
        """It did not answer: leave it alone for a while."""
        rest = settings.REPLICA_REST
        logger.warning("%s does not answer; it is left alone for %d s.", self.alias, rest)
        connections[self.alias].close()
        self.behind, self.look_again = None, now + rest


class Replicas:
    """All replicas of this process, and whether the primary answers."""

    def __init__(self, aliases: Iterable[str]) -> None:
        self.known = [Replica(alias) for alias in aliases]
        self.primary_rests_until = 0.0

    def choose(self, now: float) -> str:
        """Where a public page is read from: one of the fresh replicas, or else the primary."""
        fresh = [replica for replica in self.known if replica.is_fresh(now)]
        if fresh:
            return random.choice(fresh).alias  # noqa: S311 - spreads load
        if now < self.primary_rests_until:
            return self.anyone() or DEFAULT_DB_ALIAS
        return DEFAULT_DB_ALIAS

    def anyone(self) -> str:
        """A replica that answers, however far behind; empty where none does."""
        return next((replica.alias for replica in self.known if answers(replica.alias)), "")

    def instead_of(self, alias: str, now: float) -> str:
        """Where to ask again after a page failed; empty where that would not help."""
        if alias == DEFAULT_DB_ALIAS:
            if answers(alias):
                return ""
            logger.error("The primary does not answer.")
            self.primary_rests_until = now + PRIMARY_REST
            return self.anyone()
        if not answers(alias):
            next(replica for replica in self.known if replica.alias == alias).fail(now)
        return DEFAULT_DB_ALIAS


def answers(alias: str) -> bool:
    """Whether a database takes a statement at this moment."""
    connection = connections[alias]
    if connection.connection is not None and connection.is_usable():
        return True
    try:
        connection.close()
        connection.ensure_connection()
    except DatabaseError:
        return False
    return True


def is_public(request: HttpRequest) -> bool:
    """Whether everyone would get this page, and no one waits to see what they wrote."""
    return (
        request.method in SAFE
        and not request.path_info.startswith(PRIVATE)
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and WROTE not in request.COOKIES
    )


class ReplicaMiddleware:
    """Choose the database of each request; without replicas there is no such middleware."""

    def __init__(self, get_response: GetResponse) -> None:
        aliases = [alias for alias in settings.DATABASES if alias != DEFAULT_DB_ALIAS]
        if not aliases:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.replicas = Replicas(aliases)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_public(request):
            return self.remember(request, self.ask(request, DEFAULT_DB_ALIAS))
        alias = self.replicas.choose(time.monotonic())
        response = self.ask(request, alias)
        if response.status_code == HTTPStatus.INTERNAL_SERVER_ERROR:
            other = self.replicas.instead_of(alias, time.monotonic())
            if other:
                return self.ask(request, other)
        return response

    def ask(self, request: HttpRequest, alias: str) -> HttpResponse:
        token = chosen.set(alias)
        try:
            return self.get_response(request)
        finally:
            chosen.reset(token)

    def remember(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Tell the browser of whoever wrote to read from the primary for a while."""
        wrote = request.method not in SAFE and response.status_code < HTTPStatus.BAD_REQUEST
        if wrote and not request.path_info.startswith("/api/"):
            response.set_cookie(
                WROTE,
                "1",
                max_age=settings.REPLICA_MOST_BEHIND + 20,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response
