"""``manage.py make_roles``: write the roles of staff as groups with exactly their rights."""

from django.core.management.base import BaseCommand

from catalog.desk.roles import ROLES, make_roles


class Command(BaseCommand):
    help = "Make the roles of staff, or bring them back to what the code says."

    def handle(self, *args: object, **options: object) -> None:
        missing = make_roles()
        if not options["verbosity"]:
            return
        self.stdout.write(f"Roles: {', '.join(ROLES)}.")
        for codename in sorted(missing):
            self.stderr.write(f"There is no right “{codename}” yet; it was left out.")
