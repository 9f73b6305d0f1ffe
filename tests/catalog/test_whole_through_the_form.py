"""The whole catalogue, sent through the form of corrections without a change."""

import pytest

from catalog.facts import facts_for
from catalog.forms.steps import STEPS
from catalog.models import AISystem
from catalog.proposals.entry import document_of
from catalog.proposals.rows import facts_of, rows_of
from catalog.proposals.units import changes

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_every_entry_passes_through_the_form_unchanged(catalogue: None):
    """A correction that changes nothing differs in nothing, and its facts are the entry's."""
    count = 0
    for system in AISystem.objects.with_facts().order_by("pk")[::3]:
        document = document_of(system)
        typed = {}
        for step in STEPS.values():
            bound = step.checked(document)
            assert bound.is_valid(), (system.slug, bound.errors)
            typed |= bound.part()
        assert changes(document, typed, document) == [], system.slug
        known = facts_for(system)
        made = facts_of(rows_of(document, system.slug, known), known)
        assert made.to_json() == known.to_json(), system.slug
        count += 1
    assert count > 100
