"""How often one network may ask, counted for all processes together in windows of a minute.

In Redis where there is one (``CACHE_URL``), else in PostgreSQL. Where neither answers, each
process counts for itself: the interface is read while the primary is away.
"""

import logging
import random
import time
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import BaseCache, cache, caches
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse

from catalog.submissions.networks import network_of
from catalog.submissions.quotas import hashed

WINDOW = 60
"""Seconds."""

TIDIED = 500
"""So many requests on average until spent counts are deleted."""

COUNT = """
INSERT INTO catalog_quota (name, "window", used, expires_at)
SELECT %s, %s, 1, now() + interval '2 minutes'
FROM (SELECT set_config('synchronous_commit', 'off', true)) AS lax
ON CONFLICT (name, "window") DO UPDATE SET used = catalog_quota.used + 1
RETURNING used
"""
"""A count that is lost in a power cut costs nobody anything, so nothing waits for the disk."""

TIDY = "DELETE FROM catalog_quota WHERE name LIKE 'api-%%' AND expires_at < now()"

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Count:
    """What is left of a limit, for the headers of every answer."""

    name: str
    limit: int
    left: int
    reset: int

    @property
    def exceeded(self) -> bool:
        return self.left < 0

    def tell(self, response: HttpResponse) -> None:
        """Write the headers of draft-ietf-httpapi-ratelimit-headers, and Retry-After."""
        response["RateLimit-Policy"] = f'"{self.name}";q={self.limit};w={WINDOW}'
        response["RateLimit"] = f'"{self.name}";r={max(self.left, 0)};t={self.reset}'
        if self.exceeded:
            response["Retry-After"] = str(self.reset)


def count(request: HttpRequest, name: str, limit: int) -> Count:
    """Count a request; one statement, and none once a network is known to be over its limit."""
    now = int(time.time())
    window, reset = now // WINDOW, WINDOW - now % WINDOW
    key = f"api-{name}:{hashed(network_of(request))}"
    over = f"{key}:{window}:over"
    if cache.get(over):
        return Count(name, limit, -1, reset)
    used = counted(key, window)
    if used > limit:
        cache.set(over, True, timeout=reset)  # noqa: FBT003 - the value of a key
    return Count(name, limit, limit - used, reset)


def counted(key: str, window: int) -> int:
    """How many requests of this window there are with this one."""
    try:
        return in_redis(key, window) if settings.CACHE_URL else in_postgresql(key, window)
    except (DatabaseError, OSError):
        logger.warning("Requests are counted by this process alone.", exc_info=True)
        return in_cache(cache, key, window)


def in_postgresql(key: str, window: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [key, window])
        (used,) = cursor.fetchone()
        if random.random() < 1 / TIDIED:  # noqa: S311 - no secret hangs on it
            cursor.execute(TIDY)
    return int(used)


def in_redis(key: str, window: int) -> int:
    from redis.exceptions import RedisError  # noqa: PLC0415 - only where there is one

    try:
        return in_cache(caches["limits"], key, window)
    except RedisError as error:
        raise ConnectionError(str(error)) from error


def in_cache(store: BaseCache, key: str, window: int) -> int:
    name = f"rate:{key}:{window}"
    store.add(name, 0, timeout=2 * WINDOW)
    try:
        return store.incr(name)
    except ValueError:  # it ran out between the two calls
        return 1
