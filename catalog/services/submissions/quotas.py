"""How often a network may do something, counted in PostgreSQL for all processes together."""

import datetime as dt
import hashlib
import hmac
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.utils import timezone

COUNT = """
INSERT INTO catalog_quota (name, "window", used, expires_at) VALUES (%s, %s, 1, %s)
ON CONFLICT (name, "window") DO UPDATE SET used = catalog_quota.used + 1
RETURNING used
"""
READ = 'SELECT used FROM catalog_quota WHERE name = %s AND "window" = %s'


@dataclass(frozen=True, slots=True)
class Limit:
    """So many times in so many seconds."""

    name: str
    most: int
    seconds: int

    def window(self, now: dt.datetime) -> int:
        return int(now.timestamp()) // self.seconds

    def wait(self, now: dt.datetime) -> int:
        """Seconds until the next window."""
        return self.seconds - int(now.timestamp()) % self.seconds


DRAFTS = Limit("draft", 40, 3600)
"""Drafts that one network may begin."""
SENDS = Limit("send", 12, 3600)
"""Submissions that one network may send."""
FREE_SENDS = Limit("send", 1, 3600)
"""How many of these need no proof of work."""
ALL_SENDS = Limit("send-all", 300, 3600)
"""Above this, every submission needs a proof of work, whoever sends it."""
FETCHES = Limit("fetch", 30, 3600)
"""Repositories that one network may have read from the Hub."""
SAVES = Limit("save", 600, 3600)
"""Saved steps and live previews of one network."""


def hashed(network: str) -> str:
    """A network as it is stored: a keyed hash, which nobody without the key can turn back."""
    key = settings.SECRET_KEY.encode()
    return hmac.new(key, f"network:{network}".encode(), hashlib.sha256).hexdigest()


def use(limit: Limit, who: str = "all") -> int:
    """Count one use; returns how many there were in this window. One statement."""
    now = timezone.now()
    expires = now + dt.timedelta(seconds=2 * limit.seconds)
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [f"{limit.name}:{who}", limit.window(now), expires])
        (used,) = cursor.fetchone()
    return int(used)


def used(limit: Limit, who: str = "all") -> int:
    """How many uses there were in this window. One query."""
    with connection.cursor() as cursor:
        cursor.execute(READ, [f"{limit.name}:{who}", limit.window(timezone.now())])
        row = cursor.fetchone()
    return int(row[0]) if row else 0
