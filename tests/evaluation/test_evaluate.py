"""Verdicts are kept current, written only where they differ, and leave a history."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from time import sleep
from typing import Any

import pghistory
import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection, models, transaction

from catalog.entry.facts import facts_for
from catalog.evaluation import background, verdict_store
from catalog.evaluation.evaluate import (
    behind,
    dependents_of,
    evaluate_many,
    evaluate_system,
    evaluate_systems,
    stale,
)
from catalog.intake import editing
from catalog.intake.editing import refresh
from catalog.management.commands import evaluate as command
from catalog.models import AISystem, CatalogState, Component, Evaluation, Organization
from definitions import registry
from definitions.core import evaluate
from definitions.facts import Facts
from tests import factories as make
from tests.reading import explained

pytestmark = pytest.mark.django_db


def history(name: str) -> Any:
    model: type[models.Model] = apps.get_model("catalog", f"{name}Event")
    return model._default_manager


def test_every_definition_gives_a_row_with_the_whole_verdict() -> None:
    system = make.make_system(components={"weights_final": "Apache-2.0"})

    rows = {row.definition_id: row for row in system.evaluations.all()}

    assert set(rows) == {definition.id for definition in registry.DEFINITIONS}
    for row in rows.values():
        told = explained(row)
        assert (told.status, told.label) == (row.status, row.label)
        assert len(told.findings) == len(row.criteria)


def test_the_derived_columns_follow_the_facts() -> None:
    system = make.make_system(components={"weights_final": "Apache-2.0"})
    system.refresh_from_db()

    assert len(system.strip) == 22
    assert "o" in system.strip
    assert (system.commercial_use, system.weights_licence) == ("yes", "Apache-2.0")
    assert len(system.facts_fingerprint) == 64


def test_a_second_evaluation_writes_nothing() -> None:
    system = make.make_system(components={"weights_final": "Apache-2.0"})
    events = history("Evaluation").count()
    version = CatalogState.objects.current()

    assert evaluate_system(system=system) == 0
    assert history("Evaluation").count() == events
    assert CatalogState.objects.current() == version


def test_a_fact_that_moves_no_verdict_leaves_no_verdict_history() -> None:
    system = make.make_system(components={"weights_final": "Apache-2.0"})
    events = history("Evaluation").count()
    since = system.evaluations.get(definition_id="osaid-1.0").status_since

    AISystem.objects.filter(pk=system.pk).update(version="2.0")
    assert stale() == [system]
    assert evaluate_system(system=system) > 0

    assert history("Evaluation").count() == events
    assert system.evaluations.get(definition_id="osaid-1.0").status_since == since
    assert stale() == []


def test_a_fact_that_moves_a_verdict_is_written_down() -> None:
    system = make.make_system(components={"weights_final": "Apache-2.0"})
    before = system.evaluations.get(definition_id="owd-0.3")

    Component.objects.filter(system=system).update(availability="not_released", completeness="none")
    evaluate_system(system=system)

    after = system.evaluations.get(definition_id="owd-0.3")
    assert (before.status, after.status) == ("unknown", "not_met")
    assert after.pk == before.pk
    assert after.status_since > before.status_since
    assert list(
        history("Evaluation")
        .filter(pgh_obj_id=after.pk)
        .order_by("pgh_id")
        .values_list("pgh_label", "status")
    ) == [("insert", "unknown"), ("update", "not_met")]


def test_a_failure_afterwards_takes_the_verdicts_back() -> None:
    system = make.make_system(components={"weights_final": "Apache-2.0"})
    before = list(system.evaluations.values_list("definition_id", "status", "evaluated_at"))

    def edit_and_fail() -> None:
        with transaction.atomic():
            Component.objects.filter(system=system).update(
                availability="not_released", completeness="none"
            )
            assert evaluate_system(system=system) > 0
            raise RuntimeError

    with pytest.raises(RuntimeError):
        edit_and_fail()

    assert list(system.evaluations.values_list("definition_id", "status", "evaluated_at")) == before


def test_a_changed_reading_makes_rows_stale() -> None:
    system = make.make_system()
    first, *others = registry.DEFINITIONS
    revised = (replace(first, revision=first.revision + 1), *others)

    assert stale(definitions=revised) == [system]
    assert stale() == []

    evaluate_system(system=system, definitions=revised)
    assert stale(definitions=revised) == []


def test_rows_of_a_definition_that_is_gone_are_removed() -> None:
    system = make.make_system()
    row = system.evaluations.first()
    assert row is not None
    Evaluation.objects.filter(pk=row.pk).update(definition_id="gone-1.0")
    assert stale() == [system]

    evaluate_system(system=system)

    assert not system.evaluations.filter(definition_id="gone-1.0").exists()


def test_the_database_holds_what_the_engine_says() -> None:
    system = make.make_system(components={"weights_final": "LicenseRef-Llama-2"})
    from_rows = AISystem.objects.with_facts().get(pk=system.pk)
    facts = Facts.from_json(facts_for(from_rows).to_json())

    for row in system.evaluations.all():
        definition = registry.get(row.definition_id)
        verdict = evaluate(definition, facts)
        kept = definition.result_of(verdict)
        assert tuple(getattr(row, name) for name in kept._fields) == kept
        assert explained(row).to_json() == verdict.to_json()


def test_dependents_are_those_whose_facts_hold_the_row() -> None:
    data = make.make_dataset(slug="dolma", licence="ODC-By-1.0")
    base = make.make_system(slug="base", organizations=["meta"])
    by_data = make.make_system(slug="by-data", training_data={"dolma": {}})
    by_licence = make.make_system(slug="by-licence", components={"training_code": "MIT"})
    built = make.make_system(slug="built", organizations=["meta"])
    make.make_derivation(system=built, base=base)

    def slugs(row: Any) -> list[str]:
        return sorted(dependents_of(row).values_list("slug", flat=True))

    assert slugs(data) == [by_data.slug]
    assert slugs(make.make_licence(spdx_id="MIT")) == [by_licence.slug]
    assert slugs(make.make_licence(spdx_id="ODC-By-1.0")) == [by_data.slug]
    assert slugs(Organization.objects.get(slug="meta")) == ["base", "built"]
    assert slugs(base) == ["base", "built"]


def test_an_edited_licence_judges_its_systems_again() -> None:
    system = make.make_system(components={"weights_final": "Apache-2.0"})
    licence = make.make_licence(spdx_id="Apache-2.0")
    licence.commercial = "no"
    licence.osi_approved = "no"
    licence.save()

    assert refresh(rows=[licence]) > 0

    system.refresh_from_db()
    assert system.commercial_use == "no"
    assert stale() == []


def test_an_edit_of_very_many_systems_facts_is_followed_by_a_task(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    monkeypatch.setattr(editing, "AT_ONCE", 1)
    monkeypatch.setattr(background, "PORTION", 2)
    systems = [
        make.make_system(slug=f"s-{number}", components={"weights_final": "Apache-2.0"})
        for number in range(3)
    ]
    licence = make.make_licence(spdx_id="Apache-2.0")
    licence.commercial = "no"
    licence.save()

    with django_capture_on_commit_callbacks(execute=True) as tasks:
        assert refresh(rows=[licence]) == 0
        assert stale() == systems

    assert len(tasks) == 2
    assert stale() == []


def test_an_edited_row_without_facts_still_moves_the_catalogue_version() -> None:
    version = CatalogState.objects.current()

    assert refresh(rows=[make.make_platform()]) == 0

    assert CatalogState.objects.current() > version


def test_many_are_judged_in_batches() -> None:
    for number in range(5):
        make.make_system(slug=f"s-{number}", evaluated=False)
    pks = list(AISystem.objects.values_list("pk", flat=True))

    assert evaluate_many(pks=pks, batch=2) > 0
    assert stale(systems=AISystem.objects.filter(pk__in=pks)) == []
    assert evaluate_systems(systems=AISystem.objects.none()) == 0


def test_the_command_checks_and_repairs(capsys: pytest.CaptureFixture[str]) -> None:
    make.make_system(evaluated=False)

    with pytest.raises(CommandError, match="1 systems have stale verdicts: olmo-7b") as caught:
        call_command("evaluate", check=True)
    assert caught.value.returncode == 1

    call_command("evaluate")
    call_command("evaluate", check=True)
    assert "Every verdict is current." in capsys.readouterr().out

    call_command("evaluate", everything=True)
    assert "1 systems evaluated, 0 rows written." in capsys.readouterr().out


def test_a_long_list_of_stale_systems_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(12):
        make.make_system(slug=f"s-{number:02}", evaluated=False)

    with pytest.raises(CommandError, match="s-09 and 2 more"):
        call_command("evaluate", check=True)


def test_a_negative_number_of_jobs_is_refused() -> None:
    with pytest.raises(CommandError, match="--jobs"):
        call_command("evaluate", jobs=-1)


def test_small_catalogues_need_one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 2)

    assert command.default_jobs(10) == 1
    assert command.default_jobs(command.WORTH_TWO) == 2


def test_a_verdict_that_was_changed_by_hand_is_put_right_by_the_whole_run() -> None:
    system = make.make_system(components={"weights_final": "Apache-2.0"})
    rows = system.evaluations.filter(definition_id="osaid-1.0")
    row = rows.get()
    rows.update(criteria="m" * len(row.criteria))

    call_command("evaluate")
    assert rows.get().criteria != row.criteria
    call_command("evaluate", everything=True)
    assert rows.get().criteria == row.criteria


def test_verdicts_are_written_in_portions_and_say_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    system = make.make_system(components={"weights_final": "Apache-2.0"}, summary="a\tb\\n“c”")
    names = [name for name in verdict_store.Row._fields if name != "evaluated_at"]
    before = list(system.evaluations.values_list(*names))
    monkeypatch.setattr(verdict_store, "AT_ONCE", 5)
    system.evaluations.update(facts_fingerprint="0" * 64)
    system.evaluations.filter(definition_id="owd-0.3").delete()

    assert evaluate_system(system=system) == len(registry.DEFINITIONS)
    assert evaluate_system(system=system) == 0

    after = list(system.evaluations.values_list(*names))
    since = names.index("status_since")
    fresh = [row for row, old in zip(after, before, strict=True) if row != old]
    assert [row[names.index("definition_id")] for row in fresh] == ["owd-0.3"]
    assert fresh[0][:since] == before[after.index(fresh[0])][:since]


def test_one_verdict_without_level_and_score_can_be_written() -> None:
    system = make.make_system(evaluated=False)
    binary = registry.get("osaid-1.0")

    assert evaluate_system(system=system, definitions=[binary]) == 2
    assert system.evaluations.get().level is None


def test_the_history_of_verdicts_tells_why_they_were_written() -> None:
    with pghistory.context(command="try"):
        make.make_system()

    told = history("Evaluation").values_list("pgh_context__metadata", flat=True)
    assert [*told] == [{"command": "try"}] * len(registry.DEFINITIONS)


@pytest.mark.django_db(transaction=True)
def test_two_processes_write_the_same_verdicts(monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(4):
        make.make_system(slug=f"s-{number}", evaluated=False)
    monkeypatch.setattr(command, "PIECE", 2)

    call_command("evaluate", jobs=2)

    assert stale() == []
    assert Evaluation.objects.count() == 4 * len(registry.DEFINITIONS)


@pytest.mark.django_db(transaction=True)
def test_an_edit_while_many_are_judged_is_not_lost() -> None:
    """The evaluation waits for the edit's locks, and then reads the facts."""
    systems = [
        make.make_system(slug=f"s-{number}", components={"weights_final": "Apache-2.0"})
        for number in range(3)
    ]
    pks = [system.pk for system in systems]
    Evaluation.objects.update(definition_fingerprint="of another day")
    assert behind(pks=pks) == pks

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            withhold(systems[1])
            evaluate_system(system=systems[1])
            running = pool.submit(judge_elsewhere, pks)
            wait_until_somebody_waits()
        assert running.result(timeout=60) > 0

    assert stale() == []
    found = Evaluation.objects.filter(definition_id="owd-0.3").order_by("system_id")
    assert [row.status for row in found] == ["unknown", "not_met", "unknown"]
    assert [*statuses_in_history(systems[1])] == ["unknown", "unknown", "not_met"]
    assert [*statuses_in_history(systems[0])] == ["unknown", "unknown", "unknown"]


@pytest.mark.django_db(transaction=True)
def test_an_edit_between_the_look_and_the_verdict_is_not_lost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    system = make.make_system(components={"weights_final": "Apache-2.0"})
    Evaluation.objects.update(definition_fingerprint="of another day")

    def look_and_edit(*, pks: tuple[int, ...]) -> list[int]:
        found = behind(pks=pks)
        withhold(system)
        evaluate_system(system=system)
        return found

    monkeypatch.setattr(command, "behind", look_and_edit)

    assert command.evaluate_piece((system.pk,), anew=False) == (1, 1, 0)
    assert stale() == []
    assert system.evaluations.get(definition_id="owd-0.3").status == "not_met"


def withhold(system: AISystem) -> None:
    Component.objects.filter(system=system).update(availability="not_released", completeness="none")


def judge_elsewhere(pks: list[int]) -> int:
    try:
        return evaluate_many(pks=pks)
    finally:
        connection.close()


def wait_until_somebody_waits() -> None:
    """For a lock that this connection holds."""
    for _ in range(500):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT 1 FROM pg_locks WHERE NOT granted"
                " AND pg_backend_pid() = ANY (pg_blocking_pids(pid))"
            )
            if cursor.fetchone():
                return
        sleep(0.02)
    raise AssertionError("Nobody waits.")


def statuses_in_history(system: AISystem) -> Any:
    rows = history("Evaluation").filter(system_id=system.pk, definition_id="owd-0.3")
    return rows.order_by("pgh_id").values_list("status", flat=True)
