"""``manage.py prepare``: make a database ready to serve, whether new or old.

Migrates, loads the reviewed catalogue, evaluates what is stale, gathers the
planner's statistics, builds the dumps and, on a development machine, makes the
demo accounts.
Safe to run again and again.
"""

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from catalog.services.roles import ADMINISTRATOR, ROLES

DEMO_PASSWORD = "glassbox-demo"  # noqa: S105 - printed by `make demo`, never used elsewhere


class Command(BaseCommand):
    help = "Migrate, load the catalogue and evaluate it."

    def handle(self, *args: Any, **options: Any) -> None:
        verbosity = options["verbosity"]
        call_command("migrate", interactive=False, verbosity=max(verbosity - 1, 0))
        call_command("load_catalog", verbosity=verbosity)
        call_command("evaluate", verbosity=verbosity)
        self.gather_statistics()
        self.build_dumps(verbosity)
        call_command("make_roles", verbosity=0)
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
        """One account for each role; the administrator may do everything."""
        users = get_user_model()
        for role in ROLES:
            name = role.lower()
            if users.objects.filter(username=name).exists():
                continue
            make = (
                users.objects.create_superuser
                if role == ADMINISTRATOR
                else users.objects.create_user
            )
            account = make(name, password=DEMO_PASSWORD, is_staff=True)
            account.groups.set(Group.objects.filter(name=role))
