"""Whether this process can serve, and whether the whole site works: asked by machines."""

from django.db import connections
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache

from catalog.management.readiness import readiness
from config.replicas import answers


@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """200 where a database answers, 503 where none does.

    A replica is enough: the register can be read while the primary is away.
    """
    if any(answers(alias) for alias in connections):
        return HttpResponse("ok\n", content_type="text/plain")
    return HttpResponse("database unavailable\n", status=503, content_type="text/plain")


@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """200 where database, worker, letters, dumps and verdicts are well; 503 with the reasons."""
    found = readiness()
    return JsonResponse(found, status=200 if found["ready"] else 503)
