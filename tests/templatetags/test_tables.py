"""Rows of the systems table: written from plain values, and still escaped."""

import pytest
from django.http import QueryDict

from catalog.evaluation.evaluate import evaluate_system
from catalog.listing.filters import SystemFilter
from catalog.models import AISystem
from catalog.pages.presenters.verdicts import cells_of
from catalog.templatetags.tables import system_rows
from definitions import registry
from tests import factories as make

pytestmark = pytest.mark.django_db


def rows_of(*, ticks: bool = False) -> str:
    listing = SystemFilter(QueryDict(), AISystem.objects.published()).listing()
    return system_rows(cells_of(listing[slice(0, 10)]), ticks=ticks)


def test_what_people_typed_is_text_and_no_markup():
    make.make_system(slug="one", name='<b>Bold</b> & "quoted"')

    rows = rows_of(ticks=True)

    assert "<b>Bold" not in rows
    assert rows.count("&lt;b&gt;Bold&lt;/b&gt; &amp; &quot;quoted&quot;") == 2  # label and link


def test_a_row_links_the_entry_and_can_be_ticked():
    make.make_system(slug="one", name="One")

    assert 'href="/systems/one/"' in rows_of()
    assert 'value="one"' in rows_of(ticks=True)
    assert "checkbox" not in rows_of()


def test_only_what_is_known_stands_below_the_name():
    nameless = {"release_date": "", "organizations": []}
    make.make_system(slug="one", name="One", **nameless | {"parameters": 7 * 10**9})
    make.make_system(slug="two", name="Two", **nameless)

    rows = rows_of()

    assert '<span class="quiet small">7B</span>' in rows
    assert '<span class="quiet small"></span>' in rows


def test_a_verdict_is_shown_before_and_after_it_was_made():
    system = make.make_system(slug="one", name="One")
    system.evaluations.all().delete()
    cells = len(registry.current())
    assert rows_of().count('class="status unknown"') == cells

    evaluate_system(system=system)
    system.evaluations.filter(definition_id="osaid-1.0").update(status="not_met", level=None)

    assert rows_of().count('<td class="verdict">') == cells
    assert rows_of().count('class="status not_met"') >= 1
