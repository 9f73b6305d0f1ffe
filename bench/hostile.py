"""What a stranger can send, to a real server: how long each takes, and what others notice.

``python -m bench.hostile [REQUESTS]``. The Hub that the site asks is one that never answers.
"""

import base64
import os
import re
import socket
import sys
import threading
import time
from collections.abc import Callable
from itertools import cycle

import httpx

from bench.servers import PORT, SERVERS, command, memory, running, warm_up

NAME = "gunicorn, 2 workers of 4 threads"
SITE = f"http://127.0.0.1:{PORT}"
PATIENCE = 60


def silent_hub() -> str:
    """The address of a server that takes every connection and says nothing."""
    door = socket.create_server(("127.0.0.1", 0), backlog=200)
    held: list[socket.socket] = []

    def serve() -> None:
        while True:
            held.append(door.accept()[0])

    threading.Thread(target=serve, daemon=True).start()
    return f"http://127.0.0.1:{door.getsockname()[1]}"


def form(client: httpx.Client) -> dict[str, str]:
    """What every form of ours sends back."""
    found = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', client.get("/submit/").text)
    return {"csrfmiddlewaretoken": found[1] if found else "", "way": "hub"}


def upload(client: httpx.Client, body: bytes) -> httpx.Response:
    return client.post(
        "/submit/", data=form(client) | {"way": "file"}, files={"file": ("MOF.yml", body)}
    )


def typed(client: httpx.Client, fields: dict[str, str]) -> httpx.Response:
    """A draft begun, and one step of it saved."""
    first = client.post("/submit/", data=form(client) | {"way": "blank"}).headers.get("location")
    token = form(client)
    return client.post(first or "/submit/", data=token | fields)


def judged(client: httpx.Client, expression: str) -> httpx.Response:
    system = {"slug": "a", "name": "A"}
    part = {"kind": "weights_final", "licence": expression, "licence_status": "stated"}
    document = {"schema": "glassbox-facts/1", "system": system, "components": [part]}
    return client.post("/api/v1/evaluate", json=document)


def cursor(client: httpx.Client, key: bytes) -> httpx.Response:
    text = base64.urlsafe_b64encode(key).decode()
    return client.get("/api/v1/systems", params={"cursor": text})


KINDS: dict[str, Callable[[httpx.Client, int], httpx.Response]] = {
    "base-60 YAML": lambda c, n: upload(c, b"a: " + b"1:" * 240_000),
    "deep YAML": lambda c, n: upload(c, b"[" * 40_000),
    "large file": lambda c, n: upload(c, b"a" * 3_000_000),
    "licence expression": lambda c, n: judged(c, " OR ".join(f"a{n}{m}" for m in range(9_000))),
    "deep expression": lambda c, n: judged(c, "(" * 9_000 + "MIT" + ")" * 9_000),
    "mixed scripts": lambda c, n: typed(c, {"s-summary": "Оpеn " * 200_000}),
    "made-up fields": lambda c, n: typed(c, {f"x{m}": "y" * 400 for m in range(2_000)}),
    "SCRIPT_NAME": lambda c, n: c.get("/systems/", headers={"SCRIPT_NAME": "/systems"}),
    "made-up query": lambda c, n: c.get(f"/systems/?x{n}={'y' * 300}"),
    "made-up host": lambda c, n: c.get("/systems/", headers={"Host": f"127.0.0.1:{n + 1}"}),
    "cursor": lambda c, n: cursor(c, b"\x00" if n % 2 else "²".encode()),
    "hanging Hub": lambda c, n: c.post("/submit/", data=form(c) | {"repository": f"a/b{n}"}),
    "look-up on the desk": lambda c, n: c.get("/desk/auth/user/?password__startswith=a"),
}


class Watch(threading.Thread):
    """Asks ``/healthz`` all the time."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.over = threading.Event()
        self.times: list[float] = []

    def run(self) -> None:
        with httpx.Client(base_url=SITE, timeout=PATIENCE) as client:
            while not self.over.wait(0.05):
                started = time.monotonic()
                client.get("/healthz", headers={"Connection": "close"})
                self.times.append((time.monotonic() - started) * 1_000)


def main(requests: int) -> None:
    environment = os.environ | {
        "HF_ENDPOINT": silent_hub(), "TRUSTED_PROXIES": "1", "NO_PROXY": "*", "API_READS": "100000",
    }  # fmt: skip
    longest = dict.fromkeys(KINDS, 0.0)
    answers: dict[str, set[int]] = {name: set() for name in KINDS}
    with running(command(SERVERS[NAME]), environment) as process:
        warm_up()
        rounds = cycle(KINDS.items())
        for number in range(6 * len(KINDS)):  # what is loaded once is no leak
            ask_once(next(rounds), number, longest, answers)
        before = memory(process)
        watch = Watch()
        watch.start()
        longest |= dict.fromkeys(KINDS, 0.0)
        for number in range(requests):
            ask_once(next(rounds), number + 1_000, longest, answers)
        watch.over.set()
        watch.join()
        after = memory(process)
    for name, seconds in longest.items():
        print(f"{name:<22} {seconds * 1_000:7.0f} ms at most  {sorted(answers[name])}")
    watch.times.sort()
    p99 = watch.times[int(len(watch.times) * 0.99)]
    print(f"/healthz {len(watch.times)} times: p99 {p99:.0f} ms, longest {watch.times[-1]:.0f} ms")
    print(f"largest worker before {before} MB, after {requests} requests {after} MB")


def ask_once(
    kind: tuple[str, Callable[[httpx.Client, int], httpx.Response]],
    number: int,
    longest: dict[str, float],
    answers: dict[str, set[int]],
) -> None:
    """One hostile request, from a network of its own."""
    name, ask = kind
    network = {"X-Forwarded-For": f"198.51.{number // 250 % 250}.{number % 250}"}
    with httpx.Client(base_url=SITE, timeout=PATIENCE, headers=network) as client:
        started = time.monotonic()
        answers[name].add(ask(client, number).status_code)
        longest[name] = max(longest[name], time.monotonic() - started)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
