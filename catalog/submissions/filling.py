"""Filling a draft with what the Hub says: asked by a task, never by a request.

The draft notes what was asked for and when. The page says so and looks again; after
``PATIENCE`` it says that no answer came, whatever has become of the task.
"""

import datetime as dt
from dataclasses import asdict, dataclass, field

from django.db import transaction
from django.tasks import task
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from catalog.entry.units import Document, tidy
from catalog.intake.huggingface import reader
from catalog.intake.registers.base import ReadingError
from catalog.models import Submission, SubmissionState
from catalog.submissions import background
from catalog.submissions.drafting import incoming, keep
from catalog.submissions.uploads import imported

TOTAL, STEP = 12.0, 5.0
"""Seconds for all questions to the Hub together, and for a silence of it."""

PATIENCE = dt.timedelta(seconds=45)
"""How long a page waits: the Hub's time, and that of others who asked before."""

MOST_TOLD = 20
"""Messages about what the Hub says and the form cannot take."""

WAITING, DONE, FAILED = "waiting", "done", "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """A question to the Hub and what became of it, as the draft keeps it."""

    repository: str
    state: str
    asked_at: str
    why: str = ""
    told: list[str] = field(default_factory=list)

    @property
    def is_late(self) -> bool:
        """Whether no answer will be taken any more."""
        asked = parse_datetime(self.asked_at)
        return self.state == WAITING and (asked is None or timezone.now() - asked > PATIENCE)

    @property
    def is_waiting(self) -> bool:
        return self.state == WAITING and not self.is_late

    @property
    def failure(self) -> str:
        """Why there is nothing of the Hub in the form; empty where there is, or may be."""
        return _("No answer came in time.") if self.is_late else self.why


def filling_of(submission: Submission) -> Filling | None:
    """What was asked of the Hub for a draft; None where nothing was, or is of no interest now."""
    found = submission.filling
    return Filling(**found) if found else None


def ask(*, submission: Submission, repository: str) -> None:
    """Have a draft filled in. The repository is in the form at once, whatever the Hub says."""
    with transaction.atomic():
        row = Submission.objects.select_for_update().get(pk=submission.pk)
        asked = Filling(repository=repository, state=WAITING, asked_at=timezone.now().isoformat())
        row.filling = asdict(asked)
        row.document = tidy({"huggingface_id": repository} | row.document)
        keep(row, "filling")
    background.begin(fill_draft, row.pk)
    submission.refresh_from_db()


def leave(*, submission: Submission) -> None:
    """Go on without the Hub; an answer that comes now is not taken."""
    Submission.objects.filter(pk=submission.pk).update(filling=None)


@task(priority=10)
def fill_draft(pk: int) -> str:
    """Ask the Hub for a draft that waits for it; returns what became of it."""
    row = Submission.objects.filter(pk=pk).first()
    asked = filling_of(row) if row else None
    if asked is None or not asked.is_waiting:
        return "not wanted any more"
    try:
        reading = reader.preview(asked.repository, timeout=STEP, deadline=TOTAL, total=TOTAL)
        told = [problem.message for problem in reading.problems]
    except ReadingError as error:
        return settle(pk, asked, {}, "", why=str(error), told=[])
    except Exception:
        settle(pk, asked, {}, "", why=_("What the Hub says cannot be read."), told=[])
        raise
    if reading.document is None:
        why = told[-1] if told else _("The Hub does not show it.")
        return settle(pk, asked, {}, "", why=why, told=[])
    return settle(pk, asked, imported(reading.document), reading.url, why="", told=told)


@transaction.atomic
def settle(
    pk: int, asked: Filling, document: Document, origin: str, *, why: str, told: list[str]
) -> str:
    """Write what came into the fields that are empty, unless it is not wanted any more."""
    row = Submission.objects.select_for_update().get(pk=pk)
    if filling_of(row) != asked or row.state != SubmissionState.DRAFT:
        return "not wanted any more"
    state = FAILED if why else DONE
    row.filling = asdict(asked) | {
        "state": state,
        "why": why[:300],
        "told": [text[:300] for text in told[:MOST_TOLD]],
    }
    row.document = tidy(together(incoming(document), row.document, asked.repository))
    row.origin = origin[:300] or row.origin
    keep(row, "filling", "origin")
    return state


def together(found: Document, typed: Document, repository: str) -> Document:
    """What was typed, and in its gaps what was found."""
    kept = {key: value for key, value in typed.items() if value not in ("", [], {}, None)}
    if found.get("huggingface_id") and kept.get("huggingface_id") == repository:
        del kept["huggingface_id"]  # the Hub's own spelling of it
    merged: dict[str, object] = {**found, **kept}
    for key, value in kept.items():
        if isinstance(value, dict) and isinstance(found.get(key), dict):
            merged[key] = {**found[key], **value}
    return merged
