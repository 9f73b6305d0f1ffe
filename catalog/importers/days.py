"""Days in the records of other registers: taken, left out, or reason enough to refuse a record."""

import datetime as dt

from django.utils import timezone

from catalog.dates import PATTERN, PartialDate
from catalog.importers.base import Problem
from catalog.importers.files import FileError

EARLIEST = 1950
"""Nothing that a register of AI lists is older; such a year is a slip, as 0204 is one of 2024."""
AHEAD = dt.timedelta(days=366)


def read_date(text: str, path: str, problems: list[Problem]) -> PartialDate | None:
    """A day as far as it is known; words are reported and left out.

    Raises FileError for what is written as a date and cannot be one: the record
    holds a slip, and what else it says is not taken on trust.
    """
    try:
        found = PartialDate.parse(text)
    except ValueError as error:
        if PATTERN.fullmatch(text):
            raise FileError(f"“{text}” is not a possible date", path) from error
        message = f"“{text[:40]}” is not a date: left out"
        problems.append(Problem(path=path, code="date", message=message))
        return None
    if found.day.year < EARLIEST or found.day > timezone.localdate() + AHEAD:
        raise FileError(f"“{text}” is not a possible date", path)
    return found
