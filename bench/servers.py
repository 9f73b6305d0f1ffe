"""Web servers side by side: what each makes of the same site on the same machine.

``python -m bench.servers [ROUNDS]``. In each round every server is started anew, in turn, so that
a machine that is slower for a while is slower for all of them. The table names medians, and in
brackets the share of the first server's.
"""

import os
import signal
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

from bench.pages import drive, memory, wait_for

PORT = 8791
SECONDS = 5
COMPUTED = 10
PAUSE = 0.05

SERVERS: dict[str, tuple[str, ...]] = {
    "gunicorn, 2 sync workers": (
        *("gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{PORT}", "--log-level", "error"),
        *("--workers", "2", "--worker-class", "sync", "--threads", "1"),
    ),
    "gunicorn, 2 workers of 4 threads": (
        *("gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{PORT}", "--log-level", "error"),
        *("--workers", "2", "--worker-class", "gthread", "--threads", "4"),
    ),
    "granian, 2 workers of 4 threads": (
        *("granian", "config.wsgi:application", "--interface", "wsgi", "--log-level", "error"),
        *("--host", "127.0.0.1", "--port", str(PORT), "--workers", "2"),
        *("--blocking-threads", "4", "--no-access-log"),
    ),
}

KEPT = ["/systems/?osaid=met", "/systems/", "/systems/olmo-7b/"]
COLD = [f"/systems/?page={page}&sort={sort}" for page in range(1, 15) for sort in ("name", "date")]


def environment(**more: str) -> dict[str, str]:
    return os.environ | {"DJANGO_SETTINGS_MODULE": "bench.busy_settings"} | more


@contextmanager
def running(command: list[str], env: dict[str, str]) -> Iterator[int]:
    """A server, which is killed with all its workers where it does not end by itself."""
    process = subprocess.Popen(  # noqa: S603 - a server of ours
        command, env=env, cwd=settings.BASE_DIR, start_new_session=True, stdout=subprocess.DEVNULL
    )
    try:
        wait_for(PORT)
        yield process.pid
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            print("killed: it did not end within 10 seconds")
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)


def command(words: tuple[str, ...]) -> list[str]:
    return [sys.executable, "-m", *words]


def ask(path: str, patience: float = 20) -> float:
    """Milliseconds until an answer was there; ``inf`` where none came."""
    started = time.monotonic()
    connection = HTTPConnection("127.0.0.1", PORT, timeout=patience)
    try:
        connection.request("GET", path, headers={"Host": "127.0.0.1"})
        if connection.getresponse().read() is None:
            return float("inf")
    except OSError:
        return float("inf")
    finally:
        connection.close()
    return (time.monotonic() - started) * 1_000


def warm_up() -> None:
    """Until every worker has loaded the site and answers fast."""
    quick = 0
    while quick < 12:
        quick = quick + 1 if ask("/systems/") < 1_000 else 0


def health(busy: int) -> list[float]:
    """How long ``/healthz`` takes, again and again, while so many requests compute."""
    path = f"/bench/compute/?seconds={COMPUTED}"
    computing = [threading.Thread(target=ask, args=(path, 60)) for _ in range(busy)]
    for thread in computing:
        thread.start()
    time.sleep(0.3)
    found, end = [], time.monotonic() + COMPUTED - 1
    while time.monotonic() < end:
        found.append(ask("/healthz"))
        time.sleep(PAUSE)
    for thread in computing:
        thread.join()
    return sorted(found)


def measured(words: tuple[str, ...], folder: Path) -> dict[str, float]:
    """One server, once."""
    found: dict[str, float] = {}
    with running(command(words), environment()) as process:
        warm_up()
        found["constant page, requests/s"] = drive(PORT, ["/bench/constant/"], SECONDS, folder).rate
        for path in KEPT * 6:
            ask(path)
        found["kept page, requests/s"] = drive(PORT, KEPT, SECONDS, folder).rate
        found["memory of a worker, MB"] = memory(process)
        for busy in (1, 2):
            times = health(busy)
            found[f"/healthz while {busy} compute, p50 ms"] = statistics.median(times)
            found[f"/healthz while {busy} compute, longest ms"] = times[-1]
    with running(command(words), environment(PAGE_CACHE_SECONDS="0")):
        warm_up()
        found["cold list, requests/s"] = drive(PORT, COLD, SECONDS, folder).rate
    return found


def main(rounds: int, say: Callable[[str], None] = print) -> None:
    results: dict[str, list[dict[str, float]]] = {name: [] for name in SERVERS}
    with TemporaryDirectory() as folder:
        for number in range(rounds):
            for name, words in SERVERS.items():
                results[name].append(measured(words, Path(folder)))
                say(f"round {number + 1}: {name}: {results[name][-1]}")
    names = list(SERVERS)
    say("| | " + " | ".join(names) + " |")
    say("|---" * (len(names) + 1) + "|")
    for key in results[names[0]][0]:
        values = [statistics.median(one[key] for one in results[name]) for name in names]
        cells = [f"{value:,.0f} ({value / values[0]:.2f})" for value in values]
        say(f"| {key} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    try:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
    except subprocess.CalledProcessError as error:
        raise SystemExit(f"wrk failed: {error}") from error
