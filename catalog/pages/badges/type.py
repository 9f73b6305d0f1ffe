"""The type that badges are set in, shipped with the site so that no server lacks it.

Widths are measured in Roboto and written into the SVG, so that a viewer with
another font squeezes or stretches the words to the same length.
"""

import unicodedata
from functools import cache
from importlib.util import find_spec
from pathlib import Path

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
    font = TTFont(font_file(weight), lazy=True)
    return font.getBestCmap(), dict(font["hmtx"].metrics), font["head"].unitsPerEm


def width_of(text: str, size: float, weight: str = "Medium") -> float:
    """The length of a text in pixels."""
    glyphs, widths, em = metrics(weight)
    units = sum(
        widths[glyphs[ord(letter)]][0] if ord(letter) in glyphs else MISSING * em for letter in text
    )
    return round(units * size / em, 1)


def clean(text: str) -> str:
    """One line of what XML can hold, without the characters that turn text around.

    A name is somebody's input: a control character makes a picture no XML at all.
    """
    kept = "".join(letter for letter in text if letter.isspace() or writable(letter))
    return " ".join(kept.split())


def writable(letter: str) -> bool:
    """False for control, format, private and unassigned characters; joiners are kept."""
    return letter in "\u200c\u200d" or not unicodedata.category(letter).startswith("C")


def drawn(name: str, slug: str, weight: str = "Medium") -> str:
    """A name as a PNG can show it: its slug where the font lacks one of its letters."""
    glyphs = metrics(weight)[0]
    text = clean(name)
    lacking = [letter for letter in text if ord(letter) not in glyphs]
    if not text or any(unicodedata.category(letter)[0] in "LMN" for letter in lacking):
        return slug
    return clean("".join(letter for letter in text if letter not in lacking)) or slug


def fitted(text: str, size: float, most: float, weight: str = "Medium") -> str:
    """The text, or as much of its beginning as fits, with an ellipsis."""
    text = clean(text)
    if width_of(text, size, weight) <= most:
        return text
    while text and width_of(f"{text}…", size, weight) > most:
        text = text[:-1]
    return f"{text.rstrip()}…"
