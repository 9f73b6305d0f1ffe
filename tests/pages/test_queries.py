"""Lists, entries and comparisons cost the same however many rows there are."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalog.models import AISystem
from tests import factories as make
from tests.pages.conftest import OPEN_COMPONENTS, grow

pytestmark = pytest.mark.django_db

MOST = 12

PAGES = [
    "/",
    "/systems/",
    "/systems/?size=100",
    "/systems/?q=system&osaid-1.0=unknown&component=weights_final&sort=newest",
    "/systems/?q=sistem-nothing",
    "/systems.atom?osaid-1.0=unknown",
    "/definitions/osaid-1.0/systems/",
    "/definitions/osai-2026/systems/?q=system&sort=datasources-basemodel",
    "/systems/system-0/",
    "/systems/system-0/verdicts/osai-2026/",
    "/claims/",
    "/changes/",
    "/changes.atom",
    "/decisions/",
    "/decisions.atom",
    "/systems/system-0/changes.atom",
    "/definitions/osaid-1.0/changes.atom",
    "/organisations/maker-0/changes.atom",
    "/as-of/",
    "/definitions/agreement/",
    "/definitions/osai-2026/since/osai-2024/",
    "/compare/?s=system-0&s=system-1&s=system-2",
    "/compare/?s=system-0&add=system",
    "/definitions/",
    "/definitions/osaid-1.0/",
    "/definitions/mof-1.0/",
    "/datasets/",
    "/datasets/dolma/",
    "/frameworks/",
    "/frameworks/pytorch/",
    "/licences/",
    "/licences/Apache-2.0/",
    "/organisations/",
    "/organisations/maker-0/",
    "/languages/",
    "/languages/python/",
    "/platforms/",
    "/platforms/huggingface/",
    "/sources/",
    "/sources/links/",
    "/sitemap-systems.xml",
]


def counts(client: Client) -> dict[str, int]:
    found = {}
    for address in PAGES:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(address).status_code == 200, address
        found[address] = len(queries)
    return found


def gather_statistics() -> None:
    """What autovacuum does for rows that are committed; without it plans are guesses."""
    tables = connection.introspection.django_table_names(only_existing=True)
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(tables)}")


def test_the_number_of_queries_does_not_grow(client: Client, catalogue: list[AISystem]):
    make.make_training_data(system=catalogue[0])
    make.make_claim(system=catalogue[0])
    make.make_judgement(system=catalogue[0], result="fail")
    make.make_decision(system=catalogue[0])
    few = counts(client)
    for system in grow(147, start=3):
        make.make_decision(system=catalogue[0])
        make.make_training_data(system=system)
        make.make_claim(system=system)
        make.make_judgement(system=system, result="fail")
    make.make_derivation(system=catalogue[1], base=catalogue[0])
    for number in range(30):
        organization = make.make_organization(slug=f"other-{number}")
        make.make_profile(organization=organization, handle=f"handle-{number}")
        make.make_dataset(slug=f"set-{number}", organizations=[organization.slug])
    gather_statistics()
    many = counts(client)
    assert many == few
    assert max(many.values()) <= MOST, many


def test_six_systems_cost_what_two_cost(client: Client, catalogue: list[AISystem]):
    grow(3, start=3)
    found = set()
    for number in (2, 6):
        query = "&".join(f"s=system-{n}" for n in range(number))
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/compare/?{query}")
        found.add(len(queries))
    assert len(found) == 1
    assert len(OPEN_COMPONENTS) == 14
