"""Values of the environment with which a public site must not start, each with its reason."""

import re
from collections.abc import Iterable

from django.core.exceptions import ImproperlyConfigured

SHORTEST_KEY, FEWEST_LETTERS = 50, 10
LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
NAME = re.compile(rf"({LABEL}\.)*{LABEL}|\.({LABEL}\.)+{LABEL}|\[[0-9a-f:.]+\]")
"""A host, all hosts below a name of at least two labels, or an IPv6 address."""

HOW = "python3 -c 'import secrets; print(secrets.token_urlsafe(50))' prints a good one."


def refuse_weak_keys(name: str, keys: Iterable[str], known: str) -> None:
    """Keys that somebody can guess sign links and sessions for everybody."""
    for key in keys:
        if len(key) < SHORTEST_KEY or len(set(key)) < FEWEST_LETTERS or key == known:
            raise ImproperlyConfigured(
                f"{name} can be guessed: it has to have at least {SHORTEST_KEY} characters, "
                f"{FEWEST_LETTERS} of them different. {HOW}"
            )


def refuse_open_hosts(hosts: Iterable[str]) -> None:
    """With a pattern for any host, strangers decide which addresses our letters and pages name."""
    for host in hosts:
        if not NAME.fullmatch(host.lower()):
            raise ImproperlyConfigured(
                f"ALLOWED_HOSTS names “{host[:100]}”, which is not the name of a site. Write names "
                "such as glassbox.example.org, without scheme, port or *; .example.org means all "
                "names below it."
            )
