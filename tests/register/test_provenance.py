"""Every fact of the whole catalogue leads to its source in one click."""

import html
import re

import pytest
from django.test import Client

from catalog.models import (
    AISystem,
    Claim,
    Component,
    DataInformation,
    Dataset,
    Derivation,
    Organization,
    OrganizationFact,
    Ruling,
    SourceRecord,
    StewardJudgement,
    SystemFact,
    TrainingData,
    UsageInformation,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]

OF_A_SYSTEM = (
    Component,
    TrainingData,
    DataInformation,
    UsageInformation,
    SystemFact,
    Derivation,
    Claim,
    StewardJudgement,
)


def test_the_catalogue_is_large_and_every_record_names_its_source(catalogue: None):
    for noun, least in ((AISystem, 350), (Dataset, 60), (Organization, 150)):
        assert noun.objects.count() >= least, noun
        without = noun.objects.filter(source=None) | noun.objects.filter(evidence_url="")
        assert list(without.values_list("slug", flat=True)) == []
    for model in (*OF_A_SYSTEM, Ruling, OrganizationFact):
        without = model._default_manager.filter(source=None)
        assert not (without | model._default_manager.filter(evidence_url="")).exists(), model


@pytest.mark.once
def test_every_fact_on_every_entry_links_the_page_that_shows_it(catalogue: None, client: Client):
    cited: dict[str, set[str]] = {}
    for model in OF_A_SYSTEM:
        for slug, url in model._default_manager.values_list("system__slug", "evidence_url"):
            cited.setdefault(slug, set()).add(url)
    records = SourceRecord.objects.exclude(system=None)  # a withheld one belongs to no entry
    for slug, url in records.values_list("system__slug", "url"):
        cited.setdefault(slug, set()).add(url)
    for slug, url in AISystem.objects.values_list("slug", "evidence_url"):
        cited.setdefault(slug, set()).add(url)
    for slug, wanted in cited.items():
        page = client.get(f"/systems/{slug}/").content.decode()
        linked = {html.unescape(url) for url in re.findall(r'href="(https?://[^"]+)"', page)}
        assert wanted - linked == set(), slug
