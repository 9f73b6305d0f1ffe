"""A flood of spam through the form, and what readers, submitters and editors notice of it.

Copies the database that ``make setup`` has filled, starts the server as the demo
does, and sends ``--number`` spam submissions at ``--rate`` a second, each from a
network of its own: a third fill in the hidden field, a third wait as a person
would, and the rest come at once; one in fifty solves the proof of work. Beside
them a reader opens pages, an editor opens the queue, and people send real
submissions. Prints what each met, before and during the flood.
"""

import argparse
import asyncio
import base64
import json
import os
import random
import re
import statistics
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

import psycopg  # noqa: E402
from altcha import v1 as altcha  # noqa: E402
from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402

DATABASE = "glassbox_spam_bench"
PORT = 8097
SECRET = "b" * 32
"""The field against forged requests: a machine makes up both halves of it."""

IN_FLIGHT = 300
EVIDENCE = "https://spam.example.org/card"
PERSON_EVERY, READER_EVERY, EDITOR_EVERY = 10.0, 0.25, 5.0
THINKS = 6.0
"""Seconds that a person, or a machine that plays one, spends on the form."""

ACCOUNT = """
from django.contrib.auth.models import User
from django.test import Client
from catalog.desk.roles import give_role, make_roles
make_roles()
user, _ = User.objects.get_or_create(username="bench-editor")
give_role(user=user, role="Editor")
client = Client()
client.force_login(user)
print(client.cookies["sessionid"].value)
"""


def address_of(name: str) -> str:
    known = connection.settings_dict
    return f"postgresql://{known['USER']}:{known['PASSWORD']}@/{name}?host={known['HOST']}"


@dataclass(slots=True)
class Answer:
    """One answer of the server."""

    status: int
    headers: str
    body: str

    @property
    def location(self) -> str:
        found = re.search(r"(?im)^location: (\S+)", self.headers)
        return found[1] if found else ""


@dataclass(slots=True)
class Notes:
    """What somebody met: milliseconds of each request, and statuses."""

    times: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)

    def row(self, name: str) -> str:
        if not self.times:
            return f"{name:<34} none"
        ordered = sorted(self.times)
        far = ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
        statuses = ", ".join(f"{n} × {code}" for code, n in sorted(self.statuses.items()))
        middle = statistics.median(ordered)
        return f"{name:<34} p50 {middle:7.1f} ms   p99 {far:7.1f} ms   {statuses}"


async def ask(
    path: str,
    network: str,
    notes: Notes,
    *,
    data: dict[str, str] | None = None,
    cookies: str = "",
) -> Answer:
    """One request on a connection of its own; 0 stands for no answer."""
    start = time.perf_counter()
    answer = Answer(0, "", "")
    with suppress(OSError, TimeoutError):
        answer = await asyncio.wait_for(exchange(path, network, data, cookies), 60)
    notes.times.append(1000 * (time.perf_counter() - start))
    notes.statuses[answer.status] = notes.statuses.get(answer.status, 0) + 1
    return answer


async def exchange(path: str, network: str, data: dict[str, str] | None, cookies: str) -> Answer:
    body = urlencode({**data, "csrfmiddlewaretoken": SECRET}).encode() if data else b""
    head = [
        f"{'POST' if data else 'GET'} {path} HTTP/1.1",
        f"Host: 127.0.0.1:{PORT}",
        f"X-Forwarded-For: {network}",
        f"Cookie: csrftoken={SECRET}; {cookies}",
        "Connection: close",
    ]
    if data:
        head += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
    reader, writer = await asyncio.open_connection("127.0.0.1", PORT)
    try:
        writer.write("\r\n".join(head).encode() + b"\r\n\r\n" + body)
        raw = await reader.read()
    finally:
        writer.close()
    top, _, rest = raw.partition(b"\r\n\r\n")
    headers = top.decode("latin-1")
    status = int(headers.split(" ", 2)[1]) if headers.startswith("HTTP/") else 0
    return Answer(status, headers, rest.decode("utf-8", "replace"))


def solve(task: dict[str, Any]) -> str:
    """The solution of a proof of work, as the browser sends it."""
    challenge = altcha.Challenge(
        algorithm=task["algorithm"],
        challenge=task["challenge"],
        max_number=task["maxNumber"],
        salt=task["salt"],
        signature=task["signature"],
    )
    found = altcha.solve_challenge(challenge)
    if found is None:
        raise ValueError("This task has no solution.")
    return base64.b64encode(
        json.dumps(
            {
                "algorithm": task["algorithm"],
                "challenge": task["challenge"],
                "number": found.number,
                "salt": task["salt"],
                "signature": task["signature"],
            }
        ).encode()
    ).decode()


async def proof_for(path: str, network: str, notes: Notes) -> dict[str, str]:
    """The solved task of a page's form; nothing where it has none."""
    if "data-challenge" not in (await ask(path, network, notes)).body:
        return {}
    task = await ask("/submit/challenge.json", network, notes)
    return {"altcha": await asyncio.to_thread(solve, json.loads(task.body))}


async def submission(
    name: str,
    network: str,
    notes: Notes,
    *,
    trapped: bool = False,
    patient: bool = False,
    solves: bool = False,
) -> bool:
    """Begin, one step, send; whether it was taken."""
    door = {"way": "blank"}
    if solves:
        door |= await proof_for("/submit/", network, notes)
    begun = await ask("/submit/", network, notes, data=door)
    if begun.status != 302:
        return False
    first = begun.location
    typed = {"s-name": name, "s-evidence": EVIDENCE}
    saved = await ask(first, network, notes, data=typed)
    if patient:
        await asyncio.sleep(THINKS)
    send = first.replace("/identify/", "/send/")
    more = {"relation": "none", "note": "Hello.", "email": ""}
    if trapped:
        more["website"] = "https://spam.example.org/"
    if solves:
        more |= await proof_for(send, network, notes)
    sent = await ask(send, network, notes, data=more)
    return saved.status == 302 and sent.status == 302


@dataclass(slots=True)
class Flood:
    """All that runs at once."""

    number: int
    rate: float
    session: str
    spam: Notes = field(default_factory=Notes)
    reader: Notes = field(default_factory=Notes)
    person: Notes = field(default_factory=Notes)
    editor: Notes = field(default_factory=Notes)
    taken: int = 0
    people: list[bool] = field(default_factory=list)
    late: int = 0

    async def one(self, place: int, room: asyncio.Semaphore) -> None:
        kind = place % 3
        bits = random.Random(place).getrandbits(24)  # noqa: S311 - a network, not a secret
        network = f"10.{bits >> 16}.{bits >> 8 & 255}.{bits & 255}"
        async with room:
            self.taken += await submission(
                f"Spam {place}",
                network,
                self.spam,
                trapped=kind == 0,
                patient=kind == 1,
                solves=place % 50 == 0,
            )

    async def flood(self) -> float:
        """Send it; returns the seconds that it took."""
        room = asyncio.Semaphore(IN_FLIGHT + int(THINKS * self.rate))
        start = time.perf_counter()
        running: set[asyncio.Task[None]] = set()
        for place in range(self.number):
            due = start + place / self.rate
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            while room.locked():
                self.late += 1
                await asyncio.sleep(0.05)
            task = asyncio.create_task(self.one(place, room))
            running.add(task)
            task.add_done_callback(running.discard)
        await asyncio.gather(*running)
        return time.perf_counter() - start

    async def read(self) -> None:
        for place in range(10**6):
            path = ("/systems/", "/systems/olmo-7b/", "/")[place % 3]
            await ask(path, "192.0.2.1", self.reader)
            await asyncio.sleep(READER_EVERY)

    async def edit(self) -> None:
        path = "/desk/catalog/submission/?state__exact=sent&suspect__exact=0"
        while True:
            await ask(path, "192.0.2.2", self.editor, cookies=f"sessionid={self.session}")
            await asyncio.sleep(EDITOR_EVERY)

    async def send_real_ones(self) -> None:
        for place in range(10**6):
            network = f"198.51.100.{place % 250 + 1}"
            name = f"Real {len(self.people)}"
            done = await submission(name, network, self.person, patient=True, solves=True)
            self.people.append(done)
            await asyncio.sleep(PERSON_EVERY)

    async def around(self, work: Any) -> Any:
        """Readers, people and an editor for as long as something lasts."""
        beside = [asyncio.create_task(one()) for one in (self.read, self.edit, self.send_real_ones)]
        try:
            return await work
        finally:
            await asyncio.sleep(THINKS + 1)  # the last person finishes
            for task in beside:
                task.cancel()
            await asyncio.gather(*beside, return_exceptions=True)


def manage(environment: dict[str, str], *arguments: str) -> str:
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, check=True)  # noqa: S603
    return done.stdout.decode()


def server(environment: dict[str, str]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "gunicorn", "config.wsgi", "--workers", "2"]
    process = subprocess.Popen(  # noqa: S603 - our own command
        [*command, "--bind", f"127.0.0.1:{PORT}", "--backlog", "2048", "--log-level", "error"],
        env=environment,
        cwd=settings.BASE_DIR,
    )
    for _ in range(200):
        if asyncio.run(ask("/robots.txt", "192.0.2.9", Notes())).status == 200:
            return process
        time.sleep(0.1)
    raise SystemExit("The server does not answer.")


def report(calm: Flood, storm: Flood, took: float) -> None:
    print(f"spam submissions                   {storm.number} in {took:.0f} s", end=" ")
    print(f"({storm.number / took:.1f} a second; asked for {storm.rate:g}; 2 workers)")
    print(storm.spam.row("spam, each request"))
    for name in ("reader", "person", "editor"):
        print(getattr(calm, name).row(f"{name}, before"))
        print(getattr(storm, name).row(f"{name}, during the flood"))
    with psycopg.connect(address_of(DATABASE)) as database:
        rows = database.execute(
            "SELECT state, suspect, title LIKE 'Real %', count(*) FROM catalog_submission"
            " WHERE title LIKE 'Real %' OR title LIKE 'Spam %' GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
        ).fetchall()
    for state, suspect, real, count in rows:
        kind = "real" if real else "spam"
        where = "apart, as likely spam" if suspect else "in the queue"
        print(f"{kind}: {state:<6} {where if state == 'sent' else '':<22} {count}")
    print(f"real submissions that arrived      {sum(storm.people)} of {len(storm.people)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--number", type=int, default=10_000)
    parser.add_argument("--rate", type=float, default=50.0)
    chosen = parser.parse_args()
    if not connection.settings_dict["HOST"].startswith("/"):
        raise SystemExit("This needs the private PostgreSQL of `make setup`.")
    source = str(connection.settings_dict["NAME"])
    connection.close()
    with psycopg.connect(address_of("postgres"), autocommit=True) as postgres:
        postgres.execute(f'DROP DATABASE IF EXISTS "{DATABASE}" WITH (FORCE)')
        postgres.execute(f'CREATE DATABASE "{DATABASE}" TEMPLATE "{source}"')
    environment = os.environ | {
        "DATABASE_URL": address_of(DATABASE),
        "TRUSTED_PROXIES": "1",
        "TASKS_IN_WORKER": "yes",
        "LOG_LEVEL": "ERROR",
    }
    session = manage(environment, "shell", "-v", "0", "-c", ACCOUNT).splitlines()[-1]
    process = server(environment)
    try:
        calm = Flood(number=0, rate=chosen.rate, session=session)
        asyncio.run(calm.around(asyncio.sleep(20)))
        storm = Flood(number=chosen.number, rate=chosen.rate, session=session)
        storm.people = []
        took = asyncio.run(storm.around(storm.flood()))
        report(calm, storm, took)
    finally:
        process.terminate()
        process.wait()
        with psycopg.connect(address_of("postgres"), autocommit=True) as postgres:
            postgres.execute(f'DROP DATABASE IF EXISTS "{DATABASE}" WITH (FORCE)')


if __name__ == "__main__":
    main()
