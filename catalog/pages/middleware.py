"""What every request passes through before a view sees it."""

import re
from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import unquote_to_bytes

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from catalog.models import AISystem

type GetResponse = Callable[[HttpRequest], HttpResponse]

SYSTEM_ADDRESS = re.compile(r"/systems/(?P<slug>[a-z0-9-]+)/")

LONGEST_QUERY = 20_000
"""Characters of a query string. The longest that our own pages write is far below."""


def refuse_bad_text(get_response: GetResponse) -> GetResponse:
    """Answer 400 to addresses that no text column can hold.

    PostgreSQL stores no NUL, and bytes that are not UTF-8 would silently become
    other letters: an address with either is a mistake or an attack.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if len(query) > LONGEST_QUERY:
            raise BadRequest("The address is too long.")
        for part in (query, request.path_info):
            refuse(unquote_to_bytes(part))
        return get_response(request)

    return middleware


def follow_merged(get_response: GetResponse) -> GetResponse:
    """Lead from any address of an entry that was merged to the same page of the entry it became.

    Costs two queries, and only where there is no such page any more.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        match = SYSTEM_ADDRESS.match(request.path_info)
        if response.status_code != HTTPStatus.NOT_FOUND or match is None:
            return response
        kept = AISystem.objects.filter(merged__slug=match["slug"], is_published=True)
        slug = kept.values_list("slug", flat=True).first()
        if slug is None:
            return response
        query = request.META.get("QUERY_STRING", "")
        rest = request.path_info[match.end("slug") :]
        return HttpResponsePermanentRedirect(
            f"/systems/{slug}{rest}" + (f"?{query}" if query else "")
        )

    return middleware


def refuse(raw: bytes) -> None:
    """Raise BadRequest for a NUL or for what is not UTF-8."""
    if b"\x00" in raw:
        raise BadRequest("The address contains a NUL character.")
    try:
        raw.decode()
    except UnicodeDecodeError:
        raise BadRequest("The address is not UTF-8.") from None
