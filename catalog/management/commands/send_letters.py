"""``manage.py send_letters``: send the letters that are due, also those that failed before."""

from django.core.management.base import BaseCommand, CommandError

from catalog.submissions.letters import send_due


class Command(BaseCommand):
    help = "Send the letters that are due."

    def handle(self, *args: object, **options: object) -> None:
        sent, failed = send_due()
        self.stdout.write(f"{sent} sent, {failed} to be tried again.")
        if failed:
            raise CommandError("The mail server did not take every letter.")
