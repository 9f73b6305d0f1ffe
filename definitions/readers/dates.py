"""Days, and dates that may be known only to the month or to the year."""

import datetime as dt
import re
from dataclasses import dataclass

from definitions.readers.values import UnreadableError, attempt, shown
from definitions.vocabulary import Term

PATTERN = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
EARLIEST = 1950
"""No AI system, dataset or framework is older."""


class Precision(Term):
    """How exactly a day is known."""

    DAY = "day", "Day"
    MONTH = "month", "Month"
    YEAR = "year", "Year"


LENGTHS = {Precision.DAY: len("2024-02-01"), Precision.MONTH: len("2024-02"), Precision.YEAR: 4}
"""Letters of an ISO date that are known; ``strftime`` writes the year 204 without its zero."""


class ImpossibleDateError(UnreadableError):
    """A text that is written as a date and cannot be one: a slip."""


@dataclass(frozen=True, slots=True)
class PartialDate:
    """The first day of the period that is known, and how long the period is."""

    day: dt.date
    precision: Precision

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Read ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``."""
        match = PATTERN.fullmatch(text.strip())
        if match is None:
            raise UnreadableError(
                "“%(text)s” is not a date such as 2024, 2024-02 or 2024-02-01.",
                text=shown(text.strip(), 40),
            )
        year, month, day = match.groups()
        precision = Precision.DAY if day else Precision.MONTH if month else Precision.YEAR
        try:
            return cls(dt.date(int(year), int(month or 1), int(day or 1)), precision)
        except ValueError:
            raise ImpossibleDateError(
                "“%(text)s” is not a date: there is no such day.", text=match[0]
            ) from None

    @classmethod
    def likely(cls, text: str) -> "PartialDate":
        """As ``parse``, but no day on which no AI system was released.

        A year such as 0204, 1024 or 20240 is a slip of a finger.
        """
        found = cls.parse(text)
        if found.day.year < EARLIEST:
            raise ImpossibleDateError(
                "“%(text)s” is before %(year)d: is the year right?", text=str(found), year=EARLIEST
            )
        if found.day > dt.datetime.now(dt.UTC).date() + dt.timedelta(days=1):  # noqa: TID251
            raise ImpossibleDateError(
                "“%(text)s” is in the future: is the year right?", text=str(found)
            )
        return found

    @classmethod
    def kept(cls, text: object) -> "PartialDate | None":
        """What a stored text says; None where it is no date, which must not keep it closed."""
        return attempt(cls.parse, text) if isinstance(text, str) and text else None

    def __str__(self) -> str:
        return iso(self.day, self.precision)


def partial_date(text: str) -> PartialDate:
    """A date as far as it is known, on which something can have been released."""
    return PartialDate.likely(text)


def day(text: str) -> dt.date:
    """A whole day, ``YYYY-MM-DD``."""
    found = attempt(PartialDate.parse, text)
    if found is None or found.precision is not Precision.DAY:
        raise UnreadableError(
            "“%(text)s” is not a day such as 2024-02-01.", text=shown(text.strip(), 40)
        )
    return found.day


def iso(day: dt.date | None, precision: str) -> str:
    """The ISO spelling, as far as it is known; empty where nothing is."""
    if day is None:
        return ""
    return day.isoformat()[: LENGTHS[Precision.of(precision)]]
