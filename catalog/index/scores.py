"""How well systems fit a search text; knows no database."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

type Keys = NDArray[np.unsignedinteger[Any]]


class Scores(NamedTuple):
    """Keys of systems in ascending order, and beside each how well it fits the text."""

    keys: Keys
    fits: NDArray[np.float32]

    @classmethod
    def none(cls) -> "Scores":
        return cls(np.empty(0, np.uint32), np.empty(0, np.float32))

    def lacking(self, keys: Keys) -> Keys:
        """Those of these keys that are not here."""
        return keys[~np.isin(keys, self.keys)]

    def joined(self, keys: Keys, rows: Iterable[tuple[int, float]]) -> "Scores":
        """These and others; a system that has gone in the meantime fits least."""
        found = dict(rows)
        fits = np.array([found.get(key, 0.0) for key in keys.tolist()], np.float32)
        all_keys = np.concatenate((self.keys, keys))
        order = np.argsort(all_keys)
        return Scores(all_keys[order], np.concatenate((self.fits, fits))[order])

    def best_first(self, keys: Keys) -> list[int]:
        """These keys, all of which are here, by their fit; of the same fit, in their order."""
        fits = self.fits[np.searchsorted(self.keys, keys)]
        found: list[int] = keys[np.argsort(-fits, kind="stable")].tolist()
        return found
