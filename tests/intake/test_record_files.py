"""Imported records as files of our own: written, loaded, and the same again."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from catalog.intake.files import LoadError, load_catalog
from catalog.models import AISystem, CatalogState, Component, Organization, SourceRecord
from tests import factories as make
from tests.intake.records import graded, model, write

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def filed(reference: None, tmp_path: Path) -> Path:
    """A folder with the records of both registers, written by the command."""
    quiet = {"stdout": StringIO()}
    call_command("import_mof", str(write(tmp_path / "mof", Thing__7B=model())), **quiet)
    call_command("import_osai", str(write(tmp_path / "osai", Thing=graded())), **quiet)
    target = tmp_path / "fixtures"
    for name in ("organizations", "datasets"):
        (target / name).mkdir(parents=True)
    call_command("file_imports", "mot", "osai-index", "--target", str(target), **quiet)
    return target


def empty() -> None:
    AISystem.objects.all().delete()
    SourceRecord.objects.all().delete()


def standing() -> list[tuple[str, ...]]:
    columns = ("system__slug", "kind", "availability", "licence_expression", "recorded_by")
    return sorted(Component.objects.values_list(*columns))


def test_what_was_filed_loads_to_the_same_entries(filed: Path):
    before = standing()
    empty()

    load_catalog(paths=[filed])

    assert standing() == before
    assert AISystem.objects.get(slug="thing-7b-chat").evaluations.exists()


def test_loading_it_again_writes_nothing(filed: Path):
    load_catalog(paths=[filed])
    version = CatalogState.objects.current()

    done = load_catalog(paths=[filed])

    assert done.changes == 0
    assert CatalogState.objects.current() == version


def test_importing_what_is_filed_has_nothing_to_do(filed: Path, tmp_path: Path):
    empty()
    load_catalog(paths=[filed])
    out = StringIO()

    call_command("import_mof", str(tmp_path / "mof"), stdout=out)

    assert out.getvalue().strip().endswith("nothing to do.")


def test_makers_that_records_brought_are_filed_with_their_source(filed: Path):
    text = (filed / "organizations" / "example-lab.yaml").read_text()

    assert "source: mot" in text
    assert Organization.objects.get(slug="example-lab").evidence_url in text


def test_a_fact_of_our_own_files_counts_before_a_filed_record(filed: Path):
    empty()
    make.make_licence(spdx_id="MIT")
    system = filed / "systems" / "thing-7b.yaml"
    system.parent.mkdir()
    system.write_text(
        "slug: thing-7b\nname: Thing-7B\ncomponents:\n  - kind: model_card\n"
        "    availability: open_download\n    licence: MIT\n    evidence: https://example.org/\n"
        "    source: makers-page\n    checked_on: 2026-11-23\n"
    )

    load_catalog(paths=[filed])
    rows = {row.kind: row for row in Component.objects.filter(system__slug="thing-7b")}
    assert rows["model_card"].licence_expression == "MIT"
    assert rows["weights_final"].recorded_by == "import:mot"

    assert load_catalog(paths=[filed]).changes == 0

    system.write_text("slug: thing-7b\nname: Thing-7B\n")
    load_catalog(paths=[filed])
    row = Component.objects.get(system__slug="thing-7b", kind="model_card")
    assert (row.licence_expression, row.recorded_by) == ("Apache-2.0", "import:mot")


@pytest.mark.parametrize(
    ("line", "says"),
    [("{", "Expecting"), ("[]", "not an object"), ('{"key": "x"}', "missing")],
)
def test_a_broken_line_is_named_and_nothing_is_loaded(filed: Path, line: str, says: str):
    empty()
    path = filed / "records" / "mot.jsonl"
    path.write_text(path.read_text() + line + "\n")

    with pytest.raises(LoadError, match=says) as fault:
        load_catalog(paths=[filed])

    assert fault.value.problems[0].line == 2
    assert not SourceRecord.objects.exists()


def test_a_filed_record_holds_facts_and_no_sentences_of_its_source(filed: Path):
    (line,) = (filed / "records" / "osai-index.jsonl").read_text().splitlines()
    row = json.loads(line)

    assert row["system"] == "thing-7b-chat"
    assert "Seen." not in line
