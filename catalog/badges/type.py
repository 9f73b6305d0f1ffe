"""The type that badges are set in, shipped with the site so that no server lacks it.

Widths are measured in Roboto and written into the SVG, so that a viewer with
another font squeezes or stretches the words to the same length.
"""

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont

FAMILY = "Roboto"
STACK = "Roboto,Verdana,DejaVu Sans,sans-serif"
MISSING = 0.6
"""The width, in ems, of a letter that the font does not have."""


@cache
def font_file(weight: str = "Medium") -> Path:
    """The font's file inside its package, which is not imported: it asks for setuptools."""
    spec = find_spec("font_roboto")
    if spec is None or not spec.submodule_search_locations:  # pragma: no cover - in the lock
        raise FileNotFoundError("The package font-roboto is not installed.")
    return Path(spec.submodule_search_locations[0]) / "files" / f"Roboto-{weight}.ttf"


@cache
def metrics(weight: str) -> tuple[dict[int, str], dict[str, tuple[int, int]], int]:
    """Letters to glyphs, glyphs to widths, and the units of an em."""
    font: Any = TTFont(font_file(weight), lazy=True)
    return font.getBestCmap(), dict(font["hmtx"].metrics), font["head"].unitsPerEm


def width_of(text: str, size: float, weight: str = "Medium") -> float:
    """The length of a text in pixels."""
    glyphs, widths, em = metrics(weight)
    units = sum(
        widths[glyphs[ord(letter)]][0] if ord(letter) in glyphs else MISSING * em for letter in text
    )
    return round(units * size / em, 1)


def fitted(text: str, size: float, most: float, weight: str = "Medium") -> str:
    """The text, or as much of its beginning as fits, with an ellipsis."""
    if width_of(text, size, weight) <= most:
        return text
    while text and width_of(f"{text}…", size, weight) > most:
        text = text[:-1]
    return f"{text.rstrip()}…"
