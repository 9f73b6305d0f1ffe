"""The licences of this catalogue, with all their spellings."""

from catalog.models import License, LicenseAlias
from definitions.licence_book import LicenceBook


def load_book() -> LicenceBook:
    """The book of today's rows. Two queries."""
    return LicenceBook.of(
        License.objects.values_list("spdx_id", flat=True),
        dict(LicenseAlias.objects.values_list("alias", "expression")),
    )
