"""Changes for people: a verdict that became another one, and what moved it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from catalog.models import AISystem, Cause, VerdictChange
from definitions import registry
from definitions.core import Definition

MOVED_SHOWN = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """One criterion that moved, with its word before and after."""

    title: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One line of the stream. ``definition`` is None where a system came into the register."""

    id: int
    system: AISystem
    definition: Definition | None
    cause: str
    before_status: str
    before_label: str
    status: str
    label: str
    moved: list[Moved]
    more: int
    happened_at: dt.datetime

    @property
    def former(self) -> "Change":
        """The verdict as it was before."""
        return replace(self, status=self.before_status, label=self.before_label)

    @property
    def cause_label(self) -> str:
        return str(Cause(self.cause).label)

    @property
    def sentence(self) -> str:
        """The change in one plain sentence, for feeds."""
        if self.definition is None:
            return self.cause_label
        told = ", ".join(
            f"{item.title.lower()}: {item.before} → {item.after}" for item in self.moved
        )
        tail = f" ({told})" if told else ""
        whose = f" {self.system.standing.told}." if self.system.standing.told else ""
        return (
            f"{self.definition.short_title}: {self.before_label} → {self.label}. "
            f"{self.cause_label}{tail}.{whose}"
        )


def change_rows(changes: Iterable[VerdictChange]) -> list[Change]:
    """Changes read with their systems; those of definitions that are gone are left out."""
    known = {definition.id: definition for definition in registry.DEFINITIONS}
    return [
        present(row, known.get(row.definition_id))
        for row in changes
        if not row.definition_id or row.definition_id in known
    ]


def present(row: VerdictChange, definition: Definition | None) -> Change:
    moved = moved_criteria(definition, row.moved)
    return Change(
        id=row.pk,
        system=row.system,
        definition=definition,
        cause=row.cause,
        before_status=row.before_status,
        before_label=row.before_label,
        status=row.status,
        label=row.label,
        moved=moved[:MOVED_SHOWN],
        more=max(0, len(moved) - MOVED_SHOWN),
        happened_at=row.happened_at,
    )


def moved_criteria(definition: Definition | None, items: list[dict[str, str]]) -> list[Moved]:
    titles = {item.code: item.title for item in definition.criteria} if definition else {}
    return [
        Moved(
            title=titles.get(item["code"], item["code"]), before=item["before"], after=item["after"]
        )
        for item in items
    ]
