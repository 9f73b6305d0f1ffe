"""SVG pictures: the badge of a verdict, the badge with the strip, the preview of an entry."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import resvg_py
from django.utils.html import escape

from catalog.pages.badges import colours
from catalog.pages.badges.type import FAMILY, STACK, clean, fitted, font_file, width_of
from catalog.pages.presenters.strip import PLACES, STATES, TOTAL_WIDTH
from definitions.tiers import Standing
from definitions.vocabulary import CellState, ComponentGroup, Status

HEIGHT = 22
SIZE = 11
PAD = 7
MARK = 10
LONGEST = 270.0

RECORDED = " (recorded)"
"""Behind a verdict that is not verified: another register's word, or one reading's."""

MARKS = {
    Status.MET: '<circle cx="5" cy="5" r="4.4" fill="#fff"/>',
    Status.NEEDS_JUDGEMENT: (
        '<circle cx="5" cy="5" r="4" fill="none" stroke="#fff" stroke-width="1.4"/>'
        '<path d="M5 1a4 4 0 0 1 0 8z" fill="#fff"/>'
    ),
    Status.UNKNOWN: (
        '<circle cx="5" cy="5" r="4" fill="none" stroke="#fff" stroke-width="1.4" '
        'stroke-dasharray="1.5 1.6"/>'
    ),
    Status.NOT_MET: (
        '<path d="M1.5 1.5l7 7M8.5 1.5l-7 7" fill="none" stroke="#fff" stroke-width="1.8"/>'
    ),
    Status.NOT_APPLICABLE: '<path d="M1 5h8" fill="none" stroke="#fff" stroke-width="1.8"/>',
}
"""The shapes of the site, in white: colour never carries the meaning alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """What a badge says: left whose verdict, right the verdict."""

    label: str
    message: str
    status: Status | None = None
    fill: str = colours.ABSENT

    @property
    def title(self) -> str:
        return f"{self.label}: {self.message}"


def words(text: str, x: float, y: float, size: float, fill: str, weight: str = "Medium") -> str:
    """A line of text that keeps its length in any font."""
    text = clean(text)
    bold = ' font-weight="700"' if weight == "Bold" else ""
    length = width_of(text, size, weight)
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{size:g}" fill="{fill}"{bold} '
        f'textLength="{length:g}" lengthAdjust="spacingAndGlyphs">{escape(text)}</text>'
    )


def picture(width: float, height: float, title: str, parts: Sequence[str]) -> str:
    """A whole SVG with a name for those who do not see it."""
    title = escape(clean(title))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" '
        f'viewBox="0 0 {width:g} {height:g}" role="img" aria-label="{title}" '
        f'font-family="{STACK}"><title>{title}</title>{"".join(parts)}</svg>'
    )


def width_of_picture(svg: str) -> int:
    """How wide one of our pictures is."""
    return int(svg.partition(' width="')[2].partition('"')[0])


def verdict_svg(badge: Badge) -> str:
    """Two fields: the definition, and the verdict with its shape."""
    label = fitted(badge.label, SIZE, LONGEST)
    message = fitted(badge.message, SIZE, LONGEST)
    left = round(width_of(label, SIZE) + 2 * PAD)
    sign = MARK + 4 if badge.status else 0
    right = round(width_of(message, SIZE) + 2 * PAD + sign)
    parts = [
        f'<rect width="{left}" height="{HEIGHT}" fill="{colours.LABEL}"/>',
        f'<rect x="{left}" width="{right}" height="{HEIGHT}" fill="{badge.fill}"/>',
        words(label, PAD, 15, SIZE, colours.WHITE),
    ]
    if badge.status:
        parts.append(f'<g transform="translate({left + PAD} 6)">{MARKS[badge.status]}</g>')
    parts.append(words(message, left + PAD + sign, 15, SIZE, colours.WHITE))
    return picture(left + right, HEIGHT, badge.title, parts)


CELL_HEIGHT = 14


def cell(state: CellState, width: float, height: float) -> str:
    """One cell of the strip, its corner at the origin."""
    outline = (
        f'<path d="M.5 .5h{width - 1:g}v{height - 1:g}h-{width - 1:g}z" fill="none" '
        f'stroke="{colours.ACCENT}"'
    )
    whole = f"M0 0h{width:g}v{height:g}h-{width:g}z"
    return {
        CellState.OPEN: f'<path d="{whole}" fill="{colours.ACCENT}"/>',
        CellState.LIMITED: (
            f'{outline}/><path d="M0 {height / 2:g}h{width:g}v{height / 2:g}h-{width:g}z" '
            f'fill="{colours.ACCENT}"/>'
        ),
        CellState.CLOSED: f"{outline}/>",
        CellState.UNKNOWN: (
            f'<path d="M.5 .5h{width - 1:g}v{height - 1:g}h-{width - 1:g}z" fill="none" '
            f'stroke="{colours.LINE}" stroke-dasharray="1.5 2"/>'
        ),
        CellState.NOT_APPLICABLE: (
            f'<path d="M0 {height / 2:g}h{width:g}" stroke="{colours.QUIET}" fill="none"/>'
        ),
    }[state]


def strip_parts(cells: str, x: float, y: float, scale: float) -> list[str]:
    """The strip at a place and a size; 1 is the size of the badge."""
    width, height = 8 * scale, CELL_HEIGHT * scale
    return [
        f'<g transform="translate({x + place.x * scale:g} {y:g})">'
        f"{cell(STATES[letter], width, height)}</g>"
        for place, letter in zip(PLACES, cells, strict=True)
    ]


def strip_title(name: str, cells: str, standing: Standing) -> str:
    """What the strip shows, in words, and whose word it is where it is not verified."""
    opened = cells.count("o")
    limited = cells.count("l")
    remark = "" if standing.is_verified else f". {standing.told}"
    return (
        f"Glassbox on {name}: of {len(cells)} components {opened} released openly, "
        f"{limited} with limits or in part{remark}"
    )


def strip_svg(name: str, cells: str, standing: Standing) -> str:
    """The combined badge: the register's name and the strip."""
    label = f"Glassbox{'' if standing.is_verified else RECORDED}"
    left = round(width_of(label, SIZE) + 2 * PAD)
    width = left + TOTAL_WIDTH + 2 * PAD
    parts = [
        f'<rect width="{width}" height="{HEIGHT}" fill="{colours.PAPER}"/>',
        f'<rect width="{left}" height="{HEIGHT}" fill="{colours.LABEL}"/>',
        words(label, PAD, 15, SIZE, colours.WHITE),
        *strip_parts(cells, left + PAD, 4, 1),
        f'<path d="M.5 .5h{width - 1}v{HEIGHT - 1}h-{width - 1}z" fill="none" '
        f'stroke="{colours.LABEL}"/>',
    ]
    return picture(width, HEIGHT, strip_title(name, cells, standing), parts)


CARD = (1200, 630)
CARD_TEXT = CARD[0] - 160
NAME_SIZES = (72, 58, 46)
"""A long name is set smaller before it is cut."""


def card_frame(name: str) -> list[str]:
    """What every preview has: the ground, the name, whose register this is."""
    width, height = CARD
    fits = [size for size in NAME_SIZES if width_of(clean(name), size, "Bold") <= CARD_TEXT]
    size = fits[0] if fits else NAME_SIZES[-1]
    return [
        f'<rect width="{width}" height="{height}" fill="{colours.PAPER}"/>',
        f'<rect width="{width}" height="14" fill="{colours.ACCENT}"/>',
        words(fitted(name, size, CARD_TEXT, "Bold"), 80, 130, size, colours.INK, "Bold"),
        words("Glassbox, the public directory of open AI", 80, 606, 22, colours.QUIET),
    ]


def absent_card(message: str) -> str:
    """The preview of what is not there, in the size that the others have."""
    return picture(*CARD, f"Glassbox: {message}", card_frame(message.capitalize()))


def card_svg(
    name: str,
    maker: str,
    cells: str,
    verdicts: Sequence[tuple[Badge, str]],
    standing: Standing,
) -> str:
    """The preview of an entry: its name, its maker, its tier, the strip, and some verdicts."""
    told = " · ".join(filter(None, [maker, standing.told]))
    scale = CARD_TEXT / TOTAL_WIDTH
    parts = [
        *card_frame(name),
        words(fitted(told, 32, CARD_TEXT), 80, 182, 32, colours.QUIET),
        *strip_parts(cells, 80, 230, scale),
        *group_names(80, 230 + CELL_HEIGHT * scale + 34, scale),
    ]
    for line, (badge, definition) in enumerate(verdicts):
        y = 408 + 46 * line
        parts.append(f'<rect x="80" y="{y - 26}" width="34" height="34" fill="{badge.fill}"/>')
        if badge.status:
            sign = MARKS[badge.status]
            parts.append(f'<g transform="translate(86 {y - 20}) scale(2.2)">{sign}</g>')
        text = fitted(f"{definition}: {badge.message}", 28, 980)
        parts.append(words(text, 132, y, 28, colours.INK))
    return picture(*CARD, strip_title(name, cells, standing), parts)


def group_names(x: float, y: float, scale: float) -> list[str]:
    """The groups of the strip under their first cells."""
    first: dict[ComponentGroup, float] = {}
    for place in PLACES:
        first.setdefault(place.kind.group, place.x)
    return [words(group.label, x + at * scale, y, 22, colours.QUIET) for group, at in first.items()]


@lru_cache(maxsize=256)
def png(svg: str, zoom: int = 1) -> bytes:
    """The same picture as PNG, with our own type and no other; the latest are kept."""
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            zoom=zoom,
            skip_system_fonts=True,
            font_files=[str(font_file("Medium")), str(font_file("Bold"))],
            font_family=FAMILY,
            sans_serif_family=FAMILY,
        )
    )
