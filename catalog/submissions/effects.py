"""What a proposal would do: the verdicts before and after, and how much weight that has."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.utils import timezone

from catalog.entry.document import document_of
from catalog.entry.facts import facts_for
from catalog.entry.rows import facts_of, rows_of
from catalog.entry.units import Change, Document, changes, taken_over
from catalog.models import AISystem, Evaluation, Submission
from definitions import registry
from definitions.core import Definition, Verdict, evaluate
from definitions.facts import Facts
from definitions.memory import forgetting
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

    standing: Standing | None
    changes: list[Change]
    verdicts: list[VerdictPair]

    @property
    def moved(self) -> list[VerdictPair]:
        return [pair for pair in self.verdicts if pair.moved]

    @property
    def high_impact(self) -> bool:
        """Whether a Reviewer has to decide.

        So it is where a verdict of an entry changes, where an entry that editors
        have verified changes, and where a new entry would meet a definition.
        """
        if self.standing is None:
            return any(pair.after.status is Status.MET for pair in self.verdicts)
        return bool(self.changes) and (self.standing.verified or bool(self.moved))


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


def judged(facts: Facts) -> dict[str, Verdict]:
    """The verdicts of today's definitions, by their ids."""
    with forgetting():
        return {definition.id: evaluate(definition, facts) for definition in registry.current()}


def unsaved(verdicts: Mapping[str, Verdict]) -> list[Evaluation]:
    """Verdicts as rows that are not saved, for cards and cells."""
    now = timezone.now()
    return [
        Evaluation(
            definition_id=identifier,
            evaluated_at=now,
            status_since=now,
            definition_fingerprint=verdict.fingerprint,
            **registry.get(identifier).result_of(verdict)._asdict(),
        )
        for identifier, verdict in verdicts.items()
    ]


def effect_of(submission: Submission) -> Effect:
    """What accepting all of it would do today. About twenty queries."""
    standing = standing_of(None if submission.is_new else submission.system)
    current = standing.document if standing else {}
    found = changes(submission.base, submission.document, current)
    return effect_on(standing, submission, found, [change.unit for change in found])


def effect_on(
    standing: Standing | None,
    submission: Submission,
    found: list[Change],
    units: Collection[str],
) -> Effect:
    """What accepting these units of its changes would do to an entry that stands so."""
    current = standing.document if standing else {}
    slug = submission.system.slug if standing and submission.system else ""
    after = facts_after(taken_over(current, submission.document, units), slug, standing)
    with forgetting():
        verdicts = [
            VerdictPair(
                definition,
                evaluate(definition, standing.facts) if standing else None,
                evaluate(definition, after),
            )
            for definition in registry.current()
        ]
    return Effect(standing=standing, changes=found, verdicts=verdicts)
