"""Two entries made one: nothing is lost, and the old address leads on."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from catalog.evaluation.evaluate import stale
from catalog.intake.merge import MergeError, keep_apart, merge
from catalog.models import AISystem, Component, PossibleDuplicate, SourceRecord
from tests import factories as make

pytestmark = pytest.mark.django_db


def record(system: AISystem, key: str, components: dict[str, Any]) -> SourceRecord:
    return SourceRecord.objects.create(
        source=make.make_source(key="mot", title="MOT", kind="register"),
        key=key,
        url=f"https://example.org/{key}",
        fingerprint="0" * 64,
        state="matched",
        system=system,
        document={"name": system.name, "components": components},
        read_on=make.CHECKED,
        imported_at=timezone.now(),
    )


@pytest.fixture
def pair() -> tuple[AISystem, AISystem]:
    """Two entries: one with weights, one with a card, a claim and a record of its own."""
    keep = make.make_system(slug="keep", name="Thing", components={"weights_final": "Apache-2.0"})
    drop = make.make_system(
        slug="drop", name="Thing 7B", components={"weights_final": "MIT", "model_card": "MIT"}
    )
    make.make_claim(system=drop, claimed="open source")
    record(drop, "Thing.yml", {"data_documentation": {"availability": "open_download"}})
    return keep, drop


def test_the_kept_entry_has_its_own_facts_and_those_that_it_lacked(
    pair: tuple[AISystem, AISystem],
):
    keep, drop = pair

    merge(keep=keep, drop=drop, rationale="The same weights.", by="editors")

    rows = {row.kind: row for row in Component.objects.filter(system=keep)}
    assert rows["weights_final"].licence_expression == "Apache-2.0"
    assert rows["model_card"].licence_expression == "MIT"
    assert rows["data_documentation"].recorded_by == "import:mot"
    assert keep.claims.get().claimed == "open source"
    assert keep.source_records.get().key == "Thing.yml"
    assert stale() == []


def test_the_other_entry_is_hidden_and_all_its_addresses_lead_on(
    pair: tuple[AISystem, AISystem], client: Client
):
    keep, drop = pair
    merge(keep=keep, drop=drop, rationale="The same weights.", by="editors")

    for path in ("", "history/", "facts.json", "verdicts/mof-1.0/", "badge.svg"):
        response = client.get(f"/systems/drop/{path}?utm_source=b")
        assert response.status_code == 301, path
        assert response["Location"] == f"/systems/keep/{path}?utm_source=b"
        assert client.get(response["Location"]).status_code == 200
    assert "Thing 7B" not in client.get("/systems/").content.decode()


def test_an_address_that_never_was_stays_not_found(client: Client):
    assert client.get("/systems/never/").status_code == 404


def test_both_histories_stand_on_the_kept_entry(pair: tuple[AISystem, AISystem], client: Client):
    keep, drop = pair
    Component.objects.filter(system=drop, kind="weights_final").update(
        licence_url="https://a.example/"
    )
    merge(keep=keep, drop=drop, rationale="The same weights.", by="editors")

    page = client.get("/systems/keep/history/").content.decode()

    assert "https://a.example/" in page


def test_what_was_built_on_the_other_entry_is_built_on_the_kept_one(
    pair: tuple[AISystem, AISystem],
):
    keep, drop = pair
    child = make.make_system(slug="child")
    both = make.make_system(slug="both")
    make.make_derivation(system=child, base=drop)
    make.make_derivation(system=both, base=drop)
    make.make_derivation(system=both, base=keep)
    make.make_derivation(system=drop, base=keep)

    merge(keep=keep, drop=drop, rationale="The same weights.", by="editors")

    assert child.derivations.get().base == keep
    assert both.derivations.get().base == keep
    assert not keep.derivations.exists()


def test_a_chain_of_merges_leads_to_the_last(pair: tuple[AISystem, AISystem], client: Client):
    keep, drop = pair
    merge(keep=keep, drop=drop, rationale="The same weights.", by="editors")
    last = make.make_system(slug="last")
    merge(keep=last, drop=keep, rationale="The same weights.", by="editors")

    assert client.get("/systems/drop/")["Location"] == "/systems/last/"


def test_merges_that_make_no_sense_are_refused(pair: tuple[AISystem, AISystem]):
    keep, drop = pair
    with pytest.raises(MergeError, match="with itself"):
        merge(keep=keep, drop=keep, rationale="?", by="editors")
    merged = merge(keep=keep, drop=drop, rationale="The same weights.", by="editors")
    with pytest.raises(MergeError, match="merged already"):
        merge(keep=merged, drop=drop, rationale="?", by="editors")
    with pytest.raises(MergeError, match="not a published entry"):
        merge(keep=drop, drop=merged, rationale="?", by="editors")


def test_other_questions_about_the_merged_entry_go_to_the_kept_one(
    pair: tuple[AISystem, AISystem],
):
    keep, drop = pair
    third = make.make_system(slug="third")
    PossibleDuplicate.objects.create(first=keep, second=drop, reason="The same name.")
    PossibleDuplicate.objects.create(first=drop, second=third, reason="The same size.")

    merge(keep=keep, drop=drop, rationale="The same weights.", by="editors")

    assert [
        (p.first.slug, p.second.slug, p.state) for p in PossibleDuplicate.objects.order_by("pk")
    ] == [
        ("keep", "drop", "merged"),
        ("keep", "third", "open"),
    ]


def test_what_was_kept_apart_is_not_asked_again(pair: tuple[AISystem, AISystem]):
    keep, drop = pair
    question = PossibleDuplicate.objects.create(first=keep, second=drop, reason="The same name.")

    keep_apart(pair=question, rationale="Two trainings.")

    assert not PossibleDuplicate.objects.open().exists()
    assert question.decided_at is not None


# --- the desk --------------------------------------------------------------------------------


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(get_user_model().objects.create_superuser("ed"))
    return client


def address(question: PossibleDuplicate) -> str:
    return reverse("admin:catalog_possibleduplicate_change", args=[question.pk])


@pytest.mark.parametrize(("decision", "stays"), [("first", "keep"), ("second", "drop")])
def test_an_editor_merges_from_the_queue(
    desk: Client, pair: tuple[AISystem, AISystem], decision: str, stays: str
):
    keep, drop = pair
    question = PossibleDuplicate.objects.create(first=keep, second=drop, reason="The same name.")
    assert "Thing / Thing 7B" in desk.get("/desk/catalog/possibleduplicate/").content.decode()

    answer = {"decision": decision, "rationale": "The same weights."}
    response = desk.post(address(question), answer, follow=True)

    assert "its address leads there" in response.content.decode()
    assert AISystem.objects.published().get(slug=stays)
    assert AISystem.objects.published().count() == 1
    question.refresh_from_db()
    assert (question.state, question.rationale) == ("merged", "The same weights.")


def test_an_editor_keeps_a_pair_apart(desk: Client, pair: tuple[AISystem, AISystem]):
    keep, drop = pair
    question = PossibleDuplicate.objects.create(first=keep, second=drop, reason="The same name.")

    desk.post(address(question), {"decision": "apart", "rationale": "Two trainings."})

    question.refresh_from_db()
    assert question.state == "distinct"
    assert AISystem.objects.published().count() == 2


def test_no_decision_without_a_reason(desk: Client, pair: tuple[AISystem, AISystem]):
    keep, drop = pair
    question = PossibleDuplicate.objects.create(first=keep, second=drop, reason="The same name.")

    response = desk.post(address(question), {"decision": "first", "rationale": "  "})

    assert response.status_code == 200
    assert AISystem.objects.published().count() == 2


def test_records_are_read_on_the_desk_and_changed_nowhere(
    desk: Client, pair: tuple[AISystem, AISystem]
):
    row = SourceRecord.objects.get()
    filtered = desk.get("/desk/catalog/sourcerecord/?problem=departure").content.decode()
    assert "Thing.yml" not in filtered
    listing = desk.get("/desk/catalog/sourcerecord/").content.decode()
    assert "Thing.yml" in listing
    assert desk.get(f"/desk/catalog/sourcerecord/{row.pk}/delete/").status_code == 403
