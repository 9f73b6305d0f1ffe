"""How often one network may ask, counted in Django's cache in fixed windows of a minute."""

import time
from dataclasses import dataclass

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from catalog.networks import network_of

WINDOW = 60
"""Seconds."""


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
    """Count a request; the same cost for any number of networks."""
    now = int(time.time())
    window, reset = now // WINDOW, WINDOW - now % WINDOW
    key = f"rate:{name}:{network_of(request)}:{window}"
    cache.add(key, 0, timeout=2 * WINDOW)
    try:
        used = cache.incr(key)
    except ValueError:  # it ran out between the two calls
        used = 1
    return Count(name, limit, limit - used, reset)
