"""What changed: the stream, its feeds, an entry's history, and the register on an earlier day."""

import datetime as dt
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog.evaluation.explanations import Explanations
from catalog.listing.filters import AsOfForm, ChangeFilter, DecisionFilter, SystemFilter
from catalog.models import (
    AISystem,
    Claim,
    Component,
    DataInformation,
    Derivation,
    Organization,
    Ruling,
    SubmissionEvent,
    SystemFact,
    TrainingData,
    UsageInformation,
    VerdictChange,
)
from catalog.pages.presenters import entry, past, strip, verdicts
from catalog.pages.presenters.changes import Change, change_rows
from catalog.pages.presenters.decisions import Decision, counts, decision_rows
from catalog.pages.views.atom import Feed
from catalog.pages.views.common import HtmxHttpRequest, cached_by_catalogue, list_page, page
from catalog.pages.views.definitions import get_definition
from catalog.pages.views.tables import refuse
from catalog.querysets import SubmissionEventQuerySet, VerdictChangeQuerySet
from catalog.querysets.past import (
    as_of,
    end_of,
    events_of,
    events_of_system,
    facts_as_of,
    systems_as_of,
    verdicts_as_of,
)
from definitions import registry

IN_A_FEED = 50

FACT_TABLES = {
    "component": Component,
    "training data": TrainingData,
    "data information": DataInformation,
    "usage information": UsageInformation,
    "fact": SystemFact,
    "derivation": Derivation,
    "claim": Claim,
    "ruling": Ruling,
}


@require_safe
@cached_by_catalogue
def change_list(request: HtmxHttpRequest) -> HttpResponse:
    """Every change of a verdict and every new entry, the newest first."""
    listing = ChangeFilter(request.GET, queryset=VerdictChange.objects.all())
    results = list_page(request, listing.qs.for_list(), size=50)
    context = {"filter": listing, "results": results, "changes": change_rows(results.rows)}
    return page(request, "catalog/change_list.html", context)


@require_safe
@cached_by_catalogue
def decision_list(request: HtmxHttpRequest) -> HttpResponse:
    """Every decision on what was sent in, the newest first, and how many of each there are."""
    decided = SubmissionEvent.objects.decisions()
    listing = DecisionFilter(request.GET, queryset=decided)
    results = list_page(request, listing.qs.for_list(), size=50)
    context = {
        "filter": listing,
        "results": results,
        "decisions": decision_rows(results.rows),
        "counts": counts(decided.by_result()),
    }
    return page(request, "catalog/decision_list.html", context)


# --- feeds -----------------------------------------------------------------------------------


def feed(
    request: HtmxHttpRequest,
    title: str,
    link: str,
    changes: VerdictChangeQuerySet,
    decisions: SubmissionEventQuerySet | None = None,
) -> HttpResponse:
    """The newest changes, and decisions where asked for, as an Atom feed. At most two queries."""
    atom = Feed(
        title=title,
        link=request.build_absolute_uri(link),
        feed_url=request.build_absolute_uri(),
        language="en-GB",
        author_name="Glassbox",
    )
    found: list[Change | Decision] = [*change_rows(changes.for_list()[:IN_A_FEED])]
    if decisions is not None:
        found += decision_rows(decisions.for_list()[:IN_A_FEED])
    for item in sorted(found, key=lambda item: item.happened_at, reverse=True)[:IN_A_FEED]:
        if isinstance(item, Decision):
            add_decision(request, atom, item)
        else:
            add_entry(request, atom, item)
    text = atom.writeString("utf-8")
    return HttpResponse(text, content_type="application/atom+xml; charset=utf-8")


def add_entry(request: HtmxHttpRequest, atom: Feed, change: Change) -> None:
    system = change.system
    if change.definition:
        link = reverse("catalog:verdict", args=[system.slug, change.definition.id])
        title = f"{system.name}, {change.definition.short_title}: {change.label}"
    else:
        link = reverse("catalog:system", args=[system.slug])
        title = f"{system.name}: {change.cause_label.lower()}"
    address = request.build_absolute_uri(link)
    key = f"{address}#change-{change.id}"
    atom.add(title=title, text=change.sentence, link=address, key=key, when=change.happened_at)


def add_decision(request: HtmxHttpRequest, atom: Feed, decision: Decision) -> None:
    system = decision.system
    link = reverse("catalog:system_history", args=[system.slug]) if system else decisions_page()
    address = request.build_absolute_uri(link)
    atom.add(
        title=f"{system.name}: {decision.words}" if system else decision.words,
        text=decision.sentence,
        link=address,
        key=request.build_absolute_uri(f"{decisions_page()}#decision-{decision.id}"),
        when=decision.happened_at,
    )


def decisions_page() -> str:
    return reverse("catalog:decisions")


@require_safe
@cached_by_catalogue
def feed_decisions(request: HtmxHttpRequest) -> HttpResponse:
    """All decisions on what was sent in, as an Atom feed."""
    title = _("Glassbox: what editors decided")
    nothing = VerdictChange.objects.none()
    return feed(request, title, decisions_page(), nothing, SubmissionEvent.objects.decisions())


@require_safe
@cached_by_catalogue
def feed_all(request: HtmxHttpRequest) -> HttpResponse:
    """All changes as an Atom feed."""
    title = _("Glassbox: what changed")
    return feed(request, title, reverse("catalog:changes"), VerdictChange.objects.all())


@require_safe
@cached_by_catalogue
def feed_systems(request: HtmxHttpRequest) -> HttpResponse:
    """The changes of the systems that the list shows with these filters, as an Atom feed.

    400 where a filter has a value that does not fit, as for the other files of the list.
    """
    listing = SystemFilter(request.GET, AISystem.objects.published())
    if listing.errors:
        return refuse(listing.errors, "atom")
    chosen = listing.qs.order_by().values("pk")
    query = request.GET.urlencode()
    title = _("Glassbox: a selection of systems") if query else _("Glassbox: all systems")
    link = reverse("catalog:systems") + (f"?{query}" if query else "")
    return feed(request, title, link, VerdictChange.objects.filter(system__in=chosen))


@require_safe
@cached_by_catalogue
def feed_system(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    """The changes of one system, and the decisions on it, as an Atom feed."""
    system = get_object_or_404(AISystem.objects.published().only("id", "name"), slug=slug)
    changes = VerdictChange.objects.filter(system=system)
    decisions = SubmissionEvent.objects.on_systems([system.pk, *merged_into(system)])
    return feed(request, system.name, reverse("catalog:system", args=[slug]), changes, decisions)


@require_safe
@cached_by_catalogue
def feed_definition(request: HtmxHttpRequest, identifier: str) -> HttpResponse:
    """The changes by one definition as an Atom feed."""
    definition = get_definition(identifier)
    changes = VerdictChange.objects.filter(definition_id=identifier)
    link = reverse("catalog:definition", args=[identifier])
    return feed(request, f"{definition.title} {definition.version}", link, changes)


@require_safe
@cached_by_catalogue
def feed_organization(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    """The changes of one maker's systems as an Atom feed."""
    maker = get_object_or_404(Organization.objects.only("id", "name"), slug=slug)
    changes = VerdictChange.objects.filter(system__makers__organization=maker)
    return feed(request, maker.name, reverse("catalog:organisation", args=[slug]), changes)


# --- the past --------------------------------------------------------------------------------


@require_safe
@cached_by_catalogue
def system_history(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    """All changes of an entry, and the entry as it was on a day (``on``)."""
    system = get_object_or_404(AISystem.objects.published().defer("search"), slug=slug)
    asked = AsOfForm(request.GET) if request.GET.get("on") else None
    day = asked.cleaned_data["on"] if asked and asked.is_valid() else None
    changes = VerdictChange.objects.filter(system=system).for_list()
    entries = [system.pk, *merged_into(system)]
    events = events_of_system(entries, FACT_TABLES)
    context = {
        "system": system,
        "form": asked or AsOfForm({"on": timezone.localdate().isoformat()}),
        "day": day,
        "past": standing(system, end_of(day)) if day else None,
        "changes": change_rows(changes[:200]),
        "moments": past.moments(events),
        "decisions": decision_rows(SubmissionEvent.objects.on_systems(entries).for_list()[:100]),
    }
    return page(request, "catalog/system_history.html", context)


def merged_into(system: AISystem) -> list[int]:
    """The entries that are part of this one today. One query."""
    return list(AISystem.objects.filter(merged_into=system).values_list("pk", flat=True))


def standing(system: AISystem, moment: dt.datetime) -> dict[str, Any] | None:
    """An entry as it was at a moment; None before it was in the register. Four queries."""
    row = as_of(events_of(AISystem).filter(pgh_obj_id=system.pk), moment).first()
    if row is None:
        return None
    components = list(
        as_of(events_of(Component).filter(system_id=system.pk), moment).order_by("kind")
    )
    found = verdicts_as_of(moment, [system.pk]).get(system.pk, {})
    documents = facts_as_of(moment, [system.pk])
    explain = Explanations.of_document(documents.get(system.pk)).verdict
    cells = verdicts.cells(found.values())
    return {
        "system": row,
        "standing": past.standings(documents).get(system.pk),
        "strip_groups": strip.large(row.strip, {}),
        "cells": [(cell, explain(cell.definition) if cell.evaluation else None) for cell in cells],
        "groups": [group for group in entry.component_groups(components) if group.rows],
    }


@require_safe
@cached_by_catalogue
def as_of_list(request: HtmxHttpRequest) -> HttpResponse:
    """The systems list as it was on a day. Five queries."""
    data = request.GET if request.GET.get("on") else {"on": timezone.localdate().isoformat()}
    form = AsOfForm(data)
    context: dict[str, Any] = {"form": form, "definitions": registry.current()}
    if form.is_valid():
        asked = form.cleaned_data
        moment = end_of(asked["on"])
        systems = systems_as_of(
            moment, name=asked["q"], definition=asked["definition"], status=asked["status"]
        )
        results = list_page(request, systems)
        pks = [row.pgh_obj_id for row in results.rows]
        told = verdicts_as_of(moment, pks)
        checked = past.standings(facts_as_of(moment, pks))
        cells = {pk: verdicts.cells(told.get(pk, {}).values()) for pk in pks}
        rows = [(row, checked.get(row.pgh_obj_id), cells[row.pgh_obj_id]) for row in results.rows]
        context |= {"day": asked["on"], "results": results, "rows": rows}
    return page(request, "catalog/as_of.html", context)
