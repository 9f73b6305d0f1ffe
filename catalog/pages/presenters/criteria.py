"""Systems against the criteria of one definition: a row per system, a cell per criterion."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from catalog.models import AISystem, Evaluation
from catalog.pages.presenters.verdicts import VerdictCell
from definitions.core import Criterion, Definition
from definitions.marks import MARKS, Mark, word_of
from definitions.vocabulary import Grade, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionCell:
    """What the letter of a verdict says of one criterion; ``grade`` where it is graded."""

    criterion: Criterion
    mark: Mark
    grade: str = ""

    @property
    def status(self) -> Status:
        return self.mark.status

    @property
    def partial(self) -> bool:
        """True for a grade between the best and the worst: it has a shape of its own."""
        return self.mark.grade is Grade.PARTIAL


NOTHING = Mark(Status.UNKNOWN)
"""Said of a criterion of which no letter is kept."""


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
    letters = definition.marks_by_code(evaluation.criteria) if evaluation else {}
    return CriteriaRow(
        system=system,
        verdict=VerdictCell(definition=definition, evaluation=evaluation),
        cells=[
            cell_of(definition, criterion, letters.get(criterion.code, ""))
            for criterion in definition.criteria
        ],
    )


def cell_of(definition: Definition, criterion: Criterion, letter: str) -> CriterionCell:
    mark = MARKS.get(letter, NOTHING)
    grade = word_of(letter, definition.grades) if mark.grade else ""
    return CriterionCell(criterion=criterion, mark=mark, grade=grade)


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
