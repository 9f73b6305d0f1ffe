"""Days in the records of others: taken, left out, or reason enough to reject a record."""

from definitions.readers.dates import ImpossibleDateError, PartialDate, partial_date
from definitions.readers.records import Problem, RejectedError
from definitions.readers.values import UnreadableError, shown


def read_date(text: str, path: str, problems: list[Problem]) -> PartialDate | None:
    """A day as far as it is known; words are reported and left out.

    Raises RejectedError for what is written as a date and cannot be one: the record
    holds a slip, and what else it says is not taken on trust.
    """
    try:
        return partial_date(text) if text else None
    except ImpossibleDateError as error:
        raise RejectedError(str(error), path) from None
    except UnreadableError:
        message = f"“{shown(text, 40)}” is not a date: left out"
        problems.append(Problem(path=path, code="date", message=message))
        return None
