"""``manage.py prepare``: make a database ready to serve, whether new or old.

Migrates, makes the roles of staff, loads the reviewed catalogue, evaluates what
is stale, gathers the planner's statistics, stores the facet index, builds the dumps and, on a
development machine, makes a demo account for each role.
Safe to run again and again.
"""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from catalog.services.roles import ADMINISTRATOR, ROLES, give_role

DEMO_PASSWORD = "glassbox-demo"  # noqa: S105 - printed by `make demo`, never used elsewhere


class Command(BaseCommand):
    help = "Migrate, load the catalogue and evaluate it."

    def handle(self, *args: Any, **options: Any) -> None:
        verbosity = options["verbosity"]
        call_command("migrate", interactive=False, verbosity=max(verbosity - 1, 0))
        call_command("make_roles", verbosity=max(verbosity - 1, 0))
        call_command("load_catalog", verbosity=verbosity)
        call_command("evaluate", verbosity=verbosity)
        self.gather_statistics()
        # Anew: a build may have facets that the one before it did not have.
        call_command("facet_index", rebuild=True, verbosity=max(verbosity - 1, 0))
        self.build_dumps(verbosity)
        if not settings.PRODUCTION:
            self.make_demo_accounts()

    def gather_statistics(self) -> None:
        """Let the planner know the new rows at once, not when autovacuum comes by."""
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def build_dumps(self, verbosity: int) -> None:
        """A site without a folder for its files is a site all the same."""
        try:
            call_command("build_dumps", verbosity=verbosity)
        except CommandError as error:
            self.stderr.write(f"The files for /data/ were not built: {error}")

    def make_demo_accounts(self) -> None:
        """One account for each role, named like it. A changed password stays."""
        for role in ROLES:
            user, made = User.objects.get_or_create(username=role.lower())
            if made:
                user.set_password(DEMO_PASSWORD)
            user.is_superuser = role == ADMINISTRATOR
            user.save()
            give_role(user=user, role=role)
