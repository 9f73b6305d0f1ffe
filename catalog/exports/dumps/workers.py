"""Processes that write parts of a dump, all of them from one snapshot of the database.

The process that builds the dump keeps a transaction open and exports its snapshot; each
of the others begins a transaction with the same one, so that no row is of another moment.
"""

import gc
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from multiprocessing import active_children, get_context, parent_process
from multiprocessing.sharedctypes import Synchronized
from typing import override

from django.db import connection, connections, transaction

STAYS = ExitStack()
"""What lasts as long as a process of the crew: its transaction."""

LEFT: list[object] = []
"""Connections of the first process, which another one must neither use nor close."""


class Counter:
    """How many rows were written, in whatever process."""

    def __init__(self, value: "Synchronized[int]") -> None:
        self.value = value

    def update(self, rows: int) -> None:
        with self.value.get_lock():
            self.value.value += rows


counter = Counter(get_context("fork").Value("q", 0))


class Alone(Executor):
    """Does at once, in this process, what it is given."""

    @override
    def submit[**P, T](self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        found: Future[T] = Future()
        found.set_result(fn(*args, **kwargs))
        return found


def can_fork() -> bool:
    """Whether other processes would see what this one sees, and may be made here."""
    main = threading.current_thread() is threading.main_thread()
    return main and hasattr(os, "fork") and not connection.in_atomic_block


@contextmanager
def crew(size: int) -> Iterator[Executor]:
    """An executor of so many processes, or of this one alone; inside of ``snapshot()``.

    Whatever fails ends all of them, and is raised here when nobody writes any more.
    """
    counter.value.value = 0
    if size < 2:
        yield Alone()
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_export_snapshot()")
        (name,) = cursor.fetchone()
    context = get_context("fork")
    others = set(active_children())
    with ProcessPoolExecutor(size, mp_context=context, initializer=join, initargs=(name,)) as pool:
        try:
            yield pool
        except BaseException:
            for process in set(active_children()) - others:
                process.kill()
            pool.shutdown(cancel_futures=True)
            raise


def join(snapshot: str) -> None:
    """What a process of the crew does first."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process ends the others
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=end_with_the_first, daemon=True).start()
    gc.freeze()
    gc.disable()  # plain values make no cycles to speak of; ``job`` looks after each piece
    for alias in connections:
        if hasattr(connections._connections, alias):  # type: ignore[attr-defined]
            LEFT.append(connections[alias])
            del connections[alias]
    STAYS.enter_context(transaction.atomic())
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SET TRANSACTION SNAPSHOT %s", [snapshot])


def end_with_the_first() -> None:
    """A killed build leaves no process behind: it would keep the lock and the snapshot."""
    first = parent_process()
    if first is not None:
        first.join()
    os._exit(1)


def job[**P, T](run: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """Do a piece of the work in whatever process."""
    try:
        return run(*args, **kwargs)
    finally:
        if not gc.isenabled():
            gc.collect()
