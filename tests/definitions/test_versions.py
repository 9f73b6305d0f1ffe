"""Versions of one definition, and the shapes of verdicts."""

from collections import Counter

import pytest

from definitions import registry


def test_versions_come_oldest_first_and_the_last_is_the_latest():
    assert [item.id for item in registry.versions("osai")] == ["osai-2024", "osai-2026"]
    assert registry.latest("osai").id == "osai-2026"
    assert registry.versions("nobody") == ()


def test_the_current_definitions_are_the_newest_of_each_in_the_order_of_the_registry():
    current = registry.current()
    assert Counter(item.key for item in current) == Counter(
        {item.key: 1 for item in registry.DEFINITIONS}
    )
    assert [item for item in registry.DEFINITIONS if item not in current] == [
        registry.get("osai-2024")
    ]
    assert list(current) == [item for item in registry.DEFINITIONS if item in current]


@pytest.mark.parametrize(
    ("shape", "ids"),
    [
        ("ladder", {"mof-1.0", "g7-2026"}),
        ("score", {"osai-2026", "osai-2024"}),
        ("profile", {"public-ai-2025"}),
    ],
)
def test_most_definitions_say_yes_or_no_and_these_do_not(shape: str, ids: set[str]):
    assert {item.id for item in registry.DEFINITIONS if item.shape == shape} == ids
