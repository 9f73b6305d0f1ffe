"""Systems side by side: rows of cells, built from loaded entries."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from catalog.dates import iso
from catalog.models import AISystem, Evaluation
from catalog.presenters.entry import kinds_of, licence_words
from catalog.presenters.verdicts import by_definition
from definitions import registry
from definitions.core import Definition
from definitions.vocabulary import (
    Availability,
    CommercialUse,
    ComponentGroup,
    DataClass,
    Shape,
    Status,
    TrainingStage,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell: words, and a status where the words are a verdict."""

    text: str
    status: Status | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the comparison; ``href`` leads to what the line is about."""

    label: str
    cells: list[Cell]
    code: str = ""

    @property
    def differs(self) -> bool:
        """True where the systems are not all alike on this line."""
        return len({(cell.text, cell.status, cell.detail) for cell in self.cells}) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Lines that belong together."""

    title: str
    rows: list[Row]


NOTHING = "–"


def sections(systems: Sequence[AISystem], *, differences_only: bool = False) -> list[Section]:
    """Everything that is compared: basics, verdicts, criteria, components, data."""
    judged = [by_definition(system.evaluations.all()) for system in systems]
    found = [
        Section(title="Basics", rows=basics(systems)),
        Section(title="Verdicts", rows=verdicts(judged)),
        *(criteria(judged, definition) for definition in registry.current()),
        *(components(systems, group) for group in ComponentGroup),
        Section(title="Training data", rows=training_data(systems)),
    ]
    if differences_only:
        found = [
            Section(title=section.title, rows=[row for row in section.rows if row.differs])
            for section in found
        ]
    return [section for section in found if section.rows]


def basics(systems: Sequence[AISystem]) -> list[Row]:
    lines: dict[str, Callable[[Any], str]] = {
        "Maker": lambda system: ", ".join(maker.name for maker in system.maker_list),
        "Released": lambda system: iso(system.released_on, system.released_precision),
        "Parameters": lambda system: f"{system.parameters:,}" if system.parameters else "",
        "Modalities": lambda system: ", ".join(system.modalities),
        "Licence of the weights": lambda system: system.weights_licence,
        "Commercial use": lambda system: CommercialUse.of(system.commercial_use).label,
        "Frameworks": lambda system: ", ".join(item["name"] for item in system.framework_links),
    }
    return [
        Row(label=label, cells=[Cell(text=read(system) or NOTHING) for system in systems])
        for label, read in lines.items()
    ]


type Judged = Sequence[Mapping[str, Evaluation]]
"""The stored verdicts of each system, by definition."""


def verdicts(judged: Judged) -> list[Row]:
    rows = []
    for definition in registry.current():
        cells = []
        for evaluations in judged:
            evaluation = evaluations.get(definition.id)
            cells.append(
                verdict_cell(definition, evaluation)
                if evaluation
                else Cell(text="Not evaluated yet", status=Status.UNKNOWN)
            )
        rows.append(Row(label=definition.short_title, cells=cells))
    return rows


def verdict_cell(definition: Definition, evaluation: Evaluation) -> Cell:
    """A score has no status: it passes or fails nothing."""
    scored = definition.shape is Shape.SCORE
    return Cell(text=evaluation.label, status=None if scored else Status.of(evaluation.status))


def criteria(judged: Judged, definition: Definition) -> Section:
    """The criteria of one definition."""
    found = []
    for evaluations in judged:
        evaluation = evaluations.get(definition.id)
        findings = evaluation.outcome["findings"] if evaluation else []
        found.append({finding["code"]: finding for finding in findings})
    rows = [
        Row(
            label=criterion.title,
            code=criterion.code,
            cells=[finding_cell(findings.get(criterion.code)) for findings in found],
        )
        for criterion in definition.criteria
    ]
    return Section(title=f"{definition.short_title}, criterion by criterion", rows=rows)


def finding_cell(finding: dict[str, str] | None) -> Cell:
    if finding is None:
        return Cell(text=Status.UNKNOWN.label, status=Status.UNKNOWN)
    status = Status.of(finding["status"])
    word = finding.get("grade") or status.label
    return Cell(text=word, status=status, detail=finding["reason"])


def components(systems: Sequence[AISystem], group: ComponentGroup) -> Section:
    """What was released of one group, and under which terms."""
    found = [{row.kind: row for row in system.components.all()} for system in systems]
    rows = []
    for kind in kinds_of(group):
        cells = []
        for components_of in found:
            row = components_of.get(kind)
            if row is None:
                cells.append(Cell(text="No record"))
                continue
            label = Availability.of(row.availability).label
            cells.append(Cell(text=label, detail=licence_words(row)))
        rows.append(Row(label=kind.label, cells=cells))
    return Section(title=f"Components: {group.label.lower()}", rows=rows)


def training_data(systems: Sequence[AISystem]) -> list[Row]:
    """One line per stage: the datasets with their class."""
    rows = []
    for stage in TrainingStage:
        cells = []
        for system in systems:
            names = [
                f"{use.dataset.name} ({DataClass.of(use.data_class).label.lower()})"
                for use in system.training_data.all()
                if use.stage == stage
            ]
            cells.append(Cell(text=", ".join(names) or "No record"))
        rows.append(Row(label=stage.label, cells=cells))
    return rows
