"""Typed readers of the environment: a bad value is an error with a sentence, never a guess."""

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
