"""How to cite an entry: BibTeX, CSL-JSON and plain APA, with the day of the verdicts."""

import json
import re

from catalog.exports.entry import Entry, day_words
from definitions.tiers import lower_first

TEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{letter: f"\\{letter}" for letter in "{}$&#_%"},
}
REGISTER = "Glassbox: the public directory of open AI"


def title(entry: Entry) -> str:
    return f"{entry.name}: what was released, and what definitions of openness make of it"


def note(entry: Entry) -> str:
    """The day of the verdicts, and whose word the entry is where it is not verified."""
    day, standing = entry.judged_on, entry.standing
    words = f"Verdicts of {day_words(day)}" if day else "Not evaluated yet"
    return words if standing.is_verified else f"{words}; {lower_first(standing.told)}"


def bibtex(entry: Entry) -> bytes:
    """One ``@misc`` record; its key is the slug of the entry."""
    day = entry.judged_on
    fields = {
        "author": "{Glassbox}",
        "title": f"{{{tex(title(entry))}}}",
        "year": str(day.year) if day else "",
        "howpublished": tex(REGISTER),
        "note": note(entry),
        "url": tex_address(entry.address),
    }
    lines = [f"  {key} = {{{value}}}," for key, value in fields.items() if value]
    key = re.sub(r"[^A-Za-z0-9:-]", "-", entry.system.slug)
    return "\n".join([f"@misc{{glassbox:{key},", *lines, "}", ""]).encode()


def tex(text: str) -> str:
    return "".join(TEX.get(letter, letter) for letter in text)


def tex_address(url: str) -> str:
    """An address, which BibTeX styles print as it stands: no brace may end the field."""
    return url.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")


def csl(entry: Entry) -> bytes:
    """A list of one CSL-JSON item, as Zotero and pandoc read it."""
    day = entry.judged_on
    item: dict[str, object] = {
        "id": f"glassbox:{entry.system.slug}",
        "type": "webpage",
        "author": [{"literal": "Glassbox"}],
        "title": title(entry),
        "container-title": REGISTER,
        "note": note(entry),
        "URL": entry.address,
    }
    if day:
        item["issued"] = {"date-parts": [[day.year, day.month, day.day]]}
    return json.dumps([item], ensure_ascii=False, indent=2).encode() + b"\n"


def apa(entry: Entry) -> str:
    """One line of text after the style of the APA."""
    day = entry.judged_on
    when = f"{day.year}, {day.strftime('%B')} {day.day}" if day else "n.d."
    words = note(entry)
    told = f"{words[0].lower()}{words[1:]}"
    return f"Glassbox. ({when}). {title(entry)} [Register entry; {told}]. {entry.address}"


def apa_file(entry: Entry) -> bytes:
    return f"{apa(entry)}\n".encode()
