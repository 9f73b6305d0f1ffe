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


FORMATS = {Precision.DAY: "%Y-%m-%d", Precision.MONTH: "%Y-%m", Precision.YEAR: "%Y"}


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

    def __str__(self) -> str:
        return iso(self.day, self.precision)


def iso(day: dt.date | None, precision: str) -> str:
    """The ISO spelling, as far as it is known; empty where nothing is."""
    if day is None:
        return ""
    return day.strftime(FORMATS[Precision(precision)]).zfill(4)
