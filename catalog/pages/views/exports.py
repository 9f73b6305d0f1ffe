"""The files of one system, its facts of today or of a day, and their schema."""

from collections.abc import Mapping

from django.http import Http404, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from catalog.entry.facts import facts_for
from catalog.exports.entry import Entry
from catalog.exports.formats import FORMATS
from catalog.listing.filters import AsOfForm
from catalog.listing.unknown_parameters import strangers
from catalog.models import AISystem
from catalog.pages.views.common import HtmxHttpRequest, cached_by_catalogue
from catalog.querysets.past import end_of, facts_as_of
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


@require_safe
def system_facts(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    """The facts as JSON, as ``python -m definitions evaluate`` reads them.

    With ``as-of``, as they were at the end of a day (UTC); 404 before the first document
    that is kept, 400 where it is no day of the past or something else is asked for.
    """
    published = AISystem.objects.published()
    is_past = "as-of" in request.GET
    system = get_object_or_404(published if is_past else published.with_facts(), slug=slug)
    unread = strangers(request.GET, ["as-of"])
    if unread:
        return HttpResponseBadRequest(unread[0].message, content_type="text/plain; charset=utf-8")
    if is_past:
        return facts_of_a_day(system, request.GET["as-of"])
    return facts_file(facts_for(system).to_json(), slugify(slug))


def facts_of_a_day(system: AISystem, text: str) -> HttpResponse:
    """The document that was kept of a system's facts. One query."""
    asked = AsOfForm({"on": text})
    if not asked.is_valid():
        return HttpResponseBadRequest(
            str(asked.errors["on"][0]), content_type="text/plain; charset=utf-8"
        )
    day = asked.cleaned_data["on"]
    kept = facts_as_of(end_of(day), [system.pk]).get(system.pk)
    if kept is None:
        raise Http404(f"No facts of {system.slug} are kept from {day} or before.")
    return facts_file(kept.document, f"{slugify(system.slug)}.{day.isoformat()}")


def facts_file(document: Mapping[str, object], name: str) -> HttpResponse:
    response = JsonResponse(document, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = f'attachment; filename="{name}.facts.json"'
    return response
