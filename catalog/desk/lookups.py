"""What a list of the desk may be asked: what its filters offer, and nothing else.

Django lets any column of a noun be looked up in the address of its list, letter by letter, and
columns of other nouns wherever a filter leads there. Whoever may see a list would read what the
list does not show.
"""

from collections.abc import Iterator
from typing import Any

from django.contrib.admin import SimpleListFilter
from django.contrib.admin.utils import get_fields_from_path
from django.db import models
from django.http import HttpRequest

COMPARED = ("", "__exact", "__isnull", "__in", "__isempty")
"""How Django's own filters ask for a column."""

DATES = ("__gte", "__lt")
HIERARCHY = ("__year", "__month", "__day", "__gte", "__lt")


class FilteredAlone:
    """An admin whose list takes the look-ups of its filters. ``Desk.register`` adds it to all."""

    model: type[models.Model]
    date_hierarchy: str | None

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Whether the list may be narrowed by this; else Django answers 400."""
        filters: list[Any] = list(self.get_list_filter(request))  # type: ignore[attr-defined]
        day = self.date_hierarchy
        allowed = {f"{day}{ending}" for ending in HIERARCHY} if day else set()
        for item in filters:
            allowed.update(parameters_of(self.model, item))
        return lookup in allowed


def parameters_of(model: type[models.Model], item: Any) -> Iterator[str]:
    """The parameters by which one filter asks."""
    if isinstance(item, type) and issubclass(item, SimpleListFilter):
        yield str(item.parameter_name)
        return
    path = item if isinstance(item, str) else item[0]
    field: Any = get_fields_from_path(model, path)[-1]
    if isinstance(field, models.Field) and not field.is_relation:
        dated = isinstance(field, models.DateField)
        yield from (f"{path}{ending}" for ending in (*COMPARED, *(DATES if dated else ())))
        return
    yield f"{path}__isnull"
    yield f"{path}__{field.target_field.name}__exact"
