"""Whole public pages, kept until the catalogue moves, as they go over the line.

Only answers that a view has marked come here (``mark``). They are the same for
everybody and hold no token and nobody's secret, so they may be compressed (BREACH
needs a secret in the page) and given to the next person as they are: before sessions,
routes and everything else that only a page to be made needs.
"""

import gzip
import hashlib
import logging
from collections.abc import Callable, Mapping
from functools import cache
from http import HTTPStatus
from typing import NamedTuple
from urllib.parse import urlsplit

import brotli
from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, has_vary_header, patch_vary_headers
from django.utils.http import quote_etag
from django_htmx.middleware import HtmxDetails

from catalog.models import CatalogState
from definitions import registry
from definitions.readers.values import number_or

type GetResponse = Callable[[HttpRequest], HttpResponse]

LONGEST_ADDRESS = 500
"""Longer addresses are made up by somebody; they are answered, and not kept."""

WORTH_COMPRESSING = 500
"""Bytes from which on compression pays."""

COMPRESSED_TYPES = ("text/", "application/json", "application/atom+xml", "image/svg+xml")

logger = logging.getLogger(__name__)


VARIES = ("HX-Request", "HX-History-Restore-Request")
"""The headers that ask for a part of a page, or for the whole of it."""


def encoding_for(request: HttpRequest) -> str:
    """The best encoding that the asker takes: ``br``, ``gzip``, or none."""
    taken = set()
    for item in request.headers.get("Accept-Encoding", "").split(","):
        name, _, weight = item.replace(" ", "").lower().partition(";")
        if weight.removeprefix("q=").rstrip("0.") or not weight:
            taken.add(name)
    return next((name for name in ("br", "gzip") if name in taken), "")


def stamp(version: int) -> str:
    """What a page was made from: this build, a version of the catalogue, today's rules."""
    return f"{settings.BUILD_ID}-{version}-{rules()}"


def etag_of(request: HttpRequest, version: int, *words: str) -> str:
    """The ETag of a page that is made from a version: it says of which page it is, too."""
    return quote_etag("-".join(filter(None, (stamp(version), page_id(request), *words))))


def page_id(request: HttpRequest) -> str:
    """A short word for the address, for ETags: no page answers to the ETag of another one."""
    return hashlib.sha256(address_of(request).encode()).hexdigest()[:16]


def address_of(request: HttpRequest) -> str:
    """Scheme, host, path and query as they were asked for; nothing in it is put right."""
    query = request.META.get("QUERY_STRING", "")
    return "\n".join((str(request.scheme), request.get_host(), request.path, query))


@cache
def rules() -> str:
    words = "".join(definition.fingerprint for definition in registry.DEFINITIONS)
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def wants_fragment(request: HttpRequest) -> bool:
    """True where htmx asks for a part of the page, and not to restore its history."""
    htmx = HtmxDetails(request)
    return bool(htmx) and not htmx.history_restore_request


def mark(request: HttpRequest, response: HttpResponse, version: int) -> None:
    """Let an answer be kept for everybody who asks for the same address, while nothing moves.

    It may be compressed from here on.
    """
    if response.streaming:
        return
    compress(response, encoding_for(request))
    response.made_from = stamp(version)  # type: ignore[attr-defined]


def kept_pages(get_response: GetResponse) -> GetResponse:
    """The middleware: give out a kept page, or make it and keep it.

    Costs a look into the cache, and one query, for the catalogue's version, where
    something is kept for the address.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if not settings.PAGE_CACHE_SECONDS or request.method not in ("GET", "HEAD"):
            return get_response(request)
        key = key_of(request)
        found = recall(key, shelf_of(request))
        if found is not None and found.made_from == stamp(CatalogState.objects.current()):
            page = HttpResponse(found.content, headers=dict(found.headers))
            return get_conditional_response(request, etag=page.get("ETag"), response=page) or page
        response = get_response(request)
        made_from = getattr(response, "made_from", "")
        if made_from and response.status_code == HTTPStatus.OK and is_for_everybody(response):
            keep(request, key, Kept(made_from, response.content, dict(response.headers)))
        return response

    return middleware


def is_for_everybody(response: HttpResponse) -> bool:
    """Whether nothing of it comes from a cookie, or goes into one."""
    return not response.cookies and not has_vary_header(response, "Cookie")


class Kept(NamedTuple):
    """A page as it went over the line."""

    made_from: str
    content: bytes
    headers: Mapping[str, str]


def key_of(request: HttpRequest) -> str:
    """Where a page is kept: its address, whole or in part, in an encoding."""
    kind = "part" if wants_fragment(request) else "page"
    words = f"{kind} {encoding_for(request)} {request.method} {address_of(request)}"
    return hashlib.sha256(words.encode()).hexdigest()


def shelf_of(request: HttpRequest) -> str:
    """The cache for a page. Whoever makes up queries drives out other queries, and no entries."""
    return "queries" if request.META.get("QUERY_STRING") else "pages"


def recall(key: str, shelf: str) -> Kept | None:
    """What is kept, of whatever version; None where there is nothing."""
    try:
        found: tuple[str, bytes, Mapping[str, str]] | None = caches[shelf].get(key)
    except Exception:
        logger.warning("The page cache does not answer.", exc_info=True)
        return None
    return None if found is None else Kept(*found)


def keep(request: HttpRequest, key: str, page: Kept) -> None:
    """Keep a page for the next one who asks."""
    if len(address_of(request)) > LONGEST_ADDRESS or not is_own_host(request):
        return
    try:
        caches[shelf_of(request)].set(key, tuple(page), settings.PAGE_CACHE_SECONDS)
    except Exception:
        logger.warning("The page cache takes nothing.", exc_info=True)


def is_own_host(request: HttpRequest) -> bool:
    """Whether the host is written as the site's own: no capitals, no port that somebody made up."""
    host, _, port = request.get_host().rpartition(":")
    if number_or(port, None, high=65535) is None:
        host, port = request.get_host(), ""
    known = {str(urlsplit(settings.SITE_URL).port), request.META.get("SERVER_PORT", ""), ""}
    return host == host.lower() and not host.endswith(".") and port in known


def compress(response: HttpResponse, encoding: str) -> None:
    """Give the body its encoding, where its type and length are worth it."""
    if not response["Content-Type"].startswith(COMPRESSED_TYPES):
        return
    patch_vary_headers(response, ["Accept-Encoding"])
    if len(response.content) < WORTH_COMPRESSING or not encoding:
        return
    if encoding == "br":
        response.content = brotli.compress(response.content, quality=4)
    else:
        response.content = gzip.compress(response.content, compresslevel=5, mtime=0)
    response["Content-Encoding"] = encoding
