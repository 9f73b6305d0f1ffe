"""A Hub that is down, slow, strict or talks nonsense."""

import json
from typing import Any

import pytest

from catalog.intake.huggingface import client, reader
from catalog.intake.huggingface.client import Hub
from catalog.intake.huggingface.reader import preview
from catalog.intake.registers.base import ReadingError
from tests.hub_server import SHA, Answer, FakeHub, json_answer, serving
from tests.intake.huggingface.hub_readings import (
    OLMO_CARD,
    PAGE,
    REPO,
    codes,
    document,
    olmo,
    read,
    weights,
)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.once,
    pytest.mark.usefixtures("licences"),
]


def test_a_renamed_repository_counts_under_its_own_name(hub: FakeHub) -> None:
    hub.model("google-bert/bert-base", card=OLMO_CARD)
    target = {"Location": "/api/models/google-bert/bert-base"}
    hub.put("/api/models/old/bert", Answer(b"", 307, target))
    (reading,) = read("old/bert", "google-bert/bert-base")
    assert reading.key == "google-bert/bert-base"
    assert document(reading)["huggingface_id"] == "google-bert/bert-base"
    assert "The Hub calls “old/bert” “google-bert/bert-base” now." in [
        problem.message for problem in reading.problems
    ]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"private": True}, "private"),
        ({"private": "yes"}, "private"),
        ({"disabled": True}, "disabled"),
        ({"id": None}, "malformed"),
        ({"id": 7}, "malformed"),
        ({"id": "../../etc"}, "malformed"),
        ({"sha": "not a commit"}, "malformed"),
    ],
)
def test_what_the_public_cannot_check_is_rejected(
    hub: FakeHub, changes: dict[str, Any], code: str
) -> None:
    olmo(hub)
    record = hub.model(REPO) | changes
    hub.put(f"/api/models/{REPO}", json_answer(record))
    (reading,) = read()
    assert reading.document is None
    assert (reading.key, codes(reading)) == (REPO, [code])


@pytest.mark.parametrize(
    ("status", "error", "message", "code"),
    [
        (401, "RepoNotFound", "", "not_found"),
        (401, "", "", "not_found"),
        (404, "RepoNotFound", "", "not_found"),
        (404, "", "", "not_found"),
        (401, "GatedRepo", "", "gated"),
        (403, "GatedRepo", "", "gated"),
        (403, "", "Access to this resource is disabled.", "disabled"),
        (403, "", "", "forbidden"),
        (418, "", "", "refused"),
        (204, "", "", "refused"),
    ],
)
def test_a_repository_that_the_hub_does_not_show_is_rejected_and_the_next_is_read(
    hub: FakeHub, status: int, error: str, message: str, code: str
) -> None:
    olmo(hub)
    hub.error("/api/models/some/thing", status, error, message)
    first, second = read("some/thing", REPO)
    assert first.document is None
    assert codes(first) == [code]
    assert second.document is not None


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Answer(b"", 500), "fault of its own (HTTP 500"),
        (Answer(b"", 503), "fault of its own (HTTP 503"),
        (Answer(b"", 429, {"Retry-After": "120"}), "try again in 120 seconds"),
        (Answer(b"", 429, {"RateLimit": '"api";r=0;t=55'}), "try again in 55 seconds"),
        (
            Answer(b"", 429, {"Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT"}),
            "try again after Wed, 21 Oct 2026 07:28:00 GMT",
        ),
        (Answer(b"", 429), "slow down"),
        (Answer(b"<!DOCTYPE html><p>Log in", 200, {"Content-Type": "text/html"}), "web page"),
        (Answer(b'{"id": "allenai/OL'), "not JSON"),
        (Answer(b""), "not JSON"),
        (Answer(b"[" * 100_000), "not JSON"),
        (Answer(b'{"id": ' + b"9" * 5000 + b"}"), "not JSON"),
        (
            Answer(b"", 401, {"X-Error-Message": "Invalid credentials in Authorization header"}),
            "does not accept the access token",
        ),
        (Answer(b"", 302, {"Location": f"/api/models/{REPO}"}), "in circles"),
        (Answer(b"", 302, {"Location": "ftp://example.org/x"}), "cannot be reached"),
    ],
)
def test_a_hub_that_cannot_be_read_ends_the_run_with_a_sentence(
    hub: FakeHub, answer: Answer, words: str
) -> None:
    hub.put(f"/api/models/{REPO}", answer)
    with pytest.raises(ReadingError) as caught:
        read()
    assert words in str(caught.value)


def test_a_hub_that_is_down_ends_the_run_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")
    with pytest.raises(ReadingError, match="cannot be reached"):
        read(endpoint="http://127.0.0.1:1")


@pytest.mark.parametrize(
    "answer", [Answer(b"{}", wait=5), Answer(b"{" + b" " * 40, drip=0.05)], ids=["mute", "drip"]
)
def test_a_slow_hub_ends_the_run_with_a_sentence(
    hub: FakeHub, answer: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub.put(f"/api/models/{REPO}", answer)
    monkeypatch.setattr(reader, "Hub", lambda *given: Hub(*given, timeout=0.3, deadline=0.3))
    with pytest.raises(ReadingError, match="in time"):
        read()


def test_giant_answers_are_not_read_to_their_end(
    hub: FakeHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    olmo(hub, card="---\nlicense: mit\n---\n" + "x" * 5000)
    monkeypatch.setattr(reader, "Hub", lambda *given: Hub(*given, max_card=4000))
    (reading,) = read()
    assert "licence" not in weights(reading)
    assert "card_unread" in codes(reading)
    monkeypatch.setattr(reader, "Hub", lambda *given: Hub(*given, max_record=500))
    (reading,) = read()
    assert reading.document is None
    assert codes(reading) == ["too_large"]


@pytest.mark.parametrize("value", [[], "text", 7, None])
def test_a_record_that_is_no_object_is_rejected(hub: FakeHub, value: object) -> None:
    hub.put(f"/api/models/{REPO}", json_answer(value))
    (reading,) = read()
    assert (reading.document, codes(reading)) == (None, ["malformed"])


@pytest.mark.parametrize(
    "name",
    ["", "one", "a/b/c", "a b/c", "../x", "a/..", "owner/na--me", "owner/x.git", "ö/x", "a/b\x00"],
)
def test_a_name_that_no_repository_has_is_refused_before_anything_is_asked(
    hub: FakeHub, name: str
) -> None:
    with pytest.raises(ReadingError, match="Not a repository of the Hub"):
        read(REPO, name)
    assert hub.asked == []


def test_bad_settings_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "hub.example.org")
    with pytest.raises(ReadingError, match="not a web address"):
        read()
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:1")
    monkeypatch.setenv("HF_TOKEN", "hf_öäü\n")
    with pytest.raises(ReadingError, match="token"):
        read()


def test_a_preview_reads_one_repository_by_the_address_of_its_page(hub: FakeHub) -> None:
    olmo(hub)
    assert preview(f"{PAGE}/blob/main/config.json").key == REPO
    with pytest.raises(ReadingError):
        preview("what?")


def test_the_addresses_that_people_read_are_those_of_the_hub_itself(hub: FakeHub) -> None:
    olmo(hub)
    assert client.HUB == "https://huggingface.co"
    assert hub.endpoint not in json.dumps(document(read()[0]))


def test_the_token_stays_with_the_hub_when_a_card_lies_elsewhere(
    hub: FakeHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    olmo(hub)
    with serving() as elsewhere:
        elsewhere.put("/card", Answer(b"---\nlicense: mit\n---\n"))
        target = {"Location": f"{elsewhere.endpoint}/card"}
        hub.put(f"/{REPO}/resolve/{SHA}/README.md", Answer(b"", 302, target))
        (reading,) = read()
        assert [sorted(headers) for _, headers in elsewhere.asked] == [
            sorted(name for name in hub.asked[0][1] if name.lower() != "authorization")
        ]
    assert weights(reading)["licence"] == "MIT"
    assert hub.asked[0][1]["authorization"] == "Bearer hf_secret"
