"""A small server in the shape of the Hugging Face Hub, for tests, over real HTTP on loopback.

Answers are scripted per path. ``model()`` and ``card()`` make them in the form
of the Hub's own: the keys of ``GET /api/models/<id>?blobs=true``, the error
headers ``X-Error-Code`` and ``X-Error-Message``, the 307 of a renamed
repository, the ``Retry-After`` of a limit.
"""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from tests.definitions.readers.hub_records import SHA, model

__all__ = ["SHA", "Answer", "FakeHub", "json_answer", "serving"]


@dataclass(slots=True)
class Answer:
    """What one path answers. ``drip`` sends the body byte by byte, with this pause in seconds."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    wait: float = 0.0
    drip: float = 0.0


class FakeHub:
    """The server's address, what it answers, and what it was asked."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.endpoint = ""

    def put(self, path: str, answer: Answer) -> None:
        self.answers[path] = answer

    def model(self, repo: str, card: str | bytes | None = None, **changes: Any) -> dict[str, Any]:
        """Script a repository; ``card`` is its README.md. Returns the record."""
        record = model(repo, **changes)
        if card is not None:
            record["siblings"].append({"rfilename": "README.md", "size": len(card)})
            body = card.encode() if isinstance(card, str) else card
            self.put(f"/{repo}/resolve/{record['sha']}/README.md", Answer(body))
        self.put(f"/api/models/{repo}", json_answer(record))
        return record

    def owner(self, namespace: str, fullname: str) -> None:
        overview = {"name": namespace, "fullname": fullname, "type": "org", "numModels": 3}
        self.put(f"/api/organizations/{namespace}/overview", json_answer(overview))

    def error(self, path: str, status: int, code: str = "", message: str = "") -> None:
        """An error as the Hub gives it."""
        headers = {"X-Error-Code": code, "X-Error-Message": message}
        body = json.dumps({"error": message or code}).encode()
        self.put(path, Answer(body, status, {key: text for key, text in headers.items() if text}))

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


def json_answer(value: Any, **changes: Any) -> Answer:
    headers = {"Content-Type": "application/json; charset=utf-8"}
    return Answer(json.dumps(value).encode(), headers=headers, **changes)


@contextmanager
def serving() -> Iterator[FakeHub]:
    """A server on a free port, until the end of the block."""
    hub = FakeHub()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = urlsplit(self.path).path
            hub.asked.append((self.path, dict(self.headers)))
            missing = Answer(b'{"error":"Repository not found"}', 404)
            send(self, hub.answers.get(path, missing))

        def log_message(self, *_: Any) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.block_on_close = False
    hub.endpoint = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield hub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def send(handler: BaseHTTPRequestHandler, answer: Answer) -> None:
    """Write one answer; a reader who has gone away is no fault."""
    handler.close_connection = True
    try:
        time.sleep(answer.wait)
        handler.send_response(answer.status)
        for name, value in answer.headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(answer.body)))
        handler.send_header("Connection", "close")
        handler.end_headers()
        if not answer.drip:
            handler.wfile.write(answer.body)
            return
        for place in range(len(answer.body)):
            handler.wfile.write(answer.body[place : place + 1])
            handler.wfile.flush()
            time.sleep(answer.drip)
    except OSError:
        return
