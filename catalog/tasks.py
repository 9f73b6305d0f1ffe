"""Work that runs outside of a request, through Django's tasks."""

from pathlib import Path

from django.conf import settings
from django.tasks import task

from catalog.services import dumps


@task
def build_dumps() -> bool:
    """Bring the dumps up to date; true if they had to be built."""
    _, new = dumps.build_dumps(target=Path(settings.DUMPS_DIR))
    return new
