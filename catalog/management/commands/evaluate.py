"""``manage.py evaluate``: bring every verdict up to date with the facts and the rules."""

import os
import sys
from argparse import ArgumentParser
from concurrent.futures import ProcessPoolExecutor, as_completed
from itertools import batched
from multiprocessing import get_context
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from tqdm import tqdm

from catalog.models import AISystem
from catalog.services.evaluation import evaluate_many, stale

PIECE = 200
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

    def handle(self, **options: Any) -> None:
        if options["jobs"] < 0:
            raise CommandError("--jobs has to be 0 or more.")
        if options["check"]:
            self.check_all()
            return
        if options["everything"]:
            pks = list(AISystem.objects.order_by("pk").values_list("pk", flat=True))
        else:
            pks = [system.pk for system in stale()]
        written = run(pks, jobs=options["jobs"] or default_jobs(len(pks)))
        self.stdout.write(f"{len(pks)} systems evaluated, {written} rows written.")

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


def run(pks: list[int], *, jobs: int) -> int:
    """Evaluate in pieces, with a progress bar where somebody watches."""
    pieces = list(batched(pks, PIECE, strict=False))
    with tqdm(total=len(pks), unit=" systems", disable=not sys.stderr.isatty()) as bar:
        if jobs == 1 or len(pieces) < 2:
            written = 0
            for piece in pieces:
                written += evaluate_many(pks=piece)
                bar.update(len(piece))
            return written
        return run_parallel(pieces, jobs, bar)


def run_parallel(pieces: list[tuple[int, ...]], jobs: int, bar: "tqdm[Any]") -> int:
    connections.close_all()  # a connection must not be shared with a forked process
    written = 0
    with ProcessPoolExecutor(jobs, mp_context=get_context("fork")) as pool:
        running = {pool.submit(evaluate_piece, piece): len(piece) for piece in pieces}
        for done in as_completed(running):
            written += done.result()
            bar.update(running[done])
    return written


def evaluate_piece(pks: tuple[int, ...]) -> int:
    """One piece, in a process of its own."""
    return evaluate_many(pks=pks)
