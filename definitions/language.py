"""In which language sentences are made.

The rules are written in English. Whoever reads in another language gives a function that
translates a text, such as gettext; clauses, remedies, templates and labels then pass
through it on the way into a verdict. Nothing that is kept depends on it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

type Translate = Callable[[str], str]

SPOKEN: ContextVar[Translate | None] = ContextVar("SPOKEN", default=None)


def said(text: str) -> str:
    """The text in the language of whoever reads it."""
    translate = SPOKEN.get()
    return text if translate is None or not text else translate(text)


@contextmanager
def speaking(translate: Translate | None) -> Iterator[None]:
    """Sentences made in here pass through a translation; None for the language of the rules."""
    token = SPOKEN.set(translate)
    try:
        yield
    finally:
        SPOKEN.reset(token)
