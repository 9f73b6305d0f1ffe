"""Rows become facts, and facts lose nothing on the way to JSON and back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.entry.facts import facts_for, facts_for_many
from catalog.models import AISystem, Organization
from catalog.querysets import AISystemQuerySet
from definitions.facts import Facts
from tests import factories as make

pytestmark = pytest.mark.django_db


def rich_system(slug: str = "olmo-7b") -> AISystem:
    base = AISystem.objects.filter(slug="base").first() or make.make_system(
        slug="base", evaluated=False
    )
    system = make.make_system(
        slug=slug,
        version="1.0",
        release_date="2024-02",
        organizations=["nasa", "ibm"],
        components={
            "weights_final": {
                "licence": "Apache-2.0 OR MIT",
                "form": "full",
                "quote": "Weights are open.",
            },
            "data_documentation": {"included_in": "model_card"},
            "training_code": {
                "licence_status": "unrecognised",
                "licence_text": "Do no harm",
            },
        },
        training_data={"dolma": {"data_class": "unknown"}, "c4": {"where": "https://c4.example/"}},
        data_information={"scope": "yes", "labelling": "not_applicable"},
        evaluated=False,
    )
    make.make_derivation(system=system, base=base)
    make.make_derivation(system=system, base_name="An older one", kind="distil")
    make.make_ruling(system=system, criterion="osaid-1.0/data-info-complete")
    return system


def read(slug: str = "olmo-7b") -> Facts:
    return facts_for(AISystem.objects.with_facts().get(slug=slug))


def test_the_facts_say_what_the_rows_say() -> None:
    make.make_dataset(
        slug="dolma", licence="ODC-By-1.0", data_class="open", homepage="https://dolma.example/"
    )
    rich_system()

    document = read().to_json()

    assert document["system"] == {
        "slug": "olmo-7b",
        "name": "Olmo 7B",
        "version": "1.0",
        "release_date": "2024-02",
        "modalities": ["text"],
    }
    assert [maker["slug"] for maker in document["organizations"]] == ["ibm", "nasa"]
    weights = document["components"]["weights_final"]
    assert weights["licence"] == "Apache-2.0 OR MIT"
    assert weights["evidence"] == {"url": make.EVIDENCE, "quote": "Weights are open."}
    assert document["components"]["training_code"]["licence_text"] == "Do no harm"
    assert document["components"]["data_documentation"]["included_in"] == "model_card"
    assert [base["name"] for base in document["base_systems"]] == ["An older one", "Base"]
    assert document["data_information"]["labelling"] == "not_applicable"
    assert document["rulings"][0]["answer"] == "met"
    assert set(document["licences"]) == {"Apache-2.0", "MIT", "ODC-By-1.0"}


def test_a_use_takes_class_and_address_from_the_dataset_where_it_says_nothing() -> None:
    make.make_dataset(slug="dolma", data_class="open", homepage="https://dolma.example/")
    rich_system()

    datasets = {row["slug"]: row for row in read().to_json()["datasets"]}

    assert datasets["dolma"]["data_class"] == "open"
    assert datasets["dolma"]["url"] == "https://dolma.example/"
    assert datasets["c4"]["url"] == "https://c4.example/"


def test_facts_survive_the_way_to_json_and_back() -> None:
    rich_system()
    facts = read()

    again = Facts.from_json(facts.to_json())

    assert again == facts
    assert again.canonical() == facts.canonical()
    assert again.fingerprint == facts.fingerprint


def test_nothing_recorded_means_nothing_said() -> None:
    make.make_system(slug="bare", organizations=[], release_date="", modalities=[], evaluated=False)

    assert read("bare").to_json() == {
        "schema": "glassbox-facts/1",
        "system": {"slug": "bare", "name": "Bare"},
    }


def test_no_primary_key_gets_into_the_facts() -> None:
    rich_system()
    before = read().canonical()
    AISystem.objects.filter(slug="olmo-7b").update(popularity=7, is_published=False)

    assert read().canonical() == before


def test_many_systems_cost_as_many_queries_as_one() -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert all(facts.fingerprint for _, facts in facts_for_many(AISystem.objects.all()))
        return len(queries)

    rich_system("first")
    few = cost()
    for number in range(6):
        rich_system(f"more-{number}")

    assert cost() == few


def test_batches_give_every_system_once() -> None:
    for number in range(5):
        make.make_system(slug=f"s-{number}", evaluated=False)

    found = [system.slug for system, _ in facts_for_many(AISystem.objects.all(), batch=2)]

    assert found == [f"s-{number}" for number in range(5)]


def test_the_facts_of_many_are_those_of_each() -> None:
    """Plain rows and models are two ways to the same facts."""
    system = rich_system()
    make.make_component(system=AISystem.objects.get(slug="base"), licence="MIT")
    make.make_judgement(system=system, definition_id="osai-2024", classes={"paper": "open"})
    make.make_system_fact(system=system, topic="gpai", value="yes")
    nasa = Organization.objects.get(slug="nasa")
    make.make_organization_fact(organization=nasa, topic="legal_owner", value="yes")
    make.make_usage_information(system=system, limitations="yes")
    make.make_system(slug="bare", organizations=[], evaluated=False)

    found = {system.slug: facts.canonical() for system, facts in facts_for_many(everybody())}

    assert set(found) == {"olmo-7b", "base", "bare"}
    assert found == {slug: read(slug).canonical() for slug in found}
    for told in (b"gpai", b"legal_owner", b"limitations", b"weights", b"rulings", b"/paper"):
        assert told in found["olmo-7b"], told


def everybody() -> AISystemQuerySet:
    return AISystem.objects.all()
