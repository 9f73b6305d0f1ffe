"""What filters of lists are made of: search texts, and the values of facets."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from catalog.entry.values import told
from catalog.listing import facets
from catalog.listing.pasted import identifier_in
from definitions.readers.dates import day
from definitions.readers.values import UnreadableError, shown

LONGEST_SEARCH = 200
MOST_VALUES = 50


class SearchField(forms.CharField):
    """A search text: too long is a message, not an error page."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("required", False)
        super().__init__(max_length=LONGEST_SEARCH, strip=True, **options)

    def clean(self, value: Any) -> str:
        return identifier_in(super().clean(value))


class DayField(forms.CharField):
    """A whole day, ``YYYY-MM-DD``."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=100, **options)

    def clean(self, value: Any) -> dt.date:
        try:
            return day(super().clean(value))
        except UnreadableError as error:
            raise told(error) from None


class SearchFilter(django_filters.Filter):
    """Free text, handed to the queryset's own ``search``."""

    field_class = SearchField

    def filter(self, qs: Any, value: str) -> Any:
        return qs.search(value) if value else qs


class ValuesField(forms.Field):
    """Several values of one facet; those of a closed list are checked against it."""

    widget = forms.SelectMultiple

    def __init__(self, *, facet: facets.Facet, closed: bool, **options: Any) -> None:
        self.facet = facet
        self.closed = closed
        super().__init__(**options)

    def clean(self, value: Any) -> list[str]:
        values = list(dict.fromkeys(value or []))
        if len(values) > MOST_VALUES:
            raise ValidationError(_("Choose at most %(most)d values.") % {"most": MOST_VALUES})
        for item in values:
            if len(item) > LONGEST_SEARCH or "\x00" in item or self.is_stray(item):
                raise ValidationError(_("There is no value “%(value)s”.") % {"value": shown(item)})
        return [self.spelled(item) for item in values]

    def is_stray(self, item: str) -> bool:
        return self.closed and self.spelled(item) not in self.facet.words

    def spelled(self, item: str) -> str:
        """A word of a closed list as it is spelt there, however it was typed."""
        same = [word for word in self.facet.words if word.lower() == item.lower()]
        return item if item in same or not same else same[0]


def value_of(item: str, held: Mapping[str, Any]) -> str:
    """A value of an open facet as systems have it, in any case; empty where none has it."""
    if item in held:
        return item
    wanted = item.lower()
    return next((value for value in held if value.lower() == wanted), "")


class FacetFilter(django_filters.Filter):
    """One facet. Any of the values may hold."""

    field_class = ValuesField

    def __init__(self, facet: facets.Facet, **options: Any) -> None:
        self.facet = facet
        closed = facet.closed and bool(facet.words)
        super().__init__(label=facet.label, facet=facet, closed=closed, required=False, **options)

    def filter(self, qs: Any, value: Sequence[str]) -> Any:
        return self.facet.narrow(qs, value) if value else qs
