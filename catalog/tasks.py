"""Work that runs outside of a request, through Django's tasks."""

from pathlib import Path

from django.conf import settings
from django.tasks import task
from django.utils import timezone

from catalog.exports.dumps import build
from catalog.links import AlreadyRunningError, Report, check_due
from catalog.models import Link

PORTION = 200
"""Pages per task: with the pause between two of one host, some minutes of work."""


@task(priority=-50)
def check_due_links(portion: int = PORTION) -> dict[str, object]:
    """Look at the pages that are due, a portion of them; the rest is a task of its own.

    Where tasks run at once, in the process that asks for them, there is no further
    task: the next run of the schedule goes on. Does nothing while another run is on.
    """
    try:
        report = check_due(limit=portion)
    except AlreadyRunningError:
        return Report().to_json()
    queued = check_due_links.get_backend().supports_defer
    more = Link.objects.cited().due(timezone.now())
    if queued and report.looked_at and not report.offline and more.exists():
        check_due_links.enqueue(portion)
    return report.to_json()


@task
def build_dumps() -> bool:
    """Bring the dumps up to date; true if they had to be built."""
    _, new = build.build_dumps(target=Path(settings.DUMPS_DIR))
    return new


@task(priority=50)
def knock() -> None:
    """Nothing: that it is taken at all shows that a worker lives."""
