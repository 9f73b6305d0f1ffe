"""Search texts: what was found once is known until the catalogue moves."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from catalog import index
from catalog.index import MEMORY, reading
from catalog.index.reading import found_by
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
