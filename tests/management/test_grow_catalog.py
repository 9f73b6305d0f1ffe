"""The made-up catalogue of the benchmarks: never beside a real one, and the same every time."""

from typing import Any

import pytest
from django.core.management import CommandError, call_command

from catalog.listing.index.build import build, differences
from catalog.listing.index.store import faults
from catalog.management.commands.grow_catalog import MADE_BY, PATTERN
from catalog.models import AISystem, CatalogState, Component
from tests import factories as make

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]


@pytest.fixture
def patterns() -> None:
    for n, kinds in enumerate((["weights_final"], ["weights_final", "training_code"])):
        make.make_system(
            slug=f"pattern-{n}", components=dict.fromkeys(kinds, "MIT"), frameworks=["pytorch"]
        )
    AISystem.objects.update(recorded_by=PATTERN, is_published=False)


def made() -> list[dict[str, Any]]:
    rows = AISystem.objects.filter(recorded_by=MADE_BY).order_by("pk")
    return list(rows.values("slug", "name", "parameters", "released_on", "weights_licence"))


def test_a_second_run_goes_on_where_the_first_has_ended(patterns: None):
    call_command("grow_catalog", 15, verbosity=0)
    first = made()

    call_command("grow_catalog", 25, verbosity=0)

    assert len(first) == 15
    assert made()[:15] == first
    assert len({row["slug"] for row in made()}) == 25
    assert AISystem.objects.published().count() == 25
    assert 25 <= Component.objects.filter(system__recorded_by=MADE_BY).count() <= 50
    assert faults() == []
    index = build(CatalogState.objects.current())
    assert differences(index) == []
    assert len(index.any_of("framework", ["pytorch"])) == 27
    assert make.make_system(slug="after").pk > AISystem.objects.get(slug="bench-25").pk


def test_a_real_entry_is_reason_to_refuse():
    make.make_system(slug="real")

    with pytest.raises(CommandError, match="holds 1 real entries"):
        call_command("grow_catalog", 10)

    assert AISystem.objects.count() == 1


def test_a_number_that_makes_no_sense_is_refused():
    with pytest.raises(CommandError, match=r"From 1 to 5,000,000"):
        call_command("grow_catalog", 0)
