"""The whole catalogue, sent through the form of corrections without a change."""

import pytest
from django.forms import BaseForm

from catalog.entry.checks import checked
from catalog.entry.document import document_of
from catalog.entry.facts import facts_for
from catalog.entry.licences import load_book
from catalog.entry.rows import facts_of, rows_of
from catalog.entry.units import changes
from catalog.models import AISystem
from catalog.submissions.forms.steps import STEPS, Bound

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def as_sent(bound: Bound) -> dict[str, list[str]]:
    """What a browser would send of the forms as they are shown."""
    data: dict[str, list[str]] = {}
    every: list[BaseForm] = [*bound.forms(), *(r.management_form for r in bound.lists.values())]
    for form in every:
        for shown in form:
            value = shown.value()
            values = value if isinstance(value, list) else [value]
            data[shown.html_name] = [str(item) for item in values if item is not None]
    return data


def test_every_entry_passes_through_the_form_unchanged(catalogue: None):
    """A correction that changes nothing differs in nothing, and its facts are the entry's."""
    count, book = 0, load_book()
    for system in AISystem.objects.with_facts().order_by("pk")[::3]:
        document = document_of(system)
        found = checked(document, book)
        assert (found.document, found.faults) == (document, []), system.slug
        typed = {}
        for step in STEPS.values():
            bound = step.forms(document, as_sent(step.forms(document, blank=0)), blank=0)
            assert bound.is_valid(), (system.slug, bound.errors)
            typed |= bound.part()
        assert changes(document, typed, document) == [], system.slug
        known = facts_for(system)
        made = facts_of(rows_of(document, system.slug, known), known)
        assert made.to_json() == known.to_json(), system.slug
        count += 1
    assert count > 100
