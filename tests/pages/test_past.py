"""Facts and verdicts of a day in the past, for programs."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from catalog.evaluation import facts_documents
from catalog.evaluation.evaluate import evaluate_system
from catalog.evaluation.facts_documents import keep_missing_documents
from catalog.models import AISystem, Component, FactsDocument
from definitions import registry
from definitions.core import evaluate
from definitions.facts import Facts
from tests.pages.conftest import grow
from tests.pages.test_changes import changed  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db

ONE = "/api/v1/systems/one"
FACTS = "/systems/one/facts.json"


@pytest.fixture
def past(changed: AISystem) -> AISystem:  # noqa: F811
    """Free weights until 10 January, none since."""
    first, _ = FactsDocument.objects.order_by("recorded_at")
    FactsDocument.objects.filter(pk=first.pk).update(recorded_at="2026-01-10T12:00Z")
    return changed


def weights(facts: dict[str, Any]) -> str:
    return str(facts["components"]["weights_final"]["availability"])


def test_facts_are_those_of_the_day(client: Client, past: AISystem):
    assert weights(client.get(f"{FACTS}?as-of=2026-01-11").json()) == "open_download"
    assert weights(client.get(FACTS).json()) == "not_released"
    assert client.get(f"{FACTS}?as-of={timezone.now():%Y-%m-%d}").json() == client.get(FACTS).json()
    assert client.get(f"{FACTS}?as-of=2026-01-09").status_code == 404


def test_facts_of_the_day_give_the_verdicts_of_the_day(client: Client, past: AISystem):
    found = client.get(f"{ONE}?as-of=2026-01-11").json()
    facts = Facts.from_json(found["facts"])

    assert found["as_of"] == "2026-01-11"
    assert found["verdicts"]
    for row in found["verdicts"]:
        verdict = evaluate(registry.get(row["definition"]), facts)
        assert (verdict.status.value, verdict.label) == (row["status"], row["label"])
    assert found["facts"] == client.get(f"{FACTS}?as-of=2026-01-11").json()
    assert found["url"].endswith("/systems/one/history/?on=2026-01-11")


def test_a_list_is_that_of_the_day(client: Client, past: AISystem):
    grow(2)

    def slugs(query: str) -> list[str]:
        return [row["slug"] for row in client.get(f"/api/v1/systems?{query}").json()["items"]]

    today = f"{timezone.now():%Y-%m-%d}"
    assert slugs("as-of=2026-01-11") == ["one"]
    assert slugs("as-of=2026-01-09") == []
    assert slugs(f"as-of={today}") == slugs("") == ["one", "system-0", "system-1"]
    assert slugs("as-of=2026-01-11&definition=owd-0.3&status=met") == ["one"]
    assert slugs(f"as-of={today}&q=one&definition=owd-0.3&status=met") == []
    assert slugs(f"as-of={today}&limit=1") == ["one"]
    alone = client.get("/api/v1/systems?as-of=2026-01-11&status=met")
    assert alone.status_code == 400
    assert alone.json()["errors"][0]["parameter"] == "status"
    assert "Choose the definition" in client.get("/as-of/?on=2026-01-11&status=met").text
    assert client.get(f"/api/v1/systems?as-of={today}&limit=1").json()["next"]


@pytest.mark.parametrize("day", ["", "yesterday", "2999-01-01", "2026-13-01", "2026-11", "\x00"])
@pytest.mark.parametrize("path", [ONE, "/api/v1/systems", FACTS])
def test_what_is_no_day_of_the_past_is_refused(client: Client, past: AISystem, path: str, day: str):
    response = client.get(path, {"as-of": day})

    assert response.status_code == 400
    assert response.content


@pytest.mark.parametrize("path", [ONE, "/api/v1/systems", FACTS])
def test_other_parameters_beside_it_are_refused(client: Client, past: AISystem, path: str):
    response = client.get(path, {"as-of": "2026-01-11", "licence": "MIT"})

    assert response.status_code == 400
    assert "licence" in response.text


def test_before_its_day_an_entry_is_not_found(client: Client, past: AISystem):
    assert client.get(f"{ONE}?as-of=2026-01-09").status_code == 404


def test_before_facts_were_kept_a_verdict_is_told_without_them(client: Client, past: AISystem):
    FactsDocument.objects.all().delete()
    found = client.get(f"{ONE}?as-of=2026-01-11").json()

    assert "as-of=" not in client.get("/systems/one/history/?on=2026-01-11").text
    assert found["facts"] is None
    assert (found["tier"], found["recorded_by"]) == ("", [])
    assert {row["status"] for row in found["verdicts"]} >= {"met"}


def test_a_deleted_entry_is_in_the_list_of_its_day(client: Client, past: AISystem):
    past.delete()

    (row,) = client.get("/api/v1/systems?as-of=2026-01-11").json()["items"]
    assert weights(row["facts"]) == "open_download"


def test_a_document_is_kept_when_the_facts_move_and_only_then(past: AISystem):
    assert FactsDocument.objects.count() == 2
    evaluate_system(system=past)
    assert FactsDocument.objects.count() == 2
    Component.objects.update(url="https://example.org/weights")
    evaluate_system(system=past)
    assert FactsDocument.objects.count() == 3
    newest = FactsDocument.objects.latest("recorded_at")
    assert newest.fingerprint == AISystem.objects.get().facts_fingerprint
    assert Facts.from_json(newest.document).fingerprint == newest.fingerprint


def test_entries_of_an_older_release_get_their_first_document(
    past: AISystem, monkeypatch: pytest.MonkeyPatch
):
    grow(4)
    monkeypatch.setattr(facts_documents, "BATCH", 2)
    assert keep_missing_documents() == 0
    FactsDocument.objects.exclude(system__slug="system-1").delete()
    assert keep_missing_documents() == 4
    kept = dict(FactsDocument.objects.values_list("system", "fingerprint"))
    assert kept == dict(AISystem.objects.values_list("pk", "facts_fingerprint"))


def test_pages_and_feeds_of_the_past_say_how_far_an_entry_was_checked(
    client: Client, past: AISystem
):
    words, told = past.standing.words, past.standing.told
    history = client.get("/systems/one/history/?on=2026-01-11").text
    verdicts = history.split('id="past"')[1].split("<h3>Components")[0]

    assert words in verdicts
    assert verdicts.count('class="src below"') == verdicts.count("<dt>")
    assert words in client.get("/as-of/?on=2026-01-11").text.split("<tbody>")[1]
    feed = client.get("/changes.atom").text
    assert f"{told}." in feed
    AISystem.objects.update(verified_on="2026-01-01")
    evaluate_system(system=past)
    assert told not in client.get("/changes.atom").text
    assert words in client.get("/systems/one/history/?on=2026-01-11").text.split('id="past"')[1]


@pytest.mark.parametrize("number", [3, 40])
def test_the_same_queries_for_any_number(
    client: Client, django_assert_num_queries: Any, number: int
):
    grow(number)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    with django_assert_num_queries(5):  # two for the limit and the ETag
        client.get(f"/api/v1/systems?as-of={timezone.now():%Y-%m-%d}&limit=100")
