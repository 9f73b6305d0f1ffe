"""Django's cache in the memory of a process, bounded by bytes and not by entries alone."""

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING, Any

from django.core.cache.backends.locmem import LocMemCache

BYTES: dict[str, int] = {}
"""What each cache of this process holds; like Django's own dictionaries, one for all threads."""

LARGEST_SHARE = 16
"""A value with more than this part of the room is not kept: it would drive out the others."""


class BoundedCache(LocMemCache):
    """Drops what nobody has asked for lately once ``MAX_BYTES`` are full."""

    if TYPE_CHECKING:
        _cache: OrderedDict[str, bytes]
        _expire_info: dict[str, float | None]
        _lock: Lock

    def __init__(self, name: str, params: dict[str, Any]) -> None:
        super().__init__(name, params)
        options = params.get("OPTIONS", {})
        self.name, self.most = name, int(options.get("MAX_BYTES", 8_000_000))
        BYTES.setdefault(name, 0)

    def _set(self, key: str, value: bytes, timeout: float | None = None) -> None:
        self._drop(key)
        if len(value) > self.most // LARGEST_SHARE:
            return
        super()._set(key, value, timeout)  # type: ignore[misc]
        BYTES[self.name] += len(value)
        while BYTES[self.name] > self.most and self._cache:
            self._drop(next(reversed(self._cache)))

    def _delete(self, key: str) -> bool:
        known = key in self._cache
        self._drop(key)
        return known

    def _cull(self) -> None:
        for _number in range(max(1, len(self._cache) // max(self._cull_frequency, 1))):
            if self._cache:
                self._drop(next(reversed(self._cache)))

    def _drop(self, key: str) -> None:
        value = self._cache.pop(key, None)
        self._expire_info.pop(key, None)
        BYTES[self.name] -= len(value or b"")

    def clear(self) -> None:
        with self._lock:
            self._cache.clear()
            self._expire_info.clear()
            BYTES[self.name] = 0
