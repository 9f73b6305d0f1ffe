"""The catalogue's version, counted up by every service that writes, with a log of what moved."""

from collections.abc import Iterable

from django.db import connection

LOG_KEPT = 1_000
"""Versions that the log goes back; whoever is further behind reads everything anew."""

BUMP = """
WITH bumped AS (
    INSERT INTO catalog_catalogstate (id, version, changed_at) VALUES (1, 1, now())
    ON CONFLICT (id) DO UPDATE
    SET version = catalog_catalogstate.version + 1, changed_at = now()
    RETURNING version
)
INSERT INTO catalog_catalogchange (version, systems)
SELECT version, %s::bigint[] FROM bumped
ON CONFLICT (version) DO UPDATE SET systems = NULL
RETURNING version
"""
FORGET = "DELETE FROM catalog_catalogchange WHERE version <= %s"


def bump_version(*, systems: Iterable[int] | None = None) -> int:
    """Count up in one statement, so that two writers never give the same number.

    ``systems`` are the keys of the systems whose facets may have moved, or that are
    gone: none for a change that no facet shows. Without them it may be any. The row
    stays locked until the transaction ends, so versions appear in the order in which
    they were given.
    """
    pks = None if systems is None else sorted(set(systems))
    with connection.cursor() as cursor:
        cursor.execute(BUMP, [pks])
        (version,) = cursor.fetchone()
        cursor.execute(FORGET, [version - LOG_KEPT])
    return int(version)
