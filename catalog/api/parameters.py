"""Parameters of lists as OpenAPI describes them: the filters of the pages, and the cursor."""

import base64
import binascii
from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django_filters import FilterSet

from catalog.api.problems import ProblemError
from catalog.listing import facets
from catalog.listing.unknown_parameters import strangers
from definitions import registry
from definitions.readers.values import LARGEST_NUMBER, Number, Reader, UnreadableError, number_or
from definitions.vocabulary import Status

LARGEST_PAGE = 100
USUAL_PAGE = 25
SHOWN_VALUES = 60


def parameter(
    name: str, description: str, schema: dict[str, object], **more: object
) -> dict[str, object]:
    """A query parameter as OpenAPI has it."""
    return {"name": name, "in": "query", "description": description, "schema": schema} | more


CURSOR = parameter(
    "cursor", "Where the page begins: taken from `next`, never made up.", {"type": "string"}
)
LIMIT = parameter(
    "limit",
    "How many items a page has at most.",
    {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE, "default": USUAL_PAGE},
)
AS_OF = parameter(
    "as-of",
    "How it was at the end of this day (UTC), as far back as the register's history goes.",
    {"type": "string", "format": "date"},
)
OF_THE_PAST = [
    AS_OF,
    parameter(
        "definition",
        "With `as-of`: the definition that `status` is about.",
        {"type": "string", "enum": [definition.id for definition in registry.DEFINITIONS]},
    ),
    parameter(
        "status",
        "With `as-of` and `definition`: its verdict then.",
        {"type": "string", "enum": [status.value for status in Status]},
    ),
]
SEARCH = parameter("q", "Words to search for.", {"type": "string", "maxLength": 200})


def facet_parameters() -> list[dict[str, object]]:
    """Every filter of the systems page; given several times, any of the values may hold."""
    found = []
    for facet in facets.build():
        item: dict[str, object] = {"type": "string"}
        if facet.closed and facet.words:
            item["enum"] = list(facet.words)[:SHOWN_VALUES]
        description = f"{facet.label}. Several values: any of them may hold."
        schema = {"type": "array", "items": item, "maxItems": 50}
        found.append(parameter(facet.key, description, schema, explode=True, style="form"))
    return found


def value_of[Value](
    request: HttpRequest, name: str, reader: Reader[Value], usual: str = ""
) -> Value:
    """The value of a parameter; a problem with the reader's reason where it is none."""
    try:
        return reader(request.GET.get(name, usual))
    except UnreadableError as error:
        problem = {"parameter": name, "message": str(error)}
        raise ProblemError(400, str(error), errors=[problem]) from None


def limit_of(request: HttpRequest) -> int:
    """The size of a page; a problem where it is no number from 1 to 100."""
    return value_of(request, "limit", Number(1, LARGEST_PAGE), str(USUAL_PAGE))


LONGEST_KEY = 500
"""Characters of a key in a cursor; no column that lists are ordered by holds more."""


def cursor_of(request: HttpRequest) -> str:
    """The key after which the page begins; empty for the first page."""
    text = request.GET.get("cursor", "")
    try:
        raw = base64.b64decode(text.encode("ascii"), altchars=b"-_", validate=True).decode()
    except (binascii.Error, UnicodeError, ValueError):
        raise strange_cursor() from None
    if len(raw) > LONGEST_KEY or not raw.isprintable():
        raise strange_cursor()
    return raw


def strange_cursor() -> ProblemError:
    message = "This cursor was not given out here; begin again without it."
    return ProblemError(400, message, errors=[{"parameter": "cursor", "message": message}])


def cursor(key: str) -> str:
    return base64.urlsafe_b64encode(key.encode()).decode()


def page_of[M: Model](
    request: HttpRequest,
    rows: QuerySet[M],
    field: str,
    answer: Callable[[M], Mapping[str, object]],
    *,
    down: bool = False,
    first: Callable[[list[M]], None] | None = None,
) -> dict[str, object]:
    """One page of rows in the order of a unique column, and the address of the next.

    Pages stay whole while rows are added or taken away: each begins after a key,
    not after a number of rows. ``first`` reads what belongs to the rows of a page at once.
    """
    size, after = limit_of(request), cursor_of(request)
    if after:
        if down and str(number_or(after, None, high=LARGEST_NUMBER)) != after:
            raise strange_cursor()
        rows = rows.filter(**{f"{field}__{'lt' if down else 'gt'}": after})
    found = list(rows.order_by(f"-{field}" if down else field)[: size + 1])
    following = None
    if len(found) > size:
        query = request.GET.copy()
        query["cursor"] = cursor(str(getattr(found[size - 1], field)))
        following = request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
    request.next_page = following  # type: ignore[attr-defined]
    if first is not None:
        first(found[:size])
    return {"items": [answer(row) for row in found[:size]], "next": following}


OF_PAGES = ("cursor", "limit")


def only(request: HttpRequest, *known: str) -> None:
    """A problem that names the parameters that nothing here reads, and what was meant."""
    found = strangers(request.GET, known)
    if found:
        errors = [{"parameter": item.name[:60], "message": item.message} for item in found]
        raise ProblemError(400, errors[0]["message"], errors=errors)


def cleaned(request: HttpRequest, filters: FilterSet) -> Any:
    """The rows of a FilterSet; a problem with each field's message where a value does not fit.

    A parameter that is none of the filters is a problem too: to leave it out in silence
    would answer another question.
    """
    only(request, *filters.filters, *OF_PAGES)
    if filters.errors:
        errors = [
            {"parameter": name, "message": " ".join(messages)}
            for name, messages in filters.errors.items()
        ]
        raise ProblemError(400, "Some parameters have values that do not fit.", errors=errors)
    return filters.qs


def one_of[Row: Model](rows: QuerySet[Row], noun: str, **key: str) -> Row:
    """The row with this key; a problem that names the noun and the key where there is none."""
    found = rows.filter(**key).first()
    if found is None:
        raise missing(noun, *key.values())
    return found


def missing(noun: str, identifier: str) -> ProblemError:
    """What to raise for an identifier that nothing bears."""
    return ProblemError(404, f"There is no {noun} “{identifier[:100]}”.")
