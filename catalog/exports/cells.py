"""Tables as files: how a cell is written so that no spreadsheet runs it."""

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""The first letters that spreadsheets take for the start of a formula."""


def safe_cell(text: str) -> str:
    """The text, behind an apostrophe where a spreadsheet would take it for a formula."""
    return f"'{text}" if text[:1] in FORMULA else text
