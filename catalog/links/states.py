"""What a look means for the row of a page: pure, and kept apart from asking."""

import datetime as dt
from typing import TypedDict

from catalog.links.check import Look, Outcome
from catalog.models import Link, LinkState

DAYS_TO_BREAK = 3
"""Different days in a row without an answer, before a page counts as gone."""

AFTER_GOOD = 14
SPREAD = 7
"""Good pages are checked again after 14 to 20 days, so that not all come due at once."""

BACK_OFF = (1, 2, 4, 8, 16, 30)
"""Days until the next look after the first, second … failure in a row."""

LEFT_ALONE = 30
"""Days until we ask again whether a page that we may not look at has opened."""

STATES = {
    Outcome.GOOD: LinkState.OK,
    Outcome.MOVED: LinkState.REDIRECTED,
    Outcome.GONE: LinkState.BROKEN,
    Outcome.UNSURE: LinkState.UNCERTAIN,
    Outcome.KEPT_AWAY: LinkState.UNCERTAIN,
    Outcome.REFUSED: LinkState.REFUSED,
}


class Columns(TypedDict, total=False):
    """Columns of a page's row that a look changes."""

    state: str
    status_code: int | None
    checked_at: dt.datetime
    redirected_to: str
    problem: str
    failures: int
    next_check_at: dt.datetime
    last_good_on: dt.date
    etag: str
    last_modified: str


def changes(link: Link, look: Look, now: dt.datetime) -> Columns:
    """The columns that a look changes. The archived copy is an editor's and stays."""
    failures = failures_after(link, look, now)
    columns: Columns = {
        "state": state_after(link, look, failures).value,
        "status_code": look.status,
        "checked_at": now,
        "redirected_to": look.moved_to,
        "problem": look.problem[:200],
        "failures": failures,
        "next_check_at": now + pause_after(link, look, failures),
    }
    if look.outcome in {Outcome.GOOD, Outcome.MOVED}:
        columns["last_good_on"] = now.date()
        if look.status != 304:
            columns["etag"] = look.etag if len(look.etag) <= 300 else ""
            columns["last_modified"] = look.last_modified if len(look.last_modified) <= 100 else ""
    return columns


def failures_after(link: Link, look: Look, now: dt.datetime) -> int:
    """Days in a row on which looks failed in the same way: with an answer, or without one.

    A second failure on one day counts no more; a page that answers, in whatever way,
    starts the count of silent days anew.
    """
    if look.outcome not in {Outcome.GONE, Outcome.SILENT, Outcome.UNSURE}:
        return 0
    same_way = (link.status_code is None) == (look.status is None)
    if not link.failures or not same_way:
        return 1
    same_day = link.checked_at is not None and link.checked_at.date() == now.date()
    return link.failures if same_day else min(link.failures + 1, 30_000)


def state_after(link: Link, look: Look, failures: int) -> LinkState:
    """A silent page is broken after three days of silence; until then it is not certain."""
    if look.outcome is not Outcome.SILENT:
        return STATES[look.outcome]
    return LinkState.BROKEN if failures >= DAYS_TO_BREAK else LinkState.UNCERTAIN


def pause_after(link: Link, look: Look, failures: int) -> dt.timedelta:
    """How long until the next look."""
    if look.outcome in {Outcome.KEPT_AWAY, Outcome.REFUSED}:
        return dt.timedelta(days=LEFT_ALONE)
    if not failures:
        return dt.timedelta(days=AFTER_GOOD + link.pk % SPREAD)
    wait = dt.timedelta(days=BACK_OFF[min(failures, len(BACK_OFF)) - 1])
    return max(wait, look.come_back) if look.come_back else wait
