"""The site as it runs: its log, its port, its letters, its clock and what it says of itself."""

import datetime as dt
import http.client
import json
import os
import re
import socket
import socketserver
import subprocess
import sys
import threading
from collections.abc import Iterator
from email import message_from_string, policy
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import (
    CommandError,
    call_command,
    get_commands,
    load_command_class,
)
from django.db import connection
from django.test import Client, RequestFactory
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from catalog.management import schedule
from catalog.management.readiness import readiness
from catalog.models import Mail
from catalog.submissions.networks import network_of
from config.logs import clean
from tests.servers import free_port, until
from tests.submissions.conftest import OLMO, sent

ROOT = Path(__file__).resolve().parents[2]
KEY, SECRET = "0123456789abcdef" * 2, "Sig-nature_Of-This-Private-Link-0123456789"
TOKEN = f"{KEY}.{SECRET}"


# --- the log -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        f"GET /submit/{TOKEN}/ 200",
        f"Not Found: /submit/{TOKEN}/send/",
        f"/mail/confirm/{TOKEN}/ and /mail/forget/{TOKEN}/",
        f"https://glassbox.example.org/submit/{TOKEN}/",
        f"/desk/login/?next=%2Fsubmit%2F{TOKEN}%2F",
        f"/x?next=%252Fsubmit%252F{KEY}%252E{SECRET}",
        f"/SUBMIT/{TOKEN.replace('abcdef', 'ABCDEF')}/",
        f"/submit/%30{TOKEN[1:]}/",
        f"Forbidden (Referer checking failed - {TOKEN} does not match)",
    ],
)
def test_no_text_keeps_the_secret_of_a_private_link(text: str):
    assert SECRET not in clean(text)


def test_other_addresses_stay_as_they_are():
    for text in ("/submit/guide/", "/submit/", "/systems/olmo-7b/", "/submit/choices/licence/"):
        assert clean(text) == text


@pytest.fixture(params=["plain", "json"])
def served(
    request: Any, tmp_path: Path, django_db_setup: None, django_db_blocker: Any
) -> Iterator[tuple[int, Path, str]]:
    """The site by gunicorn at ``PORT``, with everything in its log that it can say."""
    with django_db_blocker.unblock():
        known = connection.settings_dict
    port, log = free_port(), tmp_path / "log"
    url = f"postgresql://{known['USER']}@/{known['NAME']}?host={known['HOST']}"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "config.wsgi", "--workers", "1"],
            cwd=ROOT,
            env=os.environ
            | {"DATABASE_URL": url, "PORT": str(port), "ACCESS_LOG": "yes", "LOG_LEVEL": "INFO"}
            | {"LOG_FORMAT": request.param, "PYTHONWARNINGS": "ignore"},
            stdout=out,
            stderr=out,
        )
    try:
        until(lambda: status(port, "GET", "/robots.txt") == 200)
        yield port, log, request.param
    finally:
        process.terminate()
        process.wait(30)


def status(port: int, method: str, path: str, **headers: str) -> int:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        line.request(method, path, headers=headers)
        return line.getresponse().status
    except OSError:
        return 0
    finally:
        line.close()


@pytest.mark.once
def test_the_log_of_a_real_server_holds_no_private_link(served: tuple[int, Path, str]):
    port, log, form = served
    private = f"/submit/{TOKEN}/"
    for path in (private, f"{private}facts.json", f"/mail/confirm/{TOKEN}/", f"//x{private}"):
        for method in ("GET", "HEAD", "POST", "PUT", "BREW"):
            status(port, method, path)
    status(port, "GET", "/systems/", Referer=f"http://127.0.0.1:{port}{private}")
    status(port, "GET", f"/desk/?next=%2Fsubmit%2F{TOKEN}%2F")
    status(port, "GET", f"/nothing/?x={private}", Referer=f"https://x.example{private}")
    status(port, "POST", "/submit/", Referer=private, Origin=f"https://x.example{private}")
    status(port, "GET", private, Host=f"evil.example{private}")
    with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
        line.sendall(f"GET {private} HTTP/9.9\r\n\r\n".encode())
        line.recv(1000)
    until(lambda: log.read_text().count("POST") > 3)

    text = log.read_text()

    assert SECRET not in text
    assert KEY not in text
    assert "/submit/…" in text
    if form == "json":
        lines = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
        seen = [entry["request"] for entry in lines if entry["logger"] == "glassbox.access"]
        assert {"method": "GET", "status": 200, "path": "/systems/"}.items() <= next(
            entry for entry in seen if entry["path"] == "/systems/"
        ).items()


# --- settings ----------------------------------------------------------------------------


COMMAND = re.compile(r"manage\.py ([a-z_]+)((?: --[a-z-]+)*)")


def test_every_command_of_the_operations_guide_is_there_with_its_options():
    guide = (ROOT / "docs" / "operations.md").read_text()
    found = {(name, tuple(options.split())) for name, options in COMMAND.findall(guide)}
    assert len(found) > 15
    for name, options in found:
        known = load_command_class(get_commands()[name], name).create_parser("manage.py", name)
        assert set(options) <= known._option_string_actions.keys(), (name, options)


def test_every_setting_is_in_the_operations_guide():
    source = "".join(path.read_text() for path in (ROOT / "config").glob("*.py"))
    names = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', source)) | {"PORT"}
    guide = (ROOT / "docs" / "operations.md").read_text()
    assert [name for name in sorted(names) if f"`{name}`" not in guide] == []


def test_behind_the_proxy_of_compose_two_visitors_are_two_networks(settings: Any):
    services = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]
    caddy = (ROOT / "config" / "Caddyfile").read_text()
    settings.TRUSTED_PROXIES = int(services["web"]["environment"]["TRUSTED_PROXIES"])

    def network(forwarded: str) -> str:
        request = RequestFactory().get("/", REMOTE_ADDR="172.18.0.5")
        request.META["HTTP_X_FORWARDED_FOR"] = forwarded
        return network_of(request)

    assert "header_up X-Forwarded-For {remote_host}" in caddy
    assert "ports" not in services["web"], "nobody goes past the proxy"
    assert network("203.0.113.7") != network("198.51.100.9")
    assert network("made, up, 203.0.113.7") == network("203.0.113.7")


def test_the_image_holds_every_folder_that_the_site_reads():
    copied = set(re.findall(r"^COPY (\w+) \1$", (ROOT / "Dockerfile").read_text(), re.MULTILINE))
    read = set(re.findall(r'BASE_DIR / "(\w+)"', (ROOT / "config/settings.py").read_text()))
    assert read - {"locale"} <= copied | {"static"}
    assert {"content", "fixtures", "templates"} <= copied


class Post(socketserver.StreamRequestHandler):
    """As much of SMTP as takes one letter."""

    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        for line in self.rfile:
            word = line.strip().upper()
            if word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                letter = b"".join(iter(self.rfile.readline, b".\r\n"))
                self.server.letters.append(letter.decode())  # type: ignore[attr-defined]
            self.wfile.write(b"221 bye\r\n" if word == b"QUIT" else b"250 fine\r\n")
            if word == b"QUIT":
                return


@pytest.fixture
def post() -> Iterator[tuple[int, list[str]]]:
    """A mail server of this machine: its port, and what it has taken."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Post) as server:
        server.letters = []  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1], server.letters  # type: ignore[attr-defined]
        server.shutdown()


@pytest.mark.once
def test_letters_leave_through_the_mail_server_of_the_settings(post: tuple[int, list[str]]):
    port, letters = post
    done = subprocess.run(
        [sys.executable, "manage.py", "sendtestemail", "reader@example.org"],
        cwd=ROOT,
        env=os.environ
        | {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(port)}
        | {"EMAIL_TLS": "no", "EMAIL_FROM": "Glassbox <box@example.org>"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    (letter,) = letters
    assert "From: Glassbox <box@example.org>" in letter
    assert "To: reader@example.org" in letter


@pytest.mark.once
@pytest.mark.django_db
def test_whoever_sends_something_in_gets_a_letter_with_a_link(
    post: tuple[int, list[str]], settings: Any
):
    port, letters = post
    options = {"host": "127.0.0.1", "port": port}
    backend = "django.core.mail.backends.smtp.EmailBackend"
    settings.MAILERS = {"default": {"BACKEND": backend, "OPTIONS": options}}
    sent(OLMO, email="reader@example.org")

    call_command("send_letters", verbosity=0)

    (letter,) = letters
    text = message_from_string(letter, policy=policy.default).get_body(("plain",))
    assert text is not None
    assert f"{settings.SITE_URL.rstrip('/')}/mail/" in text.get_content()


# --- what it says of itself --------------------------------------------------------------

WORKER = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.mark.django_db
def test_readiness_names_what_is_not_well(client: Client, settings: Any):
    settings.TASKS = WORKER
    early = timezone.now() - dt.timedelta(hours=1)
    Mail.objects.create(template="asked", subject="x", text="", html="", next_attempt_at=early)
    call_command("knock")
    call_command("knock")
    assert DBTaskResult.objects.count() == 1
    DBTaskResult.objects.update(enqueued_at=early)

    answer = client.get("/readyz")

    found = answer.json()
    assert answer.status_code == 503
    assert {name for name, check in found["checks"].items() if not check["ok"]} == {
        "worker",
        "letters",
        "dumps",
    }
    assert any("db_worker" in reason for reason in found["reasons"])
    assert settings.SECRET_KEY not in answer.text


@pytest.mark.django_db
def test_readiness_is_cheap_and_well_where_all_is_well(
    client: Client, django_assert_max_num_queries: Any
):
    call_command("build_dumps", verbosity=0)
    with django_assert_max_num_queries(8):
        answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["reasons"]) == (200, [])


@pytest.mark.django_db
def test_the_doctor_says_the_same_and_exits_with_1(capsys: Any, settings: Any):
    with pytest.raises(CommandError) as caught:
        call_command("doctor")
    assert caught.value.returncode == 1
    assert "BAD dumps" in capsys.readouterr().out

    call_command("build_dumps", verbosity=0)
    settings.CRAWLER_CONTACT = "https://example.org/"
    call_command("doctor")


@pytest.mark.django_db
def test_the_icon_and_the_security_contact_are_at_their_addresses(client: Client, settings: Any):
    settings.SECURITY_CONTACT = ["mailto:safe@example.org"]
    settings.SECURITY_EXPIRES = dt.datetime(2027, 6, 30, 23, 59, 59, tzinfo=dt.UTC)
    assert client.get("/favicon.ico").content[:4] == b"\0\0\1\0"
    lines = client.get("/.well-known/security.txt").text.splitlines()
    assert lines[:2] == ["Contact: mailto:safe@example.org", "Expires: 2027-06-30T23:59:59Z"]
    assert client.get("/readyz").json()["checks"]["database"] == {"ok": True}


# --- the clock ---------------------------------------------------------------------------


def test_each_job_comes_at_its_time_and_goes_on():
    often = schedule.Job(command=("often",), every=dt.timedelta(minutes=5))
    daily = schedule.Job(command=("daily",), at=dt.time(3, 17))
    now = dt.datetime(2026, 11, 28, 3, 0, tzinfo=dt.UTC)
    times = {job: job.first(now) for job in (often, daily)}
    ran = []
    for minute in range(0, 24 * 60, 5):
        moment = now + dt.timedelta(minutes=minute)
        ran += [job.name for job in schedule.due(times, moment)]
    assert (ran.count("often"), ran.count("daily")) == (288, 1)


def test_a_failing_command_ends_no_clock():
    assert schedule.run(schedule.Job(command=("no_such_command",), at=dt.time(0))) is False
    assert schedule.run(schedule.Job(command=("check",), at=dt.time(0))) is True


@pytest.mark.django_db(transaction=True)
def test_one_clock_has_the_turn():
    import psycopg  # noqa: PLC0415

    known = connection.settings_dict
    url = f"postgresql://{known['USER']}@/{known['NAME']}?host={known['HOST']}"
    with psycopg.connect(url) as other:
        other.execute("SELECT pg_advisory_lock(%s)", [schedule.LOCK])
        with schedule.the_only_one() as ours:
            assert not ours
        with pytest.raises(CommandError, match="Another clock"):
            call_command("run_schedule", once=True)

    def turn() -> bool:
        with schedule.the_only_one() as ours:
            return ours

    until(turn)  # the server ends a closed connection in its own time


def test_everything_that_the_guide_promises_is_on_the_clock(settings: Any, capsys: Any):
    settings.CRAWLER_CONTACT, settings.TASKS = "https://example.org/", WORKER
    call_command("run_schedule", list=True)
    said = capsys.readouterr().out
    for name in (
        *("send_letters", "tidy_submissions", "check_links", "build_dumps", "evaluate"),
        *("facet_index", "clearsessions", "prune_db_task_results"),
    ):
        assert name in said


def test_readiness_survives_a_database_that_is_away(monkeypatch: pytest.MonkeyPatch):
    from django.db import OperationalError  # noqa: PLC0415

    from catalog.management import readiness as module  # noqa: PLC0415

    def away() -> None:
        raise OperationalError("password=secret")

    monkeypatch.setitem(module.QUESTIONS, "database", away)
    found = readiness()
    assert found["ready"] is False
    assert "secret" not in json.dumps(found)
