"""``manage.py prepare``: make a database ready to serve, whether new or old.

Migrates, makes the roles of staff, loads the reviewed catalogue, evaluates what
is stale, keeps the facts of systems whose facts were kept by no release yet, gathers the
planner's statistics, stores the facet index and builds the dumps. With ``--demo``, on the
private server of this folder alone, it makes a demo account for each role.
Safe to run again and again.
"""

from argparse import ArgumentParser

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from catalog.evaluation.facts_documents import keep_missing_documents
from catalog.management.demo import make_accounts, refusal

NOT_HERE = (
    "Demo accounts have a password that everybody knows. They are made on the private server "
    "of this folder alone, which runs where DATABASE_URL is not set and GLASSBOX_ENV is not "
    "production. For the first account of a site run: manage.py createsuperuser"
)


class Command(BaseCommand):
    help = "Migrate, load the catalogue and evaluate it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--demo", action="store_true", help="Also make demo accounts (private server alone)."
        )

    def handle(self, *, demo: bool, verbosity: int, **options: object) -> None:
        if demo and (settings.PRODUCTION or not settings.PRIVATE_SERVER):
            raise CommandError(NOT_HERE)
        call_command("migrate", interactive=False, verbosity=max(verbosity - 1, 0))
        call_command("make_roles", verbosity=max(verbosity - 1, 0))
        call_command("load_catalog", verbosity=verbosity)
        call_command("evaluate", verbosity=verbosity)
        keep_missing_documents()
        self.gather_statistics()
        # Anew: a build may have facets that the one before it did not have.
        call_command("facet_index", rebuild=True, verbosity=max(verbosity - 1, 0))
        self.build_dumps(verbosity)
        if demo:
            make_accounts()
        if settings.PRODUCTION and (why := refusal()):
            raise CommandError(why)

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
