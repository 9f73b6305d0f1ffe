"""Systems as they were at the end of a day: what the history recorded, not what is worked out."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest

from catalog.api import parameters as p
from catalog.api.problems import ProblemError
from catalog.api.serialize import absolute, verdict_short
from catalog.listing.filters import AsOfForm
from catalog.models import AISystem
from catalog.querysets.past import (
    as_of,
    end_of,
    events_of,
    facts_as_of,
    systems_as_of,
    verdicts_as_of,
)
from definitions import tiers
from definitions.facts import Facts
from definitions.readers.dates import iso

PARAMETER = str(p.AS_OF["name"])
CHOICES = ("q", "definition", "status")
"""What a list of the past can be narrowed by."""


def is_asked(request: HttpRequest) -> bool:
    """Whether the request is about a day in the past."""
    return PARAMETER in request.GET


def choices(request: HttpRequest, *names: str) -> dict[str, Any]:
    """The day and the other choices of a request; a problem for each that does not fit."""
    form = AsOfForm({"on": request.GET[PARAMETER], **{n: request.GET.get(n, "") for n in names}})
    if not form.is_valid():
        errors = [
            {"parameter": PARAMETER if name == "on" else name, "message": str(messages[0])}
            for name, messages in form.errors.items()
        ]
        raise ProblemError(400, str(errors[0]["message"]), errors=errors)
    return form.cleaned_data


class Then:
    """Systems at the end of a day, as rows of their events; what hangs on them is read together.

    How far an entry was checked follows from its facts, so where none are kept of that day
    it is not said.
    """

    def __init__(self, request: HttpRequest, day: dt.date) -> None:
        self.request, self.day, self.moment = request, day, end_of(day)
        self.verdicts: dict[int, dict[str, Any]] = {}
        self.facts: dict[int, dict[str, object]] = {}

    def read(self, rows: Iterable[Any]) -> None:
        """Two queries: the verdicts and the facts of all these rows."""
        pks = [row.pgh_obj_id for row in rows]
        self.verdicts = verdicts_as_of(self.moment, pks)
        self.facts = {pk: row.document for pk, row in facts_as_of(self.moment, pks).items()}

    def row(self, row: Any) -> dict[str, object]:
        document = self.facts.get(row.pgh_obj_id)
        facts = Facts.from_json(document) if document else None
        entry = tiers.of_entry(facts) if facts else None
        business = tiers.of_business_use(facts) if facts else None
        verdicts = self.verdicts.get(row.pgh_obj_id, {})
        return {
            "as_of": self.day.isoformat(),
            **{name: getattr(row, name) for name in ("slug", "name", "version", "parameters")},
            "released": iso(row.released_on, row.released_precision),
            "modalities": row.modalities,
            "weights_licence": row.weights_licence,
            "commercial_use": row.commercial_use,
            "commercial_use_tier": business.tier.value if business else "",
            "commercial_use_recorded_by": list(business.recorded_by) if business else [],
            "strip": row.strip,
            "tier": entry.tier.value if entry else "",
            "recorded_by": list(entry.recorded_by) if entry else [],
            "verified_on": row.verified_on.isoformat() if row.verified_on else "",
            "verdicts": [
                verdict_short(found, entry) | {"since": found.status_since.isoformat()}
                for _, found in sorted(verdicts.items())
            ],
            "facts": document,
            "url": absolute(self.request, "system_history", row.slug)
            + f"?on={self.day.isoformat()}",
        }


def systems(request: HttpRequest) -> dict[str, object]:
    """A page of the systems that were published then. Three queries, whatever its size."""
    p.only(request, PARAMETER, *CHOICES, *p.OF_PAGES)
    asked = choices(request, *CHOICES)
    then = Then(request, asked["on"])
    found = systems_as_of(
        then.moment, name=asked["q"], definition=asked["definition"], status=asked["status"]
    )
    return p.page_of(request, found, "slug", then.row, first=then.read)


def system(request: HttpRequest, slug: str) -> dict[str, object]:
    """One system with the facts of that day; 404 where it was not in the register. Four queries."""
    p.only(request, PARAMETER)
    then = Then(request, choices(request)["on"])
    today = p.one_of(AISystem.objects.published().only("pk"), "system", slug=slug)
    row = as_of(events_of(AISystem).filter(pgh_obj_id=today.pk), then.moment).first()
    if row is None or not row.is_published:
        raise ProblemError(404, f"“{slug[:100]}” was not in the register on {then.day}.")
    then.read([row])
    return then.row(row)
