"""The strip as a drawing: one small picture of what was released.

Shape carries the meaning: a full cell is released under an open licence, a
half one released with limits, an outline not released, a dotted one unknown,
a dash does not apply. The drawing is cached per string; there are few.
"""

from dataclasses import dataclass
from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from definitions.strip import LETTERS
from definitions.vocabulary import STRIP_KINDS, CellState, ComponentGroup, ComponentKind

STATES = {letter: state for state, letter in LETTERS.items()}

WIDTH, HEIGHT, STEP, GAP = 8, 14, 10, 7
"""Units of the drawing: a cell, the way to the next one, the extra way between groups."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the cell of a kind stands."""

    kind: ComponentKind
    x: int


def places() -> tuple[Place, ...]:
    found: list[Place] = []
    x = 0
    for kind in STRIP_KINDS:
        if found and found[-1].kind.group is not kind.group:
            x += GAP
        found.append(Place(kind, x))
        x += STEP
    return tuple(found)


PLACES = places()
TOTAL_WIDTH = PLACES[-1].x + STEP


def box(x: int) -> str:
    """An outline, drawn on half units so that a line of one unit is sharp."""
    return f"M{x + 0.5} .5h{WIDTH - 1}v{HEIGHT - 1}h-{WIDTH - 1}z"


def shapes(cells: str) -> dict[str, str]:
    """One path per kind of shape."""
    paths = {"full": "", "half": "", "line": "", "dots": ""}
    for place, letter in zip(PLACES, cells, strict=True):
        x, state = place.x, STATES[letter]
        if state is CellState.OPEN:
            paths["full"] += f"M{x} 0h{WIDTH}v{HEIGHT}h-{WIDTH}z"
        elif state is CellState.LIMITED:
            paths["half"] += f"M{x} {HEIGHT // 2}h{WIDTH}v{HEIGHT // 2}h-{WIDTH}z"
            paths["line"] += box(x)
        elif state is CellState.CLOSED:
            paths["line"] += box(x)
        elif state is CellState.UNKNOWN:
            paths["dots"] += box(x)
        else:
            paths["full"] += f"M{x + 1} {HEIGHT // 2}h{WIDTH - 2}v1h-{WIDTH - 2}z"
    return {name: path for name, path in paths.items() if path}


def in_words(cells: str) -> str:
    """The strip for people who do not see it: “Data: 2 of 4 open, 1 unknown; Code: …”."""
    parts = []
    for group in ComponentGroup:
        states = [
            STATES[letter]
            for place, letter in zip(PLACES, cells, strict=True)
            if place.kind.group is group
        ]
        if states:
            parts.append(f"{group.label}: {group_in_words(states)}")
    return "; ".join(parts)


def group_in_words(states: list[CellState]) -> str:
    counts = [
        (states.count(CellState.LIMITED), "with limits"),
        (states.count(CellState.CLOSED), "not released"),
        (states.count(CellState.UNKNOWN), "unknown"),
    ]
    opened = f"{states.count(CellState.OPEN)} of {len(states)} open"
    return ", ".join([opened, *(f"{count} {word}" for count, word in counts if count)])


@lru_cache(maxsize=20_000)
def drawing(cells: str) -> SafeString:
    """The strip as inline SVG."""
    paths = "".join(f'<path class="s-{name}" d="{d}"/>' for name, d in shapes(cells).items())
    return mark_safe(  # noqa: S308 - built from a closed alphabet
        f'<svg class="strip" viewBox="0 0 {TOTAL_WIDTH} {HEIGHT}" width="{TOTAL_WIDTH}" '
        f'height="{HEIGHT}" role="img" aria-label="{escape(in_words(cells))}">{paths}</svg>'
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell of the large strip: labelled, and a link where there is evidence."""

    kind: ComponentKind
    state: CellState
    url: str


def large(cells: str, evidence: dict[str, str]) -> list[tuple[ComponentGroup, list[Cell]]]:
    """The strip in groups; ``evidence`` gives an address per component kind."""
    grouped: dict[ComponentGroup, list[Cell]] = {}
    for place, letter in zip(PLACES, cells, strict=True):
        cell = Cell(kind=place.kind, state=STATES[letter], url=evidence.get(place.kind.value, ""))
        grouped.setdefault(place.kind.group, []).append(cell)
    return list(grouped.items())
