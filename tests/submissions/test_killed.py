"""A form or a decision that is cut off in the middle leaves nothing half done, and can be repeated.

A table is locked from outside, so that the request stops at a known place: after
what it wrote before, ahead of what it writes there. Then the web process or the
database server is killed.
"""

import html
import json
import os
import re
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx2
import psycopg
import pytest
from psycopg import sql

from tests import databases
from tests.servers import PATIENCE, Server, Web, until
from tests.submissions.conftest import OLMO

pytestmark = [pytest.mark.once, pytest.mark.usefixtures("db")]

DECISIONS = ("catalog_component", "catalog_evaluation", "catalog_submissionevent")
VICTIMS = ("web", "database")


def lay_out(number: int) -> None:
    """Fill the database at hand, and print what the tests need to know of it."""
    from django.contrib.auth import get_user_model  # noqa: PLC0415 - runs in a process of its own
    from django.test import Client  # noqa: PLC0415

    from catalog.submissions.links import token_of  # noqa: PLC0415
    from tests import factories as make  # noqa: PLC0415
    from tests.submissions.conftest import account, drafted, sent  # noqa: PLC0415

    for name in ("Apache-2.0", "CC-BY-4.0", "ODC-By-1.0"):
        make.make_licence(spdx_id=name)
    desk = Client()
    desk.force_login(account(get_user_model(), "rea", "Reviewer"))
    found = []
    for place in range(number):
        waiting = sent(OLMO | {"name": f"Cut {place}"}, email="a@example.org")
        draft = drafted(OLMO | {"name": f"Draft {place}"})
        found.append({"waiting": waiting.pk, "draft": draft.pk, "token": token_of(draft)})
    sys.stdout.write(json.dumps({"session": desk.cookies["sessionid"].value, "cases": found}))


class Site(Web):
    """A database server and a web process of their own, each of which can be killed."""

    def __init__(self, folder: Path) -> None:
        self.server = Server(folder / "db")
        self.url = self.server.url
        super().__init__(
            folder,
            DATABASE_URL=self.url,
            SUBMISSION_SECONDS="0",
            TRUSTED_PROXIES="1",
            TASKS_IN_WORKER="yes",
        )

    def kill(self, victim: str) -> None:
        """End it at once, as a power cut would."""
        if victim == "database":
            self.server.kill()
        elif self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def heal(self) -> None:
        """Start again what does not run; the web process finds the database by itself."""
        if not self.server.runs:
            self.server.start()
        if self.process is None:
            self.start()

    def one(self, query: str, *values: Any) -> Any:
        with psycopg.connect(self.url) as connection:
            row = connection.execute(query, values).fetchone()
        return row[0] if row and len(row) == 1 else row


@pytest.fixture(scope="module")
def site(folder: Path, empty_dump: Path) -> Iterator[tuple[Site, dict[str, Any]]]:
    made = Site(folder)
    try:
        databases.restore(empty_dump, made.url)
        number = len(VICTIMS) * (len(DECISIONS) + 2)
        code = f"from tests.submissions.test_killed import lay_out; lay_out({number})"
        laid_out = json.loads(made.manage("shell", "-v", "0", "-c", code).splitlines()[-1])
        made.start()
        yield made, laid_out
    finally:
        made.kill("web")
        made.log.close()
        made.server.stop()


@contextmanager
def stopped_at(site: Site, table: str) -> Iterator[None]:
    """Nobody else writes this table inside the block."""
    connection = psycopg.connect(site.url)
    try:
        name = sql.Identifier(table)
        connection.execute(sql.SQL("LOCK TABLE {} IN EXCLUSIVE MODE").format(name))
        yield
    finally:
        with suppress(psycopg.Error):
            connection.rollback()
        connection.close()


WAITING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
OTHERS = (
    "SELECT count(*) FROM pg_stat_activity "
    "WHERE state <> 'idle' AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
)


def cut_off(site: Site, table: str, victim: str, send: Any) -> None:
    """Begin a request, kill the victim while it waits at the table, and start all again."""
    answers: list[int] = []

    def ask() -> None:
        with suppress(httpx2.HTTPError):
            answers.append(send().status_code)

    with stopped_at(site, table):
        thread = threading.Thread(target=ask)
        thread.start()
        until(lambda: site.one(WAITING) > 0)
        site.kill(victim)
    thread.join()
    assert all(status >= 500 for status in answers), answers
    site.heal()
    until(lambda: site.one(OTHERS) == 0)


def browser(site: Site, network: str, session: str = "") -> httpx2.Client:
    client = httpx2.Client(
        base_url=f"http://127.0.0.1:{site.port}",
        headers={"X-Forwarded-For": network},
        timeout=PATIENCE,
    )
    if session:
        client.cookies.set("sessionid", session, domain="127.0.0.1")
    return client


def page(client: httpx2.Client, path: str) -> tuple[str, dict[str, str]]:
    """A page, and the field against forged requests of its form."""
    text = client.get(path).text
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text)
    assert token is not None, text[:400]
    return text, {"csrfmiddlewaretoken": token[1]}


@pytest.mark.parametrize("victim", VICTIMS)
@pytest.mark.parametrize("table", DECISIONS)
def test_a_decision_is_taken_whole_or_not_at_all(
    site: tuple[Site, dict[str, Any]], table: str, victim: str
):
    running, known = site
    place = len(VICTIMS) * DECISIONS.index(table) + VICTIMS.index(victim)
    pk, name = known["cases"][place]["waiting"], f"Cut {place}"
    address = f"/desk/catalog/submission/{pk}/change/"

    def decide() -> httpx2.Response:
        with browser(running, "192.0.2.1", known["session"]) as client:
            text, fields = page(client, address)
            units = [html.unescape(u) for u in re.findall(r'name="unit" value="([^"]+)"', text)]
            revision = re.search(r'name="revision" value="(\d+)"', text)
            assert revision is not None
            more = {"decision": "accept", "revision": revision[1], "message": "Read."}
            return client.post(address, data=fields | more | {"unit": units})

    def standing() -> tuple[Any, ...]:
        return (
            running.one("SELECT state FROM catalog_submission WHERE id = %s", pk),
            running.one("SELECT count(*) FROM catalog_aisystem WHERE name = %s", name),
            running.one(
                "SELECT count(*) FROM catalog_component c JOIN catalog_aisystem s "
                "ON s.id = c.system_id WHERE s.name = %s",
                name,
            ),
            running.one(
                "SELECT count(*) FROM catalog_submissionevent "
                "WHERE submission_id = %s AND kind = 'accepted'",
                pk,
            ),
        )

    cut_off(running, table, victim, decide)
    assert standing() == ("sent", 0, 0, 0)
    assert decide().status_code == 302
    assert standing() == ("accepted", 1, len(OLMO["components"]), 1)
    assert decide_again_is_refused(running, known["session"], address)
    assert standing() == ("accepted", 1, len(OLMO["components"]), 1)


def decide_again_is_refused(running: Site, session: str, address: str) -> bool:
    """The same decision sent a second time, as a browser that was told nothing would."""
    with browser(running, "192.0.2.1", session) as client:
        _text, fields = page(client, address)
        data = fields | {"decision": "accept", "unit": "name", "revision": "2", "message": ""}
        return "It has been decided already" in client.post(address, data=data).text


@pytest.mark.parametrize("victim", VICTIMS)
def test_a_step_is_kept_whole_or_as_it_was(site: tuple[Site, dict[str, Any]], victim: str):
    running, known = site
    place = len(VICTIMS) * len(DECISIONS) + VICTIMS.index(victim)
    case = known["cases"][place]
    address = f"/submit/{case['token']}/identify/"

    def save() -> httpx2.Response:
        with browser(running, f"192.0.2.{10 + place}") as client:
            _text, fields = page(client, address)
            typed = {"s-name": "Typed anew", "s-evidence": "https://x.example.org/card"}
            return client.post(address, data=fields | typed)

    def name() -> Any:
        query = "SELECT document->>'name' FROM catalog_submission WHERE id = %s"
        return running.one(query, case["draft"])

    cut_off(running, "catalog_submission", victim, save)
    assert name() == f"Draft {place}"
    assert save().status_code == 302
    assert name() == "Typed anew"


@pytest.mark.parametrize("victim", VICTIMS)
def test_a_submission_is_sent_once_or_not_at_all(site: tuple[Site, dict[str, Any]], victim: str):
    running, known = site
    place = len(VICTIMS) * (len(DECISIONS) + 1) + VICTIMS.index(victim)
    case = known["cases"][place]
    address = f"/submit/{case['token']}/send/"

    def send(network: str) -> httpx2.Response:
        with browser(running, network) as client:
            _text, fields = page(client, address)
            more = {"relation": "none", "note": "", "email": "b@example.org"}
            return client.post(address, data=fields | more)

    def standing() -> tuple[Any, ...]:
        query = (
            "SELECT state, (SELECT count(*) FROM catalog_submissionevent e"
            " WHERE e.submission_id = s.id), (SELECT count(*) FROM catalog_mail m"
            " WHERE m.submission_id = s.id) FROM catalog_submission s WHERE id = %s"
        )
        found: tuple[Any, ...] = running.one(query, case["draft"])
        return found

    cut_off(running, "catalog_submissionevent", victim, lambda: send(f"192.0.2.{30 + place}"))
    assert standing() == ("draft", 0, 0)
    # A second try of the same network would be asked for a proof of work.
    assert send(f"192.0.2.{60 + place}").status_code == 302
    assert standing() == ("sent", 1, 1)
