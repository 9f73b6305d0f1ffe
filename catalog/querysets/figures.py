"""Figures over the whole register, counted by PostgreSQL: one query each.

Every function counts published systems only. A year of None stands for systems
of which no day of release is on record.
"""

from collections import Counter

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Substr

from catalog.models import AISystem, Evaluation, SystemMaker
from catalog.querysets.records import VERDICT_WORD
from definitions.vocabulary import STRIP_KINDS, CellState, OrganizationKind

type Year = int | None

LETTERS = {CellState.OPEN: "o", CellState.LIMITED: "l"}


def verdicts_by_year() -> dict[str, Counter[tuple[Year, str]]]:
    """Per definition: how many systems of a year have which status or quarter of a score."""
    rows = (
        Evaluation.objects.filter(system__is_published=True)
        .order_by()
        .annotate(word=VERDICT_WORD)
        .values_list("definition_id", "system__released_year", "word")
        .annotate(total=Count("pk"))
    )
    found: dict[str, Counter[tuple[Year, str]]] = {}
    for definition, year, status, total in rows:
        found.setdefault(definition, Counter())[year, status] = total
    return found


def components_by_year() -> tuple[Counter[Year], Counter[tuple[str, Year, CellState]]]:
    """Systems per year, and how many of them released each kind of component, open or limited."""
    cells = {f"cell_{place}": Substr("strip", place + 1, 1) for place in range(len(STRIP_KINDS))}
    counted = {
        f"{state.value}_{place}": Count("pk", filter=Q(**{f"cell_{place}": letter}))
        for place in range(len(STRIP_KINDS))
        for state, letter in LETTERS.items()
    }
    rows = (
        AISystem.objects.published()
        .order_by()
        .annotate(**cells)
        .values("released_year")
        .annotate(total=Count("pk"), **counted)
        .values("released_year", "total", *counted)
    )
    totals: Counter[Year] = Counter()
    found: Counter[tuple[str, Year, CellState]] = Counter()
    for row in rows:
        year = row["released_year"]
        totals[year] = row["total"]
        for place, kind in enumerate(STRIP_KINDS):
            for state in LETTERS:
                found[kind.value, year, state] = row[f"{state.value}_{place}"]
    return totals, found


def licences_by_year() -> Counter[tuple[Year, str]]:
    """How many systems of a year have their weights under which expression."""
    rows = (
        AISystem.objects.published()
        .order_by()
        .values_list("released_year", "weights_licence")
        .annotate(total=Count("pk"))
    )
    return Counter({(year, licence): total for year, licence, total in rows})


def verdicts_by_maker(definition_id: str) -> Counter[tuple[str, str]]:
    """By one definition: verdicts per kind of the first maker, as in ``verdicts_by_year``."""
    first = SystemMaker.objects.filter(system=OuterRef("system")).order_by("position", "id")
    rows = (
        Evaluation.objects.filter(definition_id=definition_id, system__is_published=True)
        .order_by()
        .annotate(kind=Subquery(first.values("organization__kind")[:1]), word=VERDICT_WORD)
        .values_list("kind", "word")
        .annotate(total=Count("pk"))
    )
    found: Counter[tuple[str, str]] = Counter()
    for kind, status, total in rows:
        found[kind or OrganizationKind.UNKNOWN.value, status] += total
    return found
