"""The accounts of the demo: their password is known to everybody, so they are made nowhere else."""

from django.contrib.auth.models import User
from django.db import transaction

from catalog.desk.roles import ADMINISTRATOR, ROLES, give_role

PASSWORD = "glassbox-demo"  # noqa: S105 - printed by `make demo`
NAMES = tuple(role.lower() for role in ROLES)


@transaction.atomic
def make_accounts() -> None:
    """One account for each role, named like it. A changed password stays."""
    for role in ROLES:
        user, made = User.objects.get_or_create(username=role.lower())
        if made:
            user.set_password(PASSWORD)
        user.is_superuser = role == ADMINISTRATOR
        user.save()
        give_role(user=user, role=role)


def open_accounts() -> list[str]:
    """The demo's accounts that can log in with the demo's password. One query."""
    found = User.objects.filter(username__in=NAMES, is_active=True).order_by("username")
    return [user.username for user in found if user.check_password(PASSWORD)]


def refusal() -> str:
    """Why a public site must not run on this database; empty where it may."""
    names = ", ".join(open_accounts())
    return names and (
        f"The password of the demo opens these accounts: {names}. Delete them, give them another "
        "password (manage.py changepassword NAME), or do not use this database in production."
    )
