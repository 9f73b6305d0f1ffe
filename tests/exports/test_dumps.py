"""The dumps: complete, of one moment, switched at once, safe in a spreadsheet, recomputable."""

import csv
import datetime as dt
import errno
import gzip
import hashlib
import io
import json
import re
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import zstandard
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalog import tasks
from catalog.evaluation.catalogue_version import bump_version
from catalog.exports.dumps import build
from catalog.exports.dumps.build import DumpError, build_dumps
from catalog.exports.dumps.published_build import shelf
from catalog.exports.dumps.schema import TABLES
from catalog.exports.dumps.sqlite import VIEWS
from catalog.exports.dumps.systems_jsonl import system_lines
from catalog.management.commands import prepare
from catalog.models import AISystem, CatalogState
from tests import factories as make
from tests.pages.conftest import grow

pytestmark = [pytest.mark.django_db, pytest.mark.once]

FORMULA = "=HYPERLINK(1)"


@pytest.fixture
def full(db: None) -> list[AISystem]:
    """Some systems with everything around them, one hidden and one with a hostile name."""
    make.make_dataset(slug="dolma", licence="ODC-By-1.0", organizations=["ai2"])
    make.make_framework(slug="pytorch", licence="MIT", organizations=["ai2"])
    found = grow(4)
    make.make_training_data(system=found[0])
    make.make_claim(system=found[0])
    make.make_judgement(system=found[0])
    make.make_derivation(system=found[1], base=found[0])
    make.make_derivation(system=found[1], base_name="Elsewhere")
    make.make_system_fact(system=found[0], topic="gpai", value="yes")
    make.make_system(slug="formula", name=FORMULA, summary="+1")
    make.make_system(slug="hidden", is_published=False, components={"weights_final": "MIT"})
    make.make_derivation(system=found[2], base=AISystem.objects.get(slug="hidden"))
    for system in AISystem.objects.all():
        make.evaluate_system(system=system)
    return found


@pytest.fixture
def built(full: list[AISystem], tmp_path: Path) -> Path:
    return build_dumps(target=tmp_path)[0].folder


def lines_of(folder: Path, name: str) -> list[dict[str, Any]]:
    text = gzip.decompress((folder / f"{name}.jsonl.gz").read_bytes())
    squeezed = (folder / f"{name}.jsonl.zst").read_bytes()
    assert zstandard.ZstdDecompressor().decompressobj().decompress(squeezed) == text
    return [json.loads(line) for line in text.splitlines()]


def database_of(folder: Path) -> sqlite3.Connection:
    path = folder.parent / "read.sqlite"
    path.write_bytes(gzip.decompress((folder / "glassbox.sqlite.gz").read_bytes()))
    return sqlite3.connect(path)


def table_of(folder: Path, name: str) -> list[list[str]]:
    with zipfile.ZipFile(folder / "glassbox.csv.zip") as archive:
        return list(csv.reader(io.StringIO(archive.read(f"{name}.csv").decode())))


def test_the_manifest_is_true(built: Path):
    manifest = json.loads((built / "manifest.json").read_text())
    names = {file["name"] for file in manifest["files"]}
    assert names | {"manifest.json"} == {path.name for path in built.iterdir()}
    for file in manifest["files"]:
        content = (built / file["name"]).read_bytes()
        assert file["bytes"] == len(content)
        assert file["sha256"] == hashlib.sha256(content).hexdigest()
        if ".jsonl" in file["name"]:
            assert file["rows"] == len(lines_of(built, file["name"].split(".")[0]))
    assert manifest["licence"]["id"] == "CC-BY-4.0"
    assert manifest["sources"]


def test_every_line_keeps_to_the_published_schema(built: Path):
    schema = json.loads((built / "schema.json").read_text())
    names = [table.lines for table in TABLES if table.lines] + ["systems", "definitions"]
    for name in names:
        checker = jsonschema.Draft202012Validator(schema | {"$ref": f"#/$defs/{name}"})
        for line in lines_of(built, name):
            checker.validate(line)
    broken = lines_of(built, "systems")[0] | {"facts": {"schema": "glassbox-facts/1"}}
    assert not jsonschema.Draft202012Validator(schema | {"$ref": "#/$defs/systems"}).is_valid(
        broken
    )


def test_sqlite_and_json_lines_agree(built: Path):
    base = database_of(built)
    for system in lines_of(built, "systems"):
        rows = base.execute(
            "SELECT definition, status, label, score FROM verdicts WHERE system = ?",
            [system["slug"]],
        ).fetchall()
        told = [(v["definition"], v["status"], v["label"], v["score"]) for v in system["verdicts"]]
        assert sorted(rows) == sorted(told)
        kinds = base.execute(
            "SELECT kind FROM components WHERE system = ?", [system["slug"]]
        ).fetchall()
        assert {kind for (kind,) in kinds} == set(system["facts"].get("components", {}))
    for table in TABLES:
        (count,) = base.execute(f"SELECT count(*) FROM {table.name}").fetchone()  # noqa: S608
        assert count == len(table_of(built, table.name)) - 1
        if table.lines:
            assert count == len(lines_of(built, table.lines)), table.name


def test_sqlite_keeps_its_keys_and_its_views_answer(built: Path):
    base = database_of(built)
    assert base.execute("PRAGMA foreign_key_check").fetchall() == []
    assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    for view in VIEWS:
        base.execute(f"SELECT * FROM {view}").fetchall()  # noqa: S608
    systems = {row[0] for row in base.execute("SELECT system FROM data_and_code")}
    assert systems == {"system-0", "system-2"}
    plan = base.execute(
        "EXPLAIN QUERY PLAN SELECT system FROM verdicts WHERE definition = 'mof-1.0' "
        "AND status = 'met'"
    ).fetchall()
    assert "USING" in plan[0][-1]
    assert "INDEX" in plan[0][-1]


def test_hidden_systems_are_nowhere(built: Path):
    base = database_of(built)
    assert "hidden" not in {line["slug"] for line in lines_of(built, "systems")}
    for table in TABLES:
        if any(column.name == "system" for column in table.columns):
            rows = base.execute(
                f"SELECT count(*) FROM {table.name} WHERE system = 'hidden'"  # noqa: S608
            ).fetchone()
            assert rows == (0,), table.name
    assert base.execute("SELECT base FROM derivations WHERE system = 'system-2'").fetchall() == [
        (None,)
    ]


def test_no_cell_is_taken_for_a_formula(built: Path):
    names = [row[1] for row in table_of(built, "systems")]
    assert f"'{FORMULA}" in names
    for table in TABLES:
        for row in table_of(built, table.name)[1:]:
            assert not any(cell[:1] in "=+@\t\r" and cell for cell in row), (table.name, row)


def test_a_verdict_is_recomputed_from_a_line_as_the_docs_say(built: Path):
    text = (settings.BASE_DIR / "docs" / "data.md").read_text()
    (command,) = re.findall(r"```\n(gunzip -c systems\.jsonl\.gz \| head -1 .*?)```", text, re.S)
    command = command.replace("python3 ", f"{sys.executable} ").replace(
        "python -m", f"PYTHONPATH={settings.BASE_DIR} {sys.executable} -m"
    )
    done = subprocess.run(  # noqa: S602 - our own docs
        command, shell=True, cwd=built, capture_output=True, text=True, check=True
    )
    told = {row["definition"]: row for row in json.loads(done.stdout)["verdicts"]}
    (first, *_) = lines_of(built, "systems")
    assert len(told) == len(first["verdicts"])
    for row in first["verdicts"]:
        again = told[row["definition"]]
        assert (again["status"], again["label"]) == (row["status"], row["label"])
        assert {f["code"]: f["status"] for f in again["findings"]} == row["criteria"]
    assert json.loads(done.stdout)["facts_fingerprint"] == first["facts_fingerprint"]


def test_a_second_build_does_nothing_until_something_changes(full: list[AISystem], tmp_path: Path):
    first, new = build_dumps(target=tmp_path)
    assert new
    again, new = build_dumps(target=tmp_path)
    assert not new
    assert again.folder == first.folder
    bump_version()
    third, new = build_dumps(target=tmp_path)
    assert new
    assert third.folder != first.folder
    assert first.folder.exists(), "somebody may still be reading it"
    bump_version()
    build_dumps(target=tmp_path)
    assert not first.folder.exists()


def test_other_rules_are_a_reason_to_build(
    full: list[AISystem], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    build_dumps(target=tmp_path)
    monkeypatch.setattr(build, "FORMAT", 99)
    assert build_dumps(target=tmp_path)[1]


def test_a_build_that_breaks_off_leaves_the_old_one(
    full: list[AISystem], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    first, _ = build_dumps(target=tmp_path)
    bump_version()

    def broken(*_: object) -> None:
        raise OSError(28, "No space left on device", "somewhere")

    monkeypatch.setattr(build, "write_lines", broken)
    with pytest.raises(DumpError, match="No space left"):
        build_dumps(target=tmp_path)
    kept = shelf(tmp_path)
    assert kept
    assert kept.folder == first.folder
    assert not list(tmp_path.glob(".building-*"))


def test_two_builds_at_once_are_one_too_many(full: list[AISystem], tmp_path: Path):
    with build.alone(tmp_path), pytest.raises(DumpError, match="Another process"):
        build_dumps(target=tmp_path)


def test_a_batch_costs_the_same_queries_at_any_size(full: list[AISystem]):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            (batch,) = system_lines(1000)
            assert batch
            for table in TABLES:
                assert len(list(table.batches(1000))) <= 1
        return len(queries)

    few = cost()
    for system in grow(20, start=10):
        make.make_training_data(system=system)
        make.make_claim(system=system)
    assert cost() == few


def test_batches_hold_every_row_once(full: list[AISystem]):
    for table in TABLES:
        whole = [row for batch in table.batches(1000) for row in batch]
        assert [row for batch in table.batches(2) for row in batch] == whole
    (whole,) = system_lines(1000)
    assert [line for batch in system_lines(2) for line in batch] == whole


def test_the_command_says_what_it_did(
    full: list[AISystem], tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    call_command("build_dumps", target=tmp_path)
    assert "Built" in capsys.readouterr().out
    call_command("build_dumps", target=tmp_path)
    assert "Nothing to do" in capsys.readouterr().out
    (tmp_path / "file").write_text("")
    with pytest.raises(CommandError, match="file"):
        call_command("build_dumps", target=tmp_path / "file")


def test_the_task_builds_where_the_settings_say(full: list[AISystem], settings: Any):
    assert tasks.build_dumps.enqueue().return_value is True
    found = shelf(Path(settings.DUMPS_DIR))
    assert found
    assert found.version >= 0


def test_a_site_without_room_for_dumps_is_prepared_all_the_same(
    full: list[AISystem], tmp_path: Path, settings: Any, capsys: pytest.CaptureFixture[str]
):
    (tmp_path / "file").write_text("")
    settings.DUMPS_DIR = tmp_path / "file" / "dumps"
    prepare.Command().build_dumps(verbosity=1)
    assert "were not built" in capsys.readouterr().err


@pytest.mark.parametrize(
    "error",
    [
        sqlite3.OperationalError("database or disk is full"),
        OSError(errno.ENOSPC, "No space left on device", "systems.jsonl"),
        OSError(errno.EDQUOT, "Disk quota exceeded"),
        OSError(errno.EROFS, "Read-only file system", "x"),
    ],
)
def test_a_full_disk_stops_the_files_and_not_the_site(
    error: Exception,
    full: list[AISystem],
    tmp_path: Path,
    settings: Any,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
):
    def fail(*_arguments: Any) -> None:
        raise error

    settings.DUMPS_DIR = tmp_path
    monkeypatch.setattr(build, "fill", fail)
    prepare.Command().build_dumps(verbosity=1)
    assert "were not built" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == [".lock"]


def test_a_restored_database_builds_its_own_files(full: list[AISystem], tmp_path: Path):
    """It counts the same versions again, at other times."""
    bump_version()
    first, _ = build_dumps(target=tmp_path)
    assert build_dumps(target=tmp_path)[1] is False
    CatalogState.objects.update(changed_at=timezone.now() - dt.timedelta(days=1))

    second, new = build_dumps(target=tmp_path)
    assert (new, second.version) == (True, first.version)
