"""One list of columns for every noun: API, files of lists and dumps are written from it."""

from catalog.exports.columns import nouns, parts
from catalog.exports.columns.column import REASONS, Column, Noun, OldName, Place

__all__ = ["NOUNS", "REASONS", "Column", "Noun", "OldName", "Place", "nouns", "parts"]

NOUNS = tuple(
    item for module in (nouns, parts) for item in vars(module).values() if isinstance(item, Noun)
)
