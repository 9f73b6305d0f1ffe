"""Typed readers of the environment: a bad value is an error with a sentence, never a guess."""

import datetime as dt
import os
import re
from typing import overload

from django.core.exceptions import ImproperlyConfigured


@overload
def text(name: str, default: str) -> str: ...
@overload
def text(name: str, default: None = None) -> str | None: ...
def text(name: str, default: str | None = None) -> str | None:
    return os.environ.get(name, "").strip() or default


def required(name: str, why: str) -> str:
    value = text(name)
    if value is None:
        raise ImproperlyConfigured(f"Set {name} in the environment: {why}")
    return value


def flag(name: str, *, default: bool) -> bool:
    value = (text(name) or "").lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    if value:
        raise ImproperlyConfigured(f"{name} is “{value}”; write yes or no.")
    return default


def number(name: str, default: int, *, least: int = 0, most: int = 2**31 - 1) -> int:
    """A whole number between two bounds; none of our settings has a meaning below zero."""
    value = text(name)
    if value is None:
        return default
    if not re.fullmatch(r"[+-]?[0-9]{1,12}", value):
        raise ImproperlyConfigured(f"{name} is “{value[:100]}”; write a whole number.")
    found = int(value)
    if not least <= found <= most:
        raise ImproperlyConfigured(f"{name} is {found}; it is at least {least}, at most {most}.")
    return found


def words(name: str, default: str = "") -> list[str]:
    """A list, separated by commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def contacts(name: str, default: str = "") -> list[str]:
    """Where people are reached, as URIs such as ``https://…``; a mail address may be bare."""
    found = [word if ":" in word else f"mailto:{word}" for word in words(name, default)]
    for address in found:
        scheme, _, rest = address.partition(":")
        ends = scheme in {"https", "tel"} or (scheme == "mailto" and "@" in rest)
        if not ends or not rest or not address.isascii() or not address.isprintable():
            raise ImproperlyConfigured(
                f"{name} is “{address}”; write https://… or a mail address, separated by commas."
            )
    return found


def day(name: str, default: dt.datetime) -> dt.datetime:
    """The end of a day, in UTC."""
    value = text(name)
    if value is None:
        return default
    try:
        found = dt.date.fromisoformat(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} is “{value}”; write a day as 2027-06-30.") from None
    return dt.datetime.combine(found, dt.time(23, 59, 59), tzinfo=dt.UTC)


def choice(name: str, *known: str) -> str:
    """One of the known words; the first where nothing is set."""
    value = (text(name) or known[0]).lower()
    if value not in known:
        raise ImproperlyConfigured(f"{name} is “{value}”; write {' or '.join(known)}.")
    return value
