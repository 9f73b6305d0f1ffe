"""Search texts: what was found once is known until the catalogue moves."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.http import QueryDict
from pyroaring import BitMap

from catalog.intake.editing import refresh
from catalog.listing import index
from catalog.listing.filters import SystemFilter
from catalog.listing.index import MEMORY, build, listing
from catalog.listing.index.build import found_by
from catalog.listing.index.listing import Listing
from catalog.models import AISystem
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
    monkeypatch.setattr(build, "MOST_TEXTS", 2)
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


@pytest.mark.parametrize(
    ("slug", "values"),
    [
        ("s-4", {"name": "0 first"}),
        ("s-4", {"name": "zz last"}),
        ("s-4", {"name": "Heron"}),
        ("s-8", {"is_published": False}),
        ("s-0", {"summary": "The place stays."}),
    ],
)
@pytest.mark.django_db
def test_the_order_of_names_is_mended_after_an_edit(
    slug: str, values: dict[str, Any], kept: None, django_assert_num_queries: Callable[..., Any]
):
    for n in range(9):
        make.make_system(slug=f"s-{n}", name=f"Heron {n % 3}" if n != 7 else "Heron")
    before = index.current()
    Listing(index=before, selected=before.published, sort="name", text="").everything()

    for changed in (AISystem.objects.get(slug=slug), make.make_system(slug="new", name="Heron 1")):
        for name, value in values.items() if changed.slug == slug else ():
            setattr(changed, name, value)
        changed.save()
        refresh(rows=[changed])
        index.current()
    later = index.current()

    asked = Listing(index=later, selected=later.published, sort="name", text="")
    with django_assert_num_queries(1):
        found = asked.everything()
    assert "name" in later.outdated
    assert found.tolist() == list(
        AISystem.objects.published().order_by("name", "id").values_list("pk", flat=True)
    )


@pytest.mark.django_db
def test_an_order_is_read_anew_where_very_many_have_moved_or_others_came(
    kept: None, monkeypatch: pytest.MonkeyPatch
):
    for n in range(4):
        make.make_system(slug=f"s-{n}", name=f"Heron {n}")
    found = index.current()
    order = Listing(index=found, selected=found.published, sort="name", text="").everything()
    first = AISystem.objects.order_by("name")[0]

    unknown = make.make_system(slug="new", name=f"{first.name} a")
    assert build.mended(order, BitMap([first.pk])) is None
    assert build.mended(order, BitMap([first.pk, unknown.pk])) is not None
    monkeypatch.setattr(build, "MOST_MENDED", 1)
    assert build.mended(order, BitMap([first.pk, unknown.pk])) is None
