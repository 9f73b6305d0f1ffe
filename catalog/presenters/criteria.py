"""Systems against the criteria of one definition: a row per system, a cell per criterion."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from catalog.models import AISystem, Evaluation
from catalog.presenters.verdicts import FindingRow, VerdictCell, finding_rows
from definitions.core import Criterion, Definition
from definitions.vocabulary import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionCell:
    """What the verdict says of one criterion; without a finding that is unknown."""

    criterion: Criterion
    finding: FindingRow | None

    @property
    def status(self) -> Status:
        return self.finding.status if self.finding else Status.UNKNOWN

    @property
    def grade(self) -> str:
        return self.finding.grade if self.finding else ""

    @property
    def partial(self) -> bool:
        return self.finding is not None and self.finding.partial


@dataclass(frozen=True, slots=True, kw_only=True)
class CriteriaRow:
    """One system: its verdict, and a cell for each criterion in the definition's order."""

    system: AISystem
    verdict: VerdictCell
    cells: list[CriterionCell]


def criteria_rows(
    systems: Iterable[AISystem], definition: Definition, evaluations: Mapping[int, Evaluation]
) -> list[CriteriaRow]:
    """Rows in the order of the systems; evaluations by the system's key."""
    return [row_of(system, definition, evaluations.get(system.pk)) for system in systems]


def row_of(system: AISystem, definition: Definition, evaluation: Evaluation | None) -> CriteriaRow:
    findings = finding_rows(definition, evaluation) if evaluation else []
    found = {finding.criterion.code: finding for finding in findings}
    return CriteriaRow(
        system=system,
        verdict=VerdictCell(definition=definition, evaluation=evaluation),
        cells=[
            CriterionCell(criterion=criterion, finding=found.get(criterion.code))
            for criterion in definition.criteria
        ],
    )


def values(row: CriteriaRow, definition: Definition) -> dict[str, Any]:
    """A row for programs: the steward's grade where there is one, else our status."""
    return {
        "slug": row.system.slug,
        "name": row.system.name,
        "tier": row.system.tier,
        "recorded_by": row.system.registers,
        "definition": definition.id,
        "status": row.verdict.status.value,
        "verdict": row.verdict.label,
    } | {cell.criterion.slug: cell.grade or cell.status.value for cell in row.cells}
