"""Small things that a stranger can send: each costs little and breaks nothing for others."""

import base64
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection
from django.test import Client

from catalog.api import limits
from catalog.intake.editing import refresh
from catalog.models import AISystem, Quota
from catalog.pages.views import tables
from tests import factories as make
from tests.pages.conftest import grow

pytestmark = [pytest.mark.django_db, pytest.mark.once]

ATOM = "{http://www.w3.org/2005/Atom}"
BROKEN = "a\x08b\x0bc\x1fd\x7fe\ufffef\uffff <b>bold</b> & 1 < 2"
FEEDS = ["/decisions.atom", "/changes.atom", "/systems.atom", "/systems/here/changes.atom",
         "/definitions/osaid-1.0/changes.atom", "/organisations/ai2/changes.atom"]  # fmt: skip


@pytest.fixture(autouse=True)
def _fresh() -> None:
    cache.clear()


# --- feeds --------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", FEEDS)
def test_no_text_breaks_a_feed_or_becomes_markup(address: str, client: Client):
    system = make.make_system(slug="here", name="Broken")
    make.make_decision(system=system, message=BROKEN)
    AISystem.objects.filter(pk=system.pk).update(name=BROKEN)
    refresh(rows=[system])

    answer = client.get(address)
    assert answer.status_code == 200
    feed = ET.fromstring(answer.content)  # noqa: S314 - our own
    for summary in feed.iter(f"{ATOM}summary"):
        assert "<b>" not in (summary.text or "")
    if address == "/decisions.atom":
        (entry,) = feed.iter(f"{ATOM}entry")
        assert "abcd\x7fef &lt;b&gt;bold&lt;/b&gt; &amp; 1 &lt; 2" in (
            entry.findtext(f"{ATOM}summary") or ""
        )


# --- cursors ------------------------------------------------------------------------------------

KEYS = [
    "a\x00b",
    "\x00",
    "²",
    "٣",
    "1" * 19,
    "-1",
    "9" * 400,
    "a" * 600,
    "\u202e",
    "\n",
    "1.5",
    " 1",
]


@pytest.mark.parametrize("path", ["systems", "datasets", "licences", "organisations", "changes"])
def test_a_strange_cursor_is_refused(path: str, client: Client, catalogue: list[AISystem]):
    client.raise_request_exception = False
    for key in KEYS:
        text = base64.urlsafe_b64encode(key.encode()).decode()
        answer = client.get(f"/api/v1/{path}", {"cursor": text})
        assert answer.status_code in (200, 400), key
        if path == "changes" or not key.isprintable() or len(key) > 500:
            assert answer.status_code == 400, key
    for text in ("²", "=", "a", "%%%", "\x00", "x" * 3000):
        assert client.get(f"/api/v1/{path}", {"cursor": text}).status_code == 400, text


@pytest.mark.parametrize("length", ["²", "-1", "1e3", "9" * 400])
def test_a_strange_length_is_refused(length: str, client: Client):
    client.raise_request_exception = False
    answer = client.generic("POST", "/api/v1/evaluate", b"{}", CONTENT_LENGTH=length)
    assert answer.status_code in (400, 413)


# --- limits for all processes together ----------------------------------------------------------


def test_another_process_counts_on(client: Client, settings: Any):
    """What this process has in memory is gone; the count is not."""
    settings.API_READS = 2
    answers = []
    for _ in range(4):
        cache.clear()
        answers.append(client.get("/api/v1/definitions").status_code)

    assert answers == [200, 200, 429, 429]
    assert Quota.objects.get(name__startswith="api-read:").used == 4


def test_whoever_is_over_the_limit_costs_no_statement(
    client: Client, settings: Any, django_assert_num_queries: Any
):
    settings.API_READS = 1
    for _ in range(2):
        client.get("/api/v1/definitions")
    with django_assert_num_queries(0):
        assert client.get("/api/v1/definitions").status_code == 429


def test_where_nothing_counts_for_all_each_process_does(
    client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
):
    def away(_key: str, _window: int) -> int:
        raise DatabaseError("away")

    monkeypatch.setattr(limits, "in_postgresql", away)
    settings.API_READS = 1
    answers = [client.get("/api/v1/definitions").status_code for _ in range(2)]
    assert answers == [200, 429]


def test_spent_counts_are_tidied(client: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "TIDIED", 1)
    client.get("/api/v1/definitions")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE catalog_quota SET expires_at = now() - interval '1 day', \"window\" = 1"
        )
    client.get("/api/v1/definitions")
    assert Quota.objects.count() == 1


# --- files that are sent ------------------------------------------------------------------------


def test_a_file_that_is_too_large_reaches_no_disk(client: Client, tmp_path: Path, settings: Any):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    for address in ("/submit/", "/submit/?correct=x", "/api/v1/evaluate", "/systems/"):
        for size in (1_100_000, 3_000_000, 5_000_000):
            file = SimpleUploadedFile("a.yml", b"a" * size)
            answer = client.post(address, {"way": "file", "file": file})
            assert answer.status_code in (400, 404, 405, 413), (address, size)
            assert list(tmp_path.iterdir()) == []


def test_many_files_are_refused(client: Client):
    files = {f"file{n}": SimpleUploadedFile("a.yml", b"a") for n in range(10)}
    assert client.post("/submit/", {"way": "file"} | files).status_code in (400, 413)


def test_a_file_of_the_right_size_is_read(client: Client):
    answer = client.post(
        "/submit/", {"way": "file", "file": SimpleUploadedFile("a.yml", b"a" * 600_000)}
    )
    assert "more than 500,000 bytes" in answer.text


# --- files that are asked for -------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_a_file_has_an_end(kind: str, client: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(tables, "MOST_ROWS", 3)
    grow(4)
    answer = client.get(f"/systems.{kind}")
    assert answer.status_code == 400
    assert "/data/" in answer.text
    assert client.get(f"/organisations.{kind}").status_code == 400
    assert client.get(f"/systems.{kind}?q=System+1").status_code == 200
