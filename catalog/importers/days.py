"""Days in the records of other registers: taken, left out, or reason enough to refuse a record."""

from catalog.importers.base import Problem
from catalog.importers.files import FileError
from definitions.readers.dates import ImpossibleDateError, PartialDate, partial_date
from definitions.readers.values import UnreadableError, shown


def read_date(text: str, path: str, problems: list[Problem]) -> PartialDate | None:
    """A day as far as it is known; words are reported and left out.

    Raises FileError for what is written as a date and cannot be one: the record
    holds a slip, and what else it says is not taken on trust.
    """
    try:
        return partial_date(text)
    except ImpossibleDateError as error:
        raise FileError(str(error), path) from error
    except UnreadableError:
        message = f"“{shown(text, 40)}” is not a date: left out"
        problems.append(Problem(path=path, code="date", message=message))
        return None
