"""The strip: what was released, one character per kind of component."""

from definitions.checks import can_be_had
from definitions.facts import Component, Facts
from definitions.licences import of_row, open_by_any_list
from definitions.vocabulary import (
    STRIP_KINDS,
    Availability,
    CellState,
    Completeness,
    Status,
)

LETTERS = {
    CellState.OPEN: "o",
    CellState.LIMITED: "l",
    CellState.CLOSED: "c",
    CellState.UNKNOWN: "u",
    CellState.NOT_APPLICABLE: "n",
}


def cell(row: Component, facts: Facts) -> CellState:
    """How one component is drawn.

    Open needs a public, complete release under a licence on an open list. A
    public release of which the licence or the completeness is not on record is
    drawn as limited, never as open.
    """
    if row.availability is Availability.UNKNOWN:
        return CellState.UNKNOWN
    if row.availability is Availability.NOT_APPLICABLE:
        return CellState.NOT_APPLICABLE
    if not can_be_had(row):
        return CellState.CLOSED
    whole = row.completeness not in (Completeness.PARTIAL, Completeness.NONE)
    licence = of_row(row, open_by_any_list, facts, none_stated=Status.NOT_MET)
    free = row.availability is Availability.OPEN_DOWNLOAD and licence is Status.MET
    return CellState.OPEN if free and whole else CellState.LIMITED


def strip(facts: Facts) -> str:
    """The 22 cells of a system, in the order of ``STRIP_KINDS``."""
    return "".join(LETTERS[cell(facts.component(kind), facts)] for kind in STRIP_KINDS)
