"""Live parts of the learn pages: small tables of today's figures. One query each."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse

from catalog.models import AISystem, Claim, Evaluation, TrainingData
from definitions import registry
from definitions.claims import ClaimResult
from definitions.vocabulary import DataClass, Status

MOST_LICENCES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """A table: its title, its columns, its rows, and the page that shows more."""

    title: str
    columns: list[str]
    rows: list[tuple[str, list[int]]]
    more: str


def definition_shares() -> Figures:
    """Per definition that says yes or no: how many systems have which status."""
    counts = Evaluation.objects.counts()
    shown = (Status.MET, Status.NOT_MET, Status.NEEDS_JUDGEMENT, Status.UNKNOWN)
    rows = [
        (item.short_title, [counts.get(item.id, {}).get(status.value, 0) for status in shown])
        for item in registry.current()
        if any(status.value in counts.get(item.id, {}) for status in shown)
    ]
    return Figures(
        title="Systems in this register, by definition",
        columns=[status.label for status in shown],
        rows=rows,
        more=reverse("catalog:charts"),
    )


def claims() -> Figures:
    """How many of the makers' claims hold."""
    counts = Claim.objects.results()
    return Figures(
        title="Claims of makers in this register",
        columns=["Claims"],
        rows=[(result.label, [counts.get(result.value, 0)]) for result in ClaimResult],
        more=reverse("catalog:claims"),
    )


def data_classes() -> Figures:
    """How the uses of datasets fall into the classes of data."""
    found = TrainingData.objects.filter(system__is_published=True).order_by()
    counts = dict(found.values_list("data_class").annotate(n=Count("pk")))
    return Figures(
        title="Uses of datasets in this register, by class of data",
        columns=["Uses"],
        rows=[(item.label, [counts.get(item.value, 0)]) for item in DataClass],
        more=reverse("catalog:datasets"),
    )


def licences_of_weights() -> Figures:
    """The most frequent licences of weights."""
    systems = AISystem.objects.published().exclude(weights_licence="").order_by()
    counts = systems.values_list("weights_licence").annotate(n=Count("pk"))
    return Figures(
        title="The most frequent licences of weights in this register",
        columns=["Systems"],
        rows=[(name, [n]) for name, n in counts.order_by("-n", "weights_licence")[:MOST_LICENCES]],
        more=reverse("catalog:licences"),
    )


LIVE: dict[str, Callable[[], Figures]] = {
    "definition-shares": definition_shares,
    "claims": claims,
    "data-classes": data_classes,
    "licences-of-weights": licences_of_weights,
}
