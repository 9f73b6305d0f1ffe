"""The site's addresses and two more: a page that is constant, and one that computes for a while."""

import time

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

LONGEST = 30.0


def constant(request: HttpRequest) -> HttpResponse:
    return HttpResponse("a" * 40_000)


def compute(request: HttpRequest) -> HttpResponse:
    """Keep a core busy, in Python, for so many seconds."""
    end = time.monotonic() + min(float(request.GET.get("seconds", "10")), LONGEST)
    turns = 0
    while time.monotonic() < end:
        turns += sum(range(1_000))
    return HttpResponse(str(turns))


urlpatterns = [
    path("bench/constant/", constant),
    path("bench/compute/", compute),
    path("", include("config.urls")),
]
