"""What a request to judge a facts document asks for."""

from django.http import HttpRequest

from catalog.api.parameters import parameter
from catalog.api.problems import ProblemError
from definitions import registry
from definitions.core import Definition
from definitions.facts import Facts
from definitions.readers import facts_json
from definitions.readers.values import LARGEST_NUMBER, number_or

LARGEST_DOCUMENT = 1_000_000
"""Bytes of a facts document."""

EVALUATE = {
    "parameters": [
        parameter(
            "definition",
            "Only these definitions; all without it.",
            {
                "type": "array",
                "items": {"type": "string", "enum": [d.id for d in registry.DEFINITIONS]},
            },
            explode=True,
            style="form",
        ),
        parameter(
            "licences",
            "Whose facts count for licences that the document does not describe.",
            {"type": "string", "enum": ["register", "document"], "default": "register"},
        ),
    ],
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {"$ref": "#/components/schemas/Facts"},
                "example": {
                    "schema": "glassbox-facts/1",
                    "system": {"slug": "my-model", "name": "My model"},
                    "components": {
                        "weights_final": {
                            "availability": "open_download",
                            "licence": "Apache-2.0",
                            "licence_status": "stated",
                        }
                    },
                },
            }
        },
    },
}
"""How the operation is described."""


def own_licences_alone(request: HttpRequest) -> bool:
    """Whether nothing is to be filled in; a problem for a word that is not offered."""
    word = request.GET.get("licences", "register")
    if word not in ("register", "document"):
        message = f"“{word[:20]}” is neither “register” nor “document”."
        raise ProblemError(400, message, errors=[{"parameter": "licences", "message": message}])
    return word == "document"


def chosen_definitions(names: list[str]) -> list[Definition]:
    """The definitions of these ids, all for none; a problem for an id that is not known."""
    known = {item.id: item for item in registry.DEFINITIONS}
    missing = [name[:100] for name in names if name not in known]
    if missing:
        message = f"There is no definition “{missing[0]}”."
        raise ProblemError(400, message, errors=[{"parameter": "definition", "message": message}])
    return [known[name] for name in dict.fromkeys(names)] or list(registry.DEFINITIONS)


def facts_in(request: HttpRequest) -> Facts:
    """The facts document of a request; a problem that names the place where it is wrong."""
    length = number_or(request.META.get("CONTENT_LENGTH") or "0", None, high=LARGEST_NUMBER)
    if length is None:
        raise ProblemError(400, "The length of the document is no number.")
    if length > LARGEST_DOCUMENT:
        raise ProblemError(413, f"A facts document has at most {LARGEST_DOCUMENT:,} bytes.")
    found = facts_json.read(request.body)
    if found.facts is not None:
        return found.facts
    fault = found.fault
    if fault.code == facts_json.NOT_JSON:
        raise ProblemError(400, "The body is not a JSON document.")
    message = f"{fault.path}: {fault.message}"
    raise ProblemError(422, message, errors=[{"path": fault.path, "message": message}])
