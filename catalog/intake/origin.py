"""Where an imported row comes from, in the columns that every row has."""

import datetime as dt
from dataclasses import dataclass

from catalog.entry.write import MARK
from catalog.models import Source, SourceRecord


@dataclass(frozen=True, slots=True)
class Origin:
    """The source, the page and the day of a record."""

    source: Source
    url: str
    day: dt.date

    @classmethod
    def of(cls, record: SourceRecord) -> "Origin":
        return cls(record.source, record.url, record.read_on)

    def columns(self, evidence: str = "") -> dict[str, object]:
        """The columns of provenance; the record's own page is the evidence where none is given."""
        return {
            "evidence_url": evidence or self.url,
            "checked_on": self.day,
            "source_id": self.source.pk,
            "recorded_by": f"{MARK}{self.source.key}",
        }
