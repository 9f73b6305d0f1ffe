"""``manage.py evaluate``: bring every verdict up to date with the facts and the rules."""

import gc
import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from itertools import batched
from multiprocessing import get_context

from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from tqdm import tqdm

from catalog.evaluation.evaluate import behind, evaluate_many, stale
from catalog.models import AISystem

PIECE = 500
"""Systems per transaction, and per step of the progress bar."""

WORTH_TWO = 1000
"""From so many systems on, starting a second process pays."""


class Command(BaseCommand):
    help = "Recompute the verdicts that are missing or older than their facts or rules."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="Write nothing; exit 1 if any verdict is stale."
        )
        parser.add_argument(
            "--all", action="store_true", dest="everything", help="Recompute the current ones too."
        )
        parser.add_argument(
            "--jobs", type=int, default=0, help="Processes to use (default: one per processor)."
        )

    def handle(self, *, jobs: int, check: bool, everything: bool, **options: object) -> None:
        if jobs < 0:
            raise CommandError("--jobs has to be 0 or more.")
        if check:
            self.check_all()
            return
        pks = list(AISystem.objects.order_by("pk").values_list("pk", flat=True))
        jobs = jobs or default_jobs(len(pks))
        judged, written = run(pks, jobs=jobs, anew=everything)
        self.stdout.write(f"{judged} systems evaluated, {written} rows written.")

    def check_all(self) -> None:
        behind = stale()
        if behind:
            names = ", ".join(system.slug for system in behind[:10])
            more = f" and {len(behind) - 10} more" if len(behind) > 10 else ""
            raise CommandError(
                f"{len(behind)} systems have stale verdicts: {names}{more}.", returncode=1
            )
        self.stdout.write("Every verdict is current.")


def default_jobs(systems: int) -> int:
    return (os.cpu_count() or 1) if systems >= WORTH_TWO else 1


def run(pks: list[int], *, jobs: int, anew: bool = False) -> tuple[int, int]:
    """Go through the systems in pieces, with a progress bar where somebody watches.

    Returns how many systems were judged and how many rows were written. May be broken
    off at any time: each piece is a transaction, and what is current is passed over.
    """
    pieces = list(batched(pks, PIECE, strict=False))
    totals = [0, 0]
    with tqdm(total=len(pks), unit=" systems", disable=not sys.stderr.isatty()) as bar:
        for size, *done in results(pieces, jobs=jobs, anew=anew):
            totals = [total + more for total, more in zip(totals, done, strict=True)]
            bar.update(size)
    return totals[0], totals[1]


def results(
    pieces: list[tuple[int, ...]], *, jobs: int, anew: bool
) -> Iterator[tuple[int, int, int]]:
    """Of each piece: its size, how many were judged, how many rows were written."""
    if jobs == 1 or len(pieces) < 2:
        yield from (evaluate_piece(piece, anew=anew) for piece in pieces)
        return
    connections.close_all()  # a connection must not be shared with a forked process
    context = get_context("fork")
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=collect_by_piece) as pool:
        running = [pool.submit(evaluate_piece, piece, anew=anew) for piece in pieces]
        try:
            for done in as_completed(running):
                yield done.result()
        except BaseException:
            pool.shutdown(cancel_futures=True)  # what is being written is written to its end
            raise


def collect_by_piece() -> None:
    """Look for cycles between two pieces, not within one, where there is little to free."""
    gc.freeze()
    gc.disable()


def evaluate_piece(pks: tuple[int, ...], *, anew: bool) -> tuple[int, int, int]:
    """Judge what is stale in a piece, or all of it; in a process of its own where there are two.

    What is current is found without a lock, which would write every row of the catalogue.
    """
    chosen = pks if anew else behind(pks=pks)
    written = evaluate_many(pks=chosen, anew=anew)
    if not gc.isenabled():
        gc.collect()
    return len(pks), len(chosen), written
