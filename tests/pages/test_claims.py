"""The claims check: words, the definition they promise, the verdict."""

import pytest
from django.test import Client

from catalog.evaluation.evaluate import evaluate_system
from tests import factories as make

pytestmark = pytest.mark.django_db

FREE_WEIGHTS = {"weights_final": {"licence": "Apache-2.0", "form": "full"}}


@pytest.fixture
def claims(db: None) -> None:
    free = make.make_system(slug="free", components=FREE_WEIGHTS)
    bound = make.make_system(slug="bound", components={"weights_final": "LicenseRef-Llama-2"})
    make.make_claim(system=free, claimed="open weights", quote="Our open weights.")
    make.make_claim(system=bound, claimed="open source", quote="The leading open source model.")
    hidden = make.make_system(slug="hidden", is_published=False)
    make.make_claim(system=hidden, claimed="open source", quote="Not to be seen.")
    for system in (free, bound, hidden):
        evaluate_system(system=system)


def test_each_claim_stands_beside_its_verdict(client: Client, claims: None):
    html = client.get("/claims/").content.decode()

    assert "Our open weights." in html
    assert "/systems/free/verdicts/owd-0.3/" in html
    assert "/systems/bound/verdicts/osaid-1.0/" in html
    assert "Does not hold" in html
    assert "Not to be seen." not in html


@pytest.mark.parametrize(
    ("query", "shown", "left_out"),
    [
        ("result=holds", "Our open weights.", "The leading"),
        ("result=does_not_hold", "The leading", "Our open weights."),
        ("definition=osaid-1.0", "The leading", "Our open weights."),
        ("q=free", "Our open weights.", "The leading"),
    ],
)
def test_claims_can_be_filtered(
    client: Client, claims: None, query: str, shown: str, left_out: str
):
    html = client.get(f"/claims/?{query}").content.decode()

    assert shown in html
    assert left_out not in html


def test_a_wrong_filter_is_a_message(client: Client, claims: None):
    response = client.get("/claims/?result=perhaps&definition=nope&page=zz")

    assert response.status_code == 200
    assert b"errors" in response.content


def test_the_facet_finds_systems_by_their_claims(client: Client, claims: None):
    html = client.get("/systems/?claim=does_not_hold").content.decode()

    assert "/systems/bound/" in html
    assert "/systems/free/" not in html


def test_the_entry_tells_whether_its_claim_holds(client: Client, claims: None):
    html = client.get("/systems/bound/").content.decode()

    assert "The leading open source model." in html
    assert "Does not hold" in html
