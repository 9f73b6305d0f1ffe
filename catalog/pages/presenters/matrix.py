"""Which definition requires which component: the definitions side by side."""

from dataclasses import dataclass

from definitions import registry
from definitions.core import Definition
from definitions.vocabulary import ComponentGroup, ComponentKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """What one definition asks of one component."""

    required: bool
    optional: bool
    terms: bool
    level: str
    once_recorded: bool = False

    @property
    def words(self) -> str:
        if self.required:
            asked = "Counts once it is recorded" if self.once_recorded else "Required"
            link = ", for" if self.once_recorded else " for"
            asked = f"{asked}{link} {self.level}" if self.level else asked
            return f"{asked}, under open terms" if self.terms else asked
        return "Optional" if self.optional else "Not asked for"


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    kind: ComponentKind
    cells: list[Requirement]


def requirement_matrix() -> list[tuple[ComponentGroup, list[MatrixRow]]]:
    """Every component kind that some definition speaks of, by group."""
    found = []
    for group in ComponentGroup:
        rows = [
            MatrixRow(kind=kind, cells=[requirement(d, kind) for d in registry.current()])
            for kind in ComponentKind
            if kind.group is group
        ]
        asked = [row for row in rows if any(c.required or c.optional for c in row.cells)]
        if asked:
            found.append((group, asked))
    return found


def requirement(definition: Definition, kind: ComponentKind) -> Requirement:
    about = [item for item in definition.criteria if kind in item.component_kinds]
    required = [item for item in about if not item.optional]
    codes = {item.code for item in required}
    level = next((lv.label for lv in definition.levels if codes & set(lv.codes)), "")
    return Requirement(
        required=bool(required),
        optional=bool(about) and not required,
        terms=bool(definition.levels and required) or any(item.about_terms for item in required),
        level=level.partition(" – ")[0],
        once_recorded=bool(required) and all(kind in item.once_recorded for item in required),
    )
