"""The catalogue's version, counted up by every service that writes."""

from django.db import connection

BUMP = """
INSERT INTO catalog_catalogstate (id, version, changed_at) VALUES (1, 1, now())
ON CONFLICT (id) DO UPDATE
SET version = catalog_catalogstate.version + 1, changed_at = now()
RETURNING version
"""


def bump_version() -> int:
    """Count up in one statement, so that two writers never give the same number."""
    with connection.cursor() as cursor:
        cursor.execute(BUMP)
        (version,) = cursor.fetchone()
    return int(version)
