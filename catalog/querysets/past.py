"""Reads of the recorded history: rows as they stood at a moment, and how they changed.

Every tracked table has an events table that triggers fill. A row as it stood is
its last event at or before the moment, unless that event is its deletion.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import QuerySet

from catalog.querysets.base import FOLDED_NAME

if TYPE_CHECKING:
    from catalog.models import FactsDocument

type Events = QuerySet[Any]
"""Rows of a model that is made when the site starts: columns of a noun, and of the event."""

DELETED = "delete"
MOST_EVENTS = 2000
"""Events of one table that a history page reads."""


def end_of(day: dt.date) -> dt.datetime:
    """The last moment of a day, in UTC."""
    return dt.datetime.combine(day, dt.time.max, tzinfo=dt.UTC)


def events_of(model: type[models.Model]) -> Events:
    """The events of a tracked model."""
    events: Events = model.pgh_event_model._default_manager.all()  # type: ignore[attr-defined]
    return events


def as_of(events: Events, moment: dt.datetime) -> Events:
    """Of these events, the one that tells how each row stood at the moment."""
    last = (
        events.filter(pgh_created_at__lte=moment)
        .order_by("pgh_obj_id", "-pgh_created_at", "-pgh_id")
        .distinct("pgh_obj_id")
        .values("pgh_id")
    )
    rows: Events = events.model._default_manager.filter(pgh_id__in=last)
    return rows.exclude(pgh_label=DELETED)


def systems_as_of(
    moment: dt.datetime, *, name: str = "", definition: str = "", status: str = ""
) -> Events:
    """Published systems as they stood, by name; a status goes with its definition."""
    from catalog.models import AISystem, Evaluation  # noqa: PLC0415

    systems = as_of(events_of(AISystem), moment).filter(is_published=True)
    if name:
        systems = systems.filter(name__icontains=name)
    if definition and status:
        verdicts = as_of(events_of(Evaluation).filter(definition_id=definition), moment)
        systems = systems.filter(pgh_obj_id__in=verdicts.filter(status=status).values("system_id"))
    return systems.order_by(FOLDED_NAME, "pgh_obj_id")


def verdicts_as_of(moment: dt.datetime, systems: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Per system and definition, the verdict as it stood. One query."""
    from catalog.models import Evaluation  # noqa: PLC0415

    rows = as_of(events_of(Evaluation).filter(system_id__in=list(systems)), moment)
    found: dict[int, dict[str, Any]] = {}
    for row in rows:
        found.setdefault(row.system_id, {})[row.definition_id] = row
    return found


def facts_as_of(moment: dt.datetime, systems: Iterable[int]) -> dict[int, "FactsDocument"]:
    """Per system, the document of its facts at the moment; none where none was kept yet.

    One query.
    """
    from catalog.models import FactsDocument  # noqa: PLC0415

    rows = FactsDocument.objects.filter(system__in=list(systems), recorded_at__lte=moment)
    last = rows.order_by("system_id", "-recorded_at").distinct("system_id")
    return {row.system_id: row for row in last}


def events_of_system(
    systems: Iterable[int], tables: Mapping[str, type[models.Model]]
) -> list[dict[str, object]]:
    """Every event of the rows of an entry, and of those merged into it. One query per table."""
    pks = list(systems)
    found: list[dict[str, object]] = []
    for name, model in tables.items():
        rows = events_of(model).filter(system_id__in=pks).order_by("pgh_created_at", "pgh_id")
        found += [{"table": name, **row} for row in rows.values()[:MOST_EVENTS]]
    return sorted(found, key=lambda row: (row["pgh_created_at"], row["pgh_id"]))
