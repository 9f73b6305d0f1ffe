"""Files about a system that has no entry yet, for whoever is typing it in."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from catalog.exports.entry import Entry, one_line


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftEntry(Entry):
    """A proposal as the exporters read an entry; ``system`` is a row that is not saved."""

    maker_names: tuple[str, ...] = ()

    @property
    def makers(self) -> list[str]:
        return [one_line(name) for name in self.maker_names]

    @property
    def checked_on(self) -> dt.date:
        """Today: the facts of a draft are as old as their typing."""
        return timezone.localdate()

    @property
    def address(self) -> str:
        """No page yet, and a private link belongs into no file."""
        return "a draft that is not published"
