"""The API for people: its description as a page, and as the document for programs."""

import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from catalog.api.interface import document
from catalog.pages.views.common import HtmxHttpRequest, cached_by_catalogue, page


@require_safe
@cached_by_catalogue
def openapi(request: HtmxHttpRequest) -> HttpResponse:
    """OpenAPI 3.1."""
    return JsonResponse(document(), json_dumps_params={"ensure_ascii": False, "indent": 1})


type Schema = Mapping[str, Any]
"""A piece of the description, as OpenAPI nests it."""


def operations(description: Schema) -> list[dict[str, object]]:
    """What the page shows of each operation, in the document's order."""
    found = []
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            body = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
            found.append(
                {
                    "id": operation["operationId"],
                    "method": method.upper(),
                    "path": path,
                    "summary": operation["summary"],
                    "text": operation.get("description", ""),
                    "parameters": [described(item) for item in operation["parameters"]],
                    "answers": {
                        status: answer["description"]
                        for status, answer in operation["responses"].items()
                    },
                    "example": json.dumps(body["example"], indent=2) if body else "",
                    "address": path if method == "get" and can_be_tried(path, operation) else "",
                }
            )
    return found


def can_be_tried(path: str, operation: Schema) -> bool:
    """Whether the address answers as it stands: it takes no word, and needs no parameter."""
    return "{" not in path and not any(item.get("required") for item in operation["parameters"])


def described(parameter: Schema) -> dict[str, object]:
    """A parameter: its name, what it means, and the words that it takes where they are few."""
    schema = parameter["schema"]
    return {
        "name": parameter["name"],
        "text": parameter.get("description", ""),
        "words": schema.get("items", schema).get("enum", []),
    }


@require_safe
@cached_by_catalogue
def docs(request: HtmxHttpRequest) -> HttpResponse:
    """How to use the API, written from its own description."""
    context = {
        "operations": operations(document()),
        "base": request.build_absolute_uri("/api/v1/"),
        "openapi": reverse("openapi"),
    }
    return page(request, "catalog/api.html", context)
