"""A block of Markdown for the model card of a system: its verdicts, each with a link."""

import re

from catalog.exports.entry import Entry, day_words, one_line
from definitions.tiers import lower_first

SIGNS = re.compile(r"([\\`*_{}\[\]<>()#!|~&])")
"""What Markdown reads as more than a letter."""


def model_card(entry: Entry) -> bytes:
    """A heading, the strip, a table with one line per definition, and the day."""
    lines = [
        "## Openness",
        "",
        f"[![{plain(entry.name)} in Glassbox]({entry.link('badge', entry.system.slug, 'png')})]"
        f"({entry.address})",
        "",
        "| Definition | Verdict | Why |",
        "| --- | --- | --- |",
    ]
    remark = "" if entry.standing.is_verified else f" ({lower_first(entry.standing.told)})"
    for definition, row in entry.verdicts():
        address = entry.link("verdict", entry.system.slug, definition.id)
        explained = entry.verdict(definition)
        lines.append(
            f"| [{plain(definition.title)}]({address}) | {plain(row.label + remark)} "
            f"| {plain(explained.reason)} |"
        )
    day = entry.judged_on
    told = f"Verdicts of {day_words(day)}" if day else "Not evaluated yet"
    lines += ["", f"{told}, by [Glassbox]({entry.address}) from recorded facts with evidence.", ""]
    return "\n".join(lines).encode()


def plain(text: str) -> str:
    """Words that Markdown shows as they stand."""
    return SIGNS.sub(r"\\\1", one_line(text))
