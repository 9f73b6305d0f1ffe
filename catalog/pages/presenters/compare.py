"""Systems side by side: rows of cells, built from loaded entries."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from catalog.evaluation.explanations import Explanations
from catalog.models import AISystem, Evaluation, License
from catalog.pages.presenters.entry import kinds_of, licence_words, row_standing
from catalog.pages.presenters.terms import LicenceUse, business_words, weights_uses
from catalog.pages.presenters.terms import joined as joined_licences
from catalog.pages.presenters.verdicts import by_definition
from definitions import registry
from definitions.core import Definition, Finding
from definitions.readers.dates import iso
from definitions.vocabulary import (
    Availability,
    ComponentGroup,
    ComponentKind,
    DataClass,
    Shape,
    Status,
    TrainingStage,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell: words, and a status where the words are a verdict.

    ``below`` says whose word it is where it is not verified.
    """

    text: str
    status: Status | None = None
    detail: str = ""
    below: str = ""

    @property
    def whole(self) -> str:
        """All of it as one text, for a table file."""
        rest = [words for words in (self.below, self.detail) if words]
        return f"{self.text} ({'; '.join(rest)})" if rest else self.text


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


type Licences = Mapping[str, License]


def sections(
    systems: Sequence[AISystem], licences: Licences, *, differences_only: bool = False
) -> list[Section]:
    """Everything that is compared: basics, terms, verdicts, criteria, components, data."""
    judged = [by_definition(system.evaluations.all()) for system in systems]
    explained = [Explanations.of(system) for system in systems]
    told_of = [system.standing.told for system in systems]
    found = [
        Section(title="Basics", rows=basics(systems, licences)),
        Section(title="Terms of the weights", rows=terms(systems, licences)),
        Section(title="Verdicts", rows=verdicts(judged, told_of)),
        *(criteria(explained, told_of, definition) for definition in registry.current()),
        *(components(systems, group) for group in ComponentGroup),
        Section(title="Training data", rows=training_data(systems)),
    ]
    if differences_only:
        found = [
            Section(title=section.title, rows=[row for row in section.rows if row.differs])
            for section in found
        ]
    return [section for section in found if section.rows]


def basics(systems: Sequence[AISystem], licences: Licences) -> list[Row]:
    lines: dict[str, Callable[[Any], str]] = {
        "Maker": lambda system: ", ".join(maker.name for maker in system.maker_list),
        "Released": lambda system: iso(system.released_on, system.released_precision),
        "Parameters": lambda system: f"{system.parameters:,}" if system.parameters else "",
        "Modalities": lambda system: ", ".join(system.modalities),
        "Licence of the weights": lambda system: licence_name(system.weights_licence, licences),
        "How it was checked": lambda system: system.standing.words,
        "Business use": lambda system: business_words(
            system.commercial_use, system.business_standing
        ),
        "Frameworks": lambda system: ", ".join(item["name"] for item in system.framework_links),
    }
    return [
        Row(label=label, cells=[Cell(text=read(system) or NOTHING) for system in systems])
        for label, read in lines.items()
    ]


def licence_name(expression: str, licences: Licences) -> str:
    """The name of a licence of ours, which people know better than its id; else the expression."""
    own = licences.get(expression) if expression.startswith("LicenseRef-") else None
    return own.name if own else expression


def terms(systems: Sequence[AISystem], licences: Licences) -> list[Row]:
    """What the licences of the weights allow, demand and limit, in their records' words."""
    uses = [weights_uses(system, licences) for system in systems]
    lines: dict[str, Callable[[LicenceUse], str]] = {
        "You may": lambda use: use.licence.permissions_note,
        "You must": lambda use: use.demands,
        "Limits": lambda use: use.limits,
    }
    joined = [joined_words(system) for system in systems]
    rows = [
        Row(label=label, cells=[Cell(text=told(found, read)) for found in uses])
        for label, read in lines.items()
    ]
    if any(joined):
        rows.insert(
            0, Row(label="Several licences", cells=[Cell(text=t or NOTHING) for t in joined])
        )
    return rows


def told(uses: Sequence[LicenceUse], read: Callable[[LicenceUse], str]) -> str:
    """The words of one licence, or of each with its name before them."""
    found = [(use.licence.name, read(use)) for use in uses]
    if len(found) == 1:
        return found[0][1] or NOTHING
    return " ".join(f"{name}: {words}" for name, words in found if words) or NOTHING


def joined_words(system: AISystem) -> str:
    """How several licences of the weights go together; empty for one."""
    weights = ComponentKind.WEIGHTS_FINAL
    rows = [row for row in system.components.all() if row.kind == weights]
    return " ".join(item.how for item in joined_licences(rows))


type Judged = Sequence[Mapping[str, Evaluation]]
"""The stored verdicts of each system, by definition."""


def verdicts(judged: Judged, told_of: Sequence[str]) -> list[Row]:
    rows = []
    for definition in registry.current():
        cells = []
        for evaluations, below in zip(judged, told_of, strict=True):
            evaluation = evaluations.get(definition.id)
            cells.append(
                verdict_cell(definition, evaluation, below)
                if evaluation
                else Cell(text="Not evaluated yet", status=Status.UNKNOWN)
            )
        rows.append(Row(label=definition.short_title, cells=cells))
    return rows


def verdict_cell(definition: Definition, evaluation: Evaluation, below: str) -> Cell:
    """A score has no status: it passes or fails nothing."""
    scored = definition.shape is Shape.SCORE
    status = Status.of(evaluation.status)
    open_still = status is Status.UNKNOWN and not evaluation.level
    return Cell(
        text=evaluation.label,
        status=None if scored else status,
        below="" if open_still else below,
    )


def criteria(
    explained: Sequence[Explanations], told_of: Sequence[str], definition: Definition
) -> Section:
    """The criteria of one definition."""
    found = []
    for explanations in explained:
        verdict = explanations.verdict(definition)
        found.append({finding.code: finding for finding in verdict.findings} if verdict else {})
    rows = [
        Row(
            label=criterion.title,
            code=criterion.code,
            cells=[
                finding_cell(findings.get(criterion.code), below)
                for findings, below in zip(found, told_of, strict=True)
            ],
        )
        for criterion in definition.criteria
    ]
    return Section(title=f"{definition.short_title}, criterion by criterion", rows=rows)


def finding_cell(finding: Finding | None, below: str) -> Cell:
    if finding is None:
        return Cell(text=Status.UNKNOWN.label, status=Status.UNKNOWN)
    return Cell(
        text=finding.word,
        status=finding.status,
        detail=finding.reason,
        below=below if finding.status is Status.MET else "",
    )


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
            below = row_standing(row).told
            cells.append(Cell(text=label, detail=licence_words(row), below=below))
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
