"""Parameters of an address that nothing reads, and what may have been meant by them."""

import re
from collections.abc import Collection, Iterable
from difflib import get_close_matches
from typing import NamedTuple

from django.http import QueryDict

TRACKING = re.compile(r"utm_\w+|fbclid|gclid|msclkid|mc_[ce]id|ref")
"""What other sites hang on to addresses; it asks for nothing."""

OF_LISTS = ("page", "size", "sort")
MOST_NAMED = 10


class Stranger(NamedTuple):
    """A parameter that is not known, and known ones with a name like it."""

    name: str
    near: list[str]

    @property
    def message(self) -> str:
        shown = self.name[:60].replace("\x00", "�")
        likely = ", ".join(f"“{name}”" for name in self.near)
        meant = f" Did you mean {likely}?" if likely else ""
        return f"There is no parameter “{shown}”.{meant}"


def strangers(query: QueryDict, known: Iterable[str]) -> list[Stranger]:
    """The parameters that are not known, without those of other sites' statistics."""
    names = {*known}
    found = [name for name in query if name not in names and not TRACKING.fullmatch(name)]
    return [Stranger(name, near(name, names)) for name in found[:MOST_NAMED]]


def near(name: str, names: Collection[str]) -> list[str]:
    """Up to three of the names that begin like one or are spelt like it."""
    word = name[:60].lower()
    begun = sorted(known for known in names if word and known.startswith(word))
    alike = get_close_matches(word, sorted(names), n=3, cutoff=0.6)
    return list(dict.fromkeys([*begun, *alike]))[:3]
