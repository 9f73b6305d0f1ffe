"""A whole source taken in: what each record becomes, again and again, in any order."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from catalog.evaluation.evaluate import stale
from catalog.models import (
    AISystem,
    CatalogState,
    Component,
    Dataset,
    Organization,
    PossibleDuplicate,
    SourceRecord,
    StewardJudgement,
    SystemFamily,
)
from tests import factories as make
from tests.intake.records import graded, model, write

pytestmark = pytest.mark.django_db

type Line = dict[str, Any]


def run(command: str, *arguments: Any, code: int = 0) -> list[Line]:
    """The JSON lines of a run; fails unless the exit status is as told."""
    out = StringIO()
    try:
        call_command(command, *map(str, arguments), "--format", "json", stdout=out)
        status = 0
    except SystemExit as stop:
        status = int(stop.code or 0)
    assert status == code
    return [json.loads(line) for line in out.getvalue().splitlines()]


def told(command: str, *arguments: Any) -> str:
    out = StringIO()
    call_command(command, *map(str, arguments), stdout=out)
    return out.getvalue()


def test_an_empty_catalogue_takes_a_source_in_with_one_command(db: None, tmp_path: Path):
    (line,) = run("import_mof", write(tmp_path, Thing__7B=model()))

    assert line["status"] == "new"
    assert line["slug"] == "thing-7b"
    assert line["mof"]["class"] == 3
    system = AISystem.objects.get(slug="thing-7b")
    assert system.is_imported
    assert [maker.slug for maker in system.maker_list] == ["example-lab"]
    assert Component.objects.get(system=system, kind="weights_final").source.key == "mot"
    assert system.evaluations.get(definition_id="mof-1.0").level == 1
    assert stale() == []


def test_the_second_run_has_nothing_to_do(reference: None, tmp_path: Path):
    folder = write(tmp_path, a=model("Alpha-1B", version="1B"), b=model("Beta-2B", version="2B"))
    run("import_mof", folder)
    before = CatalogState.objects.current()

    assert [line["status"] for line in run("import_mof", folder)] == ["same", "same"]
    assert told("import_mof", folder).strip().endswith("nothing to do.")
    assert CatalogState.objects.current() == before


def test_a_dry_run_tells_everything_and_leaves_nothing_behind(db: None, tmp_path: Path):
    folder = write(tmp_path, Thing__7B=model(), bad="no record")

    lines = run("import_mof", folder, "--dry-run", code=1)

    assert [(line["file"], line["status"]) for line in lines] == [
        ("Thing.7B.yml", "new"),
        ("bad.yml", "rejected"),
    ]
    assert lines[0]["mof"]["gated"]["III"] == 100.0
    for noun in (AISystem, SourceRecord, Organization, CatalogState):
        assert not noun.objects.exists()


def test_a_changed_record_changes_the_entry_and_its_verdicts(reference: None, tmp_path: Path):
    run("import_mof", write(tmp_path, Thing__7B=model()))
    less = model()
    less["release"]["components"][0]["license"] = "unlicensed"

    (line,) = run("import_mof", write(tmp_path, Thing__7B=less))

    assert line["status"] == "changed"
    system = AISystem.objects.get()
    assert system.evaluations.get(definition_id="mof-1.0").level == 0
    assert Component.objects.get(kind="model_architecture").licence_status == "unknown"


def test_a_component_that_the_record_drops_is_unknown_again(reference: None, tmp_path: Path):
    run("import_mof", write(tmp_path, Thing__7B=model()))
    less = model()
    del less["release"]["components"][0]

    run("import_mof", write(tmp_path, Thing__7B=less))

    assert not Component.objects.filter(kind="model_architecture").exists()


def test_a_rejected_record_is_kept_with_its_reason_and_the_others_are_in(
    reference: None, tmp_path: Path
):
    lines = run("import_mof", write(tmp_path, bad="no record", good=model()), code=1)

    assert {line["file"]: line["status"] for line in lines} == {
        "bad.yml": "rejected",
        "good.yml": "new",
    }
    record = SourceRecord.objects.get(key="bad.yml")
    assert (record.state, record.system) == ("rejected", None)
    assert "no “release”" in record.problems[0]["message"]


def test_a_path_that_is_not_there_ends_with_status_2_and_writes_nothing(db: None, tmp_path: Path):
    with pytest.raises(CommandError, match="no file or folder") as failure:
        call_command("import_mof", str(tmp_path / "missing"))

    assert failure.value.returncode == 2
    assert not SourceRecord.objects.exists()


def test_two_registers_on_one_system_make_one_entry(reference: None, tmp_path: Path):
    hub = "https://huggingface.co/example/Thing-7B-Chat"
    run("import_mof", write(tmp_path / "mof", thing=model("Thing-7B-Chat", huggingface=hub)))
    (line,) = run("import_osai", write(tmp_path / "osai", Thing=graded()))

    assert line["reason"] == "matched: the same repository, example/Thing-7B-Chat"
    system = AISystem.objects.get()
    assert {record.source.key for record in system.source_records.all()} == {"mot", "osai-index"}
    assert StewardJudgement.objects.get(system=system).result == "1.0000"
    assert str(system.released_on) == "2025-12-01"


def test_the_order_of_two_sources_does_not_matter(reference: None, tmp_path: Path):
    hub = "https://huggingface.co/example/Thing-7B-Chat"
    mof = write(tmp_path / "mof", thing=model("Thing-7B-Chat", huggingface=hub))
    osai = write(tmp_path / "osai", Thing=graded(trainingcode={"class": "closed"}))

    def facts() -> list[tuple[Any, ...]]:
        columns = ("kind", "availability", "licence_expression", "evidence_url", "source__key")
        return sorted(Component.objects.values_list(*columns))

    run("import_mof", mof)
    run("import_osai", osai)
    one = facts()
    AISystem.objects.all().delete()
    SourceRecord.objects.all().delete()
    run("import_osai", osai)
    run("import_mof", mof)

    assert facts() == one


@pytest.mark.parametrize(
    ("name", "size", "maker", "found"),
    [
        ("Thing 7B", 7_000_000_000, "Example Lab", "match"),
        ("Thing", 7_000_000_000, "Example Lab", "match"),
        ("Thing", None, "Example Lab", "doubt"),
        ("Thing 7B", 7_000_000_000, "Another Lab", "doubt"),
        ("Thing 7B", 7_000_000_000, "", "doubt"),
        ("Thing 70B", 70_000_000_000, "Example Lab", "new"),
        ("Thing 2 7B", 7_000_000_000, "Example Lab", "new"),
        ("Thing 7B Chat", 7_000_000_000, "Example Lab", "new"),
    ],
)
def test_a_name_alone_is_never_enough(
    reference: None, tmp_path: Path, name: str, size: int | None, maker: str, found: str
):
    there = make.make_system(slug="there", name=name, parameters=size, organizations=[])
    if maker:
        lab = make.make_organization(slug="lab", name=maker)
        there.makers.create(organization=lab)
    make.make_organization(slug="example", other_names=["Example Lab"], name="The Example Lab") if (
        maker != "Example Lab"
    ) else None

    (line,) = run("import_mof", write(tmp_path, Thing__7B=model("Thing-7B")))

    assert (line["slug"] == "there") == (found == "match")
    assert bool(line["doubts"]) == (found == "doubt")
    assert PossibleDuplicate.objects.count() == (found == "doubt")


def test_what_an_editor_recorded_counts_and_the_difference_is_told(reference: None, tmp_path: Path):
    hub = "https://huggingface.co/example/Thing-7B"
    there = make.make_system(
        slug="there",
        name="Thing 7B",
        huggingface_id="example/Thing-7B",
        components={"model_card": "MIT"},
    )

    (line,) = run("import_mof", write(tmp_path, Thing__7B=model(huggingface=hub)))

    assert line["conflicts"] == ["model_card"]
    assert Component.objects.get(system=there, kind="model_card").licence_expression == "MIT"
    assert Component.objects.get(system=there, kind="data_documentation").source.key == "mot"
    assert "conflicting: " in told("import_mof", write(tmp_path, Thing__7B=changed(hub)))


def changed(hub: str) -> dict[str, Any]:
    other = model(huggingface=hub)
    other["release"]["components"][0]["license"] = "BSD-3-Clause"
    return other


def test_of_two_registers_the_newer_record_counts(reference: None, tmp_path: Path):
    hub = "https://huggingface.co/example/Thing-7B-Chat"
    old = model("Thing-7B-Chat", huggingface=hub, date="2024-01-01")
    new = model("Thing-7B-Chat", huggingface=hub, date="2026-11-01")
    index = write(tmp_path / "osai", Thing=graded(modelcard={"class": "closed"}))
    run("import_mof", write(tmp_path / "mof", thing=old))
    run("import_osai", index)

    assert Component.objects.get(kind="model_card").availability == "not_released"

    run("import_mof", write(tmp_path / "mof", thing=new))

    assert Component.objects.get(kind="model_card").availability == "open_download"


def test_datasets_that_records_link_are_made_once(reference: None, tmp_path: Path):
    link = "https://huggingface.co/datasets/example/words"
    one = graded(datasources_basemodel={"link": link})
    two = graded(end="Thing-70B-Chat", datasources_basemodel={"link": f"{link}/tree/main"})
    two["system"]["link"] = "https://huggingface.co/example/Thing-70B-Chat"

    run("import_osai", write(tmp_path, one=one, two=two))

    assert Dataset.objects.get(homepage=link).uses.count() == 2


def test_sizes_of_one_line_become_a_family(reference: None, tmp_path: Path):
    run("import_mof", write(tmp_path, a=model("Thing-1B", version="1B"), b=model("Thing-7B")))

    family = SystemFamily.objects.get(name="Thing")
    assert {system.slug for system in family.systems.all()} == {"thing-1b", "thing-7b"}


def test_every_imported_row_names_its_source(reference: None, tmp_path: Path):
    run("import_osai", write(tmp_path, Thing=graded()))

    for row in [AISystem.objects.get(), *Component.objects.all()]:
        assert row.source.key == "osai-index"
        assert row.evidence_url
        assert row.checked_on


def test_a_record_that_the_database_refuses_is_rejected_and_the_next_is_taken(
    reference: None, tmp_path: Path
):
    name = "x" * 300
    folder = write(tmp_path, a=model(name, version="a" * 60), b=model("Beta-2B", version="2B"))

    lines = run("import_mof", folder)

    assert [line["status"] for line in lines] == ["new", "new"], "names are cut to what fits"


def test_an_entry_that_is_verified_as_a_whole_takes_no_component_from_records(
    reference: None, tmp_path: Path
):
    hub = "https://huggingface.co/example/Thing-7B"
    make.make_system(
        slug="there",
        name="Thing 7B",
        huggingface_id="example/Thing-7B",
        components={"model_card": "MIT"},
        verified_on=make.CHECKED,
    )

    (line,) = run("import_mof", write(tmp_path, Thing__7B=model(huggingface=hub)))

    assert line["conflicts"] == ["model_card"]
    assert [row.kind for row in Component.objects.all()] == ["model_card"]
