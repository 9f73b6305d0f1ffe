"""The reviewed catalogue itself: it loads, and anybody can recompute its verdicts."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from catalog.facts import facts_for_many
from catalog.models import AISystem
from catalog.services.loading import load_catalog
from definitions.__main__ import main
from tests.reading import explained

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_the_catalogue_loads_twice_and_the_second_time_writes_nothing(catalogue: None) -> None:
    again = load_catalog(paths=[settings.FIXTURES_DIR])

    assert (again.changes, again.evaluated) == (0, 0)


def test_the_command_line_gives_the_findings_of_the_database_byte_for_byte(
    catalogue: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    registers_alone = AISystem.objects.filter(recorded_by__startswith="import:").order_by("slug")
    chosen = AISystem.objects.exclude(pk__in=list(registers_alone.values_list("pk", flat=True))[8:])
    stored: dict[str, dict[str, Any]] = {
        system.slug: {
            row.definition_id: explained(row).to_json() for row in system.evaluations.all()
        }
        for system in AISystem.objects.filter(pk__in=chosen).prefetch_related("evaluations")
    }
    assert stored
    for system, facts in facts_for_many(chosen):
        path = tmp_path / f"{system.slug}.json"
        path.write_bytes(facts.canonical())
        printed = StringIO()
        monkeypatch.setattr("sys.stdout", printed)
        assert main(["evaluate", str(path), "--format", "json"]) == 0
        verdicts = json.loads(printed.getvalue())
        assert spelled(verdicts) == spelled(list(stored[system.slug].values())), system.slug


def spelled(verdicts: Any) -> list[str]:
    """Each verdict in one spelling, in the order of the definitions' ids."""
    rows = verdicts["verdicts"] if isinstance(verdicts, dict) else verdicts
    return sorted(json.dumps(row, sort_keys=True, ensure_ascii=False) for row in rows)
