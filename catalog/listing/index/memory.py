"""The index that a process keeps."""

from threading import Lock

from catalog.listing.index.bitmaps import FacetIndex
from catalog.listing.index.build import read, replay
from catalog.models import CatalogState


class Memory:
    """One index for all threads of a process, brought up to date by whoever asks first."""

    def __init__(self) -> None:
        self.keeps = True
        self.lock = Lock()
        self.kept: FacetIndex | None = None

    def current(self, version: int) -> FacetIndex:
        """The index of this version of the catalogue, or of a later one that is kept already.

        No query where the version is kept; otherwise two for small changes. A later one
        is what another thread has read meanwhile; after a backup was restored, processes
        have to begin anew.
        """
        with self.lock:
            index = self.kept if self.keeps else None
            if index is None or index.version < version:
                index = (replay(index, version) if index else None) or read(version)
                self.kept = index
            return index

    def forget(self) -> None:
        with self.lock:
            self.kept = None


MEMORY = Memory()


def current(version: int | None = None) -> FacetIndex:
    """The index of a version that was just read, or of today's. One query more without it."""
    return MEMORY.current(CatalogState.objects.current() if version is None else version)
