"""What can be asked of the index; knows no database."""

from bisect import insort
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt
from pyroaring import BitMap

type Values = Mapping[str, BitMap]
type Chosen = Mapping[str, Sequence[str]]


@dataclass(frozen=True, kw_only=True)
class Word:
    """What one word of a search text is found in: keys of systems, slugs of nouns."""

    in_names: BitMap
    families: Sequence[str]
    makers: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class Text:
    """A search text: what full text finds, and each of its words."""

    whole: BitMap
    words: Sequence[Word]


type Numbers = npt.NDArray[np.unsignedinteger]


@dataclass(frozen=True, kw_only=True)
class Column:
    """The values of a facet by system: many values are counted in one pass over the systems."""

    names: Sequence[str]
    """The values in their order, after one that stands for none; each is known by its place."""
    first: Numbers
    """By key: the place of the system's first value."""
    keys: Numbers
    """The systems that have further values, once for each of these."""
    places: Numbers
    """The further value of each of ``keys``."""

    def counts(self, systems: BitMap) -> "npt.NDArray[np.intp]":
        """How many of these systems have the value of each place."""
        keys = keys_of(systems)
        held = np.bincount(self.first[keys], minlength=len(self.names))
        if len(self.keys):
            asked = np.zeros(len(self.first), dtype=np.bool)
            asked[keys] = True
            held += np.bincount(self.places[asked[self.keys]], minlength=len(self.names))
        held[0] = 0
        return held

    def most(self, systems: BitMap, number: int, always: Iterable[str]) -> dict[str, int]:
        """The most frequent values among these systems, and those named, with their counts."""
        held = self.counts(systems)
        best = np.argsort(-held, kind="stable")[:number].tolist()
        named = [self.place_of[value] for value in always if value in self.place_of]
        return {self.names[place]: int(held[place]) for place in (*best, *named) if held[place]}

    @cached_property
    def place_of(self) -> dict[str, int]:
        return {name: place for place, name in enumerate(self.names)}


def keys_of(systems: BitMap) -> Numbers:
    return np.frombuffer(systems.to_array(), dtype=np.uint32)


def column_of(values: Values, systems: BitMap) -> Column:
    """The values of these systems, by system. Takes a pass over all of them."""
    kind = np.min_scalar_type(len(values))
    first = np.zeros(systems.max() + 1 if systems else 0, dtype=kind)
    keys: list[Numbers] = [np.empty(0, dtype=np.uint32)]
    places: list[Numbers] = [np.empty(0, dtype=kind)]
    names = sorted(values)
    for place, name in enumerate(names, 1):
        mine = keys_of(values[name] & systems)
        taken = first[mine] > 0
        first[mine[~taken]] = place
        if taken.any():
            keys.append(mine[taken])
            places.append(np.full(len(keys[-1]), place, dtype=kind))
    return Column(
        names=["", *names],
        first=first,
        keys=np.concatenate(keys),
        places=np.concatenate(places),
    )


MOST_IN_ONE_PASS = 400_000
"""Systems up to which one pass is faster than to cut every frequent value with all."""

BLOCK = 50_000
"""Systems that are looked at in one go on the way to a page."""

PUBLISHED = ""
"""The key under which the published systems are kept, beside the facets."""


@dataclass(frozen=True, kw_only=True)
class FacetIndex:
    """Bitmaps of systems' keys by facet and value, as of one version of the catalogue.

    Never changed once made: a newer version is a new index that shares the
    bitmaps in which nothing moved. What it remembers of questions is shared by the
    threads of a process: an answer is put in whole, and never changed in its place.
    """

    version: int
    values: Mapping[str, Values]
    orders: dict[str, Numbers] = field(default_factory=dict, compare=False)
    """The published systems in the order of each sort that was asked for so far."""
    outdated: Mapping[str, tuple[Numbers, BitMap]] = field(default_factory=dict, compare=False)
    """Orders of an earlier version, each with the systems that have moved since."""
    ranked: dict[str, list[tuple[int, str, BitMap]]] = field(default_factory=dict, compare=False)
    """The values of a facet with how many published systems have them, the most first."""
    columns: dict[str, Column] = field(default_factory=dict, compare=False)
    """The facets of many values by system, those that were counted so far."""
    texts: dict[str, BitMap] = field(default_factory=dict, compare=False)
    """What the search texts found that were asked for lately."""
    scores: dict[str, dict[int, float]] = field(default_factory=dict, compare=False)
    """How well systems fit the search texts that were asked for lately, by key."""
    labels: dict[tuple[str, str], str] = field(default_factory=dict, compare=False)
    """The names of facet values that are slugs, those that were asked for so far."""

    @property
    def published(self) -> BitMap:
        return self.values.get(PUBLISHED, {}).get(PUBLISHED) or BitMap()

    def any_of(self, facet: str, values: Iterable[str]) -> BitMap:
        """The systems that have one of the values."""
        held = self.values.get(facet, {})
        return BitMap.union(*(held[value] for value in values if value in held), BitMap())

    def matching(self, chosen: Chosen, *, within: BitMap | None = None, but: str = "") -> BitMap:
        """The published systems that the chosen values leave: all facets, any value within one."""
        sets = [self.any_of(key, found) for key, found in chosen.items() if found and key != but]
        sets += [] if within is None else [within]
        return BitMap.intersection(self.published, *sorted(sets, key=len))

    def totals(
        self, facet: str, systems: BitMap, *, most: int, always: Iterable[str] = ()
    ) -> dict[str, int]:
        """How many of these published systems have each value of a facet, where any has.

        Of more values than ``most``, the most frequent and those named in
        ``always``. All but very many systems are passed over once; else values are looked at
        in the order of all systems that they have, which no count can exceed, so that
        the rare ones need not be counted.
        """
        held = self.values.get(facet, {})
        if len(held) <= most:
            counted = (
                (value, bits.intersection_cardinality(systems)) for value, bits in held.items()
            )
            return {value: total for value, total in counted if total}
        if len(systems) <= MOST_IN_ONE_PASS:
            return self.column(facet).most(systems, most, always)
        best: list[tuple[int, str]] = []
        for ceiling, value, bits in self.by_frequency(facet):
            if len(best) >= most and ceiling < -best[-1][0]:
                break
            total = bits.intersection_cardinality(systems)
            if total and (len(best) < most or (-total, value) < best[-1]):
                insort(best, (-total, value))
                del best[most:]
        named = ((value, held[value]) for value in always if value in held)
        found = {value: bits.intersection_cardinality(systems) for value, bits in named}
        found |= {value: -total for total, value in best}
        return {value: total for value, total in found.items() if total}

    def column(self, facet: str) -> Column:
        if facet not in self.columns:
            self.columns[facet] = column_of(self.values.get(facet, {}), self.published)
        return self.columns[facet]

    def by_frequency(self, facet: str) -> list[tuple[int, str, BitMap]]:
        if facet not in self.ranked:
            everything = self.published
            found = [
                (bits.intersection_cardinality(everything), value, bits)
                for value, bits in self.values.get(facet, {}).items()
            ]
            self.ranked[facet] = sorted(found, key=lambda item: (-item[0], item[1]))
        return self.ranked[facet]

    def found(self, text: Text) -> BitMap:
        """The published systems that a search text finds, as ``AISystemQuerySet.matching`` does.

        By full text, or with every word in the name, in an identifier, in the family
        or in a maker.
        """
        by_word = [
            BitMap.union(
                word.in_names,
                self.any_of("family", word.families),
                self.any_of("organisation", word.makers),
            )
            for word in text.words
        ]
        everything = BitMap.intersection(*by_word) if by_word else BitMap()
        return (everything | text.whole) & self.published

    def page(self, systems: BitMap, order: Numbers, start: int, stop: int) -> list[int]:
        """The keys from one place to another in a set of systems, in an order of all."""
        top = max(int(order.max(initial=0)), systems.max() if systems else 0)
        wanted = np.zeros(top + 1, dtype=np.bool)
        wanted[keys_of(systems)] = True
        found: list[Numbers] = []
        left = stop
        for begin in range(0, len(order), BLOCK):
            block = order[begin : begin + BLOCK]
            found.append(block[wanted[block]])
            left -= len(found[-1])
            if left <= 0:
                break
        keys: list[int] = np.concatenate(found)[start:stop].tolist() if found else []
        return keys

    def replayed(
        self, version: int, moved: BitMap, values: Mapping[str, Mapping[str, BitMap]]
    ) -> "FacetIndex":
        """The index after the systems that moved have these values and no others."""
        fresh: dict[str, dict[str, BitMap]] = {}
        for facet in {*self.values, *values}:
            held, given = self.values.get(facet, {}), values.get(facet, {})
            fresh[facet] = {}
            for value in {*held, *given}:
                bits = held.get(value)
                if bits is not None and bits.intersect(moved):
                    bits = bits - moved
                if value in given:
                    bits = given[value] if bits is None else bits | given[value]
                if bits:
                    fresh[facet][value] = bits
        outdated = {sort: (order, gone | moved) for sort, (order, gone) in self.outdated.items()}
        # A copy, made in one step: another thread may be adding the order that it was asked for.
        outdated |= {sort: (order, moved) for sort, order in self.orders.copy().items()}
        return FacetIndex(version=version, values=fresh, outdated=outdated)
