"""Live badges, oEmbed and the preview picture: verdicts on other people's pages."""

import hashlib
import json
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import Resolver404, resolve, reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from catalog.models import AISystem, CatalogState, Evaluation, SystemMaker
from catalog.pages.badges import colours, drawing
from catalog.pages.badges.drawing import Badge
from catalog.pages.badges.embed import embed
from catalog.pages.badges.type import drawn
from catalog.pages.presenters import verdicts
from catalog.pages.views import page_cache
from catalog.pages.views.common import HtmxHttpRequest, View, cached_by_catalogue, page
from catalog.querysets import page_reads
from definitions import registry
from definitions.core import Definition
from definitions.readers.values import number_or
from definitions.tiers import Standing
from definitions.vocabulary import Shape, Status

FRESH = 300
STALE = 86_400
ON_CARD = 4
EMBEDDED = ("slug", "name", "tier", "registers")
"""What the lines to copy read of a system."""
UNREGISTERED = Badge(label="Glassbox", message="not in the register")
UNDEFINED = Badge(label="Glassbox", message="no such definition")


def badge_of(
    definition: Definition,
    evaluation: Evaluation | verdicts.VerdictRow | None,
    standing: Standing,
) -> Badge:
    """A verdict as a badge; a score has a colour of its own and no shape.

    What is not verified says so, and so does the badge's name for those who do not see it.
    """
    if evaluation is None:
        status = Status.UNKNOWN
        return Badge(
            label=definition.short_title,
            message="not judged yet",
            status=status,
            fill=colours.FILLS[status],
        )
    message = f"{evaluation.label}{'' if standing.is_verified else drawing.RECORDED}"
    if definition.shape is Shape.SCORE:
        return Badge(label=definition.short_title, message=message, fill=colours.SCORE)
    status = Status.of(evaluation.status)
    return Badge(
        label=definition.short_title,
        message=message,
        status=status,
        fill=colours.FILLS[status],
    )


def known_badge(slug: str, identifier: str) -> tuple[Badge, int]:
    """The badge of a verdict and the HTTP status; 404 has an honest badge too. Two queries."""
    try:
        definition = registry.get(identifier)
    except KeyError:
        return UNDEFINED, 404
    row = page_reads.badge.first(slug=slug)
    if row is None:
        return UNREGISTERED, 404
    found = page_reads.verdict.first(system=row[0], definition=identifier)
    return badge_of(definition, found, Standing.stored(*row[3:])), 200


def send(request: HttpRequest, svg: str, kind: str, status: int = 200) -> HttpResponse:
    """A picture that anyone may show: cacheable, with an ETag of its content."""
    if kind == "svg":
        return answer(request, svg, lambda: svg, "image/svg+xml", status)
    zoom = 2 if request.GET.get("scale") == "2" else 1
    return answer(request, f"png {zoom} {svg}", lambda: drawing.png(svg, zoom), "image/png", status)


def answer(
    request: HttpRequest,
    content: str,
    make: Callable[[], str | bytes],
    content_type: str,
    status: int = 200,
) -> HttpResponse:
    """304 while the content is what the asker has; only else is the body made."""
    etag = quote_etag(hashlib.sha256(content.encode()).hexdigest()[:24])
    response = get_conditional_response(request, etag=etag) if status == 200 else None
    if response is None:
        response = HttpResponse(make(), content_type=content_type, status=status)
    response["ETag"] = etag
    patch_cache_control(response, public=True, max_age=FRESH, stale_while_revalidate=STALE)
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["Access-Control-Allow-Origin"] = "*"
    return response


def kept(view: View) -> View:
    """Let an answer be kept until the catalogue moves; the query for that only where it is."""

    @wraps(view)
    def wrapper(request: HtmxHttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        version = CatalogState.objects.current() if settings.PAGE_CACHE_SECONDS else 0
        response = view(request, *args, **kwargs)
        if version and response.status_code == HTTPStatus.OK:
            page_cache.mark(request, response, version)
        return response

    return wrapper


def answer_json(
    request: HttpRequest, document: dict[str, object], status: int = 200
) -> HttpResponse:
    body = json.dumps(document, ensure_ascii=False)
    return answer(request, body, lambda: body, "application/json", status)


def endpoint(request: HttpRequest, badge: Badge, status: int = 200) -> HttpResponse:
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
    return answer_json(request, document, status)


@require_safe
@xframe_options_exempt
@kept
def verdict_badge(request: HttpRequest, slug: str, identifier: str, kind: str) -> HttpResponse:
    """The badge of one definition on one system."""
    badge, status = known_badge(slug, identifier)
    if kind == "json":
        return endpoint(request, badge, status)
    return send(request, drawing.verdict_svg(badge), kind, status)


@require_safe
@xframe_options_exempt
@kept
def strip_badge(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """The combined badge, with the strip. One query."""
    row = page_reads.badge.first(slug=slug)
    if row is None:
        if kind == "json":
            return endpoint(request, UNREGISTERED, 404)
        return send(request, drawing.verdict_svg(UNREGISTERED), kind, 404)
    _key, name, cells, *told = row
    standing = Standing.stored(*told)
    if kind == "json":
        message = f"{cells.count('o')} of {len(cells)} components open"
        message += "" if standing.is_verified else drawing.RECORDED
        return endpoint(request, Badge(label="Glassbox", message=message, fill=colours.ACCENT))
    return send(request, drawing.strip_svg(name, cells, standing), kind)


@require_safe
@kept
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """The picture that is shown where somebody links to an entry. Two queries."""
    makers = SystemMaker.objects.filter(system=OuterRef("pk")).order_by("position", "id")
    maker = JSONObject(name="organization__name", slug="organization__slug")
    rows = AISystem.objects.published().annotate(maker_rows=ArraySubquery(makers.values(row=maker)))
    columns = ("pk", "name", "strip", "tier", "registers", "maker_rows")
    system = rows.filter(slug=slug).values(*columns).first()
    if system is None:
        return send(request, drawing.absent_card(UNREGISTERED.message), "png", 404)
    cells = verdicts.cells(Evaluation.objects.filter(system=system["pk"]).for_list())[:ON_CARD]
    standing = Standing.stored(system["tier"], system["registers"])
    names = ", ".join(drawn(row["name"], row["slug"]) for row in system["maker_rows"])
    svg = drawing.card_svg(
        drawn(system["name"], slug, "Bold"),
        names,
        system["strip"],
        [
            (badge_of(cell.definition, cell.evaluation, standing), cell.definition.title)
            for cell in cells
        ],
        standing,
    )
    return send(request, svg, "png")


@require_safe
@cached_by_catalogue
def badge_list(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    """All badges of a system with what to copy. Two queries."""
    system = get_object_or_404(AISystem.objects.published().only(*EMBEDDED), slug=slug)
    context = {
        "system": system,
        "combined": embed(request, system, None),
        "badges": [embed(request, system, item) for item in registry.current()],
    }
    return page(request, "catalog/badge_list.html", context)


# --- oEmbed ----------------------------------------------------------------------------------


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """oEmbed 1.0: a link to an entry or a verdict becomes its badge. Two queries at most."""
    if request.GET.get("format", "json") != "json":
        return HttpResponse("Only JSON is offered.", content_type="text/plain", status=501)
    slug, identifier = asked_page(request)
    system = get_object_or_404(AISystem.objects.published().only(*EMBEDDED, "strip"), slug=slug)
    definition = registry.get(identifier) if identifier else None
    lines = embed(request, system, definition)
    if definition:
        found = Evaluation.objects.filter(system=system, definition_id=identifier).for_list()
        svg = drawing.verdict_svg(badge_of(definition, found.first(), system.standing))
    else:
        svg = drawing.strip_svg(system.name, system.strip, system.standing)
    width, height = room(request, drawing.width_of_picture(svg), drawing.HEIGHT)
    document = {
        "version": "1.0",
        "type": "rich",
        "provider_name": "Glassbox",
        "provider_url": request.build_absolute_uri(reverse("catalog:home")),
        "title": lines.text,
        "html": lines.html_of_size(width, height),
        "width": width,
        "height": height,
        "cache_age": FRESH,
    }
    return answer_json(request, document)


def room(request: HttpRequest, width: int, height: int) -> tuple[int, int]:
    """The size of a badge within ``maxwidth`` and ``maxheight``, its proportions kept."""
    shrunk = 1.0
    for name, length in (("maxwidth", width), ("maxheight", height)):
        most = number_or(request.GET.get(name, ""), 0, high=100_000)
        shrunk = min(shrunk, most / length) if most else shrunk
    return max(1, int(width * shrunk)), max(1, int(height * shrunk))


def asked_page(request: HttpRequest) -> tuple[str, str]:
    """The system and the definition of the page that is to be embedded; 404 for any other."""
    try:
        url = urlsplit(request.GET.get("url", ""))
    except ValueError:
        raise Http404("This is not an address.") from None
    if url.scheme not in ("http", "https") or url.netloc.lower() != request.get_host().lower():
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
