"""A model's card: its head of metadata, found however it is fenced, and its text.

All values of the head are texts (in YAML 1.1 the language ``no`` would be a
“false”). A key that is given twice has no value here; its values are in ``doubled``.
"""

import re
from dataclasses import dataclass, field

from definitions.readers.hub_words import ARXIV_ID, BIBTEX
from definitions.readers.plain_yaml import Double, Limits, Plain, YamlError, plain, texts

LIMITS = Limits(values=100_000, scalar=200_000)
"""A head may hold the results of hundreds of tests, and a licence as one text."""

FENCE = "---"
LINE_END = re.compile("\r\n?|\n")
MOST_BEFORE, LONGEST_BEFORE = 500, 1000
"""Lines before a head, and characters of one; what is longer is no comment but the text."""
BLANK = " \t\u00a0\u200b\ufeff"
"""What stands beside a fence and is not seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What was read of a card; ``head`` is None where the metadata are broken."""

    head: dict[str, Plain] | None
    text: str = ""
    doubled: dict[str, list[Plain]] = field(default_factory=dict)
    why: str = ""

    @property
    def cited(self) -> frozenset[str]:
        """The numbers in the BibTeX entries that have the form of arXiv's."""
        _, *entries = BIBTEX.split(self.text)
        found = (ARXIV_ID.findall(entry.partition("```")[0]) for entry in entries)
        return frozenset(number for numbers in found for number in numbers)


def parts(raw: bytes) -> Card:
    """The parts of a card; one without a head has an empty one."""
    text = raw.decode("utf-8-sig", errors="replace")
    head, body = split(text)
    doubles: list[Double] = []
    try:
        found = texts(head, LIMITS, doubles)
    except YamlError as error:
        return Card(head=None, text=body, why=str(error))
    if found == "":
        found = {}
    if not isinstance(found, dict):
        return Card(head=None, text=body, why="it is no list of keys with values")
    doubled = {double.path: [plain(value) for value in double.values] for double in doubles}
    for key, values in doubled.items():
        if "." not in key and all(value == values[0] for value in values):
            found[key] = values[0]
    kept = {key: value for key, value in found.items() if value != ""}
    return Card(head=kept, text=body, doubled=doubled)


def split(text: str) -> tuple[str, str]:
    """The head and what comes after it. Comments and empty lines may stand before it."""
    lines = LINE_END.split(text)
    start = first_line(lines)
    if start >= len(lines) or lines[start].strip(BLANK) != FENCE:
        return "", text
    for end in range(start + 1, len(lines)):
        if lines[end].rstrip(BLANK) == FENCE:
            return "\n".join(lines[start + 1 : end]), "\n".join(lines[end + 1 :])
    return "", text


def first_line(lines: list[str]) -> int:
    """The place of the first line that is seen: neither empty nor within a comment."""
    comment = False
    for place, line in enumerate(lines[:MOST_BEFORE]):
        rest = line[:LONGEST_BEFORE].strip(BLANK)
        while rest:
            if comment:
                _, end, rest = rest.partition("-->")
                comment = not end
            elif rest.startswith("<!--"):
                comment, rest = True, rest[4:]
            else:
                return place
            rest = rest.strip(BLANK)
    return len(lines)
