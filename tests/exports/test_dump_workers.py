"""A dump of several processes: the same files, of one moment, or none at all."""

import fcntl
import gzip
import json
import multiprocessing
import os
import time
from pathlib import Path
from typing import Any

import pytest
import zstandard
from django.db import connection

from catalog.exports.dumps import build
from catalog.exports.dumps.build import DumpError, build_dumps
from catalog.exports.dumps.published_build import shelf
from catalog.models import AISystem
from tests import factories as make
from tests.pages.conftest import grow
from tests.servers import until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]


@pytest.fixture(autouse=True)
def pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seven systems are worth two processes and four pieces, of which three may wait."""
    monkeypatch.setattr(build, "PIECE", 2)
    monkeypatch.setattr(build, "AHEAD", 3)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    grow(7)
    for system in AISystem.objects.all():
        make.evaluate_system(system=system)


def content(folder: Path, name: str) -> bytes:
    found: bytes = gzip.decompress((folder / f"{name}.gz").read_bytes())
    squeezed = (folder / f"{name}.zst").read_bytes()
    assert zstandard.ZstdDecompressor().decompressobj().decompress(squeezed) == found
    return found


def test_the_files_are_those_of_one_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    others: list[int] = []
    join = build.system_lines

    def noted(*given: Any) -> Any:
        (tmp_path / f"process-{os.getpid()}").touch()
        return join(*given)

    monkeypatch.setattr(build, "system_lines", noted)
    many = build_dumps(target=tmp_path / "many")[0].folder
    others = [int(path.name.split("-")[1]) for path in tmp_path.glob("process-*")]
    assert os.getpid() not in others
    assert others
    monkeypatch.setattr(build, "processes", lambda: 1)
    one = build_dumps(target=tmp_path / "one")[0].folder
    assert {path.name for path in many.iterdir()} == {path.name for path in one.iterdir()}
    assert content(many, "systems.jsonl") == content(one, "systems.jsonl")
    assert content(many, "organisations.jsonl") == content(one, "organisations.jsonl")
    slugs = [json.loads(line)["slug"] for line in content(many, "systems.jsonl").splitlines()]
    assert slugs == list(AISystem.objects.order_by("pk").values_list("slug", flat=True))


def test_what_is_written_in_the_meantime_is_in_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """The change is committed before any other process has read a row."""
    join = build.crew

    def late(size: int) -> Any:
        found = join(size)
        change()
        return found

    def change() -> None:
        with connection.copy().cursor() as cursor:
            cursor.execute("UPDATE catalog_aisystem SET name = 'Later'")

    monkeypatch.setattr(build, "crew", late)
    folder = build_dumps(target=tmp_path)[0].folder
    assert set(AISystem.objects.values_list("name", flat=True)) == {"Later"}
    assert b"Later" not in content(folder, "systems.jsonl")
    assert b"Later" not in content(folder, "glassbox.sqlite")


@pytest.mark.parametrize("dies", [False, True])
def test_a_process_that_fails_fails_the_dump(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, dies: bool
):
    first, _ = build_dumps(target=tmp_path)

    def broken(*given: object) -> None:
        if dies:
            os._exit(9)
        raise OSError(28, "No space left on device", "somewhere")

    monkeypatch.setattr(build, "system_lines", broken)
    words = "was ended" if dies else "No space left"
    with pytest.raises(DumpError, match=words):
        build_dumps(target=tmp_path, force=True)
    kept = shelf(tmp_path)
    assert kept
    assert kept.folder == first.folder
    assert not list(tmp_path.glob(".building-*"))
    assert AISystem.objects.count() == 7, "the connection of this process still works"


def test_a_watch_is_told_of_every_row_once(tmp_path: Path):
    told: list[int] = []

    class Watch:
        def update(self, rows: int) -> None:
            told.append(rows)

    expected = build.rows_to_write()
    build_dumps(target=tmp_path, watch=Watch())
    assert sum(told) == expected


def endless(*_: object) -> None:
    time.sleep(600)


def broken(*_: object) -> None:
    raise OSError(28, "No space left on device", "somewhere")


@pytest.mark.parametrize(("fails", "goes_on"), [("piece", "tables"), ("tables", "piece")])
def test_a_fault_ends_the_other_processes_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails: str, goes_on: str
):
    monkeypatch.setattr(build, f"write_{fails}", broken)
    monkeypatch.setattr(build, f"write_{goes_on}", endless)
    with pytest.raises(DumpError, match="No space left"):
        build_dumps(target=tmp_path)
    assert not multiprocessing.active_children()


def noted(path: Path, *_: object) -> None:
    path.with_name(f"process-{os.getpid()}").touch()
    endless()


def build_with_a_connection_of_its_own(target: Path) -> None:
    """A browser's event loop does not outlive a fork, so Django may find an older connection."""
    connection.close()
    build_dumps(target=target)


def test_a_killed_build_leaves_neither_a_process_nor_the_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(build, "write_tables", noted)
    monkeypatch.setattr(build, "write_piece", noted)
    connection.close()
    context = multiprocessing.get_context("fork")
    process = context.Process(target=build_with_a_connection_of_its_own, args=[tmp_path])
    process.start()
    try:
        until(lambda: list(tmp_path.glob(".building-*/process-*")))
    finally:
        process.kill()
        process.join()
    until(lambda: is_free(tmp_path / ".lock"))


def is_free(lock: Path) -> bool:
    """Whether no process has it any more, so that the next build may begin."""
    with lock.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
