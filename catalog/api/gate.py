"""What every request to ``/api/`` passes: limits, CORS, conditional answers, problems.

The API keeps no state and reads no cookie, so it may be called from any page
(CORS without credentials), and there is nothing that a forged request could do.
"""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control

from catalog.api.limits import Count, count
from catalog.api.problems import CONTENT_TYPE, problem
from catalog.models import CatalogState
from catalog.pages.views.page_cache import etag_of

PREFIX = "/api/v1/"
METHODS = "GET, HEAD, POST, OPTIONS"
EXPOSED = "ETag, Link, RateLimit, RateLimit-Policy, Retry-After"

type GetResponse = Callable[[HttpRequest], HttpResponse]


def api_gate(get_response: GetResponse) -> GetResponse:
    """The middleware. One query for the catalogue's version, on reads."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PREFIX):
            return get_response(request)
        if request.method == "OPTIONS":
            return with_cors(HttpResponse(status=HTTPStatus.NO_CONTENT))
        reading = request.method in ("GET", "HEAD")
        name, limit = ("read", settings.API_READS) if reading else ("write", settings.API_WRITES)
        used = count(request, name, limit)
        response = answer(request, get_response, used, reading=reading)
        used.tell(response)
        return with_cors(response)

    return middleware


def answer(
    request: HttpRequest, get_response: GetResponse, used: Count, *, reading: bool
) -> HttpResponse:
    if used.exceeded:
        return problem(429, f"At most {used.limit} requests a minute; wait {used.reset} seconds.")
    if not reading:
        return as_problem(get_response(request))
    etag = etag_of(request, CatalogState.objects.current(), "api")
    method, request.method = request.method, "GET"
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = as_problem(get_response(request))
    request.method = method
    if response.status_code in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED):
        response["ETag"] = etag
        following = getattr(request, "next_page", None)
        if following:
            response["Link"] = f'<{following}>; rel="next"'
        patch_cache_control(response, public=True, no_cache=True)
    return response


def as_problem(response: HttpResponse) -> HttpResponse:
    """Turn the pages that people get for an error into problem documents."""
    kind = response.get("Content-Type", "").partition(";")[0]
    if response.status_code < HTTPStatus.BAD_REQUEST or kind == CONTENT_TYPE:
        return response
    found = problem(response.status_code)
    if "Allow" in response:
        found["Allow"] = response["Allow"]
    return found


def with_cors(response: HttpResponse) -> HttpResponse:
    """Let any page read the answer; no credentials are ever looked at."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Allow-Methods"] = METHODS
    response["Access-Control-Allow-Headers"] = "Content-Type, If-None-Match"
    response["Access-Control-Expose-Headers"] = EXPOSED
    response["Access-Control-Max-Age"] = "86400"
    return response
