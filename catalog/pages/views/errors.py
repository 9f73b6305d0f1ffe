"""Error pages. The one for 500 needs neither database nor context."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import ResolverMatch, resolve

from catalog.models import AISystem

NEAR_NAMES, MOST_OF_A_NAME = 5, 100


def error(request: HttpRequest, status: int) -> HttpResponse:
    return render(request, f"{status}.html", status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error(request, 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error(request, 403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """For an entry that is not there: the names that are like the one in the address. One query."""
    match = resolver_match(request)
    asked = str(match.kwargs.get("slug", "")) if match and match.url_name == "system" else ""
    words = asked.replace("-", " ")[:MOST_OF_A_NAME]
    near = list(AISystem.objects.published().near(words)[:NEAR_NAMES]) if words else []
    return render(request, "404.html", {"asked": words, "near": near}, status=404)


def resolver_match(request: HttpRequest) -> ResolverMatch | None:
    try:
        return resolve(request.path_info)
    except Http404:
        return None


def server_error(request: HttpRequest) -> HttpResponse:
    return HttpResponse(render_to_string("500.html"), status=500)
