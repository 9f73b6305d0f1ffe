"""``manage.py reset_two_factor NAME``: let somebody set up a new second factor."""

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from catalog.desk import two_factor


class Command(BaseCommand):
    help = "Forget an account's device and recovery codes; its next log-in sets up new ones."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: object, **options: object) -> None:
        user = User.objects.filter(username=options["username"]).first()
        if user is None:
            raise CommandError(f"There is no account “{options['username']}”.")
        two_factor.reset(user=user)
        self.stdout.write(f"{user.get_username()} sets up a second factor at the next log-in.")
