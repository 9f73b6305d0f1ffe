"""Whole public pages, kept until the catalogue moves, as they go over the line.

Only answers to ``cached_by_catalogue`` come here. They are the same for everybody
and hold no token and nobody's secret, so they may be compressed (BREACH needs a
secret in the page) and given to the next person as they are.
"""

import gzip
import hashlib
import logging
from collections.abc import Mapping
from typing import Any

import brotli
from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

LONGEST_ADDRESS = 500
"""Longer addresses are made up by somebody; they are answered, and not kept."""

WORTH_COMPRESSING = 500
"""Bytes from which on compression pays."""

COMPRESSED_TYPES = ("text/", "application/json", "application/atom+xml", "image/svg+xml")

logger = logging.getLogger(__name__)


def encoding_for(request: HttpRequest) -> str:
    """The best encoding that the asker takes: ``br``, ``gzip``, or none."""
    taken = set()
    for item in request.headers.get("Accept-Encoding", "").split(","):
        name, _, weight = item.replace(" ", "").lower().partition(";")
        if weight.removeprefix("q=").rstrip("0.") or not weight:
            taken.add(name)
    return next((name for name in ("br", "gzip") if name in taken), "")


def key_of(request: HttpRequest, etag: str) -> str:
    """Where a page is kept: build, version, rules and encoding (the ETag), and its address."""
    address = request.build_absolute_uri()
    return hashlib.sha256(f"{etag}\n{request.method}\n{address}".encode()).hexdigest()


def recall(request: HttpRequest, etag: str) -> HttpResponse | None:
    """The kept page of this ETag and address; None where there is none."""
    if not settings.PAGE_CACHE_SECONDS:
        return None
    try:
        found: tuple[bytes, Mapping[str, str]] | None = caches["pages"].get(key_of(request, etag))
    except Exception:
        logger.warning("The page cache does not answer.", exc_info=True)
        return None
    return None if found is None else HttpResponse(found[0], headers=dict(found[1]))


def keep(request: HttpRequest, etag: str, response: HttpResponse, encoding: str) -> None:
    """Compress a page where the asker takes it, and keep it for the next one."""
    if response.streaming or response.cookies:
        return
    compress(response, encoding)
    address = request.build_absolute_uri()
    if not settings.PAGE_CACHE_SECONDS or len(address) > LONGEST_ADDRESS:
        return
    entry: tuple[bytes, dict[str, Any]] = (response.content, dict(response.headers))
    try:
        caches["pages"].set(key_of(request, etag), entry, settings.PAGE_CACHE_SECONDS)
    except Exception:
        logger.warning("The page cache takes nothing.", exc_info=True)


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
