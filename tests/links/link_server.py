"""A fetcher and manners for tests, which ask a server of this machine under any name."""

import datetime as dt
import socket
from collections.abc import Collection
from typing import Any

from catalog.links import Manners, check_links
from catalog.links.fetching import Fetcher, Guard
from catalog.models import Link
from tests.http_server import LOOPBACK, HttpServer

NOON = dt.datetime(2026, 11, 3, 12, tzinfo=dt.UTC)


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


def add(
    server: HttpServer, path: str = "/", host: str = "page.example.org", **columns: Any
) -> Link:
    """A cited page of the test's server."""
    return Link.objects.create(url=server.url(path, host=host), **columns)


def look(server: HttpServer, link: Link) -> Link:
    """The link after one look at it."""
    check_links(links=[link], manners=manners_for(server))
    link.refresh_from_db()
    return link
