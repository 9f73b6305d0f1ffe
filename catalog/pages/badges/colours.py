"""The colours of badges: dark enough for white words (WCAG 2.2, at least 4.5 : 1)."""

from definitions.vocabulary import Status

WHITE = "#ffffff"
LABEL = "#2b3238"
PAPER = "#fcfbf8"
INK = "#1c1f23"
QUIET = "#50565e"
ACCENT = "#0a5566"
LINE = "#7d776a"
ABSENT = "#59616b"

FILLS = {
    Status.MET: "#0b6a4b",
    Status.NEEDS_JUDGEMENT: "#755300",
    Status.UNKNOWN: ABSENT,
    Status.NOT_MET: "#a3341a",
    Status.NOT_APPLICABLE: ABSENT,
}
SCORE = ACCENT


def luminance(colour: str) -> float:
    """Relative luminance of a colour written #rrggbb (WCAG 2.2)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)
