"""How changes are recorded: triggers in PostgreSQL see every write, SQL included."""

from collections.abc import Callable, Sequence
from typing import Any

import pghistory
from django.db import models


def track[M: models.Model](
    *, exclude: Sequence[str] = (), **attributes: property
) -> Callable[[type[M]], type[M]]:
    """Record every insert, update and delete of a model, except changes to ``exclude``.

    ``attributes`` are what its events have beside their columns.
    """
    decorator: Any = pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        exclude=list(exclude),
        attrs=attributes or None,
    )

    def tracked(model: type[M]) -> type[M]:
        decorator(model)
        return model

    return tracked
