"""Licences of rows: links that follow the expression, and the book of the catalogue."""

import pytest

from catalog.entry.licence_links import link_licences, set_licence
from catalog.entry.licences import load_book
from catalog.models import Component
from tests import factories as make


@pytest.mark.django_db
def test_the_links_follow_the_expression() -> None:
    system = make.make_system(components={"weights_final": "MIT OR Apache-2.0"})
    row = system.components.get()
    assert set(row.licences.values_list("spdx_id", flat=True)) == {"MIT", "Apache-2.0"}

    set_licence(row=row, expression="mit", status="stated")

    assert row.licence_expression == "MIT"
    assert list(row.licences.values_list("spdx_id", flat=True)) == ["MIT"]

    set_licence(row=row, expression="", status="none_stated", url="https://example.org/terms")

    row.refresh_from_db()
    assert (row.licences.count(), row.licence_status) == (0, "none_stated")


@pytest.mark.django_db
def test_right_links_are_not_written_again() -> None:
    system = make.make_system(components={"weights_final": "MIT"})

    assert link_licences(rows=list(Component.objects.filter(system=system))) == 0
    assert link_licences(rows=[]) == 0


@pytest.mark.django_db
def test_the_book_is_read_from_the_rows() -> None:
    make.make_licence(spdx_id="MIT")
    make.make_alias(alias="Expat", expression="MIT")

    assert load_book().normalise("expat") == "MIT"
