"""Whether this process can serve: asked by the container's health check."""

from django.db import connections
from django.http import HttpRequest, HttpResponse

from config.replicas import answers


def healthz(request: HttpRequest) -> HttpResponse:
    """200 where a database answers, 503 where none does.

    A replica is enough: the register can be read while the primary is away.
    """
    if any(answers(alias) for alias in connections):
        return HttpResponse("ok\n", content_type="text/plain")
    return HttpResponse("database unavailable\n", status=503, content_type="text/plain")
