"""The index from the database: whole, from what is stored, and what has moved since."""

from array import array
from collections.abc import Collection, Iterable, Mapping

import numpy as np
from django.db import connections
from django.db.models import Aggregate, BinaryField, Model, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.expressions import Combinable
from pyroaring import BitMap

from catalog.listing import facets
from catalog.listing.index.bitmaps import PUBLISHED, FacetIndex, Numbers, Text, Word
from catalog.models import (
    AISystem,
    CatalogChange,
    CatalogState,
    FacetBitmap,
    Organization,
    SystemFamily,
)
from catalog.querysets.base import FOLDED_NAME, terms_of
from catalog.querysets.systems import full_text

MOST_REPLAYED = 5_000
"""Systems that are looked at again one by one; for more the index is built anew."""


MOST_TEXTS = 64
"""Search texts whose systems are remembered: 8 MB at most with a million systems."""

WHOLE = -1
"""The place of the whole text among those of its words."""


class Packed(Aggregate):
    """Keys as one string of four bytes each: a million of them read as fast as one row."""

    function = "string_agg"
    template = "%(function)s(int4send((%(expressions)s)::integer), ''::bytea)"
    output_field = BinaryField()


def unpacked(data: bytes | memoryview | None) -> "array[int]":
    """The keys that ``Packed`` wrote."""
    keys = array("I")
    keys.frombytes(bytes(data or b""))
    keys.byteswap()  # int4send writes the high byte first
    return keys


def read_values(pks: Collection[int] | None = None) -> dict[str, dict[str, BitMap]]:
    """Which systems have which value of each facet, of all systems or of some. One query."""
    published = AISystem.objects.published()
    branches = [
        facet.pairs(pks).annotate(keys=Packed("pk_of_system")).values_list("facet", "value", "keys")
        for facet in facets.build()
    ]
    branches.append(
        (published if pks is None else published.filter(pk__in=pks))
        .order_by()
        .annotate(facet=Value(PUBLISHED, facets.TEXT), value=Value(PUBLISHED, facets.TEXT))
        .values("facet", "value")
        .annotate(keys=Packed("pk"))
        .values_list("facet", "value", "keys")
    )
    found: dict[str, dict[str, BitMap]] = {}
    for facet, value, keys in branches[0].union(*branches[1:], all=True).order_by():
        if value is not None:
            found.setdefault(facet, {})[value] = BitMap(unpacked(keys))
    return found


def build(version: int) -> FacetIndex:
    """The index from the rows themselves."""
    return FacetIndex(version=version, values=read_values())


def replay(index: FacetIndex, version: int) -> FacetIndex | None:
    """The index as of a later version; None where the log does not lead there.

    Versions are given under the lock of one row and in the order of their
    commits, so that whoever sees a version sees every change up to it.
    """
    log = list(CatalogChange.objects.between(index.version, version))
    moved: set[int] = set()
    for pks in log:
        if pks is None:
            return None
        moved.update(pks)
    if len(log) != version - index.version or len(moved) > MOST_REPLAYED:
        return None
    if not moved:
        return FacetIndex(
            version=version,
            values=index.values,
            orders=index.orders,
            outdated=index.outdated,
            ranked=index.ranked,
            columns=index.columns,
            labels=index.labels,
        )
    return index.replayed(version, BitMap(moved), read_values(moved))


def stored() -> FacetIndex | None:
    """The index as it was stored last; None where none is."""
    version = CatalogState.objects.indexed()
    if version is None:
        return None
    values: dict[str, dict[str, BitMap]] = {}
    for facet, value, data in FacetBitmap.objects.values_list("facet", "value", "systems"):
        values.setdefault(facet, {})[value] = BitMap.deserialize(bytes(data))
    return FacetIndex(version=version, values=values)


def read(version: int) -> FacetIndex:
    """The index of a version, from what is stored where the log leads on from there."""
    begun = stored()
    if begun is not None and begun.version <= version:
        found = replay(begun, version)
        if found is not None:
            return found
    return build(version)


def read_text(text: str) -> Text:
    """Where a search text and its words are found. One query, whatever the text.

    Each table is asked by itself, so that each can use its index; the bitmaps put
    together what would otherwise be one long ``OR`` over four tables.
    """
    terms = terms_of(text)
    branches = [branch for place, term in enumerate(terms) for branch in in_names(term, place)]
    systems: dict[int, BitMap] = {}
    nouns: dict[tuple[str, int], list[str]] = {}
    rows = in_full(" ".join(terms)).union(*branches, all=True).order_by()
    for facet, place, slug, keys in rows:
        if facet:
            nouns.setdefault((facet, place), []).append(slug)
        else:
            systems[place] = BitMap(unpacked(keys))
    return Text(
        whole=systems.get(WHOLE, BitMap()),
        words=[
            Word(
                in_names=systems.get(place, BitMap()),
                families=nouns.get(("family", place), []),
                makers=nouns.get(("organisation", place), []),
            )
            for place in range(len(terms))
        ],
    )


def found_by(index: FacetIndex, text: str) -> BitMap:
    """The published systems that a search text finds.

    One query; none where the same words were asked for lately of this version, as
    they are for every further page and facet of a search.
    """
    words = " ".join(terms_of(text))
    found = index.texts.get(words)
    if found is None:
        found = index.texts[words] = index.found(read_text(text))
        for oldest in list(index.texts)[:-MOST_TEXTS]:
            index.texts.pop(oldest, None)
    return found


type Branch = QuerySet[Model, tuple[str, int, str, bytes]]
"""Rows of ``FOUND``."""


def in_full(text: str) -> Branch:
    """The systems that full text finds."""
    return packed(AISystem.objects.filter(full_text(text)), WHOLE)


def in_names(term: str, place: int) -> list[Branch]:
    """The systems that have a word in name or identifiers, and families and makers so called."""
    systems = Q(name__icontains=term) | Q(slug__icontains=term) | Q(huggingface_id__icontains=term)
    makers = Q(name__icontains=term) | Q(slug__iexact=term)
    return [
        packed(AISystem.objects.filter(systems), place),
        slugs(SystemFamily.objects.filter(name__icontains=term), "family", place),
        slugs(Organization.objects.filter(makers), "organisation", place),
    ]


FOUND = ("facet", "place", "slug", "keys")
"""The columns of what a word is found in: keys of systems, or the slug of a value of a facet."""


def packed(systems: QuerySet[AISystem], place: int) -> Branch:
    """The keys of systems in one row."""
    none = Value("", facets.TEXT)
    rows = systems.order_by().annotate(place=Value(place), facet=none).values("facet", "place")
    return rows.annotate(slug=none, keys=Packed("pk")).values_list(*FOUND)


def slugs(nouns: QuerySet[Model], facet: str, place: int) -> Branch:
    """A row for each of these values of a facet."""
    rows = nouns.order_by().annotate(facet=Value(facet, facets.TEXT), place=Value(place))
    found: Branch = rows.annotate(keys=Value(None, BinaryField())).values_list(*FOUND)
    return found


def order_of(systems: QuerySet[AISystem], order: Iterable[str | Combinable]) -> Numbers:
    """The keys of systems in an order. One query."""
    sql, params = systems.order_by(*order).values("id").query.sql_with_params()
    packed = f"SELECT string_agg(int4send(id::integer), ''::bytea) FROM ({sql}) AS ordered"  # noqa: S608
    with connections[systems.db].cursor() as cursor:
        cursor.execute(packed, params)
        (data,) = cursor.fetchone()
    return np.frombuffer(bytes(data or b""), dtype=">u4").astype(np.uint32)


MOST_MENDED = 200
"""Systems that are put at their places one by one; for more the order is read anew."""


def mended(order: Numbers, moved: BitMap) -> Numbers | None:
    """An order by name after few systems have moved; None where it has to be read anew. One query.

    Each system is put before the next one by name, the last ones first, so that this
    one is always in place.
    """
    if len(moved) > MOST_MENDED:
        return None
    published = AISystem.objects.published().annotate(folded=FOLDED_NAME)
    later = published.filter(folded__gte=OuterRef("folded")).exclude(
        folded=OuterRef("folded"), pk__lte=OuterRef("pk")
    )
    rows = (
        published.filter(pk__any_of=moved)
        .annotate(successor=Subquery(later.order_by("folded", "pk").values("pk")[:1]))
        .order_by("-folded", "-pk")
    )
    found = order[~np.isin(order, np.array(moved, dtype=np.uint32))]
    for pk, successor in rows.values_list("pk", "successor"):
        places = np.flatnonzero(found == successor) if successor else np.array([len(found)])
        if not len(places):
            return None
        found = np.insert(found, int(places[0]), pk)
    return found


def differences(index: FacetIndex) -> list[str]:
    """Where an index is not what the rows say: “facet=value”, sorted."""
    return differing(index.values, read_values())


def differing(
    held: Mapping[str, Mapping[str, BitMap]], true: Mapping[str, Mapping[str, BitMap]]
) -> list[str]:
    return sorted(
        f"{facet or 'published'}={value}"
        for facet in {*held, *true}
        for value in {*held.get(facet, {}), *true.get(facet, {})}
        if held.get(facet, {}).get(value, BitMap()) != true.get(facet, {}).get(value, BitMap())
    )
