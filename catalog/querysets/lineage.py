"""Reads of what systems were built on."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.db.models import QuerySet

if TYPE_CHECKING:
    from catalog.models import Derivation  # noqa: F401 - named in strings


class DerivationQuerySet(QuerySet["Derivation"]):
    def ancestors(
        self, systems: Iterable[int], more: Mapping[int, set[int]] | None = None
    ) -> set[int]:
        """These systems and all that they were built on, directly or through others.

        ``more`` holds bases that are not written yet. One query for each step back.
        """
        found: set[int] = set()
        step = set(systems)
        while step:
            found |= step
            rows = self.model._default_manager.filter(system__in=step, base__isnull=False)
            bases = set(rows.values_list("base_id", flat=True))
            for pk in step:
                bases |= (more or {}).get(pk, set())
            step = bases - found
        return found

    def edges(self) -> dict[int, set[int]]:
        """The bases of every system that has some among the entries. One query."""
        rows = self.model._default_manager.filter(base__isnull=False)
        found: dict[int, set[int]] = {}
        for system, base in rows.order_by("pk").values_list("system_id", "base_id"):
            found.setdefault(system, set()).add(base)
        return found
