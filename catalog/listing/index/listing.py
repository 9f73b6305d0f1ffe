"""The systems of an address, in order and in pages."""

from typing import NamedTuple

from django.db.models import F
from django.db.models.expressions import Combinable
from django.utils.translation import gettext_lazy as _
from pyroaring import BitMap

from catalog.listing.index.bitmaps import FacetIndex, Numbers
from catalog.listing.index.build import mended, order_of
from catalog.models import AISystem
from catalog.querysets import page_reads
from catalog.querysets.base import FOLDED_NAME, terms_of
from definitions.tiers import Standing

SORTS = {
    "name": (_("Name"), (FOLDED_NAME, "id")),
    "newest": (_("Newest first"), (F("released_on").desc(nulls_last=True), "id")),
    "oldest": (_("Oldest first"), (F("released_on").asc(nulls_last=True), "id")),
    "largest": (_("Largest first"), (F("parameters").desc(nulls_last=True), "id")),
    "smallest": (_("Smallest first"), (F("parameters").asc(nulls_last=True), "id")),
}
BEST_MATCH = ("-rank", FOLDED_NAME, "id")

MOST_RANKED = 2_000
"""Systems that are compared with a search text: of more, the first by name, and then the rest.

A multiple of every size of a page, so that no page is half of each.
"""

MOST_SCORED, TEXTS_SCORED = 10_000, 16
"""Systems whose fit is remembered for a search text, and texts: 16 MB at most."""

MOST_SORTED = 1_000
"""Systems that the database puts in order; more are found on the way through all."""


class Line(NamedTuple):
    """What a row of a list shows of a system, without the model around it."""

    pk: int
    slug: str
    name: str
    strip: str
    weights_licence: str
    commercial_use: str
    commercial_use_tier: str
    commercial_use_registers: str
    tier: str
    registers: str
    released_year: int | None
    parameters: int | None
    lead_maker_name: str | None

    @property
    def standing(self) -> Standing:
        """How far the entry has been checked, and whose word it is."""
        return Standing.stored(self.tier, self.registers)

    @property
    def business_standing(self) -> Standing:
        """The same of its answer to “May I use it in business?”."""
        return Standing.stored(self.commercial_use_tier, self.commercial_use_registers)


def scores_of(index: FacetIndex, text: str, keys: list[int]) -> dict[int, float]:
    """How well systems fit a search text, by key. One query where some were not asked for yet."""
    known = index.scores.get(text, {})
    if len(known) > MOST_SCORED:
        known = {}
    new = [key for key in keys if key not in known]
    if new:  # a new dictionary: another thread may be reading the one that is kept
        known = index.scores[text] = known | dict(page_reads.scores.rows(keys=new, text=text))
    for oldest in list(index.scores)[:-TEXTS_SCORED]:
        index.scores.pop(oldest, None)
    return known


def order_for(sort: str, text: str) -> tuple[str | Combinable, ...]:
    """What systems are put in order by: as asked, else the best match of a text, else by name."""
    if sort in SORTS:
        return SORTS[sort][1]
    return BEST_MATCH if text else SORTS["name"][1]


class Listing:
    """Selected systems for a paginator: counted and cut by the index.

    A page is found on a walk through all systems in the order asked for, or, where the
    selection is small, by a statement that puts it in order.
    """

    def __init__(self, *, index: FacetIndex, selected: BitMap, sort: str, text: str) -> None:
        self.index = index
        self.selected = selected
        self.sort = sort or "name"
        self.text = text
        self.order = order_for(sort, text)

    def count(self) -> int:
        return len(self.selected)

    def __getitem__(self, cut: slice) -> list[Line]:
        """What rows show of the systems from one place to another.

        At most two queries; a third, the first time that an order is asked for.
        """
        keys = self.keys(cut)
        found = {line.pk: line for line in map(Line._make, page_reads.lines.rows(keys=keys))}
        return [found[key] for key in keys if key in found]

    def keys(self, cut: slice) -> list[int]:
        """The keys of the systems from one place to another."""
        order, start, stop = self.order, cut.start, cut.stop
        if order == BEST_MATCH:
            if start < MOST_RANKED:
                return self.best()[cut]
            order = SORTS["name"][1]
        if len(self.selected) > MOST_SORTED:
            return self.index.page(self.selected, self.everything(), start, stop)
        few = AISystem.objects.filter(pk__any_of=self.selected).order_by(*order)
        return list(few.values_list("pk", flat=True)[cut])

    def best(self) -> list[int]:
        """The keys of the systems, the best match of the text first; of many, the first by name.

        How well a system fits is asked once, until the catalogue changes.
        """
        keys = self.index.page(self.selected, self.everything(), 0, MOST_RANKED)
        known = scores_of(self.index, " ".join(terms_of(self.text)), keys)
        return sorted(keys, key=lambda key: -known.get(key, 0.0))

    def everything(self) -> Numbers:
        """The keys of all published systems in this order."""
        orders = self.index.orders
        if self.sort not in orders:
            orders[self.sort] = self.read_order()
        return orders[self.sort]

    def read_order(self) -> Numbers:
        if self.sort == "name" and self.sort in self.index.outdated:
            found = mended(*self.index.outdated[self.sort])
            if found is not None:
                return found
        return order_of(AISystem.objects.published(), SORTS[self.sort][1])
