"""Reads of imported records and of possible duplicates."""

from typing import TYPE_CHECKING, Self

from django.db.models import QuerySet

if TYPE_CHECKING:
    from catalog.models import PossibleDuplicate, SourceRecord  # noqa: F401 - named in strings


class SourceRecordQuerySet(QuerySet["SourceRecord"]):
    def known(self, source: str) -> dict[str, tuple[int, str]]:
        """Primary key and fingerprint of each record of a source, by its name. One query."""
        rows = self.filter(source__key=source).values_list("key", "pk", "fingerprint")
        return {key: (pk, fingerprint) for key, pk, fingerprint in rows}


class PossibleDuplicateQuerySet(QuerySet["PossibleDuplicate"]):
    def open(self) -> Self:
        """The pairs that nobody has decided on."""
        return self.filter(state="open")
