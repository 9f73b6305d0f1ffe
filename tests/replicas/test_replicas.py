"""Real servers: a streaming replica that falls behind or dies, and a pooler before the primary."""

import gzip
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError
from django.test import RequestFactory

from config import database, replicas
from config.replicas import WROTE, Replica, Replicas, is_public
from tests import databases
from tests.servers import Pooler, Server, Web, pgbouncer, until

pytestmark = [pytest.mark.once, pytest.mark.usefixtures("db")]

ENTRY = "/systems/olmo/"
PAGES = ("/", "/systems/", ENTRY, "/systems/?q=olmo", "/definitions/", "/api/v1/systems")


def lay_out() -> None:
    """An entry and an editor who is signed in; prints the session."""
    from django.contrib.auth import get_user_model  # noqa: PLC0415 - runs in a process of its own
    from django.test import Client  # noqa: PLC0415

    from tests import factories as make  # noqa: PLC0415
    from tests.submissions.conftest import account  # noqa: PLC0415

    make.make_system(slug="olmo", name="Name 0", components={"weights_final": "Apache-2.0"})
    desk = Client()
    desk.force_login(account(get_user_model(), "rea", "Reviewer"))
    sys.stdout.write(json.dumps(desk.cookies["sessionid"].value))


@dataclass
class Stage:
    """A primary, its replica, and the site twice: once patient with the replica, once not."""

    primary: Server
    replica: Server
    patient: Web
    strict: Web
    session: str
    renamed: int = 0

    def rename(self) -> str:
        """A new name for the entry, on the primary."""
        self.renamed += 1
        name = f"Name {self.renamed}"
        self.primary.execute(
            f"UPDATE catalog_aisystem SET name = '{name}' WHERE slug = 'olmo'"  # noqa: S608
        )
        return name

    def name(self, web: Web, **cookies: str) -> str:
        """The name of the entry as a visitor with these cookies reads it."""
        found = re.search("<h1>(.*?)</h1>", web.read(ENTRY, cookies))
        assert found is not None
        return found[1]

    def replica_runs(self, word: str) -> None:
        self.replica.one(f"SELECT pg_wal_replay_{word}()")

    def caught_up(self) -> bool:
        at = self.primary.one("SELECT pg_current_wal_lsn()")
        return bool(self.replica.one(f"SELECT pg_last_wal_replay_lsn() >= '{at}'"))


@pytest.fixture(scope="module")
def stage(folder: Path, empty_dump: Path) -> Iterator[Stage]:
    primary = Server(folder / "primary")
    urls = {"DATABASE_URL": primary.url}
    laying = Web(folder, **urls)
    databases.restore(empty_dump, primary.url)
    code = "from tests.replicas.test_replicas import lay_out; lay_out()"
    session = json.loads(laying.manage("shell", "-v", "0", "-c", code).splitlines()[-1])
    laying.stop()
    replica = Server(folder / "replica", following=primary)
    urls |= {"DATABASE_REPLICA_URLS": replica.url, "REPLICA_REST": "1"}
    patient = Web(folder, REPLICA_MOST_BEHIND="100000", **urls)
    strict = Web(folder, REPLICA_MOST_BEHIND="0", **urls)
    try:
        patient.start()
        strict.start()
        yield Stage(primary, replica, patient, strict, session)
    finally:
        for running in (patient, strict, replica, primary):
            running.stop()


def test_pages_come_from_the_replica_and_what_somebody_wrote_from_the_primary(stage: Stage):
    before = stage.name(stage.patient)
    until(stage.caught_up)
    stage.replica_runs("pause")
    after = stage.rename()
    until(lambda: stage.name(stage.patient) == before)
    assert stage.name(stage.patient, sessionid=stage.session) == after
    assert stage.name(stage.patient, **{WROTE: "1"}) == after
    assert stage.name(stage.patient) == before
    stage.replica_runs("resume")
    until(lambda: stage.name(stage.patient) == after)


def test_a_replica_that_is_behind_is_passed_over(stage: Stage):
    until(stage.caught_up)
    stage.replica_runs("pause")
    after = stage.rename()
    until(lambda: stage.name(stage.strict) == after)
    stage.replica_runs("resume")
    until(stage.caught_up)
    assert stage.name(stage.strict) == after


def test_whoever_sends_something_reads_from_the_primary_for_a_while(stage: Stage):
    with stage.patient.client() as client:
        text = client.get("/submit/").text
        assert WROTE not in client.cookies
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text)
        assert token is not None
        refused = client.post("/submit/", data={"csrfmiddlewaretoken": "wrong"})
        assert (refused.status_code, WROTE in client.cookies) == (403, False)
        sent = client.post("/submit/", data={"csrfmiddlewaretoken": token[1]})
        assert sent.status_code < 400
        assert client.cookies[WROTE] == "1"


def test_no_page_fails_when_the_replica_dies(stage: Stage):
    assert {stage.patient.status(path) for path in PAGES} == {200}
    stage.replica.stop()
    assert [stage.patient.status(path) for path in PAGES * 3] == [200] * 3 * len(PAGES)
    after = stage.rename()
    assert stage.name(stage.patient) == after
    stage.replica.start()
    until(stage.caught_up)


def test_the_register_can_be_read_while_the_primary_is_away(stage: Stage):
    until(stage.caught_up)
    stage.primary.stop()
    try:
        assert [stage.strict.status(path) for path in PAGES * 2] == [200] * 2 * len(PAGES)
        assert stage.strict.status("/healthz") == 200
        with stage.strict.client({"sessionid": stage.session}) as editor:
            assert editor.get(ENTRY).status_code == 500
    finally:
        stage.primary.start()
    after = stage.rename()
    until(lambda: stage.name(stage.strict) == after)


# --- behind PgBouncer ------------------------------------------------------------------------

HOLD = """
import sys
from catalog.links.run import only_run
with only_run():
    print("held", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture(scope="module")
def pooled(stage: Stage, folder: Path) -> Iterator[Web]:
    """The site behind a pooler with three connections that go round by transaction."""
    if not pgbouncer():
        pytest.skip("PgBouncer is not installed")
    pooler = Pooler(folder / "pooler", stage.primary)
    dumps = str(folder / "dumps")
    web = Web(folder, DATABASE_URL=pooler.url, DATABASE_POOLED="yes", DUMPS_DIR=dumps)
    try:
        web.start(workers=3)
        yield web
    finally:
        web.stop()
        pooler.stop()


def test_pages_and_commands_share_few_connections(pooled: Web):
    """Three connections for three workers, six pages at a time, and the commands."""
    with ThreadPoolExecutor(6) as pool:
        pages = [pool.submit(pooled.status, path) for path in PAGES * 5]
        commands = [
            pool.submit(pooled.manage, *words)
            for words in (
                ("evaluate", "--all", "--jobs", "2"),
                ("facet_index", "--rebuild"),
                ("build_dumps",),
            )
        ]
        assert {page.result() for page in pages} == {200}
        assert all(command.result() for command in commands)
    assert "current" in pooled.manage("evaluate", "--check")


def holder(web: Web) -> "subprocess.Popen[str]":
    return subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, str(settings.BASE_DIR / "manage.py"), "shell", "-v", "0", "-c", HOLD],
        env=web.environment,
        cwd=settings.BASE_DIR,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_a_run_that_may_not_be_doubled_holds_its_lock(pooled: Web):
    first = holder(pooled)
    assert first.stdout is not None
    assert first.stdout.readline() == "held\n"
    second = holder(pooled)
    assert "AlreadyRunningError" in second.communicate()[1]
    first.communicate("\n")
    third = holder(pooled)
    assert third.communicate("\n")[0] == "held\n"


DUMP = """
import os, pathlib
from catalog.exports.dumps import build
build.PIECE, os.cpu_count = 1, lambda: 2
print(build.processes(), "processes")
build.build_dumps(target=pathlib.Path(os.environ["DUMPS_DIR"]), force=True)
"""


def dumped(web: Web) -> list[str]:
    """The slugs in a dump that two processes built."""
    assert "2 processes" in web.manage("shell", "-v", "0", "-c", DUMP)
    content = Path(web.environment["DUMPS_DIR"]) / "current" / "systems.jsonl.gz"
    return [json.loads(line)["slug"] for line in gzip.decompress(content.read_bytes()).splitlines()]


def test_processes_share_a_snapshot_behind_a_pooler(pooled: Web):
    assert dumped(pooled) == ["olmo"]


def test_processes_share_a_snapshot_of_a_replica(stage: Stage, folder: Path):
    until(stage.caught_up)
    reading = Web(folder, DATABASE_URL=stage.replica.url, DUMPS_DIR=str(folder / "of-replica"))
    assert dumped(reading) == ["olmo"]
    reading.stop()


# --- without servers -------------------------------------------------------------------------


class Script:
    """A replica whose answers are written down: seconds behind, or an error."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *answers: float | Exception | None) -> None:
        self.answers, self.asked = list(answers), 0
        self.closed = 0
        monkeypatch.setattr(replicas, "connections", {"replica1": self})

    def cursor(self) -> "Script":
        return self

    def __enter__(self) -> "Script":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def execute(self, _statement: str) -> None:
        self.asked += 1

    def fetchone(self) -> tuple[float | None]:
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return (answer,)

    def close(self) -> None:
        self.closed += 1


def test_a_replica_is_looked_at_once_a_second_and_believed_between(
    monkeypatch: pytest.MonkeyPatch,
):
    script = Script(monkeypatch, 0, 10, 10.5, None, 1)
    replica = Replica("replica1")
    assert [replica.is_fresh(now) for now in (0, 0.5, 1, 2, 3, 4.5)] == [
        *(True, True, True),
        *(False, False, True),
    ]
    assert script.asked == 5


def test_a_replica_that_did_not_answer_is_left_alone_and_taken_up_again(
    monkeypatch: pytest.MonkeyPatch,
):
    script = Script(monkeypatch, DatabaseError("gone"), 0)
    chosen = Replicas(["replica1"])
    assert [chosen.choose(now) for now in (0, 5, 29.9)] == [DEFAULT_DB_ALIAS] * 3
    assert (script.asked, script.closed) == (1, 1)
    assert chosen.choose(30) == "replica1"


@pytest.mark.parametrize(
    ("method", "path", "cookie", "public"),
    [
        ("GET", "/systems/", "", True),
        ("HEAD", "/systems/", "", True),
        ("GET", "/systems/", "sessionid", False),
        ("GET", "/systems/", WROTE, False),
        ("POST", "/systems/", "", False),
        ("GET", "/desk/", "", False),
        ("GET", "/submit/x/", "", False),
        ("GET", "/mail/x/", "", False),
    ],
)
def test_what_may_be_read_from_a_replica(method: str, path: str, cookie: str, public: bool):
    request = RequestFactory().generic(method, path)
    if cookie:
        request.COOKIES[cookie] = "1"
    assert is_public(request) is public


def test_replicas_are_named_in_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("DATABASE_URL", "postgresql://primary/box")
    monkeypatch.setenv("DATABASE_REPLICA_URLS", "postgresql://one/box  postgresql://two/box")
    found = database.databases(tmp_path)
    assert [(name, item["HOST"]) for name, item in found.items()] == [
        ("default", "primary"),
        ("replica1", "one"),
        ("replica2", "two"),
    ]
    assert found["replica2"]["OPTIONS"]["connect_timeout"] == "2"
    assert not found["default"]["DISABLE_SERVER_SIDE_CURSORS"]
    monkeypatch.setenv("DATABASE_POOLED", "yes")
    assert database.databases(tmp_path)["default"]["DISABLE_SERVER_SIDE_CURSORS"]
