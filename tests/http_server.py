"""A web server on this machine that says what a test tells it to.

``with HttpServer() as server: server.answer("/page", status=301, headers={"Location": "/"})``;
then ask ``server.url("/page")``. Several answers for one path are given in turn,
and the last one again and again. ``server.requests`` keeps what was asked, and
``server.most_at_once`` how many requests waited for their answer at the same time,
each ``server.slowness`` seconds long.
"""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from types import TracebackType
from typing import Any, Self

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True)
class Scripted:
    """One answer; ``hold`` keeps it back until the server closes, ``drip`` never ends the body.

    ``hang_up`` closes the connection without a word.
    """

    status: int = 200
    body: bytes = b"here it is"
    headers: Mapping[str, str] = field(default_factory=dict)
    hold: bool = False
    drip: bool = False
    hang_up: bool = False


@dataclass(frozen=True)
class Asked:
    """One request as it came in; header names in lower case."""

    method: str
    path: str
    host: str
    headers: Mapping[str, str]


class HttpServer:
    """A threaded server on 127.0.0.1 with scripted answers; a path that has none gives 404."""

    def __init__(self, *, tls: ssl.SSLContext | None = None) -> None:
        self.slowness = 0.0
        self.requests: list[Asked] = []
        self.most_at_once = 0
        self._answers: dict[tuple[str, str], list[Scripted]] = {}
        self._lock = Lock()
        self._running = 0
        self._closing = Event()
        self._server = ThreadingHTTPServer((LOOPBACK, 0), handler_for(self))
        self._server.daemon_threads = True
        if tls:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self.scheme = "https" if tls else "http"
        self.port: int = self._server.server_address[1]

    def answer(self, path: str, status: int = 200, *, method: str = "", **values: Any) -> None:
        """Add an answer for a path; ``method`` where only that one gets it."""
        scripted = Scripted(status=status, **values)
        self._answers.setdefault((method, path), []).append(scripted)

    def url(self, path: str = "/", host: str = LOOPBACK) -> str:
        return f"{self.scheme}://{host}:{self.port}{path}"

    def asked(self, path: str) -> list[str]:
        """The methods with which a path was asked, in order."""
        return [request.method for request in self.requests if request.path == path]

    def take(self, request: Asked) -> Scripted:
        with self._lock:
            self.requests.append(request)
            for method in (request.method, ""):
                waiting = self._answers.get((method, request.path), [])
                if waiting:
                    return waiting.pop(0) if len(waiting) > 1 else waiting[0]
        return Scripted(status=404, body=b"nothing")

    def enter(self) -> None:
        with self._lock:
            self._running += 1
            self.most_at_once = max(self.most_at_once, self._running)

    def leave(self) -> None:
        with self._lock:
            self._running -= 1

    def wait_for_end(self) -> None:
        self._closing.wait(30)

    def closing(self, seconds: float) -> bool:
        return self._closing.wait(seconds)

    def __enter__(self) -> Self:
        self._thread = Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def handler_for(server: HttpServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def respond(self) -> None:
            server.enter()
            server.closing(server.slowness)
            answer = self.scripted()
            server.leave()  # before the answer: the client asks on as soon as it has it
            try:
                self.send(answer)
            except OSError:  # the client has gone away, as some tests want
                self.close_connection = True

        do_GET = do_HEAD = do_POST = respond  # noqa: N815 - the names that http.server calls

        def scripted(self) -> Scripted:
            headers = {name.lower(): value for name, value in self.headers.items()}
            return server.take(
                Asked(
                    method=self.command,
                    path=self.path,
                    host=headers.get("host", ""),
                    headers=headers,
                )
            )

        def send(self, answer: Scripted) -> None:
            self.close_connection = True
            if answer.hold:
                server.wait_for_end()
            if answer.hold or answer.hang_up:
                return
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if not answer.drip:
                self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            if self.command == "HEAD" or answer.status == 304:
                return
            self.wfile.write(answer.body)
            while answer.drip and not server.closing(0.01):
                self.wfile.write(b".")

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Say nothing on the console."""

    return Handler
