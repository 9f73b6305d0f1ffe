"""Dates that may be known only to the month or to the year."""

import datetime as dt
import re
from dataclasses import dataclass

from django.db import models

PATTERN = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
PARTIAL_DATE_REGEX = r"^\d{4}(-\d{2}(-\d{2})?)?$"
"""The same pattern for a database constraint."""


class Precision(models.TextChoices):
    """How exactly a day is known."""

    DAY = "day", "Day"
    MONTH = "month", "Month"
    YEAR = "year", "Year"


LENGTHS = {Precision.DAY: len("2024-02-01"), Precision.MONTH: len("2024-02"), Precision.YEAR: 4}
"""Letters of an ISO date that are known; ``strftime`` writes the year 204 without its zero."""

EARLIEST = 1950
"""No AI system, dataset or framework is older."""


@dataclass(frozen=True, slots=True)
class PartialDate:
    """The first day of the period that is known, and how long the period is."""

    day: dt.date
    precision: Precision

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Read ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; ValueError for anything else."""
        match = PATTERN.fullmatch(text)
        if match is None:
            raise ValueError(f"“{text}” is not a date (YYYY, YYYY-MM or YYYY-MM-DD)")
        year, month, day = match.groups()
        precision = Precision.DAY if day else Precision.MONTH if month else Precision.YEAR
        try:
            return cls(dt.date(int(year), int(month or 1), int(day or 1)), precision)
        except ValueError as error:
            raise ValueError(f"“{text}” is not a date: {error}") from error

    @classmethod
    def likely(cls, text: str) -> "PartialDate":
        """As ``parse``, and ValueError too for a day on which no AI system was released.

        A year such as 0204, 1024 or 20240 is a slip of a finger.
        """
        found = cls.parse(text)
        if found.day.year < EARLIEST:
            raise ValueError(f"“{text}” lies before {EARLIEST}: is the year right?")
        if found.day > dt.datetime.now(dt.UTC).date() + dt.timedelta(days=1):  # noqa: TID251
            raise ValueError(f"“{text}” lies in the future: is the year right?")
        return found

    @classmethod
    def kept(cls, text: str) -> "PartialDate | None":
        """What a stored text says; None where it is no date, which must not keep it closed."""
        try:
            return cls.parse(text) if text else None
        except (TypeError, ValueError):
            return None

    def __str__(self) -> str:
        return iso(self.day, self.precision)


def iso(day: dt.date | None, precision: str) -> str:
    """The ISO spelling, as far as it is known; empty where nothing is."""
    if day is None:
        return ""
    return day.isoformat()[: LENGTHS[Precision(precision)]]
