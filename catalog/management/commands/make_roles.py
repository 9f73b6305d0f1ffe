"""``manage.py make_roles``: make the groups of the editors' desk what the code says."""

from typing import Any

from django.core.management.base import BaseCommand

from catalog.services.roles import ROLES, make_roles


class Command(BaseCommand):
    help = "Make the roles of the editors' desk."

    def handle(self, *args: Any, **options: Any) -> None:
        make_roles()
        if options["verbosity"]:
            self.stdout.write(f"Roles: {', '.join(ROLES)}.")
