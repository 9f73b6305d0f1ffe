"""What a stored verdict says in full, as pages read it."""

from typing import Any

from catalog.evaluation.explanations import Explanations
from catalog.models import Evaluation
from definitions import registry
from definitions.core import Verdict


def explained(row: Evaluation) -> Verdict:
    """The verdict of a row with its reasons."""
    found: Any = Evaluation.objects.with_facts().get(pk=row.pk)
    verdict = Explanations.of(found).verdict(registry.get(row.definition_id))
    assert verdict
    return verdict


def statuses(row: Evaluation) -> dict[str, str]:
    """The status of each criterion by its code."""
    return {finding.code: finding.status.value for finding in explained(row).findings}
