"""Reads of imported records and of possible duplicates."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, Q, QuerySet

if TYPE_CHECKING:
    from catalog.models import PossibleDuplicate, SourceRecord  # noqa: F401 - named in strings


class SourceRecordQuerySet(QuerySet["SourceRecord"]):
    def for_list(self) -> Self:
        """Records with their entries; the documents stay in the database. One query."""
        return (
            self.select_related("system", "system__merged_into")
            .defer("document", "system__search", "system__merged_into__search")
            .order_by("key")
            .fetch_mode(models.FETCH_RAISE)
        )

    def numbers(self) -> dict[str, int]:
        """How many records there are, how many were rejected, how many raise a question."""
        return self.aggregate(
            records=Count("pk"),
            rejected=Count("pk", filter=Q(state="rejected")),
            with_problems=Count("pk", filter=~Q(problems=[])),
        )


class PossibleDuplicateQuerySet(QuerySet["PossibleDuplicate"]):
    def open(self) -> Self:
        """The pairs that nobody has decided on."""
        return self.filter(state="open")
