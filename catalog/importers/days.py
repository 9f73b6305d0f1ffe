"""Days in the records of other registers: taken, left out, or reason enough to refuse a record."""

from catalog.dates import PATTERN, PartialDate
from catalog.importers.base import Problem
from catalog.importers.files import FileError


def read_date(text: str, path: str, problems: list[Problem]) -> PartialDate | None:
    """A day as far as it is known; words are reported and left out.

    Raises FileError for what is written as a date and cannot be one: the record
    holds a slip, and what else it says is not taken on trust.
    """
    try:
        return PartialDate.likely(text)
    except ValueError as error:
        if PATTERN.fullmatch(text):
            raise FileError(f"“{text}” is not a possible date: {error}", path) from error
        message = f"“{text[:40]}” is not a date: left out"
        problems.append(Problem(path=path, code="date", message=message))
        return None
