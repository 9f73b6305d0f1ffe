"""The reviewed catalogue itself: it loads, and anybody can recompute its verdicts."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from catalog.entry.facts import facts_for_many
from catalog.entry.reviewed import file_of
from catalog.intake.files import load_catalog
from catalog.intake.files.read import Record, read_files
from catalog.models import AISystem
from definitions.__main__ import main
from tests.reading import explained

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_the_catalogue_loads_twice_and_the_second_time_writes_nothing(catalogue: None) -> None:
    again = load_catalog(paths=[settings.FIXTURES_DIR])

    assert (again.changes, again.evaluated) == (0, 0)


def shown(record: Record) -> object:
    """All that a file states, without the order of its rows, and without what is said unknown."""
    values = {name: value for name, value in record.values.items() if value != "unknown"}
    rows = {
        name: sorted(str(shown(row)) for row in children)
        for name, children in record.children.items()
    }
    return json.dumps([values, record.links, rows], sort_keys=True, default=str)


def systems_in(folder: Path) -> dict[str, object]:
    reading = read_files(sorted((folder / "systems").glob("*.yaml")))
    assert not reading.problems
    return {record.key: shown(record) for record in reading.records["system"]}


def test_every_reviewed_file_comes_back_as_it_was_loaded(catalogue: None, tmp_path: Path) -> None:
    (tmp_path / "systems").mkdir()
    for path in sorted((settings.FIXTURES_DIR / "systems").glob("*.yaml")):
        system = AISystem.objects.get(slug=path.stem)
        (tmp_path / "systems" / path.name).write_text(file_of(system), encoding="utf-8")

    assert load_catalog(paths=[tmp_path]).changes == 0
    assert systems_in(tmp_path) == systems_in(settings.FIXTURES_DIR)


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
