"""How often a network may do something, counted in PostgreSQL for all processes together."""

import datetime as dt
from dataclasses import dataclass

from django.db import connection
from django.utils import timezone
from django.utils.crypto import salted_hmac

from catalog.models import Quota

COUNT = """
INSERT INTO catalog_quota (name, "window", used, expires_at) VALUES (%s, %s, 1, %s)
ON CONFLICT (name, "window") DO UPDATE SET used = catalog_quota.used + 1
RETURNING used
"""


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
FREE_SENDS = 1
"""How many of these need no proof of work."""
ALL_SENDS = Limit("send-all", 300, 3600)
"""Above this, every submission needs a proof of work, whoever sends it."""
ALL_DRAFTS = Limit("draft-all", 300, 3600)
"""Above this, every new draft needs a proof of work: a flood is held off at the door."""
FETCHES = Limit("fetch", 30, 3600)
"""Repositories that one network may have read from the Hub."""
LETTERS = Limit("letter", 20, 86_400)
"""Letters that one address gets in a day."""
FIRST_LETTERS = Limit("letter-first", 3, 86_400)
"""Letters in a day to an unconfirmed address: it may be someone else's."""
SAVES = Limit("save", 600, 3600)
"""Saved steps and live previews of one network."""


def hashed(network: str) -> str:
    """A network as it is stored: a keyed hash, which cannot be reversed without the key."""
    return salted_hmac("catalog.network", network, algorithm="sha256").hexdigest()


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
    rows = Quota.objects.filter(name=f"{limit.name}:{who}", window=limit.window(timezone.now()))
    return rows.values_list("used", flat=True).first() or 0


def first_time(name: str, kept: dt.timedelta) -> bool:
    """Whether this was never seen before; remembered for as long as ``kept``."""
    defaults = {"used": 1, "expires_at": timezone.now() + kept}
    return Quota.objects.get_or_create(name=name, window=0, defaults=defaults)[1]
