"""Judging what hangs on an edit of many systems' facts: after the edit, by the workers."""

from collections.abc import Collection
from functools import partial
from itertools import batched

from django.db import transaction
from django.tasks import task

from catalog.evaluation.evaluate import evaluate_many

AT_ONCE = 1_000
"""Systems that are judged in the transaction of the edit itself; more wait for a worker."""

PORTION = 5_000
"""Systems per task: so much is done again where a worker dies."""


@task
def judge(pks: list[int]) -> int:
    """Judge a portion of systems; what is current already is passed over."""
    return evaluate_many(pks=pks)


def judge_later(pks: Collection[int]) -> None:
    """Hand systems to the workers, once the edit is committed; any number of them may share."""
    for portion in batched(sorted(pks), PORTION, strict=False):
        transaction.on_commit(partial(judge.enqueue, list(portion)))
