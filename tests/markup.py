"""Pages without the whitespace that does not show, so that tests can read them in one line."""

import re

RULES = [
    (re.compile(r"\s+"), " "),
    (re.compile(r" (/?>)"), r"\1"),
    (re.compile(r"> <"), "><"),
    (re.compile(r"(<[a-z][^>]*>) "), r"\1"),
    (re.compile(r" (</)"), r"\1"),
]


def compact(html: str) -> str:
    """The page in one line: no whitespace between tags, and one space in texts."""
    for pattern, replacement in RULES:
        html = pattern.sub(replacement, html)
    return html
