"""Threads of one process share an index and kept pages: some read while another writes."""

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import numpy as np
import pytest
from django.core.cache import cache, caches
from django.db import connections
from django.test import Client
from pyroaring import BitMap

from catalog.intake.editing import refresh
from catalog.listing.index import MEMORY
from catalog.listing.index.bitmaps import PUBLISHED, FacetIndex
from catalog.models import AISystem
from tests.pages.conftest import grow

READERS, TURNS = 6, 25
NUMBER = 12


@pytest.fixture(autouse=True)
def _switching() -> Iterator[None]:
    """Threads take turns as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(before)


def together(readers: list[Callable[[], Any]], writer: Callable[[], Any]) -> list[Any]:
    """What the readers saw, while the writer wrote for as long as they read."""
    over = Event()

    def write() -> None:
        try:
            while not over.is_set():
                writer()
        finally:
            connections.close_all()

    def read(reader: Callable[[], Any]) -> Any:
        try:
            return reader()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(readers) + 1) as pool:
        writing = pool.submit(write)
        try:
            found = [running.result(120) for running in [pool.submit(read, one) for one in readers]]
        finally:
            over.set()
        writing.result(120)
    return found


# --- pages -------------------------------------------------------------------------------------


@pytest.fixture
def systems(transactional_db: None, settings: Any) -> Iterator[list[AISystem]]:
    settings.PAGE_CACHE_SECONDS = 600
    settings.API_READS = 100_000
    MEMORY.keeps = True
    MEMORY.forget()
    yield grow(NUMBER)
    for name in ("pages", "queries"):
        caches[name].clear()
    cache.clear()


@pytest.mark.django_db(transaction=True)
@pytest.mark.once
def test_readers_see_one_state_or_the_other_while_an_editor_writes(systems: list[AISystem]):
    """Never an error, nor a page between two states; and in the end the newest."""
    moving = systems[0]
    addresses = [
        "/api/v1/systems?limit=100", "/systems/?sort=name", "/systems/?sort=-name&size=25",
        "/systems/?q=system", "/systems/?modality=image", f"/systems/{moving.slug}/",
        f"/systems/{moving.slug}/badge.svg", "/systems.csv", "/",
    ]  # fmt: skip

    def read() -> list[tuple[str, int, int]]:
        client = Client(raise_request_exception=False)
        seen = []
        for turn in range(TURNS):
            address = addresses[turn % len(addresses)]
            answer = client.get(address)
            total = len(answer.json()["items"]) if address.startswith("/api") else NUMBER
            seen.append((address, answer.status_code, total))
        return seen

    def write() -> None:
        AISystem.objects.filter(pk=moving.pk).update(is_published=True)
        moving.parameters = (moving.parameters or 0) + 1
        moving.save()
        moving.components.update(availability="not_released", completeness="none")
        refresh(rows=[moving])
        moving.components.update(availability="open_download", completeness="full")
        refresh(rows=[moving])

    seen = [one for reader in together([read] * READERS, write) for one in reader]

    assert len(seen) == READERS * TURNS
    assert {status for _, status, _ in seen} == {200}
    assert {total for _, _, total in seen} == {NUMBER}
    moving.name = "The newest name"
    moving.save()
    refresh(rows=[moving])
    client = Client()
    assert "The newest name" in client.get(f"/systems/{moving.slug}/").text
    assert "The newest name" in client.get("/systems/?q=newest").text


# --- the index itself ----------------------------------------------------------------------------


def index_of(number: int) -> FacetIndex:
    keys = range(1, number + 1)
    halves = {"even": BitMap(key for key in keys if key % 2 == 0), "all": BitMap(keys)}
    many = {f"v{n}": BitMap(range(n, number + 1, 7)) for n in range(1, 60)}
    return FacetIndex(
        version=1, values={PUBLISHED: {PUBLISHED: BitMap(keys)}, "halves": halves, "many": many}
    )


def test_an_index_is_read_by_many_threads_while_a_newer_one_is_made_of_it():
    index = index_of(5_000)
    order = np.arange(1, 5_001, dtype=np.uint32)
    expected = index_of(5_000).totals("many", BitMap(range(1, 3_000)), most=10)

    def read() -> bool:
        right = True
        for turn in range(300):
            index.orders[f"{turn}-{id(order)}-{turn % 97}"] = order
            systems = index.matching({"halves": ["even"]})
            right &= len(systems) == 2_500
            right &= index.page(systems, order, 0, 3) == [2, 4, 6]
            right &= index.totals("many", BitMap(range(1, 3_000)), most=10) == expected
            index.by_frequency("many")
        return right

    def write() -> None:
        newer = index.replayed(2, BitMap([2]), {"halves": {"all": BitMap([2])}})
        assert len(newer.values["halves"]["even"]) == 2_499

    assert all(together([read] * READERS, write))
    assert len(index.values["halves"]["even"]) == 2_500
