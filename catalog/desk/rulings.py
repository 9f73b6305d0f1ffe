"""What a ruling keeps of the facts that it was made on."""

from collections.abc import Iterable

from catalog.entry.facts import facts_for
from catalog.models import AISystem
from definitions import registry
from definitions.core import evaluate
from definitions.judged import judged_now


def judged_today(
    *, system: AISystem, criterion: str, relies_on: Iterable[str] = ()
) -> dict[str, str]:
    """The facts that the criterion reads and the rationale relies on, with their values today."""
    facts = facts_for(AISystem.objects.with_facts().get(pk=system.pk))
    verdict = evaluate(registry.get(criterion.partition("/")[0]), facts)
    read = {
        path
        for finding in verdict.findings
        if finding.code == criterion
        for path in finding.facts_used
    }
    return {fact.path: fact.value for fact in judged_now(facts, {*read, *relies_on})}
