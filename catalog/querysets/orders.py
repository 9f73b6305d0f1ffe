"""Expressions that put systems in order by what a definition says of them."""

from typing import Any

from django.db.models import Case, Func, Value, When
from django.db.models.functions import StrIndex, Substr
from django.db.models.lookups import Exact

from definitions.vocabulary import Status

LETTERS = "opcxmjuna"
"""The letters of findings: those with a grade by its worth, the others by their status."""


def rank_of_letter(letters: Any, place: int) -> StrIndex:
    """The place of one finding's letter in the order, a ruling's with the status that it gives."""
    alike = Func(Substr(letters, place, 1), Value("MNv"), Value("mnu"), function="TRANSLATE")
    return StrIndex(Value(LETTERS), alike)


def rank_of(status: Any) -> Case:
    """The place of a status in an order: met first, not met last, what cannot be asked behind."""
    order = (
        Status.MET,
        Status.NEEDS_JUDGEMENT,
        Status.UNKNOWN,
        Status.NOT_MET,
        Status.NOT_APPLICABLE,
    )
    return Case(
        *(When(Exact(status, Value(word.value)), then=place) for place, word in enumerate(order)),
        default=len(order),
    )
