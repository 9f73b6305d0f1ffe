"""Ask a page: to checked addresses only, with limits of size and time, redirects by hand."""

import socket
import ssl
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import urljoin

import httpcore2
import httpx2

from catalog.links.fetching.addresses import Guard, RefusedError, Target

MOST_REDIRECTS = 5
REDIRECTS = frozenset({301, 302, 303, 307, 308})
FOR_GOOD = frozenset({301, 308})
HEADER_BYTES = 128 * 1024
MOST_HEADERS = 200
MOST_TRIED = 3
"""How many addresses of one host are tried, one after the other."""


class Trouble(StrEnum):
    """Why there was no answer."""

    NAME = "name"
    CONNECTION = "connection"
    CERTIFICATE = "certificate"
    TIME = "time"
    PROTOCOL = "protocol"
    SIZE = "size"
    REDIRECTS = "redirects"

    @property
    def sentence(self) -> str:
        return {
            Trouble.NAME: "The name of the host has no address.",
            Trouble.CONNECTION: "The server does not take a connection.",
            Trouble.CERTIFICATE: "The connection cannot be made safe: the certificate is wrong.",
            Trouble.TIME: "The server took too long to answer.",
            Trouble.PROTOCOL: "The server broke off, or its answer cannot be read.",
            Trouble.SIZE: "The answer is too long.",
            Trouble.REDIRECTS: f"The address leads on more than {MOST_REDIRECTS} times.",
        }[self]


class UnreachableError(Exception):
    """There was no answer; ``trouble`` says why, the text says it for people."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.sentence)
        self.trouble = trouble


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a page answered after all redirects.

    ``url`` is where it was found; ``moved_for_good`` where every redirect on the way
    said so. Header names are in lower case. ``body`` is empty unless asked for.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes = b""
    redirects: int = 0
    moved_for_good: bool = False


@dataclass(frozen=True, kw_only=True)
class Hop:
    """One request of a chain; ``number`` is 0 for the address that was asked for."""

    target: Target
    number: int


type Turn = Callable[[Hop], AbstractContextManager[object]]
"""Entered around each request: may wait, and may raise to go no further."""


@dataclass(frozen=True, kw_only=True)
class Fetcher:
    """Asks pages. Holds no connection and no cookie; may be shared by threads.

    ``seconds`` bounds one request from its connection to its last byte.
    """

    user_agent: str
    guard: Guard = field(default_factory=Guard)
    seconds: float = 20.0
    tls: ssl.SSLContext = field(default_factory=lambda: safe_context())

    def fetch(
        self,
        url: str,
        *,
        method: str = "GET",
        headers: Mapping[str, str] | None = None,
        most_bytes: int = 0,
        turn: Turn | None = None,
    ) -> Answer:
        """The answer of a page; reads ``most_bytes`` of its body, none if 0.

        Raises ``RefusedError`` and ``UnreachableError``, and whatever ``turn`` raises.
        """
        redirects, for_good = 0, True
        while True:
            target = self.target(url)
            with turn(Hop(target=target, number=redirects)) if turn else nullcontext():
                answer = self.ask(target, method, headers or {}, most_bytes)
            onward = answer.headers.get("location", "").strip()
            if answer.status not in REDIRECTS or not onward:
                return Answer(
                    url=target.url,
                    status=answer.status,
                    headers=answer.headers,
                    body=answer.body,
                    redirects=redirects,
                    moved_for_good=bool(redirects) and for_good,
                )
            redirects += 1
            for_good = for_good and answer.status in FOR_GOOD
            if redirects > MOST_REDIRECTS:
                raise UnreachableError(Trouble.REDIRECTS)
            url = joined(target.url, onward)

    def target(self, url: str) -> Target:
        try:
            return self.guard.check(url)
        except OSError as fault:
            later = isinstance(fault, socket.gaierror) and fault.errno == socket.EAI_AGAIN
            raise UnreachableError(Trouble.TIME if later else Trouble.NAME) from None

    def ask(
        self, target: Target, method: str, headers: Mapping[str, str], most_bytes: int
    ) -> Answer:
        """One request, no redirect followed."""
        limits = Limits(
            deadline=time.monotonic() + self.seconds, bytes_left=HEADER_BYTES + most_bytes
        )
        own = {
            "User-Agent": self.user_agent,
            "Accept": "*/*",
            "Accept-Encoding": "identity",
            "Connection": "close",
        }
        try:
            with (
                httpx2.Client(
                    transport=PinnedTransport(target=target, limits=limits, tls=self.tls),
                    trust_env=False,
                    follow_redirects=False,
                    timeout=self.seconds,
                    headers=own,
                ) as client,
                client.stream(method, target.url, headers=dict(headers)) as response,
            ):
                if len(response.headers.raw) > MOST_HEADERS:
                    raise UnreachableError(Trouble.SIZE)
                return Answer(
                    url=target.url,
                    status=response.status_code,
                    headers={name.lower(): value for name, value in response.headers.items()},
                    body=body_of(response, most_bytes) if most_bytes else b"",
                )
        except TooMuchError:
            raise UnreachableError(Trouble.SIZE) from None
        except (httpx2.HTTPError, httpx2.InvalidURL, UnicodeError) as fault:
            raise UnreachableError(trouble_of(fault)) from fault


def joined(base: str, onward: str) -> str:
    """Where a redirect leads. Raises ``RefusedError`` for what cannot be read."""
    try:
        return urljoin(base, onward.replace(" ", "%20"))
    except ValueError:
        raise RefusedError("The address leads to something that is not a web address.") from None


def body_of(response: httpx2.Response, most: int) -> bytes:
    """The body, at most so many bytes; none where it is packed, which was not asked for."""
    if response.headers.get("content-encoding", "identity").lower() != "identity":
        raise UnreachableError(Trouble.PROTOCOL)
    read = bytearray()
    for piece in response.iter_raw():
        read += piece
        if len(read) > most:
            raise UnreachableError(Trouble.SIZE)
    return bytes(read)


def trouble_of(fault: BaseException) -> Trouble:
    """Which kind of failure an error of the client is."""
    cause: BaseException | None = fault
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return Trouble.CERTIFICATE
        cause = cause.__cause__ or cause.__context__
    if isinstance(fault, httpx2.TimeoutException):
        return Trouble.TIME
    if isinstance(fault, httpx2.ConnectError):
        return Trouble.CONNECTION
    return Trouble.PROTOCOL


def safe_context() -> ssl.SSLContext:
    """Certificates are checked against the name, whatever the environment says."""
    return httpx2.create_ssl_context(verify=True, trust_env=False)


# --- the connection ----------------------------------------------------------------------


class TooMuchError(Exception):
    """More bytes came than the limit allows."""


@dataclass(kw_only=True)
class Limits:
    """What one request may still use up."""

    deadline: float
    bytes_left: int

    def seconds_left(self) -> float:
        """At least a thousandth, so that the next wait ends with a timeout of its own."""
        return max(self.deadline - time.monotonic(), 0.001)

    def take(self, data: bytes) -> bytes:
        self.bytes_left -= len(data)
        if self.bytes_left < 0:
            raise TooMuchError
        return data


class PinnedTransport(httpx2.HTTPTransport):
    """Connects to the checked addresses of one target; name and certificate stay the host's."""

    def __init__(self, *, target: Target, limits: Limits, tls: ssl.SSLContext) -> None:
        super().__init__(verify=tls, trust_env=False)
        self._pool = httpcore2.ConnectionPool(
            ssl_context=tls,
            max_connections=1,
            max_keepalive_connections=0,
            network_backend=PinnedBackend(target=target, limits=limits),
        )


type SocketOption = (
    tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]
)


@dataclass(frozen=True, kw_only=True)
class PinnedBackend(httpcore2.NetworkBackend):
    """Opens sockets to the addresses of its target and to no others; looks no name up."""

    target: Target
    limits: Limits

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SocketOption] | None = None,
    ) -> httpcore2.NetworkStream:
        if (host, port) != (self.target.host, self.target.port):
            raise httpcore2.ConnectError("another host than the one that was checked")
        fault: Exception = httpcore2.ConnectError("no address")
        for address in self.target.addresses[:MOST_TRIED]:
            try:
                stream = httpcore2.SyncBackend().connect_tcp(
                    address, port, self.limits.seconds_left(), socket_options=socket_options
                )
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                fault = error
            else:
                return LimitedStream(stream, self.limits)
        raise fault


class LimitedStream(httpcore2.NetworkStream):
    """A connection that keeps to the limits of its request, however slowly bytes drip in."""

    def __init__(self, stream: httpcore2.NetworkStream, limits: Limits) -> None:
        self._stream = stream
        self._limits = limits

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        if self._limits.deadline <= time.monotonic():
            raise httpcore2.ReadTimeout
        return self._limits.take(self._stream.read(max_bytes, self._limits.seconds_left()))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._limits.seconds_left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, self._limits.seconds_left())
        return LimitedStream(secured, self._limits)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)
