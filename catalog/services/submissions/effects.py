"""What a proposal would do: the verdicts before and after, and how much weight that has."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from catalog.facts import facts_for
from catalog.models import AISystem, Evaluation, Submission
from catalog.proposals.entry import document_of
from catalog.proposals.rows import facts_of, rows_of
from catalog.proposals.units import Change, Document, changes, taken_over
from catalog.services.evaluation import columns
from definitions import registry
from definitions.core import Definition, Verdict, evaluate
from definitions.facts import Facts
from definitions.vocabulary import Status


@dataclass(frozen=True, slots=True)
class Standing:
    """An entry as it is: its document and its facts."""

    document: Document
    facts: Facts
    verified: bool = False


@dataclass(frozen=True, slots=True)
class VerdictPair:
    """The verdict of one definition before and after; ``before`` is None for a new entry."""

    definition: Definition
    before: Verdict | None
    after: Verdict

    @property
    def moved(self) -> bool:
        return self.before is not None and (self.before.status, self.before.label) != (
            self.after.status,
            self.after.label,
        )


@dataclass(frozen=True, slots=True)
class Effect:
    """What accepting some units of a proposal would do."""

    changes: list[Change]
    verdicts: list[VerdictPair]
    verified: bool
    is_new: bool

    @property
    def moved(self) -> list[VerdictPair]:
        return [pair for pair in self.verdicts if pair.moved]

    @property
    def high_impact(self) -> bool:
        """Whether a Reviewer has to decide.

        So it is where a verdict of an entry changes, where an entry that editors
        have verified changes, and where a new entry would meet a definition.
        """
        if self.is_new:
            return any(pair.after.status is Status.MET for pair in self.verdicts)
        return bool(self.changes) and (self.verified or bool(self.moved))


def standing_of(system: AISystem | None) -> Standing | None:
    """The entry as it is now. About ten queries."""
    if system is None:
        return None
    read = AISystem.objects.with_facts().get(pk=system.pk)
    return Standing(document_of(read), facts_for(read), read.verified_on is not None)


def facts_after(document: Document, slug: str = "", standing: Standing | None = None) -> Facts:
    """The facts of a valid document. About eight queries."""
    known = standing.facts if standing else None
    return facts_of(rows_of(document, slug, known), known)


def judged(facts: Facts) -> list[Evaluation]:
    """The verdicts of today's definitions as rows that are not saved, for cards and cells."""
    now = timezone.now()
    return [
        Evaluation(
            definition_id=definition.id,
            evaluated_at=now,
            status_since=now,
            **columns(evaluate(definition, facts), facts),
        )
        for definition in registry.current()
    ]


def effect_of(submission: Submission, accepted: Iterable[str] | None = None) -> Effect:
    """What accepting these units would do today; all of them by default. About twenty queries."""
    system = None if submission.is_new else submission.system
    standing = standing_of(system)
    current = standing.document if standing else {}
    found = changes(submission.base, submission.document, current)
    units = [change.unit for change in found] if accepted is None else list(accepted)
    target = taken_over(current, submission.document, units)
    after = facts_after(target, system.slug if system else "", standing)
    return Effect(
        changes=found,
        verdicts=[
            VerdictPair(
                definition,
                evaluate(definition, standing.facts) if standing else None,
                evaluate(definition, after),
            )
            for definition in registry.current()
        ],
        verified=standing.verified if standing else False,
        is_new=submission.is_new,
    )
