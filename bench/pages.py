"""How many pages a second two workers give, with few systems and with a million.

For each size: grows a made-up catalogue in a database of its own (kept for the
next run), starts the server as in production, and drives each kind of page with
wrk, eight connections, addresses that differ. In the same run and with the same
load: a page of Django's that is constant, and a file that nginx sends, which are
the limits. Needs wrk, and nginx for the second limit.
"""

import argparse
import os
import random
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

import psycopg  # noqa: E402
from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from pyroaring import BitMap  # noqa: E402

PORT, NGINX_PORT = 8098, 8099
WORKERS, CONNECTIONS = 2, 8
ADDRESSES = 300
WORDS = ["Cobalt", "Kestrel", "Larch", "Ossian", "Petrel", "Quartz", "Rowan", "Umbra"]
LUA = """
local paths = {}
for line in io.lines(os.getenv("BENCH_PATHS")) do paths[#paths + 1] = line end
local at = 0
function request()
  at = at % #paths + 1
  return wrk.format("GET", paths[at], {["Accept-Encoding"] = "gzip, deflate, br"})
end
function done(summary, latency, requests)
  io.write(string.format("RESULT %d %f %f %f %d %d\\n", summary.requests,
    summary.duration / 1e6, latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    summary.bytes, summary.errors.status + summary.errors.timeout + summary.errors.read))
end
"""


HEADING = (
    f"{'page':<30} {'req/s':>8} {'of const.':>9} {'bar':>6} {'p50':>8} {'p99':>8} {'bytes':>8}"
)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of page, and the addresses that are asked of it."""

    name: str
    paths: Sequence[str]
    kept: bool = False
    bar: float = 0.0
    """The share of the constant page that it has to reach at the largest size."""


@dataclass(frozen=True, slots=True)
class Result:
    """What wrk met."""

    rate: float
    p50: float
    p99: float
    bytes: int
    errors: int


def address_of(name: str) -> str:
    known = connection.settings_dict
    account = f"{known['USER']}:{known['PASSWORD']}"
    place = f"{known['HOST']}:{known['PORT']}" if known["PORT"] else ""
    tail = "" if place else f"?host={known['HOST']}"
    return f"postgresql://{account}@{place}/{name}{tail}"


def ensure_database(name: str) -> None:
    with psycopg.connect(address_of("postgres"), autocommit=True) as server:
        known = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if known.fetchone() is None:
            server.execute(f'CREATE DATABASE "{name}"')


def environment(name: str, static: Path, *, kept: bool) -> dict[str, str]:
    return os.environ | {
        "DATABASE_URL": address_of(name),
        "GLASSBOX_ENV": "production",
        "SECRET_KEY": "for-this-benchmark-only-" * 3,
        "ALLOWED_HOSTS": "127.0.0.1",
        "SECURE_SSL_REDIRECT": "no",
        "STATIC_ROOT": str(static),
        "PAGE_CACHE_SECONDS": "600" if kept else "0",
        "LOG_LEVEL": "ERROR",
    }


def manage(env: dict[str, str], *words: str) -> str:
    found = subprocess.run(  # noqa: S603
        [sys.executable, "manage.py", *words],
        env=env,
        cwd=settings.BASE_DIR,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return found.stdout


def wait_for(port: int) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit(f"Nothing listens on port {port}.")


@contextmanager
def running(command: Sequence[str], port: int, env: dict[str, str]) -> Iterator[int]:
    process = subprocess.Popen(  # noqa: S603
        command, env=env, cwd=settings.BASE_DIR, stdout=subprocess.DEVNULL
    )
    try:
        wait_for(port)
        yield process.pid
    finally:
        process.terminate()
        process.wait(20)


def served(env: dict[str, str]) -> AbstractContextManager[int]:
    command = [
        *(sys.executable, "-m", "gunicorn", "config.wsgi"),
        *("--bind", f"127.0.0.1:{PORT}", "--workers", str(WORKERS), "--log-level", "error"),
    ]
    return running(command, PORT, env)


def nginx(folder: Path, body: bytes) -> AbstractContextManager[int]:
    (folder / "www").mkdir()
    (folder / "www" / "page.html").write_bytes(body)
    (folder / "nginx.conf").write_text(
        f"""daemon off; worker_processes 2; pid {folder}/pid; error_log /dev/null;
        events {{}}
        http {{ access_log off; client_body_temp_path {folder}/b; proxy_temp_path {folder}/p;
          fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
          server {{ listen 127.0.0.1:{NGINX_PORT}; root {folder}/www; }} }}"""
    )
    command = [shutil.which("nginx") or "/usr/sbin/nginx", "-c", str(folder / "nginx.conf")]
    return running(command, NGINX_PORT, dict(os.environ))


def drive(port: int, paths: Sequence[str], seconds: int, folder: Path) -> Result:
    """Ask for the addresses in turn, with eight connections, and once before for each worker."""
    listed, script = folder / "paths", folder / "paths.lua"
    listed.write_text("\n".join(paths) + "\n")
    script.write_text(LUA)
    found = subprocess.run(  # noqa: S603
        [
            *("wrk", "-t2", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "20s"),
            *("-s", str(script), f"http://127.0.0.1:{port}"),
        ],
        env=os.environ | {"BENCH_PATHS": str(listed)},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    words = re.search(r"RESULT (.*)", found.stdout)
    if words is None:
        raise SystemExit(found.stdout)
    requests, duration, p50, p99, size, errors = map(float, words[1].split())
    total = max(int(requests), 1)
    return Result(requests / duration, p50, p99, int(size / total), int(errors))


def memory(parent: int) -> int:
    """The most memory of a worker, in MB."""
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            text = status.read_text()
        except OSError:
            continue
        if f"PPid:\t{parent}\n" in text:
            resident = re.search(r"VmRSS:\s+(\d+)", text)
            found.append(int(resident[1]) // 1024 if resident else 0)
    return max(found, default=0)


def frequent_values(name: str, number: int) -> dict[str, list[str]]:
    """The values of each facet that at least one system in two hundred has."""
    found: dict[str, list[str]] = {}
    with psycopg.connect(address_of(name)) as database:
        for facet, value, data in database.execute(
            "SELECT facet, value, systems FROM catalog_facetbitmap WHERE facet <> '' ORDER BY 1, 2"
        ):
            if len(BitMap.deserialize(bytes(data))) >= max(1, number // 200):
                found.setdefault(facet, []).append(value)
    return found


def kinds(name: str, number: int) -> list[Kind]:
    """Addresses that differ, chosen the same in every run."""
    chance = random.Random(6)  # noqa: S311
    common = frequent_values(name, number)

    def two() -> list[tuple[str, str]]:
        return [(facet, chance.choice(common[facet])) for facet in chance.sample(sorted(common), 2)]

    def slug() -> str:
        return f"bench-{chance.randint(1, min(number, 1_000))}"

    def many(make: Callable[[], object]) -> list[str]:
        return [str(make()) for _ in range(ADDRESSES)]

    def listed(*pairs: tuple[str, str | int]) -> str:
        return f"/systems/?{urlencode(pairs)}"

    paged = many(lambda: listed(*two(), ("page", chance.randint(1, 3))))
    compared = many(lambda: "/compare/?" + urlencode([("s", slug()) for _ in range(6)]))
    searched = many(lambda: listed(("q", chance.choice(WORDS)), two()[0]))
    badges = many(lambda: f"/systems/{slug()}/badge.svg")
    typed = many(lambda: f"/suggest.json?q={chance.choice(WORDS)[: chance.randint(1, 6)]}")
    return [
        Kind("constant page of Django", ["/robots.txt"]),
        Kind("systems, two facets, cold", paged, bar=1 / 28),
        Kind("systems, no filter, cold", ["/systems/"], bar=1 / 28),
        Kind("systems, two facets, kept", paged[:40], kept=True, bar=0.7),
        Kind("entry, cold", many(lambda: f"/systems/{slug()}/"), bar=1 / 25),
        Kind("compare of six, cold", compared, bar=1 / 40),
        Kind("full text with facets, cold", searched, bar=1 / 35),
        Kind("suggestions, cold", typed, bar=1 / 5),
        Kind("badge (SVG), cold", badges, bar=0.5),
        Kind("badge (SVG), kept", badges[:40], kept=True, bar=0.8),
    ]


def measure(number: int, seconds: int, folder: Path) -> None:
    name = f"glassbox_bench_{number}"
    ensure_database(name)
    static = folder / "static"
    env = environment(name, static, kept=False)
    manage(env, "collectstatic", "--noinput", "--verbosity", "0")
    manage(env, "migrate", "--verbosity", "0")
    begun = time.perf_counter()
    print(f"\n{number} systems: {manage(env, 'grow_catalog', str(number)).strip()}", end=" ")
    print(f"({time.perf_counter() - begun:.0f} s)")
    print(
        f"{'page':<30} {'req/s':>8} {'of const.':>9} {'bar':>6} {'p50':>8} {'p99':>8} {'bytes':>8}"
    )
    constant = 0.0
    asked = kinds(name, number)
    for kept in (False, True):
        with served(environment(name, static, kept=kept)) as pid:
            for _ in range(3):  # until both workers have begun and read the index
                drive(PORT, ["/robots.txt", "/systems/", "/systems/?sort=newest"], 3, folder)
            for kind in asked:
                if kind.kept is not kept:
                    continue
                drive(PORT, kind.paths, 4 if kept else 2, folder)
                found = drive(PORT, kind.paths, seconds, folder)
                constant = constant or found.rate
                report(kind, found, constant)
            print(f"{'memory of a worker':<30} {memory(pid):>8} MB")


def report(kind: Kind, found: Result, constant: float) -> None:
    share = found.rate / constant
    bar = f"{kind.bar:6.3f}" if kind.bar else "     –"
    faults = f"  {found.errors} errors" if found.errors else ""
    print(
        f"{kind.name:<30} {found.rate:>8.1f} {share:>9.3f} {bar} {found.p50:>6.1f}ms "
        f"{found.p99:>6.1f}ms {found.bytes:>8}{faults}",
        flush=True,
    )


def limit(seconds: int, folder: Path) -> None:
    """A file of the size of a page, from nginx."""
    with nginx(folder, b"x" * 40_000):
        found = drive(NGINX_PORT, ["/page.html"], seconds, folder)
    print(f"nginx, a file of 40,000 bytes: {found.rate:.0f} requests/s, p50 {found.p50:.2f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description="Pages a second, at several sizes.")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 30_000, 1_000_000])
    parser.add_argument("--seconds", type=int, default=8)
    asked = parser.parse_args()
    if shutil.which("wrk") is None:
        raise SystemExit("wrk is missing: apt-get install wrk nginx-light")
    with psycopg.connect(address_of("postgres")) as server:
        (held,) = server.execute("SHOW shared_buffers").fetchone() or ("",)
        print(f"PostgreSQL keeps {held} of its pages in memory (shared_buffers).")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if Path("/usr/sbin/nginx").exists() or shutil.which("nginx"):
            limit(asked.seconds, folder)
        for number in asked.sizes:
            measure(number, asked.seconds, folder)


if __name__ == "__main__":
    main()
