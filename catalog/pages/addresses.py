"""Addresses of pages, many on one page: each pattern is reversed once."""

from functools import cache
from urllib.parse import quote

from django.urls import NoReverseMatch, get_script_prefix, reverse

SAFE = "/~:@!$&'()*+,;="
"""What ``reverse`` leaves as it is in an argument, besides letters, digits and ``_.-``."""


@cache
def pieces(name: str, arguments: int, prefix: str) -> list[str]:
    """What stands before, between and after the arguments of an address that takes any word.

    Empty where the arguments have to be certain words.
    """
    words = [f"any-{n}" for n in range(arguments)]
    try:
        rest = reverse(f"catalog:{name}", args=words)
    except NoReverseMatch:
        return []
    found = []
    for word in words:
        before, rest = rest.split(word)
        found.append(before)
    return [*found, rest]


def address(name: str, *arguments: str) -> str:
    """The address of a page of the catalogue, for arguments that stand in the register.

    They are quoted, and where any word would do, not held against the pattern as ``reverse``
    does. Raises ``NoReverseMatch``.
    """
    parts = pieces(name, len(arguments), get_script_prefix())
    if not parts:
        return reverse(f"catalog:{name}", args=arguments)
    written = parts[0]
    for argument, part in zip(arguments, parts[1:], strict=True):
        written += quote(argument, safe=SAFE) + part
    return written
