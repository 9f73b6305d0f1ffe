"""What a repository of the Hugging Face Hub becomes, against a server of its shape."""

import pytest

from tests.hub_server import SHA, FakeHub, json_answer
from tests.intake.huggingface.hub_readings import PAGE, REPO, codes, document, olmo, read, weights

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.once,
    pytest.mark.usefixtures("licences"),
]


def test_a_repository_becomes_a_reading_of_its_commit(hub: FakeHub) -> None:
    olmo(hub)
    (reading,) = read()
    assert (reading.key, reading.url, reading.version) == (REPO, PAGE, SHA)
    assert document(reading)["huggingface_id"] == REPO
    assert document(reading)["organizations"][0]["name"] == "Ai2"
    assert weights(reading)["url"] == f"{PAGE}/tree/{SHA}"
    assert codes(reading) == ["stage_not_stated"]


def test_downloads_and_likes_do_not_make_a_new_reading_but_another_commit_does(
    hub: FakeHub,
) -> None:
    olmo(hub)
    first = read()[0].fingerprint
    olmo(hub, downloads=99, likes=100)
    assert read()[0].fingerprint == first
    olmo(hub, sha="0" * 40)
    assert read()[0].fingerprint != first


def test_nothing_but_the_card_is_downloaded(hub: FakeHub) -> None:
    olmo(hub)
    read()
    assert hub.paths() == [
        f"/api/models/{REPO}?blobs=true",
        f"/{REPO}/resolve/{SHA}/README.md",
        "/api/organizations/allenai/overview",
    ]


def test_the_hub_learns_of_us_a_name_and_nothing_else(hub: FakeHub) -> None:
    olmo(hub)
    read()
    headers = {name.lower(): value for name, value in hub.asked[0][1].items()}
    assert headers["user-agent"] == "glassbox"
    assert "authorization" not in headers


def test_an_owner_is_asked_for_once(hub: FakeHub) -> None:
    hub.owner("allenai", "Ai2")
    for name in ("OLMo-1B", "OLMo-7B"):
        hub.model(f"allenai/{name}")
    readings = read("allenai/OLMo-1B", "allenai/OLMo-7B")
    assert [document(reading)["organizations"][0]["name"] for reading in readings] == ["Ai2"] * 2
    assert hub.paths().count("/api/organizations/allenai/overview") == 1


def test_an_owner_without_a_full_name_keeps_that_of_the_namespace(hub: FakeHub) -> None:
    hub.model("someone/model")
    assert document(read("someone/model")[0])["organizations"][0]["name"] == "someone"
    hub.put("/api/organizations/someone/overview", json_answer({"fullname": ["x"]}))
    assert document(read("someone/model")[0])["organizations"][0]["name"] == "someone"


def test_the_same_repository_is_read_once_whatever_it_is_called(hub: FakeHub) -> None:
    olmo(hub)
    assert len(read(REPO, f"{PAGE}/tree/main?x=1", f" {PAGE} ")) == 1


def test_a_card_that_a_token_opened_is_as_gated_as_the_rest(
    hub: FakeHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    olmo(hub, gated="manual")
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    parts = document(read()[0])["components"]
    assert parts["model_card"]["availability"] == "gated_manual"
    assert hub.asked[0][1]["authorization"] == "Bearer hf_secret"


def test_a_card_behind_the_gate_is_told_and_the_hubs_reading_of_it_is_used(hub: FakeHub) -> None:
    olmo(hub, gated="auto", cardData={"license": "apache-2.0"})
    hub.error(f"/{REPO}/resolve/{SHA}/README.md", 401, "GatedRepo")
    reading = read()[0]
    assert weights(reading)["licence"] == "Apache-2.0"
    assert document(reading)["components"]["model_card"]["availability"] == "gated_auto"
    assert "card_unread" in codes(reading)
