"""Work that a request begins and does not wait for: other people's servers are slow or silent.

With workers (``TASKS_IN_WORKER``) it is a task that they take. Without, threads of this
process run it after the request has gone on; a process that ends waits for them.
"""

import logging
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from django.conf import settings
from django.db import connections
from django.tasks import Task

logger = logging.getLogger(__name__)


@cache
def threads(number: int) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=number, thread_name_prefix="background")


def begin[R](task: Task[..., R], *arguments: object) -> None:
    """Hand a task on. What it writes has to be committed before, or written after a commit."""
    if task.get_backend().supports_defer or not settings.BACKGROUND_THREADS:
        task.enqueue(*arguments)
    else:
        threads(settings.BACKGROUND_THREADS).submit(run, task, arguments)


def run[R](task: Task[..., R], arguments: tuple[object, ...]) -> None:
    try:
        task.enqueue(*arguments)
    except Exception:
        logger.exception("The task %s has failed.", task.name)
    finally:
        connections.close_all()
