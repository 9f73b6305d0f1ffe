"""The facet index: which systems have which value, as compressed bitmaps of their keys.

The one path for totals, counts and pages of the systems list. A process keeps
the bitmaps and brings them up to date when the catalogue's version has moved,
from the log that the writing services keep (ADR 19).
"""

from catalog.listing.index.bitmaps import FacetIndex
from catalog.listing.index.memory import MEMORY, current

__all__ = ["MEMORY", "FacetIndex", "current"]
