"""The whole register as files: the page that lists them, the files, and llms.txt."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.dateparse import parse_datetime
from django.utils.http import http_date, quote_etag
from django.views.decorators.http import condition, require_safe

from catalog.exports.dumps.manifest import TERMS
from catalog.exports.dumps.published_build import MANIFEST, Shelf, shelf
from catalog.exports.formats import EXPORTS
from catalog.exports.schema_org import as_script, register_node
from catalog.models import Source
from catalog.pages.views.common import HtmxHttpRequest, page
from catalog.pages.views.page_cache import page_id
from definitions import registry

RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")
PIECE = 1 << 16


def page_etag(request: HttpRequest) -> str:
    """The page changes with a build of the dumps, not with every edit."""
    built = shelf()
    when = built.built_at if built else "none"
    return quote_etag(f"{settings.BUILD_ID}-{when}-{page_id(request)}")


@require_safe
@condition(etag_func=page_etag)
def data(request: HtmxHttpRequest) -> HttpResponse:
    """What there is to download, with size, checksum, terms, schema and how to read it."""
    built = shelf()
    address = request.build_absolute_uri(reverse("catalog:data"))
    files = built.files if built else []
    links = [(file["media_type"], f"{address}{file['name']}") for file in files]
    context = {
        "built": built,
        "built_at": parse_datetime(built.built_at) if built else None,
        "groups": groups(files),
        "formats": EXPORTS,
        "terms": TERMS,
        "sources": Source.objects.all(),
        "address": address,
        "linked_data": as_script(register_node(address, links, built.built_at if built else "")),
    }
    response = page(request, "catalog/data.html", context)
    patch_cache_control(response, public=True, no_cache=True)
    return response


def groups(files: list[dict[str, object]]) -> list[tuple[str, list[dict[str, object]]]]:
    """The files by kind: whole, lines, and what explains them."""
    whole = [file for file in files if str(file["name"]).startswith("glassbox.")]
    lines = [file for file in files if ".jsonl" in str(file["name"])]
    lines.sort(key=lambda file: not str(file["name"]).startswith("systems."))
    rest = [file for file in files if file not in whole and file not in lines]
    return [("whole", whole), ("lines", lines), ("rest", rest)] if files else []


@require_safe
def data_file(request: HtmxHttpRequest, name: str) -> HttpResponseBase:
    """One file of the current build; only names in its manifest lead to a file."""
    built = shelf()
    found = built.find(name) if built else None
    if built is None or found is None:
        raise Http404("There is no such file.")
    path = built.folder / found["name"]
    etag = quote_etag(found["sha256"] or f"{built.version}-{built.built_at}")
    modified = changed(built)
    unchanged = get_conditional_response(request, etag=etag, last_modified=modified)
    response = unchanged if unchanged is not None else send(request, path, found, etag)
    response["ETag"] = etag
    response["Last-Modified"] = http_date(modified)
    response["Accept-Ranges"] = "bytes"
    response["Access-Control-Allow-Origin"] = "*"
    patch_cache_control(response, public=True, no_cache=True)
    return response


def changed(built: Shelf) -> int:
    """When the build was made, in seconds since 1970."""
    when = parse_datetime(built.built_at)
    return int(when.timestamp()) if when else 0


def send(request: HttpRequest, path: Path, found: dict[str, str], etag: str) -> HttpResponseBase:
    """The file, or the part that is asked for; 416 for a part that it does not have."""
    try:
        file = path.open("rb")
    except OSError as error:  # a newer build has just taken its place
        raise Http404("There is no such file.") from error
    size = path.stat().st_size
    wanted = part_of(request, size, etag)
    if wanted is None:
        inline = found["name"] in (MANIFEST, "schema.json", "README.txt")
        return FileResponse(
            file, content_type=found["media_type"], as_attachment=not inline, filename=path.name
        )
    start, end = wanted
    if start > end:
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    response = StreamingHttpResponse(
        pieces(file, start, end), status=206, content_type=found["media_type"]
    )
    response["Content-Range"] = f"bytes {start}-{end}/{size}"
    response["Content-Length"] = str(end - start + 1)
    return response


def part_of(request: HttpRequest, size: int, etag: str) -> tuple[int, int] | None:
    """First and last byte of the one range that is asked for; None for the whole.

    The first above the last means a range outside of the file. Several
    ranges, broken ones, and ranges of another version give the whole file.
    """
    match = RANGE.fullmatch(request.headers.get("Range", ""))
    if match is None or request.headers.get("If-Range", etag) != etag:
        return None
    first, last = match.groups()
    if not first:
        return (max(0, size - int(last)), size - 1) if last and int(last) else None
    if last and int(last) < int(first):
        return None
    start = int(first)
    end = min(int(last), size - 1) if last else size - 1
    return (start, end) if start < size else (1, 0)


def pieces(file: BinaryIO, start: int, end: int) -> Iterator[bytes]:
    with file:
        file.seek(start)
        left = end - start + 1
        while left > 0 and (piece := file.read(min(PIECE, left))):
            left -= len(piece)
            yield piece


@require_safe
def llms(request: HtmxHttpRequest) -> HttpResponse:
    """What the register is and where its data lie, for programs that read plain text."""
    context = {
        "site": request.build_absolute_uri("/").rstrip("/"),
        "definitions": registry.current(),
        "formats": EXPORTS,
    }
    return render(request, "catalog/llms.txt", context, content_type="text/markdown; charset=utf-8")
