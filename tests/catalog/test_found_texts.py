"""Search texts: what was found once is known until the catalogue moves."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.http import QueryDict

from catalog import index
from catalog.filters import SystemFilter
from catalog.index import MEMORY, listing, reading
from catalog.index.listing import Listing
from catalog.index.reading import found_by
from catalog.models import AISystem
from catalog.services.editing import refresh
from tests import factories as make


@pytest.fixture
def kept() -> Iterator[None]:
    """As in a running process: the index is kept."""
    MEMORY.forget()
    MEMORY.keeps = True
    yield
    MEMORY.keeps = False


@pytest.mark.django_db
def test_a_text_is_looked_up_once_until_the_catalogue_moves(
    kept: None, django_assert_num_queries: Callable[..., Any]
):
    make.make_system(slug="first", name="Heron one")
    asked = index.current()
    with django_assert_num_queries(1):
        assert len(found_by(asked, "heron")) == 1
    with django_assert_num_queries(0):
        assert len(found_by(asked, " heron ")) == 1

    second = make.make_system(slug="second", name="Heron two")
    refresh(rows=[second])

    assert len(found_by(index.current(), "heron")) == 2


@pytest.mark.django_db
def test_no_more_texts_are_remembered_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(reading, "MOST_TEXTS", 2)
    asked = index.current()

    for text in ("heron", "egret", "stork"):
        found_by(asked, text)

    assert list(asked.texts) == ["egret", "stork"]


@pytest.mark.django_db
def test_how_well_a_system_fits_a_text_is_asked_once(
    kept: None, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
):
    for n in range(5):
        make.make_system(
            slug=f"s-{n}", name=f"Heron {'heron ' * n}{n}", tasks=["a" if n % 2 else "b"]
        )
    asked = index.current()

    def best(query: str) -> list[str]:
        rows = SystemFilter(QueryDict(f"q=heron{query}"), AISystem.objects.published()).listing()
        return [line.slug for line in rows[0:9]]

    everything = best("")
    with django_assert_num_queries(1):  # the lines
        Listing(index=asked, selected=asked.published, sort="", text=" heron ")[0:9]

    assert [slug for slug in everything if slug in best("&task=a")] == best("&task=a")
    monkeypatch.setattr(listing, "MOST_SCORED", 0)
    monkeypatch.setattr(listing, "TEXTS_SCORED", 1)
    assert best("") == everything
    assert list(index.current().scores) == ["heron"]
