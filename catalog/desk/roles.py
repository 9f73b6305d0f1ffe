"""The roles of staff, as data: groups that hold exactly the rights named here."""

from collections.abc import Iterable

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, Group, Permission, User
from django.db import transaction
from django.db.models import QuerySet

CONTRIBUTOR, EDITOR, REVIEWER, ADMINISTRATOR = "Contributor", "Editor", "Reviewer", "Administrator"

APPS = ("auth", "axes", "catalog", "otp_totp", "pghistory", "django_tasks_database")
"""Whose rights a role may hold."""

NOUNS = (
    "aisystem",
    "dataset",
    "framework",
    "organization",
    "programminglanguage",
    "systemfamily",
)
ROWS = (
    "claim",
    "component",
    "datainformation",
    "derivation",
    "organizationfact",
    "platformprofile",
    "systemfact",
    "systemmaker",
    "trainingdata",
    "usageinformation",
)
"""What is recorded inside an entry."""

TERMS = ("license", "licensealias")
JUDGED = ("ruling", "stewardjudgement")
ORIGINS = ("platform", "source")
QUEUES = ("link", "possibleduplicate")
COMPUTED = ("catalogstate", "evaluation", "sourcerecord", "verdictchange")


def may(verbs: str, models: Iterable[str]) -> tuple[str, ...]:
    """Codenames of Django's rights, such as ``change_claim``."""
    return tuple(f"{verb}_{model}" for model in models for verb in verbs.split())


SEES = (
    *may("view", (*NOUNS, *ROWS, *TERMS, *JUDGED, *ORIGINS, *QUEUES, *COMPUTED)),
    "view_events",
    "view_submission",
)
EDITS = (
    *may("add change", (*NOUNS, *ROWS)),
    *may("change", QUEUES),
    "decide_submission",
    "see_contact",
)
REVIEWS = (
    *may("add change", (*TERMS, *JUDGED)),
    *may("delete", (*ROWS, *JUDGED)),
    "decide_high_impact",
)
ADMINISTERS = (
    *may("add change", ORIGINS),
    *may("delete", (*NOUNS, *TERMS, *ORIGINS, *QUEUES)),
    *may("view add change delete", ("group", "user")),
    *may("view delete", ("accessattempt", "totpdevice")),
    "view_dbtaskresult",
    "view_mail",
)

ROLES: dict[str, tuple[str, ...]] = {
    CONTRIBUTOR: SEES,
    EDITOR: (*SEES, *EDITS),
    REVIEWER: (*SEES, *EDITS, *REVIEWS),
    ADMINISTRATOR: (*SEES, *EDITS, *REVIEWS, *ADMINISTERS),
}
"""From the least rights to the most."""


@transaction.atomic
def make_roles() -> set[str]:
    """Let each role's group hold exactly its rights; returns codenames that do not exist here."""
    held = Permission.objects.filter(content_type__app_label__in=APPS)
    known = {right.codename: right for right in held}
    for name, codenames in ROLES.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.set([known[word] for word in codenames if word in known])
    return {word for codenames in ROLES.values() for word in codenames} - known.keys()


def rights_of_roles() -> QuerySet[Permission]:
    """The rights that the highest role holds: a group may hold these and no others."""
    return Permission.objects.filter(
        content_type__app_label__in=APPS, codename__in=ROLES[ADMINISTRATOR]
    )


def exceeds_roles(group: Group) -> bool:
    """Whether a group holds what no role may do. One query."""
    return group.permissions.exclude(pk__in=rights_of_roles().values("pk")).exists()


def role_of(user: AbstractBaseUser | AnonymousUser) -> str:
    """The highest role of an account; empty where it has none."""
    if not isinstance(user, User):
        return ""
    if user.is_superuser:
        return ADMINISTRATOR
    held = set(user.groups.values_list("name", flat=True))
    return next((name for name in reversed(ROLES) if name in held), "")


@transaction.atomic
def give_role(*, user: User, role: str) -> None:
    """Make an account staff with this role and no other; further groups stay."""
    user.is_staff = True
    user.save(update_fields=["is_staff"])
    user.groups.remove(*user.groups.filter(name__in=ROLES))
    user.groups.add(Group.objects.get(name=role))
