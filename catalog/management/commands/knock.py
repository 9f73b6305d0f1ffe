"""``manage.py knock``: hand the worker a task that does nothing, so that its silence is noticed.

``/readyz`` looks how long the oldest task waits. One that waits already is enough.
"""

from django.core.management.base import BaseCommand
from django_tasks_db.models import DBTaskResult

from catalog.tasks import knock


class Command(BaseCommand):
    help = "Hand the worker a task that does nothing."

    def handle(self, **options: object) -> None:
        if not DBTaskResult.objects.ready().filter(task_path=knock.module_path).exists():
            knock.enqueue()
