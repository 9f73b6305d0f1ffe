"""Whether what is worked out for a verdict is remembered.

Systems of the catalogue say the same things in the same words, so sentences are
worth keeping. What a stranger sends is said once and would fill the memory.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

KEPT: ContextVar[bool] = ContextVar("KEPT", default=True)


@contextmanager
def forgetting() -> Iterator[None]:
    """Nothing that is judged in here is remembered."""
    token = KEPT.set(False)
    try:
        yield
    finally:
        KEPT.reset(token)
