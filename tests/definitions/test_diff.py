"""What changed between two versions of a definition."""

from dataclasses import replace

from definitions import registry
from definitions.diff import difference
from definitions.vocabulary import ComponentKind


def test_from_the_index_of_2024_to_that_of_2026_package_and_api_are_gone():
    before, after = registry.versions("osai")
    found = difference(before, after)
    assert (found.before, found.after) == (before, after)
    assert [criterion.slug for criterion in found.removed] == ["package", "api"]
    assert (found.added, found.changed, found.same) == ((), (), 12)


def test_the_other_way_round_what_is_gone_is_new():
    after, before = registry.versions("osai")
    assert [criterion.slug for criterion in difference(before, after).added] == ["package", "api"]


def test_a_changed_criterion_names_the_parts_that_differ():
    definition = registry.get("osaid-1.0")
    first, *rest = definition.criteria
    moved = replace(
        first, clause="Elsewhere", component_kinds=(ComponentKind.API,), check=rest[0].check
    )
    later = replace(definition, version="1.1", criteria=(*rest, moved))
    found = difference(definition, later)
    (changed,) = found.changed
    assert (changed.before, changed.after) == (first, moved)
    assert changed.parts == ("Clause", "Components")
    assert found.same == len(rest)


def test_a_version_compared_with_itself_is_the_same():
    definition = registry.get("mof-1.0")
    found = difference(definition, definition)
    assert (found.added, found.removed, found.changed) == ((), (), ())
    assert found.same == len(definition.criteria)
