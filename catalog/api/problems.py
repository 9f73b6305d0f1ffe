"""Errors as Problem Details (RFC 9457): one shape for everything that goes wrong."""

from django.http import HttpResponse, JsonResponse

CONTENT_TYPE = "application/problem+json"

TITLES = {
    400: "The request cannot be understood",
    404: "There is no such thing",
    405: "This method is not offered here",
    413: "The document is too large",
    422: "The document does not follow the schema",
    429: "Too many requests",
    500: "The register made a mistake",
}


class ProblemError(Exception):
    """Ends a request with this problem."""

    def __init__(self, status: int, detail: str, **more: object) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.more = more


def problem(status: int, detail: str = "", **more: object) -> HttpResponse:
    """A problem document; ``more`` are members of its own, such as ``errors``."""
    document = {
        "type": "about:blank",
        "title": TITLES.get(status, "The request failed"),
        "status": status,
        "detail": detail or TITLES.get(status, ""),
        **more,
    }
    return JsonResponse(document, status=status, content_type=CONTENT_TYPE)
