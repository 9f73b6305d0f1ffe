"""The facts that a ruling was made on, and whether they are still the facts.

An editor rules on what is recorded on that day. The ruling keeps, fact by fact, what it
judged: what the criterion read, and what else its rationale rests on. When one of these
changes, the ruling lapses and the criterion needs judgement again.
"""

import json
from collections.abc import Iterable
from typing import Any

from definitions.facts import Facts, JudgedFact

UNKNOWN = "unknown"
"""What stands for a fact that is not recorded."""


def value_at(document: dict[str, Any], path: str) -> str:
    """The value at a path of a facts document, as text.

    A path is written as in ``Finding.facts_used``: ``components.training_code.licence``,
    ``circumstances.gpai``; rows of lists are named by their slug, ``datasets.dolma.licence``.
    """
    found: list[Any] = [document]
    for part in path.split("."):
        found = [inner for value in found for inner in step(value, part)]
    texts = sorted(value if isinstance(value, str) else json.dumps(value) for value in found)
    return ", ".join(texts) or UNKNOWN


def step(value: object, part: str) -> Iterable[Any]:
    """What one part of a path leads to: none, one or, in a list, several values."""
    if isinstance(value, dict):
        return [value[part]] if part in value else []
    if isinstance(value, list):
        return [row for row in value if isinstance(row, dict) and row.get("slug") == part]
    return []


def judged_now(facts: Facts, paths: Iterable[str]) -> tuple[JudgedFact, ...]:
    """What the facts say today at these paths, for a ruling to keep."""
    document = facts.to_json()
    return tuple(JudgedFact(path, value_at(document, path)) for path in sorted(set(paths)))


def moved(facts: Facts, judged: Iterable[JudgedFact], used: Iterable[str]) -> list[str]:
    """The paths at which the facts differ from what was judged.

    ``used`` is what the criterion reads today: a fact that the ruling does not know of
    counts as moved.
    """
    known = {fact.path: fact.value for fact in judged}
    document = facts.to_json()
    paths = sorted({*known, *used})
    return [path for path in paths if known.get(path) != value_at(document, path)]
