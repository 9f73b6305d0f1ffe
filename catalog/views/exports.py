"""The files of one system, and the schema of its facts."""

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from catalog.exporters.entry import Entry
from catalog.exporters.formats import FORMATS
from catalog.models import AISystem
from catalog.views.common import HtmxHttpRequest, cached_by_catalogue
from definitions.facts import json_schema


@require_safe
@cached_by_catalogue
def system_file(request: HtmxHttpRequest, slug: str, name: str) -> HttpResponse:
    """One file about one system. Nine queries, whatever the system."""
    file = FORMATS.get(name)
    if file is None:
        raise Http404("There is no such file.")
    system = get_object_or_404(AISystem.objects.published().for_files(), slug=slug)
    entry = Entry.of(system, request.build_absolute_uri("/"))
    response = HttpResponse(file.write(entry), content_type=f"{file.media_type}; charset=utf-8")
    shown = f"{slugify(slug)}.{name}"
    response["Content-Disposition"] = f'attachment; filename="{shown}"'
    return response


@require_safe
def facts_schema(request: HtmxHttpRequest) -> HttpResponse:
    """The JSON Schema of a facts file."""
    return JsonResponse(
        json_schema(),
        content_type="application/schema+json",
        json_dumps_params={"ensure_ascii": False, "indent": 2},
    )
