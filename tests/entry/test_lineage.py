"""No system descends from itself, whoever writes."""

import itertools
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from catalog.entry.lineage import circles_of, self_ancestors
from catalog.intake.files import LoadError, load_catalog
from catalog.intake.merge import MergeError, merge
from catalog.models import AISystem, Derivation
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def derive(system: AISystem, base: AISystem | None, name: str = "") -> Derivation:
    return Derivation(
        system=system,
        base=base,
        base_name=name,
        kind="finetune",
        evidence_url="https://example.org/",
        checked_on=make.CHECKED,
        source=make.make_source(),
    )


@pytest.fixture
def line() -> list[AISystem]:
    """Three entries, each built on the one before it."""
    systems = [make.make_system(slug=name, name=name.title()) for name in ("auk", "bat", "cat")]
    for base, system in itertools.pairwise(systems):
        derive(system, base).save()
    return systems


def test_ancestors_are_found_through_others(line: list[AISystem]):
    auk, bat, cat = line

    assert Derivation.objects.ancestors([cat.pk]) == {auk.pk, bat.pk, cat.pk}
    assert self_ancestors() == []


def test_an_editors_form_refuses_the_row_that_closes_a_circle(line: list[AISystem]):
    auk, bat, cat = line

    for base in (bat, cat):
        with pytest.raises(ValidationError, match="itself built on the system"):
            derive(auk, base).full_clean()
    derive(cat, auk).full_clean()


def test_the_database_refuses_a_system_built_on_itself(line: list[AISystem]):
    with pytest.raises(IntegrityError, match="derivation_not_itself"), transaction.atomic():
        derive(line[0], line[0]).save()


def test_a_circle_in_the_catalogue_is_named_entry_by_entry(line: list[AISystem]):
    derive(line[0], line[2]).save()

    (circle,) = self_ancestors()
    assert str(circle) == "auk → cat → bat → auk"


def test_a_system_whose_base_bears_its_own_name_is_named_too(line: list[AISystem]):
    derive(line[0], None, "AUK").save()

    assert [str(circle) for circle in self_ancestors()] == ["auk → auk"]


@pytest.mark.parametrize(
    ("edges", "number"),
    [
        ({}, 0),
        ({1: {2}, 2: {3}}, 0),
        ({1: {2, 3}, 2: {4}, 3: {4}}, 0),
        ({1: {1}}, 1),
        ({1: {2}, 2: {1}}, 1),
        ({1: {2}, 2: {3}, 3: {2}}, 1),
        ({1: {2}, 2: {1}, 3: {4}, 4: {5}, 5: {3}}, 2),
        ({pk: {pk + 1} for pk in range(5000)}, 0),
        ({pk: {(pk + 1) % 5000} for pk in range(5000)}, 1),
    ],
)
def test_circles_of_a_graph(edges: dict[int, set[int]], number: int):
    assert len(circles_of(edges)) == number


def test_files_that_make_a_circle_are_refused_whole(db: None, tmp_path: Path):
    folder = tmp_path / "systems"
    folder.mkdir()
    make.make_source(key="makers-page")
    for slug, base in (("auk", "bat"), ("bat", "auk")):
        (folder / f"{slug}.yaml").write_text(
            f"slug: {slug}\nname: {slug}\nderived_from:\n  - system: {base}\n    kind: finetune\n"
            "    evidence: https://example.org/\n    source: makers-page\n"
            "    checked_on: 2026-11-23\n"
        )

    with pytest.raises(LoadError, match="descends from itself: auk → bat → auk"):
        load_catalog(paths=[folder])

    assert not AISystem.objects.exists()


def test_two_entries_of_one_line_cannot_be_merged_past_a_third(line: list[AISystem]):
    with pytest.raises(MergeError, match="through other entries"):
        merge(keep=line[0], drop=line[2], rationale="One.", by="editors")
