"""The whole catalogue: what rests on the word of another register alone."""

import pytest

from catalog.entry.lineage import self_ancestors
from catalog.models import AISystem, Component, SourceRecord
from definitions.vocabulary import CommercialUse
from tests.intake.test_precedence import CLOSED

pytestmark = [pytest.mark.django_db, pytest.mark.once]

FLAGSHIPS = ("apertus", "llama-2", "llama-3-1", "olmo-3", "starcoder2", "t5", "gemma-3")


def test_no_listing_makes_weights_open_or_business_use_a_yes(catalogue: None):
    told = Component.objects.filter(
        system__slug__in=CLOSED, kind="weights_final", recorded_by__startswith="import:"
    )
    imported = AISystem.objects.filter(slug__in=CLOSED, recorded_by__startswith="import:")

    assert not told.exists()
    assert {row.commercial_use for row in imported} <= {CommercialUse.UNKNOWN.value}


def test_no_entry_descends_from_itself(catalogue: None):
    assert self_ancestors() == []
    based = AISystem.objects.filter(
        slug__in=FLAGSHIPS, derivations__recorded_by__startswith="import:"
    )
    assert not based.exists()


def test_placeholders_are_not_published_and_wait_for_editors(catalogue: None):
    shown = AISystem.objects.published().filter(slug__in=["unnamed-model", "deepseek-v3-test"])
    assert not shown.exists()
    assert SourceRecord.objects.filter(state="withheld", system=None).count() == 2


def test_every_open_download_of_a_register_has_an_address(catalogue: None):
    told = Component.objects.filter(recorded_by__startswith="import:", availability="open_download")
    assert not told.filter(url="").exists()
