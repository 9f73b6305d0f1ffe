"""A fetcher and manners for tests, which ask a server of this machine under any name."""

import socket
from collections.abc import Collection

from catalog.fetching import Fetcher, Guard
from catalog.services.link_checks import Manners
from tests.http_server import LOOPBACK, HttpServer


def fetcher_for(server: HttpServer, *, unknown: Collection[str] = ()) -> Fetcher:
    """Every name leads to the test's server, but those that are unknown."""

    def resolve(host: str, port: int) -> list[str]:
        if host in unknown:
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        return [LOOPBACK]

    guard = Guard(
        resolve=resolve, ports=frozenset({80, 443, server.port}), trusted=frozenset({LOOPBACK})
    )
    return Fetcher(user_agent="GlassboxLinks/test", guard=guard, seconds=5)


def manners_for(server: HttpServer, *, unknown: Collection[str] = ()) -> Manners:
    """No pause between two requests."""
    return Manners(fetcher=fetcher_for(server, unknown=unknown), pause=0)
