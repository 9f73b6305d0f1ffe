"""The facet index: what it counts is what the rows say, whoever has written them."""

import threading
from collections.abc import Callable, Iterator
from typing import Any
from unittest.mock import patch

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction
from django.http import QueryDict
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pyroaring import BitMap

from catalog.evaluation import catalogue_version
from catalog.evaluation.evaluate import evaluate_systems
from catalog.intake.editing import refresh
from catalog.intake.merge import merge
from catalog.listing import index
from catalog.listing.filters import SystemFilter
from catalog.listing.index import MEMORY, FacetIndex, bitmaps, listing
from catalog.listing.index.bitmaps import PUBLISHED
from catalog.listing.index.build import differences, replay, unpacked
from catalog.listing.index.listing import SORTS
from catalog.listing.index.store import faults, store_index
from catalog.models import AISystem, CatalogChange, CatalogState, FacetBitmap
from tests import factories as make


@pytest.fixture
def kept() -> Iterator[None]:
    """As in a running process: the index is kept."""
    MEMORY.forget()
    MEMORY.keeps = True
    yield
    MEMORY.keeps = False


def today() -> int:
    return CatalogState.objects.current()


# --- counting ---------------------------------------------------------------------------------


@given(
    values=st.dictionaries(
        st.sampled_from("abcdefgh"), st.sets(st.integers(1, 30), min_size=1), min_size=1
    ),
    chosen=st.sets(st.integers(1, 30)),
    published=st.sets(st.integers(1, 30)),
    most=st.integers(1, 8),
    at_once=st.sampled_from([-1, 50_000]),
)
def test_the_most_frequent_values_are_found_without_counting_all(
    values: dict[str, set[int]], chosen: set[int], published: set[int], most: int, at_once: int
):
    held = {value: BitMap(keys) for value, keys in values.items()}
    made = FacetIndex(version=1, values={"f": held, PUBLISHED: {PUBLISHED: BitMap(published)}})
    systems = BitMap(chosen & published)

    with patch.object(bitmaps, "MOST_IN_ONE_PASS", at_once):
        found = made.totals("f", systems, most=most)

    true = {value: n for value, keys in values.items() if (n := len(keys & chosen & published))}
    best = sorted(true.items(), key=lambda pair: (-pair[1], pair[0]))[:most]
    assert found.items() >= set(best)
    assert found.items() <= true.items()


@pytest.mark.parametrize("at_once", [-1, 50_000])
def test_a_chosen_value_is_counted_even_where_it_is_rare(
    at_once: int, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(bitmaps, "MOST_IN_ONE_PASS", at_once)
    held = {str(n): BitMap(range(n)) for n in range(1, 50)}
    made = FacetIndex(version=1, values={"f": held, PUBLISHED: {PUBLISHED: BitMap(range(50))}})

    found = made.totals("f", made.published, most=3, always=["2"])

    assert found == {"49": 49, "48": 48, "47": 47, "2": 2}


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.django_db
def test_a_page_is_the_same_from_the_index_and_from_the_database(
    sort: str, monkeypatch: pytest.MonkeyPatch
):
    for n in range(12):
        make.make_system(
            slug=f"s-{n}",
            name=f"System {n % 5}",
            parameters=(n % 4) * 10**9 or None,
            release_date=("", "2024", "2025-03")[n % 3],
            tasks=["paging"] if n % 2 else ["other"],
            is_published=n != 7,
        )

    def pages() -> list[list[str]]:
        listing = SystemFilter(
            QueryDict(f"sort={sort}&task=paging"), AISystem.objects.published()
        ).listing()
        assert listing.count() == 5
        return [[row.slug for row in listing[cut]] for cut in (slice(0, 2), slice(2, 9))]

    by_query = pages()
    monkeypatch.setattr(listing, "MOST_SORTED", 0)

    assert pages() == by_query
    assert [len(page) for page in by_query] == [2, 3]


@pytest.mark.django_db
def test_of_very_many_matches_the_first_are_ranked_and_the_rest_follow_by_name(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(listing, "MOST_RANKED", 4)
    for n in range(9):
        make.make_system(slug=f"needle-{n}", name=f"{chr(104 - n)} Needlework {n}")
    asked = SystemFilter(QueryDict("q=needlework"), AISystem.objects.published())

    pages = [asked.listing()[at : at + 2] for at in range(0, 10, 2)]

    names = [row.name for page in pages for row in page]
    assert len(names) == len(set(names)) == 9
    assert names[4:] == sorted(names)[4:]


# --- kept current by whoever writes ----------------------------------------------------------


def edit_component() -> None:
    row = make.make_component(system=AISystem.objects.get(slug="one"), kind="training_code")
    refresh(rows=[row])


def take_component_away() -> None:
    system = AISystem.objects.get(slug="one")
    system.components.all().delete()
    refresh(rows=[], systems=[system.pk])


def hide() -> None:
    system = AISystem.objects.get(slug="one")
    system.is_published = False
    system.save()
    refresh(rows=[system])


def move_maker() -> None:
    maker = make.make_organization(slug="ai2")
    maker.country, maker.slug = "DE", "ai-two"
    maker.save()
    refresh(rows=[maker])


def rename_framework() -> None:
    framework = make.make_framework(slug="pytorch")
    framework.slug = "torch"
    framework.save()
    refresh(rows=[framework])


def rename_family() -> None:
    family = make.make_family(slug="olmo")
    family.slug = "olmo-line"
    family.save()
    refresh(rows=[family])


def rename_base() -> None:
    base = AISystem.objects.get(slug="two")
    base.slug = "second"
    base.save()
    refresh(rows=[base])


def remove() -> None:
    system = AISystem.objects.get(slug="one")
    pk = system.pk
    system.delete()
    refresh(rows=[], systems=[pk])


def merge_them() -> None:
    keep, drop = (AISystem.objects.get(slug=slug) for slug in ("two", "three"))
    merge(keep=keep, drop=drop, rationale="The same.", by="editors")


def add() -> None:
    make.make_system(slug="four", components={"weights_final": "MIT"}, organizations=["new"])
    evaluate_systems(systems=AISystem.objects.all())
    refresh(rows=[AISystem.objects.get(slug="four")])


WRITES: list[Callable[[], None]] = [
    edit_component,
    take_component_away,
    hide,
    move_maker,
    rename_framework,
    rename_family,
    rename_base,
    remove,
    merge_them,
    add,
]


@pytest.mark.parametrize("write", WRITES, ids=lambda write: write.__name__)
@pytest.mark.django_db
def test_after_every_kind_of_write_the_index_is_what_the_rows_say(
    write: Callable[[], None], kept: None
):
    make.make_system(
        slug="one", components={"weights_final": "MIT"}, frameworks=["pytorch"], family="olmo"
    )
    two = make.make_system(slug="two", organizations=["ai2", "meta"])
    make.make_derivation(system=make.make_system(slug="three", name="Three"), base=two)
    catalogue_version.bump_version()
    before = index.current()
    assert differences(before) == []

    write()

    after = index.current()
    assert differences(after) == []
    assert (after.version, after.values) != (before.version, before.values)


@pytest.mark.django_db
def test_a_small_change_is_read_alone_and_the_rest_is_shared(kept: None):
    one = make.make_system(slug="one", organizations=["ai2"])
    make.make_system(slug="two", organizations=["meta"])
    catalogue_version.bump_version()
    before = index.current()

    catalogue_version.bump_version(systems=[one.pk])
    after = index.current()

    assert after.values["organisation"]["meta"] is before.values["organisation"]["meta"]
    assert after.values == before.values


@pytest.mark.django_db
def test_a_change_that_no_facet_shows_costs_no_reading(kept: None, django_assert_num_queries: Any):
    make.make_system(slug="one")
    before = index.current()
    version = catalogue_version.bump_version(systems=())

    with django_assert_num_queries(1):  # the log
        after = index.current(version)

    assert after.values is before.values
    with django_assert_num_queries(0):
        assert index.current(version) is after


@pytest.mark.django_db
def test_a_thread_that_is_behind_gets_what_another_has_read_meanwhile(
    kept: None, django_assert_num_queries: Any
):
    make.make_system(slug="one")
    earlier = catalogue_version.bump_version()
    later = index.current(catalogue_version.bump_version(systems=()))

    with django_assert_num_queries(0):
        assert index.current(earlier) is later


@pytest.mark.parametrize(("query", "number"), [("", 4), ("?modality=text", 4), ("?q=one", 6)])
@pytest.mark.django_db
def test_a_list_page_takes_at_most_six_queries_where_the_index_is_kept(
    query: str, number: int, kept: None, client: Client, django_assert_num_queries: Any
):
    make.make_system(slug="one", name="One", modalities=["text"], organizations=["ai2"])
    client.get("/systems/")  # the names of facet values are read once

    with django_assert_num_queries(number):  # version, keys or text, order and fit, lines, verdicts
        assert client.get(f"/systems/{query}").status_code == 200


@pytest.mark.django_db
def test_a_log_with_a_gap_is_not_followed(kept: None):
    make.make_system(slug="one")
    before = index.current()
    catalogue_version.bump_version(systems=())
    CatalogChange.objects.all().delete()
    version = catalogue_version.bump_version(systems=())

    assert replay(before, version) is None
    assert differences(index.current()) == []


@pytest.mark.django_db
def test_the_log_goes_back_so_far_and_no_further(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(catalogue_version, "LOG_KEPT", 3)

    versions = [catalogue_version.bump_version(systems=[n]) for n in range(1, 6)]

    assert sorted(CatalogChange.objects.values_list("pk", flat=True)) == versions[-3:]


@pytest.mark.django_db(transaction=True)
def test_a_reader_between_two_writers_misses_neither(kept: None):
    """The second writer waits for the first, so no version is seen without its change."""
    systems = [make.make_system(slug=slug) for slug in ("one", "two")]
    catalogue_version.bump_version()
    begun, waiting = threading.Event(), threading.Event()

    def write(system: AISystem, country: str, before: Callable[[], object]) -> None:
        try:
            before()
            with transaction.atomic():
                system.languages = [country]
                system.save()
                catalogue_version.bump_version(systems=[system.pk])
                begun.set()
                waiting.wait(10)
        finally:
            connections.close_all()

    first = threading.Thread(target=write, args=[systems[0], "de", lambda: None])
    second = threading.Thread(target=write, args=[systems[1], "fr", lambda: begun.wait(10)])
    first.start()
    second.start()
    begun.wait(10)
    seen = index.current()
    assert not seen.any_of("language", ["de", "fr"])  # neither has committed
    waiting.set()
    for thread in (first, second):
        thread.join(10)

    after = index.current()
    assert differences(after) == []
    assert set(after.any_of("language", ["de"])) == {systems[0].pk}
    assert set(after.any_of("language", ["fr"])) == {systems[1].pk}


# --- stored ----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_process_that_begins_reads_what_is_stored_and_the_log(
    kept: None, monkeypatch: pytest.MonkeyPatch
):
    one = make.make_system(slug="one")
    store_index()
    make.make_component(system=one, kind="training_code")
    refresh(rows=[one])

    def never(version: int) -> FacetIndex:
        raise AssertionError("every row was read")

    monkeypatch.setattr("catalog.listing.index.build.build", never)

    assert differences(index.current()) == []


@pytest.mark.django_db
def test_storing_twice_writes_nothing_the_second_time():
    make.make_system(slug="one")

    assert store_index() > 0
    assert store_index() == 0
    AISystem.objects.update(tasks=["something-new"])
    assert store_index(anew=True) > 0
    assert FacetBitmap.objects.filter(facet="task").get().value == "something-new"


@pytest.mark.django_db(transaction=True)
def test_the_check_finds_what_is_wrong(capsys: pytest.CaptureFixture[str]):
    assert faults() == ["no index is stored"]
    make.make_system(slug="one")
    call_command("facet_index")
    call_command("facet_index", "--check")
    assert "what the rows say" in capsys.readouterr().out

    FacetBitmap.objects.filter(facet="modality").update(systems=BitMap([9]).serialize())
    with pytest.raises(CommandError, match="modality=text"):
        call_command("facet_index", "--check")

    call_command("facet_index", "--rebuild")
    call_command("facet_index", "--check")


@pytest.mark.django_db
def test_keys_come_over_as_they_are():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(int4send(n), ''::bytea) FROM (VALUES (1), (256), (70000)) AS t(n)"
        )
        (data,) = cursor.fetchone()

    assert list(unpacked(data)) == [1, 256, 70000]
    assert list(unpacked(None)) == []
