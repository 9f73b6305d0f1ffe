"""The private server starts again after any kill, or says in one sentence what to do."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from config.embedded import EmbeddedServer, NoServer
from config.programs import account, owned, program
from tests.servers import until

pytestmark = pytest.mark.once

GARBAGE = b"\xff\xfe garbage \x00\n\n"


@pytest.fixture
def short(tmp_path: Path) -> Iterator[Path]:
    """A folder with a short path that other accounts may enter."""
    with tempfile.TemporaryDirectory(prefix="glassbox-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture(scope="module")
def whole() -> Iterator[Path]:
    """The data of a server that was in use, and was stopped."""
    with tempfile.TemporaryDirectory(prefix="glassbox-") as name:
        Path(name).chmod(0o755)
        server = EmbeddedServer(Path(name) / "postgres")
        server.start()
        server.ensure_database("glassbox")
        with psycopg.connect(server.url("glassbox")) as connection:
            connection.execute("CREATE TABLE entry AS SELECT 'kept' AS name")
        server.stop()
        yield server.folder


@pytest.fixture
def server(short: Path, whole: Path) -> Iterator[EmbeddedServer]:
    """A copy of those data. At the end nothing runs there."""
    shutil.copytree(whole, short / "postgres", ignore=shutil.ignore_patterns(".s.*"))
    made = EmbeddedServer(short / "postgres")
    yield made
    made.halt()


def kept(server: EmbeddedServer) -> str:
    with psycopg.connect(server.url("glassbox")) as connection:
        row = connection.execute("SELECT name FROM entry").fetchone()
    return str(row and row[0])


def pid_file(server: EmbeddedServer, pid: int, folder: Path | None = None) -> bytes:
    lines = [pid, folder or server.folder, 1790000000, 5432, server.folder, "", "  1 2", "ready"]
    return "".join(f"{line}\n" for line in lines).encode()


def dead() -> int:
    """The number of a process that has ended."""
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    return ended.pid


LEFT_BEHIND: dict[str, tuple[str, Callable[[EmbeddedServer], bytes]]] = {
    "an empty list of users": (".handle_pids.json", lambda _: b""),
    "half a list of users": (".handle_pids.json", lambda _: b"[12, 1"),
    "an empty process file": ("postmaster.pid", lambda _: b""),
    "a garbled process file": ("postmaster.pid", lambda _: GARBAGE),
    "half a process file": ("postmaster.pid", lambda server: pid_file(server, dead())[:40]),
    "a process file of a dead process": ("postmaster.pid", lambda s: pid_file(s, dead())),
    "a process file of another program": ("postmaster.pid", lambda s: pid_file(s, os.getpid())),
    "a process file of the first process": ("postmaster.pid", lambda s: pid_file(s, 1)),
    "a process file of a copied folder": (
        "postmaster.pid",
        lambda server: pid_file(server, os.getpid(), Path("/elsewhere/postgres")),
    ),
    "an empty lock of the socket": (".s.PGSQL.5432.lock", lambda _: b""),
    "a lock of the socket by another": (
        ".s.PGSQL.5432.lock",
        lambda server: pid_file(server, os.getpid()),
    ),
    "a file where the socket was": (".s.PGSQL.5432", lambda _: b""),
}


@pytest.mark.parametrize("what", LEFT_BEHIND)
def test_it_starts_in_spite_of_what_was_left_behind(server: EmbeddedServer, what: str):
    name, content = LEFT_BEHIND[what]
    (server.folder / name).write_bytes(content(server))

    server.start()

    assert kept(server) == "kept"


@pytest.mark.parametrize("means", [signal.SIGKILL, signal.SIGTERM])
def test_it_starts_again_after_its_server_was_killed(server: EmbeddedServer, means: int):
    server.start()
    first = server.pid()
    assert first
    os.kill(first, means)

    server.start()

    assert kept(server) == "kept"
    assert server.pid() != first


def test_it_starts_again_when_the_file_of_a_running_server_is_lost(server: EmbeddedServer):
    server.start()
    (server.folder / "postmaster.pid").write_bytes(b"")

    server.start()

    assert kept(server) == "kept"
    assert len([p for p in server.processes() if p.cmdline()[1:2] == ["-D"]]) == 1


def test_it_starts_again_when_its_socket_was_tidied_away(server: EmbeddedServer):
    server.start()
    (server.folder / ".s.PGSQL.5432").unlink()

    server.start()

    assert kept(server) == "kept"


HALF_MADE = {
    "an empty folder": [],
    "a version alone": [("PG_VERSION", b"18\n")],
    "a log alone": [("log", b"starting\n"), (".handle_pids.json", b"")],
    "no control file": [("PG_VERSION", b"18\n"), ("base/1/112", b""), ("global/1213", b"")],
    "an empty control file": [("PG_VERSION", b"18\n"), ("global/pg_control", b"")],
}


@pytest.mark.parametrize("what", HALF_MADE)
def test_a_half_made_folder_is_made_anew(short: Path, what: str):
    for name, content in [("", b""), *HALF_MADE[what]]:
        place = short / "postgres" / name
        (place.parent if name else place).mkdir(parents=True, exist_ok=True)
        if name:
            place.write_bytes(content)
    server = EmbeddedServer(short / "postgres")
    try:
        server.start()
        server.ensure_database("glassbox")
        assert psycopg.connect(server.url("glassbox")).execute("SELECT 1").fetchone() == (1,)
    finally:
        server.halt()


@pytest.mark.parametrize(
    ("place", "seconds"),
    [("postgres", 0.05), ("postgres", 0.3), ("postgres", 0.8), ("postgres.new", 0.2)],
)
def test_a_killed_initdb_is_done_again(short: Path, place: str, seconds: float):
    (short / place).mkdir()
    owned(short / place)
    command = [program("initdb"), "-D", short / place, "-U", "postgres", "--auth=trust"]
    making = subprocess.Popen(  # noqa: S603 - PostgreSQL's own program
        [*map(str, command)], cwd="/", stdout=subprocess.DEVNULL, process_group=0, **account()
    )
    time.sleep(seconds)
    with suppress(ProcessLookupError):
        os.killpg(making.pid, signal.SIGKILL)
    making.wait()
    server = EmbeddedServer(short / "postgres")
    try:
        server.start()
        server.ensure_database("glassbox")
        assert psycopg.connect(server.url("glassbox")).execute("SELECT 1").fetchone() == (1,)
    finally:
        server.halt()


@pytest.mark.parametrize("name", ["PG_VERSION", "global/pg_control", "postgresql.conf"])
def test_damaged_data_are_kept_and_one_sentence_says_what_to_do(server: EmbeddedServer, name: str):
    (server.folder / name).write_bytes(GARBAGE)

    with pytest.raises(NoServer, match=r"does not start \(.+\): copy that folder .* `make demo`"):
        server.start()

    assert (server.folder / "base").is_dir()
    assert server.pid() is None


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a small disk")
def test_a_full_disk_is_said_and_room_helps(short: Path):
    mount = ["/usr/bin/mount", "-t", "tmpfs", "-o", "size=120m,mode=755", "none", str(short)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:  # noqa: S603
        pytest.skip("this machine mounts nothing")
    ballast = short / "ballast"
    server = EmbeddedServer(short / "postgres")
    try:
        with suppress(OSError):
            ballast.write_bytes(b"x" * 121 * 1024 * 1024)
        with pytest.raises(NoServer, match="is full, so the private database cannot run: make"):
            server.start()
        ballast.unlink()
        server.start()
        server.halt()
        with suppress(OSError):
            ballast.write_bytes(b"x" * 121 * 1024 * 1024)
        (server.folder / "postmaster.pid").unlink(missing_ok=True)
        with suppress(NoServer):  # a started server may find room in what it has
            server.start()
        server.halt()
        ballast.unlink()
        server.start()
        server.ensure_database("glassbox")
    finally:
        server.halt()
        subprocess.run(["/usr/bin/umount", "-l", str(short)], check=False)  # noqa: S603


USER = """
import sys, time
from pathlib import Path
from config.embedded import EmbeddedServer
server = EmbeddedServer(Path(sys.argv[1]))
server.start()
server.ensure_database("glassbox")
print("here", flush=True)
sys.stdin.read()
"""


def user(folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - Python itself
        [sys.executable, "-c", USER, str(folder)],
        cwd=settings.BASE_DIR,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )


def test_the_last_user_stops_it_and_a_killed_one_does_not_count(server: EmbeddedServer):
    users = [user(server.folder) for _ in range(4)]  # all at once
    assert [one.stdout and one.stdout.readline() for one in users] == [b"here\n"] * 4
    pid = server.pid()
    assert pid
    for one in users[:2]:
        one.kill()
        one.wait()
    users[2].communicate()
    assert server.pid() == pid, "one is left"

    users[3].communicate()

    assert server.pid() is None


def test_a_command_ends_in_one_sentence_and_no_traceback():
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": "mysql://localhost/box"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert done.stderr == "A database's URL has to begin with postgresql://\n"


def test_while_the_demo_is_served_a_killed_server_comes_back(server: EmbeddedServer):
    server.start()
    watch = subprocess.Popen(  # noqa: S603 - Python itself
        [
            *(sys.executable, "-c"),
            "import sys; from pathlib import Path; from config.embedded import *; "
            f"look_after(EmbeddedServer(Path({str(server.folder)!r})), 0.1)",
        ],
        cwd=settings.BASE_DIR,
    )
    try:
        first = server.pid()
        assert first
        os.kill(first, signal.SIGKILL)
        until(lambda: server.pid() not in (None, first) and server.answers())
        assert kept(server) == "kept"
    finally:
        watch.terminate()
        watch.wait()
