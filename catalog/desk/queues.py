"""Waiting for an editor: every queue of the desk, with how long it is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.db.models import Count, Model, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalog.entry.licence_links import LICENSED_MODELS
from catalog.models import (
    Component,
    DuplicateState,
    Evaluation,
    Link,
    LinkState,
    PossibleDuplicate,
    RecordState,
    Ruling,
    SourceRecord,
    Submission,
    SubmissionState,
)
from definitions import registry
from definitions.vocabulary import LicenceStatus, Status

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

MOST_COUNTED = 1000
"""Longer queues are shown as “more than”; counting them would help no one."""


@dataclass(frozen=True, slots=True)
class Queue:
    """One queue: its name, the list that shows it with these filters, and its rows."""

    title: "StrPromise"
    model: type[Model]
    filters: dict[str, str]
    rows: Callable[[], QuerySet[Model]]
    page: str = "changelist"

    @property
    def address(self) -> str:
        if self.page != "changelist":
            return reverse(f"admin:{self.page}")
        base = reverse(
            f"admin:{self.model._meta.app_label}_{self.model._meta.model_name}_changelist"
        )
        return f"{base}?{urlencode(self.filters)}" if self.filters else base

    @property
    def number(self) -> int:
        return self.rows()[: MOST_COUNTED + 1].count()


@dataclass(frozen=True, slots=True)
class Waiting:
    """A queue as the desk's first page shows it."""

    title: str
    address: str
    number: int

    @property
    def shown(self) -> str:
        return f"> {MOST_COUNTED}" if self.number > MOST_COUNTED else str(self.number)


def submissions(state: SubmissionState, *, suspect: bool | None = None) -> QuerySet[Submission]:
    found = Submission.objects.filter(state=state.value)
    return found if suspect is None else found.filter(suspect=suspect)


def fingerprints() -> list[str]:
    """Of today's rules."""
    return [definition.fingerprint for definition in registry.DEFINITIONS]


QUEUES: tuple[Queue, ...] = (
    Queue(
        _("Submissions that wait for a decision"),
        Submission,
        {"state__exact": "sent", "suspect__exact": "0"},
        lambda: submissions(SubmissionState.SENT, suspect=False),
    ),
    Queue(
        _("Submissions that look like spam"),
        Submission,
        {"state__exact": "sent", "suspect__exact": "1"},
        lambda: submissions(SubmissionState.SENT, suspect=True),
    ),
    Queue(
        _("Questions that wait for the submitter"),
        Submission,
        {"state__exact": "asked"},
        lambda: submissions(SubmissionState.ASKED),
    ),
    Queue(
        _("Pairs that may be one system"),
        PossibleDuplicate,
        {"state__exact": DuplicateState.OPEN.value},
        lambda: PossibleDuplicate.objects.filter(state=DuplicateState.OPEN.value),
    ),
    Queue(
        _("Evidence that cannot be reached"),
        Link,
        {"state__exact": LinkState.BROKEN.value},
        lambda: Link.objects.filter(state=LinkState.BROKEN.value),
    ),
    Queue(
        _("Licences that are stated and not recognised"),
        Component,
        {},
        lambda: Component.objects.filter(licence_status=LicenceStatus.UNRECOGNISED.value),
        page="unrecognised_licences",
    ),
    Queue(
        _("Verdicts that wait for a ruling"),
        Evaluation,
        {"status__exact": Status.NEEDS_JUDGEMENT.value},
        lambda: Evaluation.objects.filter(status=Status.NEEDS_JUDGEMENT.value),
    ),
    Queue(
        _("Rulings made on facts that have changed"),
        Ruling,
        {"lapsed": "yes"},
        lambda: Ruling.objects.lapsed(),
    ),
    Queue(
        _("Verdicts that are not of today’s facts and rules"),
        Evaluation,
        {"stale": "yes"},
        lambda: Evaluation.objects.stale(fingerprints()),
    ),
    Queue(
        _("Imported records that could not be used"),
        SourceRecord,
        {"state__exact": RecordState.REJECTED.value},
        lambda: SourceRecord.objects.filter(state=RecordState.REJECTED.value),
    ),
    Queue(
        _("Imported records that are withheld, because they name no system"),
        SourceRecord,
        {"state__exact": RecordState.WITHHELD.value},
        lambda: SourceRecord.objects.filter(state=RecordState.WITHHELD.value),
    ),
)


@dataclass(frozen=True, slots=True)
class Spelling:
    """A licence as makers state it, which nothing in the register knows."""

    text: str
    noun: str
    number: int
    address: str


def unrecognised() -> list[Spelling]:
    """The spellings, the most frequent first. One query for each table with terms."""
    found: list[Spelling] = []
    for model in LICENSED_MODELS:
        rows = model._default_manager.filter(licence_status=LicenceStatus.UNRECOGNISED.value)
        counted = rows.order_by().values_list("licence_text").annotate(number=Count("pk"))
        base = reverse(f"admin:catalog_{model._meta.model_name}_changelist")
        for text, number in counted.order_by("-number", "licence_text")[:MOST_COUNTED]:
            query = urlencode({"licence_status__exact": "unrecognised", "licence_text": text})
            noun = str(model._meta.verbose_name_plural)
            found.append(Spelling(text, noun, number, f"{base}?{query}"))
    return sorted(found, key=lambda spelling: (-spelling.number, spelling.text))


def waiting(user: User) -> list[Waiting]:
    """The queues that this account may see. One query each."""
    return [
        Waiting(str(queue.title), queue.address, queue.number)
        for queue in QUEUES
        if user.has_perm(f"{queue.model._meta.app_label}.view_{queue.model._meta.model_name}")
    ]
