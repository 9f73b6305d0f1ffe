"""Public pages are kept until something that they show changes, and no longer."""

import gzip
from collections.abc import Iterator
from typing import Any

import brotli
import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalog.intake.editing import refresh
from catalog.models import AISystem
from catalog.pages import bounded_cache
from catalog.pages.views import page_cache
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.once]

SHOWING = [
    "/",
    "/systems/",
    "/systems/?q=system",
    "/systems/system-0/",
    "/systems/system-0/verdicts/osaid-1.0/",
    "/systems/system-0/history/",
    "/systems.atom",
    "/compare/?s=system-0&s=system-1",
    "/organisations/maker-0/",
    "/definitions/osaid-1.0/systems/",
    "/claims/",
    "/changes/",
    "/changes.atom",
    "/licences/Apache-2.0/",
    "/datasets/dolma/",
]
"""Pages that show the name of the first system."""


def forget_pages() -> None:
    for shelf in ("pages", "queries"):
        caches[shelf].clear()


@pytest.fixture(autouse=True)
def _kept(settings: Any, _no_page_is_kept: None) -> Iterator[None]:
    settings.PAGE_CACHE_SECONDS = 600
    forget_pages()
    yield
    forget_pages()


@pytest.fixture
def system(catalogue: list[AISystem]) -> AISystem:
    first = catalogue[0]
    make.make_training_data(system=first)
    make.make_claim(system=first)
    refresh(rows=[first])
    return first


def queries_of(client: Client, address: str, **headers: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address, headers=headers).status_code == 200
    return len(queries)


def test_the_second_reader_costs_one_query_and_gets_the_same_page(client: Client, system: AISystem):
    first = client.get("/systems/")

    assert queries_of(client, "/systems/") == 1
    again = client.get("/systems/")
    assert again.content == first.content
    assert dict(again.headers) == dict(first.headers)


@pytest.mark.parametrize("address", SHOWING)
def test_an_edit_is_on_every_page_that_shows_it(address: str, client: Client, system: AISystem):
    before = client.get(address)
    client.get(address)  # from what is kept, where it is
    assert "Renamed Thing" not in before.text

    system.name = "Renamed Thing"
    system.save()
    refresh(rows=[system])

    assert "Renamed Thing" in client.get(address).text


@pytest.mark.parametrize("ending", ["svg", "png", "json"])
def test_a_badge_is_kept_until_its_verdict_moves(ending: str, client: Client, system: AISystem):
    address = f"/systems/system-0/badge/owd-0.3.{ending}"
    first = client.get(address)
    assert queries_of(client, address) == 1
    again = client.get(address)
    assert (again.content, dict(again.headers)) == (first.content, dict(first.headers))
    known = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (known.status_code, known.content) == (304, b"")
    assert "stale-while-revalidate" in known["Cache-Control"]

    system.components.update(availability="not_released", completeness="none")
    refresh(rows=[system])
    assert client.get(address).content != first.content


def test_a_part_for_htmx_and_the_page_are_kept_apart(client: Client, system: AISystem):
    whole = client.get("/systems/").text
    part = client.get("/systems/", headers={"HX-Request": "true"}).text

    assert "<html" in whole
    assert "<html" not in part
    assert client.get("/systems/").text == whole
    assert client.get("/systems/", headers={"HX-Request": "true"}).text == part


def test_a_page_for_another_host_names_that_host(client: Client, system: AISystem):
    client.get("/systems/system-0/")

    other = client.get("/systems/system-0/", headers={"host": "localhost"}).text

    assert "http://localhost/systems/system-0/" in other
    assert "testserver" not in other


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("", ""),
        ("identity", ""),
        ("gzip", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("gzip;q=0.0", ""),
        ("BR", "br"),
    ],
)
def test_a_page_comes_in_an_encoding_that_the_asker_takes(
    accepted: str, encoding: str, client: Client, system: AISystem
):
    plain = client.get("/systems/").content

    for _ in range(2):  # made, then kept
        response = client.get("/systems/", headers={"Accept-Encoding": accepted})
        assert response.headers.get("Content-Encoding", "") == encoding
        assert "Accept-Encoding" in response["Vary"]
        unpack = {"": bytes, "gzip": gzip.decompress, "br": brotli.decompress}[encoding]
        assert unpack(response.content) == plain


def test_each_encoding_has_its_own_etag(client: Client, system: AISystem):
    plain = client.get("/systems/")
    packed = client.get("/systems/", headers={"Accept-Encoding": "br"})
    assert plain["ETag"] != packed["ETag"]

    again = client.get(
        "/systems/", headers={"Accept-Encoding": "br", "If-None-Match": packed["ETag"]}
    )
    assert again.status_code == 304
    assert not again.content


def test_a_page_with_a_token_is_neither_kept_nor_compressed(client: Client, system: AISystem):
    """Compression would tell the token, byte by byte, to whoever can add to the page."""
    response = client.get("/submit/", headers={"Accept-Encoding": "br, gzip"})

    assert "csrfmiddlewaretoken" in response.text
    assert "Content-Encoding" not in response.headers


def test_what_is_not_found_is_not_kept(client: Client, system: AISystem):
    assert client.get("/systems/system-99/").status_code == 404
    made = make.make_system(slug="system-99")

    assert client.get(f"/systems/{made.slug}/").status_code == 200


def test_a_host_that_is_not_ours_is_refused_before_the_cache(client: Client, system: AISystem):
    assert client.get("/systems/", headers={"host": "evil.example"}).status_code == 400


def test_a_made_up_address_fills_no_cache(client: Client, system: AISystem):
    long = "/systems/?" + "&".join(f"x{n}=1" for n in range(100))
    assert queries_of(client, long) > 1
    assert queries_of(client, long) > 1


MOVED = [
    {"SCRIPT_NAME": "/systems"},
    {"SCRIPT_NAME": "/evil"},
    {"SCRIPT_NAME": "//evil.example"},
    {"HTTP_SCRIPT_NAME": "/systems"},
    {"HTTP_PATH_INFO": "/evil/"},
    {"HTTP_X_SCRIPT_NAME": "/evil"},
    {"HTTP_X_FORWARDED_PREFIX": "/evil"},
    {"HTTP_X_FORWARDED_HOST": "evil.example"},
    {"HTTP_X_FORWARDED_PORT": "666"},
    {"HTTP_X_FORWARDED_SERVER": "evil.example"},
    {"HTTP_X_ORIGINAL_URL": "/claims/"},
    {"HTTP_X_REWRITE_URL": "/claims/"},
    {"HTTP_X_HTTP_METHOD_OVERRIDE": "POST"},
    {"HTTP_FORWARDED": "host=evil.example;proto=http"},
    {"HTTP_HX_CURRENT_URL": "http://evil.example/"},
    {"HTTP_HX_TARGET": "evil", "HTTP_HX_BOOSTED": "true"},
    {"HTTP_ACCEPT": "application/json"},
    {"HTTP_ACCEPT_LANGUAGE": "xx"},
    {"HTTP_COOKIE": "sessionid=x; csrftoken=y; messages=z"},
    {"HTTP_HOST": "TESTSERVER"},
    {"HTTP_HOST": "testserver:666"},
    {"HTTP_HOST": "testserver."},
]
"""What a stranger may write into the headers of the first request for a page."""


@pytest.mark.parametrize("words", MOVED, ids=str)
def test_no_header_of_one_reader_moves_the_page_of_the_next(
    words: dict[str, str], client: Client, system: AISystem
):
    expected = client.get("/systems/system-0/")
    forget_pages()

    first = client.get("/systems/system-0/", **words)
    second = Client().get("/systems/system-0/")

    assert second.content == expected.content
    assert dict(second.headers) == dict(expected.headers)
    assert first["ETag"] != expected["ETag"] or first.content == expected.content
    assert b"evil" not in first.content


def test_a_host_with_a_port_that_somebody_made_up_fills_no_cache(client: Client, system: AISystem):
    for host in ("testserver:8001", "Testserver"):
        assert queries_of(client, "/systems/", host=host) > 1
        assert queries_of(client, "/systems/", host=host) > 1


def test_an_etag_is_that_of_one_page(client: Client, system: AISystem):
    addresses = ["/systems/", "/systems/?q=a", "/claims/", "/systems.atom", "/api/v1/systems"]
    addresses += ["/api/v1/systems?limit=1", "/data/"]
    etags = {address: client.get(address)["ETag"] for address in addresses}

    assert len(set(etags.values())) == len(addresses)
    known = {"If-None-Match": etags["/claims/"]}
    assert client.get("/claims/", headers=known).status_code == 304
    assert client.get("/systems/", headers=known).status_code == 200


def test_restoring_the_history_varies_a_page_too(client: Client, system: AISystem):
    restoring = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    answer = client.get("/systems/", headers=restoring)

    assert "<html" in answer.text
    assert {"HX-Request", "HX-History-Restore-Request"} <= set(answer["Vary"].split(", "))


def test_made_up_queries_fill_bounded_room_and_drive_out_no_entry(
    client: Client, system: AISystem, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(caches["queries"], "most", 200_000)
    client.get("/systems/system-0/")
    for number in range(60):
        address = f"/systems/?q=system&made-up-{number}={'x' * number}"
        client.get(address, headers={"Accept-Encoding": "br"})

    assert 0 < bounded_cache.BYTES["queries"] <= 200_000
    assert queries_of(client, "/systems/system-0/") == 1
    assert bounded_cache.BYTES["queries"] == sum(map(len, caches["queries"]._cache.values()))


def test_the_room_is_counted_whatever_is_done():
    room = bounded_cache.BoundedCache("room", {"OPTIONS": {"MAX_BYTES": 5_000, "MAX_ENTRIES": 9}})
    room.set("large", "a" * 1_000)
    assert room.get("large") is None
    for number in range(30):
        room.set(str(number), "a" * 200)
        room.set(str(number), "b" * 100)
        room.get("0")
    assert room.get("29") == "b" * 100
    room.delete("29")
    room.set("gone", "a", timeout=-1)
    assert room.get("gone") is None
    assert bounded_cache.BYTES["room"] == sum(map(len, room._cache.values())) <= 5_000
    room.clear()
    assert bounded_cache.BYTES["room"] == 0


def test_a_cache_that_is_down_makes_pages_slower_and_not_absent(
    client: Client, system: AISystem, monkeypatch: pytest.MonkeyPatch
):
    class Broken:
        def get(self, key: str) -> None:
            raise ConnectionError(key)

        def set(self, key: str, value: object, seconds: int) -> None:
            raise ConnectionError(key)

    monkeypatch.setattr(page_cache, "caches", {"pages": Broken()})

    assert client.get("/systems/").status_code == 200


def test_head_has_the_headers_of_get(client: Client, system: AISystem):
    head = client.head("/systems/")
    get = client.get("/systems/")
    assert not head.content
    assert head["ETag"] == get["ETag"]
    assert get.content


@pytest.mark.parametrize("address", SHOWING)
def test_a_kept_page_holds_nothing_that_is_made_for_one_answer(
    address: str, client: Client, system: AISystem
):
    """No nonce and no token: two answers are the same, byte for byte, without any cache."""
    first = client.get(address).content
    forget_pages()

    assert client.get(address).content == first
