"""A client for pages that strangers name: it reaches public web servers and nothing else.

``Fetcher(user_agent="…").fetch(url)`` gives an ``Answer`` or raises ``RefusedError``
(the address is not one that we ask) or ``UnreachableError`` (no answer). The
package knows neither the models nor the settings.
"""

from catalog.links.fetching.addresses import Guard, RefusedError, Target
from catalog.links.fetching.client import Answer, Fetcher, Hop, Trouble, UnreachableError

__all__ = [
    "Answer",
    "Fetcher",
    "Guard",
    "Hop",
    "RefusedError",
    "Target",
    "Trouble",
    "UnreachableError",
]
