"""What a web server makes of a request before Django sees it."""

import http.client
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from django.conf import settings

from tests.servers import free_port, until

pytestmark = pytest.mark.once

ECHO = """
import json
import time

def application(environ, start_response):
    if environ["PATH_INFO"] == "/slow/":
        time.sleep(3)
    known = {key: str(value) for key, value in environ.items() if not key.startswith("HTTP_")}
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps({key: known.get(key) for key in %r}).encode()]
"""
TOLD = ("SCRIPT_NAME", "PATH_INFO", "QUERY_STRING", "REMOTE_ADDR", "REMOTE_USER", "SERVER_NAME",
        "SERVER_PORT", "wsgi.url_scheme", "REQUEST_METHOD")  # fmt: skip


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The server as it serves the site, before a program that says what it was handed."""
    folder = tmp_path_factory.mktemp("echo")
    (folder / "echo.py").write_text(ECHO % (TOLD,))
    found = free_port()
    command = [sys.executable, "-m", "gunicorn", "echo", "--bind", f"127.0.0.1:{found}"]
    process = subprocess.Popen(  # noqa: S603 - our own command
        [*command, "--workers", "1", "--pythonpath", str(folder), "--log-level", "error"],
        cwd=settings.BASE_DIR,
        env=os.environ | {"PYTHONWARNINGS": "ignore"},
    )
    until(lambda: answers(found))
    yield found
    process.terminate()
    process.wait(20)


def answers(port: int) -> bool:
    with suppress(OSError, http.client.HTTPException):
        return bool(handed_on(port))
    return False


def handed_on(port: int, **headers: str) -> dict[str, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    connection.request("GET", "/systems/?q=a", headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return dict(json.loads(body)) if answer.status == 200 else {}


@pytest.mark.parametrize(
    "headers",
    [
        {"SCRIPT_NAME": "/systems"},
        {"Script-Name": "/systems"},
        {"script_name": "/evil"},
        {"SCRIPT_NAME": "/evil"},
        {"PATH_INFO": "/evil/"},
        {"Path-Info": "/evil/"},
        {"REMOTE_ADDR": "10.1.2.3"},
        {"REMOTE_USER": "root"},
        {"X-Forwarded-Ssl": "on"},
        {"X-Forwarded-Protocol": "ssl"},
        {"X-Forwarded-Proto": "https"},
        {"X-Forwarded-For": "10.1.2.3"},
        {"X-Forwarded-Prefix": "/evil"},
        {"Forwarded": "for=10.1.2.3;proto=https;host=evil.example"},
    ],
    ids=str,
)
def test_no_header_changes_what_is_asked_for_or_who_asks(port: int, headers: dict[str, str]):
    plain = handed_on(port)

    assert plain["PATH_INFO"] == "/systems/"
    assert not plain["SCRIPT_NAME"]
    assert handed_on(port, **headers) in (plain, {})


def test_slow_requests_keep_nobody_else_waiting(port: int):
    slow = [http.client.HTTPConnection("127.0.0.1", port, timeout=10) for _ in range(3)]
    for connection in slow:
        connection.request("GET", "/slow/")
    time.sleep(0.3)
    started = time.monotonic()

    assert handed_on(port)["PATH_INFO"] == "/systems/"
    assert time.monotonic() - started < 2
    for connection in slow:
        assert connection.getresponse().status == 200
        connection.close()


def test_the_file_is_part_of_the_image():
    assert "gunicorn.conf.py" in (Path(settings.BASE_DIR) / "Dockerfile").read_text()
