"""The systems of an address, in order and in pages."""

from array import array
from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _
from pyroaring import BitMap

from catalog import statements
from catalog.index.bitmaps import FacetIndex
from catalog.index.reading import order_of
from catalog.models import AISystem

SORTS = {
    "name": (_("Name"), ("name", "id")),
    "newest": (_("Newest first"), (F("released_on").desc(nulls_last=True), "id")),
    "oldest": (_("Oldest first"), (F("released_on").asc(nulls_last=True), "id")),
    "largest": (_("Largest first"), (F("parameters").desc(nulls_last=True), "id")),
    "smallest": (_("Smallest first"), (F("parameters").asc(nulls_last=True), "id")),
}
BEST_MATCH = ("-rank", "name", "id")

MOST_RANKED = 2_000
"""Systems that are compared with a search text: of more, the first by name, and then the rest.

A multiple of every size of a page, so that no page is half of each.
"""

WALKED_AT_LEAST, STEPS_PER_SORTED = 2_000, 20
"""Steps through the index that cost as much as a statement, and as one more row to sort in it."""


def order_for(sort: str, text: str) -> tuple[Any, ...]:
    """What systems are put in order by: as asked, else the best match of a text, else by name."""
    if sort in SORTS:
        return SORTS[sort][1]
    return BEST_MATCH if text else SORTS["name"][1]


class Listing:
    """Selected systems for a paginator: counted and cut by the index.

    A page is found by walking through all systems in the order asked for, or, where
    the selection is so small that the walk would be long, by a statement that puts
    the selection in order.
    """

    def __init__(self, *, index: FacetIndex, selected: BitMap, sort: str, text: str) -> None:
        self.index = index
        self.selected = selected
        self.sort = sort or "name"
        self.text = text
        self.order = order_for(sort, text)

    def count(self) -> int:
        return len(self.selected)

    def __getitem__(self, cut: slice) -> list[AISystem]:
        """The systems from one place to another, with all that a row shows but verdicts.

        Two queries, or three; one more, the first time that an order is asked for.
        """
        keys: Any = self.selected
        order = self.order
        if order == BEST_MATCH and len(keys) > MOST_RANKED:
            if cut.start < MOST_RANKED:
                keys = self.index.page(keys, self.everything(), 0, MOST_RANKED)
            else:
                order = SORTS["name"][1]
        if order == BEST_MATCH:
            best: Any = AISystem.objects.filter(pk__any_of=keys).for_rows().ranked(self.text)
            return list(best.order_by(*order)[cut])
        if self.is_walked(cut.stop):
            keys = self.index.page(keys, self.everything(), cut.start, cut.stop)
        else:
            few = AISystem.objects.filter(pk__any_of=keys).order_by(*order)
            keys = list(few.values_list("pk", flat=True)[cut])
        places = {key: place for place, key in enumerate(keys)}
        return sorted(statements.rows.rows(keys=keys), key=lambda system: places[system.pk])

    def is_walked(self, stop: int) -> bool:
        """Whether the steps of the walk cost less than to put the selection in order."""
        selected = len(self.selected)
        steps = stop * len(self.index.published) / max(selected, 1)
        return steps < WALKED_AT_LEAST + STEPS_PER_SORTED * selected

    def everything(self) -> "array[int]":
        """The keys of all published systems in this order."""
        orders = self.index.orders
        if self.sort not in orders:
            orders[self.sort] = order_of(AISystem.objects.published(), SORTS[self.sort][1])
        return orders[self.sort]
