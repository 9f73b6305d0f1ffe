"""Families: sizes and versions of one line under one heading."""

from typing import NamedTuple

from catalog.entry.write import is_imported
from catalog.intake.nouns import free_slug
from catalog.models import AISystem, SystemFamily
from definitions.licence_book import folded
from definitions.readers import naming


class FamilyKey(NamedTuple):
    """What systems of one family share: the stem of their names, and the leading maker."""

    stem: str
    maker: int | None


def group_families() -> int:
    """Put imported systems that share maker and stem into one family; returns how many moved.

    A system that has a family keeps it. A family is made where two systems at
    least belong to it.
    """
    groups: dict[FamilyKey, list[AISystem]] = {}
    rows = AISystem.objects.published().select_related("family").prefetch_related("makers")
    families: dict[FamilyKey, int] = {}
    for system in rows.order_by("pk"):
        lead = next(iter(system.makers.all()), None)
        key = FamilyKey(folded(naming.stem_of(system.name)), lead.organization_id if lead else None)
        if len(key.stem) < 2 or key.maker is None:
            continue
        if system.family_id:
            families.setdefault(key, system.family_id)
        elif is_imported(system.recorded_by):
            groups.setdefault(key, []).append(system)
    moved = 0
    for key, members in groups.items():
        family = families.get(key) or named_family(key, members)
        if family is None:
            continue
        for system in members:
            AISystem.objects.filter(pk=system.pk).update(family=family)
            moved += 1
    return moved


def named_family(key: FamilyKey, members: list[AISystem]) -> int | None:
    """The family of this stem and maker; made for two members, None for one."""
    for family in SystemFamily.objects.filter(organization=key.maker):
        if folded(family.name) == key.stem:
            return family.pk
    if len(members) < 2:
        return None
    name = naming.stem_of(members[0].name)
    taken = set(SystemFamily.objects.values_list("slug", flat=True))
    made = SystemFamily.objects.create(
        slug=free_slug(naming.slug_of(name), taken), name=name, organization_id=key.maker
    )
    return made.pk
