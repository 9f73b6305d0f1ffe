"""Entries and open submissions that may be the system that somebody is typing in."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.db.models.functions import Lower

from catalog.entry.units import Document
from catalog.models import (
    AISystem,
    Dataset,
    License,
    Organization,
    PossibleDuplicate,
    Submission,
)
from definitions.readers import naming

MOST = 5
SAME_HUB = "the same repository on the Hub"
SAME_NAME = "the same name"


@dataclass(frozen=True, slots=True)
class Likeness:
    """An entry, and why it may be the same system."""

    system: AISystem
    reason: str
    certain: bool


def entries_like(document: Document) -> list[Likeness]:
    """Published entries with the same repository or a near name. Two queries at most."""
    published = AISystem.objects.published().defer("search")
    hub = str(document.get("huggingface_id", ""))
    code = str(document.get("repository", ""))
    same = Q()
    if hub:
        same |= Q(huggingface_id__iexact=hub)
    if code:
        same |= Q(repository=code)
    found: list[Likeness] = []
    for row in published.filter(same)[:MOST] if same else []:
        by_hub = bool(hub) and row.huggingface_id.lower() == hub.lower()
        reason = SAME_HUB if by_hub else "the same code repository"
        found.append(Likeness(row, reason, certain=by_hub))
    name = str(document.get("name", ""))
    known = {likeness.system.pk for likeness in found}
    for row in published.near(name)[:MOST] if name else []:
        if row.pk not in known:
            same_name = naming.folded(row.name) == naming.folded(name)
            reason = SAME_NAME if same_name else "a similar name"
            found.append(Likeness(row, reason, certain=False))
    return found[:MOST]


def file_pairs(entry: AISystem, likenesses: Iterable[Likeness]) -> None:
    """Put a new entry and those that are likely the same into the editors' queue of pairs.

    A shared code repository or a similar name is no sign of it: families have both.
    """
    PossibleDuplicate.objects.bulk_create(
        [
            PossibleDuplicate(
                first=likeness.system,
                second=entry,
                reason=f"A submission was accepted that has {likeness.reason}.",
            )
            for likeness in likenesses
            if likeness.reason in (SAME_HUB, SAME_NAME)
        ],
        ignore_conflicts=True,
    )


def submissions_like(submission: Submission) -> list[Submission]:
    """Other open submissions about the same entry, or the same name or repository. One query."""
    same = Q(title__iexact=submission.title) if submission.title else Q(pk__in=[])
    hub = submission.document.get("huggingface_id")
    if hub:
        same |= Q(document__huggingface_id=hub)
    if submission.system_id and not submission.is_new:
        same |= Q(system=submission.system_id)
    others = Submission.objects.filter(same, state__in=["sent", "asked"]).exclude(pk=submission.pk)
    return list(others.order_by("sent_at")[:MOST])


def choices(kind: str, text: str, most: int = 12) -> list[tuple[str, str]]:
    """What can be chosen in a field with this text so far: value and label. One query."""
    text = text.strip()[:100]
    if not text:
        return []
    if kind == "licences":
        rows = License.objects.search(text).order_by(Lower("spdx_id"))[:most]
        return [(row.spdx_id, row.name) for row in rows]
    nouns = {
        "organisations": Organization.objects,
        "datasets": Dataset.objects,
        "systems": AISystem.objects.published().defer("search"),
    }
    named = nouns[kind].search(text).order_by("name")[:most]  # type: ignore[attr-defined]
    return [(row.name, row.slug) for row in named]
