"""The licences of this catalogue, as the readers take them."""

from catalog.entry.facts import licence
from catalog.entry.licences import load_book
from catalog.models import License
from definitions.readers.known_licences import KnownLicences


def known_licences() -> KnownLicences:
    """Today's licences. Three queries."""
    rows = License.objects.all()
    return KnownLicences(load_book(), {row.spdx_id: licence(row) for row in rows})
