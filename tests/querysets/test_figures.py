"""Figures over the whole register: counted by hand here, by PostgreSQL there."""

from collections import Counter
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import AISystem, Evaluation, Organization
from catalog.querysets import figures
from definitions import registry
from definitions.vocabulary import STRIP_KINDS, CellState, Status
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.once]

STRIP = "u" * len(STRIP_KINDS)
ALL_FIGURES: list[Callable[[], object]] = [
    figures.verdicts_by_year,
    figures.components_by_year,
    figures.licences_by_year,
    lambda: figures.verdicts_by_maker("osaid-1.0"),
]


def strip_with(**letters: str) -> str:
    """A strip of unknowns but for the kinds named, each with its letter."""
    return "".join(letters.get(kind.value, "u") for kind in STRIP_KINDS)


def system(slug: str, *, year: int | None, kind: str = "", maker: str = "", **derived: str) -> None:
    """One system; what services derive is set by hand, so that the count is known."""
    maker = maker or f"maker-of-{slug}"
    make.make_system(slug=slug, organizations=[maker], release_date=f"{year}-05-01" if year else "")
    AISystem.objects.filter(slug=slug).update(**derived)
    if kind:
        Organization.objects.filter(slug=maker).update(kind=kind)


def judge(slug: str, definition: str, **values: object) -> None:
    """The verdict on one system, set by hand."""
    row = Evaluation.objects.filter(system__slug=slug, definition_id=definition)
    assert row.update(**values) == 1


def hide(slug: str) -> None:
    AISystem.objects.filter(slug=slug).update(is_published=False)


def test_an_empty_register_has_no_figures():
    assert figures.verdicts_by_year() == {}
    assert figures.components_by_year() == (Counter(), Counter())
    assert figures.licences_by_year() == Counter()
    assert figures.verdicts_by_maker("osaid-1.0") == Counter()


def test_verdicts_are_counted_per_definition_year_and_status():
    for slug, year, status in (
        ("a", 2023, Status.MET),
        ("b", 2023, Status.MET),
        ("c", 2023, Status.NOT_MET),
        ("d", 2024, Status.NEEDS_JUDGEMENT),
        ("e", None, Status.UNKNOWN),
        ("hidden", 2023, Status.MET),
    ):
        system(slug, year=year)
        judge(slug, "osaid-1.0", status=status.value)
    hide("hidden")

    found = figures.verdicts_by_year()
    assert found["osaid-1.0"] == {
        (2023, "met"): 2,
        (2023, "not_met"): 1,
        (2024, "needs_judgement"): 1,
        (None, "unknown"): 1,
    }
    for definition in registry.current():
        assert found[definition.id].total() == 5, definition.id


def test_scores_are_counted_by_their_quarter_and_its_lower_bound_belongs_to_it():
    scores = (0.0, 0.2499, 0.25, 0.5, 0.75, 1.0)
    for number, score in enumerate(scores):
        system(f"s-{number}", year=2024)
        judge(f"s-{number}", "osai-2026", score=score)

    assert figures.verdicts_by_year()["osai-2026"] == {
        (2024, "0"): 2,
        (2024, "25"): 1,
        (2024, "50"): 1,
        (2024, "75"): 2,
    }


def test_components_are_counted_open_and_limited_per_year():
    system("a", year=2023, strip=strip_with(weights_final="o", training_code="l"))
    system("b", year=2023, strip=strip_with(weights_final="l", training_code="c"))
    system("c", year=None, strip=strip_with(weights_final="o", training_code="n"))
    system("hidden", year=2023, strip="o" * len(STRIP_KINDS))
    hide("hidden")

    totals, found = figures.components_by_year()
    assert totals == {2023: 2, None: 1}
    assert {key: number for key, number in found.items() if number} == {
        ("weights_final", 2023, CellState.OPEN): 1,
        ("weights_final", 2023, CellState.LIMITED): 1,
        ("training_code", 2023, CellState.LIMITED): 1,
        ("weights_final", None, CellState.OPEN): 1,
    }


@pytest.mark.parametrize("place", range(len(STRIP_KINDS)))
def test_every_place_of_the_strip_is_counted_under_its_own_kind(place: int):
    system("one", year=2024, strip=STRIP[:place] + "o" + STRIP[place + 1 :])

    _, found = figures.components_by_year()
    assert [kind for (kind, _, _), number in found.items() if number] == [STRIP_KINDS[place].value]


def test_licences_are_counted_per_year_and_none_on_record_is_kept():
    system("a", year=2023, weights_licence="MIT")
    system("b", year=2023, weights_licence="MIT")
    system("c", year=2024, weights_licence="MIT")
    system("d", year=2023)
    system("e", year=None, weights_licence="Apache-2.0")
    system("hidden", year=2023, weights_licence="MIT")
    hide("hidden")

    assert figures.licences_by_year() == {
        (2023, "MIT"): 2,
        (2024, "MIT"): 1,
        (2023, ""): 1,
        (None, "Apache-2.0"): 1,
    }


def test_a_system_of_two_makers_is_counted_once_under_the_first():
    make.make_organization(slug="firm")
    make.make_organization(slug="lab")
    Organization.objects.filter(slug="firm").update(kind="company")
    Organization.objects.filter(slug="lab").update(kind="non_profit")
    make.make_system(slug="both", organizations=["lab", "firm"])
    make.make_system(slug="turned", organizations=["firm", "lab"])
    judge("both", "osaid-1.0", status="met")
    judge("turned", "osaid-1.0", status="not_met")

    assert figures.verdicts_by_maker("osaid-1.0") == {
        ("non_profit", "met"): 1,
        ("company", "not_met"): 1,
    }


def test_makers_are_counted_for_the_definition_asked_for_and_published_systems_alone():
    system("a", year=2024, kind="company")
    system("hidden", year=2024, kind="company")
    judge("a", "osaid-1.0", status="not_met")
    judge("a", "owd-0.3", status="met")
    hide("hidden")

    assert figures.verdicts_by_maker("osaid-1.0") == {("company", "not_met"): 1}
    assert figures.verdicts_by_maker("owd-0.3") == {("company", "met"): 1}
    assert figures.verdicts_by_maker("nothing-1.0") == {}


def test_a_system_without_a_maker_is_counted_with_makers_of_unknown_kind():
    make.make_system(slug="orphan", organizations=[])
    system("a", year=2024, kind="unknown")
    for slug in ("orphan", "a"):
        judge(slug, "osaid-1.0", status="unknown")

    assert figures.verdicts_by_maker("osaid-1.0") == {("unknown", "unknown"): 2}


@pytest.mark.parametrize("figure", ALL_FIGURES)
def test_each_figure_is_one_query_for_three_systems_and_for_thirty(figure: Callable[[], object]):
    found = []
    for start, end in ((0, 3), (3, 30)):
        for number in range(start, end):
            system(
                f"s-{number}",
                year=2018 + number % 8 if number % 5 else None,
                maker=f"maker-{number % 7}",
                weights_licence=f"L-{number % 12}",
            )
        with CaptureQueriesContext(connection) as queries:
            figure()
        found.append(len(queries))
    assert found == [1, 1]
