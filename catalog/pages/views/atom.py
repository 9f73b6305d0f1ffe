"""Atom feeds that every reader can read, whatever a text contains."""

import datetime as dt
import re
from typing import Any

from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

UNWRITABLE = re.compile("[^\\t\\n\\r\\u0020-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
"""What no XML document can hold: one such letter would take the feed from everybody."""


def writable(text: str) -> str:
    """A text as XML can hold it."""
    return UNWRITABLE.sub("", text)


class Feed(Atom1Feed):
    """Texts are plain: none is taken for markup, and none breaks the feed."""

    def __init__(self, *, title: str, **more: Any) -> None:
        super().__init__(title=writable(title), description=writable(title), **more)

    def add(self, *, title: str, text: str, link: str, key: str, when: dt.datetime) -> None:
        """An entry. Atom readers take the summary that Django writes for HTML, so it is that."""
        self.add_item(
            title=writable(title),
            link=writable(link),
            description=escape(writable(text)),
            unique_id=writable(key),
            pubdate=when,
            updateddate=when,
        )
