"""Live badges, oEmbed and the preview picture: verdicts on other people's pages."""

import hashlib
from typing import Any
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import Resolver404, resolve, reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.html import format_html
from django.utils.http import quote_etag
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from catalog.badges import colours, drawing
from catalog.badges.drawing import Badge
from catalog.models import AISystem, Evaluation
from catalog.presenters import verdicts
from catalog.views.common import HtmxHttpRequest, cached_by_catalogue, page, whole_number
from definitions import registry
from definitions.core import Definition
from definitions.vocabulary import Shape, Status

FRESH = 300
STALE = 86_400
ON_CARD = 4
UNREGISTERED = Badge(label="Glassbox", message="not in the register")
UNDEFINED = Badge(label="Glassbox", message="no such definition")


def badge_of(definition: Definition, evaluation: Evaluation | None) -> Badge:
    """A verdict as a badge; a score has a colour of its own and no shape."""
    if evaluation is None:
        status = Status.UNKNOWN
        return Badge(
            label=definition.short_title,
            message="not judged yet",
            status=status,
            fill=colours.FILLS[status],
        )
    if definition.shape is Shape.SCORE:
        return Badge(label=definition.short_title, message=evaluation.label, fill=colours.SCORE)
    status = Status.of(evaluation.status)
    return Badge(
        label=definition.short_title,
        message=evaluation.label,
        status=status,
        fill=colours.FILLS[status],
    )


def known_badge(slug: str, identifier: str) -> tuple[Badge, int]:
    """The badge of a verdict and the HTTP status; 404 has an honest badge too. Two queries."""
    try:
        definition = registry.get(identifier)
    except KeyError:
        return UNDEFINED, 404
    system = AISystem.objects.published().filter(slug=slug).values_list("pk", flat=True).first()
    if system is None:
        return UNREGISTERED, 404
    found = Evaluation.objects.filter(system=system, definition_id=identifier).for_list().first()
    return badge_of(definition, found), 200


def send(request: HttpRequest, body: str, kind: str, status: int = 200) -> HttpResponse:
    """A picture that anybody may show: cacheable, told apart by its content."""
    etag = quote_etag(hashlib.sha256(f"{kind}{body}".encode()).hexdigest()[:24])
    response = get_conditional_response(request, etag=etag) if status == 200 else None
    if response is None:
        if kind == "png":
            response = HttpResponse(drawing.png(body), content_type="image/png", status=status)
        else:
            response = HttpResponse(body, content_type="image/svg+xml", status=status)
    return shared(response, etag)


def shared(response: HttpResponse, etag: str = "") -> HttpResponse:
    if etag:
        response["ETag"] = etag
    patch_cache_control(response, public=True, max_age=FRESH, stale_while_revalidate=STALE)
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["Access-Control-Allow-Origin"] = "*"
    return response


def endpoint(badge: Badge, status: int = 200) -> HttpResponse:
    """A badge in the form that shields.io reads (endpoint schema, version 1)."""
    document = {
        "schemaVersion": 1,
        "label": badge.label,
        "message": badge.message,
        "color": badge.fill.removeprefix("#"),
        "labelColor": colours.LABEL.removeprefix("#"),
        "isError": status != 200,
        "cacheSeconds": FRESH,
    }
    response = JsonResponse(document, status=status)
    return shared(response, quote_etag(hashlib.sha256(response.content).hexdigest()[:24]))


@require_safe
@xframe_options_exempt
def verdict_badge(request: HttpRequest, slug: str, identifier: str, kind: str) -> HttpResponse:
    """The badge of one definition on one system."""
    badge, status = known_badge(slug, identifier)
    if kind == "json":
        return endpoint(badge, status)
    return send(request, drawing.verdict_svg(badge), kind, status)


@require_safe
@xframe_options_exempt
def strip_badge(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """The combined badge, with the strip. One query."""
    row = AISystem.objects.published().filter(slug=slug).values("name", "strip").first()
    if row is None:
        if kind == "json":
            return endpoint(UNREGISTERED, 404)
        return send(request, drawing.verdict_svg(UNREGISTERED), kind, 404)
    if kind == "json":
        cells = row["strip"]
        message = f"{cells.count('o')} of {len(cells)} components open"
        return endpoint(Badge(label="Glassbox", message=message, fill=colours.ACCENT))
    return send(request, drawing.strip_svg(row["name"], row["strip"]), kind)


@require_safe
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """The picture that is shown where somebody links to an entry. Three queries."""
    system = AISystem.objects.published().for_list().filter(slug=slug).first()
    if system is None:
        return send(request, drawing.verdict_svg(UNREGISTERED), "png", 404)
    cells = verdicts.cells(system.evaluations.all())[:ON_CARD]
    told = [(badge_of(cell.definition, cell.evaluation), cell.definition.title) for cell in cells]
    makers = ", ".join(maker.name for maker in system.maker_list)
    svg = drawing.card_svg(system.name, makers, system.strip, told)
    etag = quote_etag(hashlib.sha256(svg.encode()).hexdigest()[:24])
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(drawing.png(svg, zoom=1), content_type="image/png")
    return shared(response, etag)


@require_safe
@cached_by_catalogue
def badge_list(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    """All badges of a system with what to copy. Two queries."""
    system = get_object_or_404(AISystem.objects.published().only("slug", "name"), slug=slug)
    context = {
        "system": system,
        "combined": snippets(request, system, None),
        "badges": [snippets(request, system, item) for item in registry.current()],
    }
    return page(request, "catalog/badge_list.html", context)


def snippets(
    request: HttpRequest, system: AISystem, definition: Definition | None
) -> dict[str, Any]:
    """The addresses of one badge, and the lines to copy for Markdown, HTML and reStructuredText."""
    if definition is None:
        path = reverse("catalog:badge", args=[system.slug, "svg"])
        link = reverse("catalog:system", args=[system.slug])
        name = f"{system.name} in Glassbox"
    else:
        path = reverse("catalog:verdict_badge", args=[system.slug, definition.id, "svg"])
        link = reverse("catalog:verdict", args=[system.slug, definition.id])
        name = f"{system.name} by {definition.short_title}"
    svg, target = request.build_absolute_uri(path), request.build_absolute_uri(link)
    raster = f"{svg.removesuffix('.svg')}.png"
    text = name.replace("[", "(").replace("]", ")")
    return {
        "definition": definition,
        "path": path,
        "name": name,
        "json": f"{svg.removesuffix('.svg')}.json",
        "markdown": f"[![{text}]({raster})]({target})",
        "html": format_html('<a href="{}"><img src="{}" alt="{}"></a>', target, svg, name),
        "rst": f".. image:: {svg}\n   :alt: {name}\n   :target: {target}",
    }


# --- oEmbed ----------------------------------------------------------------------------------


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """oEmbed 1.0: a link to an entry or a verdict becomes its badge. Three queries at most."""
    if request.GET.get("format", "json") != "json":
        return HttpResponse("Only JSON is offered.", content_type="text/plain", status=501)
    slug, identifier = asked_page(request)
    system = get_object_or_404(
        AISystem.objects.published().only("slug", "name", "strip"), slug=slug
    )
    definition = registry.get(identifier) if identifier else None
    lines = snippets(request, system, definition)
    svg = drawing.strip_svg(system.name, system.strip)
    if definition:
        svg = drawing.verdict_svg(known_badge(slug, identifier)[0])
    width = float(svg.partition('width="')[2].partition('"')[0])
    most = whole_number(request.GET.get("maxwidth", ""), least=1, most=100_000)
    shrunk = min(1.0, most / width) if most else 1.0
    document = {
        "version": "1.0",
        "type": "rich",
        "provider_name": "Glassbox",
        "provider_url": request.build_absolute_uri(reverse("catalog:home")),
        "title": lines["name"],
        "html": lines["html"],
        "width": round(width * shrunk),
        "height": round(drawing.HEIGHT * shrunk),
        "cache_age": FRESH,
    }
    return shared(JsonResponse(document))


def asked_page(request: HttpRequest) -> tuple[str, str]:
    """The system and the definition of the page that is to be embedded; 404 for any other."""
    try:
        url = urlsplit(request.GET.get("url", ""))
    except ValueError:
        raise Http404("This is not an address.") from None
    if url.scheme not in ("http", "https") or url.netloc != request.get_host():
        raise Http404("This address is not one of ours.")
    try:
        match = resolve(url.path)
    except Resolver404:
        raise Http404("There is no such page.") from None
    if match.view_name not in ("catalog:system", "catalog:verdict"):
        raise Http404("This page cannot be embedded.")
    identifier = str(match.kwargs.get("identifier", ""))
    if identifier and identifier not in {item.id for item in registry.DEFINITIONS}:
        raise Http404("There is no such definition.")
    return str(match.kwargs["slug"]), identifier
