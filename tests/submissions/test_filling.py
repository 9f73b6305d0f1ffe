"""The Hub is asked by a task: no request waits for it, and what it says fills the draft later."""

import datetime as dt
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from catalog.intake.huggingface import reader
from catalog.intake.registers.base import ReadingError
from catalog.models import Submission
from catalog.submissions import background, filling
from catalog.submissions.filling import fill_draft, filling_of
from tests.hub_server import FakeHub, serving

pytestmark = pytest.mark.django_db

REPO = "maker/olmix-7b"


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeHub]:
    with serving() as running:
        monkeypatch.setenv("HF_ENDPOINT", running.endpoint)
        monkeypatch.delenv("HF_TOKEN", raising=False)
        monkeypatch.setenv("NO_PROXY", "*")
        yield running


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Nothing runs by itself: what was handed on, by the draft's number."""
    handed: list[int] = []
    monkeypatch.setattr(background, "begin", lambda _task, pk: handed.append(pk))
    return handed


def begun(client: Client) -> str:
    answer = client.post("/submit/", {"way": "hub", "repository": REPO})
    assert answer.status_code == 302, answer.text
    return str(answer["Location"])


def test_a_request_asks_nobody_and_the_page_says_what_it_waits_for(
    client: Client, hub: FakeHub, later: list[int], nouns: None
):
    hub.model(REPO, "---\nlicense: apache-2.0\n---\n")
    first = begun(client)
    page = client.get(first)

    assert hub.asked == []
    assert later == [Submission.objects.get().pk]
    assert f"asked for {REPO}" in page.text
    assert "Check again" in page.text
    part = client.get(first, headers={"HX-Request": "true"})
    assert "<html" not in part.text
    assert "load delay" in part.text

    fill_draft.call(later[0])
    assert client.get(first, headers={"HX-Request": "true"})["HX-Redirect"] == first
    form = client.get(first).text
    assert f'value="{REPO}"' in form
    assert "Check again" not in form
    assert Submission.objects.get().origin.endswith(REPO)
    assert Submission.objects.get().title == "olmix-7b"


def test_what_could_not_be_taken_is_told_until_something_is_saved(
    client: Client, hub: FakeHub, nouns: None
):
    hub.model(REPO)
    first = begun(client)

    assert "The repository has no card." in client.get(first).text
    client.post(first, {"s-name": "Xyz 1B", "s-evidence": "https://x.example.org/card"})
    assert "The repository has no card." not in client.get(first).text


def test_a_failure_is_told_and_what_was_typed_is_kept(client: Client, hub: FakeHub, nouns: None):
    first = begun(client)
    page = client.get(first).text

    assert "The Hub shows no such repository" in page
    assert f'value="{REPO}"' in page
    assert "Ask the Hub again" in page

    hub.model(REPO)
    client.post(first.replace("identify", "ask"), {"go": "again"})
    assert Submission.objects.get().title == "olmix-7b"


def test_what_is_typed_while_the_hub_is_asked_stays(client: Client, hub: FakeHub, nouns: None):
    """Whoever goes on without the Hub is not surprised by what it says later."""
    hub.model(REPO)
    first = begun(client)
    draft = Submission.objects.get()
    Submission.objects.update(filling={**draft.filling, "state": "waiting", "told": []})
    client.post(first, {"s-name": "My name", "s-evidence": "https://x.example.org/card"})

    assert fill_draft.call(draft.pk) == "not wanted any more"
    assert Submission.objects.get().document["name"] == "My name"


def test_what_comes_fills_gaps_alone():
    parts = {"a": 1, "b": 2}
    found = {"name": "Hub", "tasks": ["a"], "huggingface_id": "Maker/X", "components": parts}
    typed = {"name": "Mine", "tasks": [], "huggingface_id": "maker/x", "components": {"a": 9}}

    assert filling.together(found, typed, "maker/x") == {
        "name": "Mine", "tasks": ["a"], "huggingface_id": "Maker/X", "components": {"a": 9, "b": 2},
    }  # fmt: skip


def test_after_a_while_the_page_waits_no_longer(client: Client, later: list[int], nouns: None):
    first = begun(client)
    draft = Submission.objects.get()
    early = timezone.now() - filling.PATIENCE - dt.timedelta(seconds=1)
    Submission.objects.update(filling={**draft.filling, "asked_at": early.isoformat()})

    page = client.get(first).text
    assert "No answer came in time." in page
    assert f'value="{REPO}"' in page
    assert fill_draft.call(draft.pk) == "not wanted any more"
    client.post(first.replace("identify", "ask"), {"go": "again"})
    assert len(later) == 2


def test_one_can_go_on_without(client: Client, hub: FakeHub, later: list[int], nouns: None):
    hub.model(REPO)
    first = begun(client)
    client.post(first.replace("identify", "ask"), {"go": "without"})

    assert "Check again" not in client.get(first).text
    assert fill_draft.call(later[0]) == "not wanted any more"
    assert hub.asked == []


def test_the_hub_is_asked_again_as_often_as_the_limit_allows(
    client: Client, later: list[int], monkeypatch: pytest.MonkeyPatch, nouns: None
):
    first = begun(client)
    ask = first.replace("identify", "ask")
    for _ in range(5):
        client.post(ask, {"go": "again"})
    assert len(later) == 1  # it waits still


@pytest.mark.parametrize("code", [500, 503, 429, 403, 401, 404])
def test_whatever_the_hub_answers_is_a_sentence(
    code: int, client: Client, hub: FakeHub, nouns: None
):
    hub.error(f"/api/models/{REPO}", code)
    page = client.get(begun(client)).text

    assert "Nothing was filled in from" in page


def test_a_hub_that_never_answers_costs_a_request_nothing(
    client: Client, hub: FakeHub, settings: Any, monkeypatch: pytest.MonkeyPatch, nouns: None
):
    monkeypatch.setattr(background, "run", lambda _task, _arguments: time.sleep(1.5))
    settings.BACKGROUND_THREADS = 1
    started = time.monotonic()
    for _ in range(5):
        client.get(begun(client))

    assert time.monotonic() - started < 1.4


# --- one deadline for everything ---------------------------------------------------------------


@pytest.fixture
def dripping(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A Hub whose answer comes in one byte of a header at a time, and never ends."""
    door = socket.create_server(("127.0.0.1", 0))
    over = threading.Event()

    def drip(line: socket.socket) -> None:
        with line:
            try:
                line.sendall(b"HTTP/1.1 200 OK\r\nX-Long: ")
                while not over.wait(0.05):
                    line.sendall(b"a")
            except OSError:
                return

    def serve() -> None:
        while not over.is_set():
            try:
                line, _ = door.accept()
            except OSError:
                return
            threading.Thread(target=drip, args=(line,), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{door.getsockname()[1]}")
    monkeypatch.delenv("HF_TOKEN", raising=False)
    monkeypatch.setenv("NO_PROXY", "*")
    yield
    over.set()
    door.close()


def test_headers_that_drip_in_have_no_last_word(dripping: None):
    started = time.monotonic()

    with pytest.raises(ReadingError, match="did not answer in time"):
        reader.preview(REPO, timeout=1.0, total=0.6)

    assert time.monotonic() - started < 3


def test_a_silent_hub_has_no_last_word(hub: FakeHub):
    hub.model(REPO)
    hub.answers[f"/api/models/{REPO}"].wait = 5
    started = time.monotonic()

    with pytest.raises(ReadingError, match="did not answer in time"):
        reader.preview(REPO, timeout=0.5, total=2)

    assert time.monotonic() - started < 3


def test_a_draft_that_asked_for_nothing_has_nothing_to_say(client: Client, nouns: None):
    first = client.post("/submit/", {"way": "blank"})["Location"]
    draft = Submission.objects.get()

    assert filling_of(draft) is None
    assert fill_draft.call(draft.pk) == fill_draft.call(0) == "not wanted any more"
    assert client.post(first.replace("identify", "ask"), {"go": "again"}).status_code == 302
