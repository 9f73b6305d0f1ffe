"""What changed between two versions of a definition, criterion by criterion."""

from dataclasses import dataclass

from definitions.core import Criterion, Definition

COMPARED = {
    "title": "Title",
    "clause": "Clause",
    "explanation": "What it asks",
    "component_kinds": "Components",
    "about_terms": "Judges terms",
    "optional": "Optional",
}
"""The parts of a criterion that are compared, with their names for people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A criterion that both versions have, and the parts that differ."""

    before: Criterion
    after: Criterion
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What is new, gone and changed from one version to another; criteria match by slug."""

    before: Definition
    after: Definition
    added: tuple[Criterion, ...]
    removed: tuple[Criterion, ...]
    changed: tuple[Changed, ...]
    same: int


def difference(before: Definition, after: Definition) -> Difference:
    """Compare two versions of one definition; the order of criteria plays no part."""
    old = {criterion.slug: criterion for criterion in before.criteria}
    new = {criterion.slug: criterion for criterion in after.criteria}
    both = [(old[slug], criterion) for slug, criterion in new.items() if slug in old]
    changed = [
        Changed(before=first, after=second, parts=parts)
        for first, second in both
        if (parts := differing(first, second))
    ]
    return Difference(
        before=before,
        after=after,
        added=tuple(criterion for slug, criterion in new.items() if slug not in old),
        removed=tuple(criterion for slug, criterion in old.items() if slug not in new),
        changed=tuple(changed),
        same=len(both) - len(changed),
    )


def differing(before: Criterion, after: Criterion) -> tuple[str, ...]:
    return tuple(
        name for part, name in COMPARED.items() if getattr(before, part) != getattr(after, part)
    )
