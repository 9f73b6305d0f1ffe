"""``manage.py tidy_submissions``: delete old drafts, addresses, letters and spent quotas."""

from django.core.management.base import BaseCommand

from catalog.submissions.tidying import tidy_up


class Command(BaseCommand):
    help = "Delete what has had its time: drafts after 90 days, addresses after a year."

    def handle(self, *args: object, **options: object) -> None:
        done = tidy_up()
        self.stdout.write(", ".join(f"{number} {name}" for name, number in done.items()) + ".")
