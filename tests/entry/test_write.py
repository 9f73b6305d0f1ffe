"""The one way to make stored rows the wanted ones."""

import pytest
from pytest_django import DjangoAssertNumQueries

from catalog.entry.parts import COMPONENTS
from catalog.entry.shape import Columns, Key
from catalog.entry.write import Changes, Hand, hand_of, write, write_links
from catalog.models import AISystem, Component
from tests.factories import make_component, make_organization, make_system

pytestmark = pytest.mark.django_db

PROOF: Columns = {"evidence_url": "https://example.org/e"}


def run(system: AISystem, wanted: dict[str, str], hand: Hand) -> Changes[Component]:
    """Make these the components, each with its availability."""
    like = make_component(system=make_system(slug="other"), kind="evaluation_code")
    proof = {"source_id": like.source_id, "checked_on": like.checked_on}
    rows: dict[Key, Columns] = {
        (system.pk, kind): COMPONENTS.full({**PROOF, **proof, "availability": value})
        for kind, value in wanted.items()
    }
    return write(Component, rows, system.components.all(), hand=hand)


@pytest.fixture
def system() -> AISystem:
    system = make_system(slug="mine")
    for kind, author in (
        ("training_code", "import:osai"),
        ("inference_code", "fixtures"),
        ("weights_final", "editor:ann"),
    ):
        make_component(system=system, kind=kind, recorded_by=author)
    return system


@pytest.mark.parametrize(
    ("hand", "deleted", "left"),
    [
        (Hand.REGISTER, {"training_code"}, {"inference_code", "weights_final"}),
        (Hand.FILE, {"inference_code"}, {"training_code", "weights_final"}),
        (Hand.PERSON, {"inference_code", "weights_final"}, {"training_code"}),
    ],
)
def test_a_hand_takes_away_its_own_rows_and_those_below_it_but_no_register_s(
    system: AISystem, hand: Hand, deleted: set[str], left: set[str]
) -> None:
    changes = run(system, {}, hand)

    assert {row.kind for row in changes.deleted} == deleted
    assert {row.kind for row in changes.left} == left
    assert set(system.components.values_list("kind", flat=True)) == left


@pytest.mark.parametrize(
    ("hand", "changed"),
    [
        (Hand.REGISTER, ["training_code"]),
        (Hand.FILE, ["training_code", "inference_code"]),
        (Hand.PERSON, ["training_code", "inference_code", "weights_final"]),
    ],
)
def test_nobody_overwrites_a_hand_that_counts_more(
    system: AISystem, hand: Hand, changed: list[str]
) -> None:
    kinds = ["training_code", "inference_code", "weights_final"]
    changes = run(system, dict.fromkeys(kinds, "gated_auto"), hand)

    assert [row.kind for row in changes.updated] == changed
    assert len(changes.kept) == 3 - len(changed)


def test_rows_that_are_right_already_cost_one_read_and_no_write(
    system: AISystem, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    rows: dict[Key, Columns] = {
        (row.system_id, row.kind): COMPONENTS.columns_of(row) for row in system.components.all()
    }
    with django_assert_num_queries(1):
        changes = write(Component, rows, system.components.all(), hand=Hand.PERSON)

    assert changes.count == 0


def test_makers_keep_the_order_in_which_they_are_wanted() -> None:
    system = make_system(slug="mine")
    first, second = make_organization(slug="first"), make_organization(slug="second")
    for wanted in ([first.pk, second.pk], [second.pk, first.pk], [second.pk]):
        assert write_links(AISystem, "organizations", {system.pk: wanted}).count
        assert list(system.makers.values_list("organization", flat=True)) == wanted
    assert write_links(AISystem, "organizations", {system.pk: [second.pk]}).count == 0


def test_a_row_without_a_note_of_its_writer_is_the_files_own() -> None:
    assert hand_of(Component(recorded_by="")) is Hand.FILE
    assert hand_of(Component(recorded_by="submission:4")) is Hand.PERSON
