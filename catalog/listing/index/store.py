"""The facet index as rows, for processes that begin: written whole, or what moved in it."""

from django.db import connection, transaction

from catalog.listing.index.build import differences, read, read_values, stored
from catalog.models import CatalogState, FacetBitmap

LOCK = 7_266_349
"""Of the advisory lock, so that two runs store one after the other."""

BATCH = 1_000

TRIES = 5


@transaction.atomic
def store_index(*, anew: bool = False) -> int:
    """Store the index of today's version; returns how many bitmaps were written or removed.

    Begins with what is stored and the log of what moved since, unless ``anew``.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    version = CatalogState.objects.current()
    held = {
        (row.facet, row.value): bytes(row.systems) for row in FacetBitmap.objects.all().iterator()
    }
    values = read_values() if anew else read(version).values
    wanted = {
        (facet, value): bits.serialize()
        for facet, by_value in values.items()
        for value, bits in by_value.items()
    }
    changed = [
        FacetBitmap(facet=facet, value=value, systems=data)
        for (facet, value), data in wanted.items()
        if held.get((facet, value)) != data
    ]
    FacetBitmap.objects.bulk_create(
        changed,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["facet", "value"],
        update_fields=["systems"],
    )
    gone = held.keys() - wanted.keys()
    for facet in {facet for facet, _ in gone}:
        values_gone = [value for name, value in gone if name == facet]
        FacetBitmap.objects.filter(facet=facet, value__in=values_gone).delete()
    CatalogState.objects.update_or_create(id=1, defaults={"indexed_version": version})
    return len(changed) + len(gone)


def faults() -> list[str]:
    """Where the stored index, brought up to today, is not what the rows say: “facet=value”.

    Rows and version are committed together, so while the version stands still nobody's
    write can be taken for a fault.
    """
    if stored() is None:
        return ["no index is stored"]
    for _ in range(TRIES):
        version = CatalogState.objects.current()
        found = differences(read(version))
        if CatalogState.objects.current() == version:
            return found
    return ["the catalogue kept changing"]
