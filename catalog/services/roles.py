"""The roles of the editors' desk, as groups with the least rights that each needs."""

from collections.abc import Iterable

from django.contrib.auth.models import AbstractUser, Group, Permission

CONTRIBUTOR, EDITOR, REVIEWER, ADMINISTRATOR = "Contributor", "Editor", "Reviewer", "Administrator"

READABLE = (
    "aisystem", "claim", "component", "datainformation", "dataset", "derivation", "framework",
    "license", "licensealias", "link", "organization", "organizationfact", "platform",
    "platformprofile", "possibleduplicate", "programminglanguage", "ruling", "source",
    "sourcerecord", "stewardjudgement", "submission", "systemfact", "systemfamily", "systemmaker",
    "trainingdata", "usageinformation",
)  # fmt: skip
ENTRIES = (
    "aisystem", "claim", "component", "datainformation", "dataset", "derivation", "framework",
    "organization", "organizationfact", "platformprofile", "programminglanguage", "systemfact",
    "systemfamily", "systemmaker", "trainingdata", "usageinformation",
)  # fmt: skip
ROWS = (
    "claim", "component", "datainformation", "derivation", "organizationfact", "platformprofile",
    "systemfact", "systemmaker", "trainingdata", "usageinformation",
)  # fmt: skip


def rights(actions: Iterable[str], models: Iterable[str]) -> set[str]:
    return {f"{action}_{model}" for model in models for action in actions}


VIEW = rights(["view"], READABLE)
EDIT = (
    VIEW
    | rights(["add", "change"], ENTRIES)
    | {
        "change_link",
        "change_possibleduplicate",
        "decide_submission",
        "see_contact",
    }
)
REVIEW = EDIT | rights(["delete"], ROWS) | {"decide_high_impact"}
REVIEW |= rights(["add", "change"], ["license", "licensealias", "ruling", "stewardjudgement"])

ROLES: dict[str, frozenset[str]] = {
    CONTRIBUTOR: frozenset(VIEW),
    EDITOR: frozenset(EDIT),
    REVIEWER: frozenset(REVIEW),
    ADMINISTRATOR: frozenset(
        REVIEW
        | rights(["add", "change"], ["source", "platform", "user", "group"])
        | rights(["view"], ["user", "group", "mail"])
        | rights(["delete"], ["aisystem", "dataset", "organization", "framework", "ruling"])
    ),
}
"""Codenames by role, the lowest role first."""


def make_roles() -> int:
    """Make the groups what is written here; returns how many there are."""
    for name, codenames in ROLES.items():
        group, _made = Group.objects.get_or_create(name=name)
        group.permissions.set(
            Permission.objects.filter(
                codename__in=codenames, content_type__app_label__in=["catalog", "auth"]
            )
        )
    return len(ROLES)


def role_of(user: AbstractUser) -> str:
    """The highest role of an account; empty where it has none."""
    if user.is_superuser:
        return ADMINISTRATOR
    names = set(user.groups.values_list("name", flat=True))
    return next((name for name in reversed(ROLES) if name in names), "")
