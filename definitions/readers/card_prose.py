"""What a card's text says of terms: words that name them, never a verdict of ours.

It decides nothing for the maker. A word of terms in the text means that there
may be terms; a licence or a limit in it that is not the tag's is a contradiction.
"""

import re
from collections.abc import Iterator

WORDS = re.compile(
    r"licen[cs]|terms of (use|service)|terms and conditions|copyright|©|all rights reserved"
    r"|non-?commercial|commercial use|acceptable use|use policy|creative commons|\bcc[- ]?(by|0)\b"
    r"|apache[- ]?2|\b[al]?gpl|openrail|public domain|proprietary|permission"
    r"|许可|許可|授权|协议|ライセンス|라이선스|라이센스|лицензи|ліценз|licencia|licença|licenza|lizenz"
    r"|lisans|lisensi|giấy phép|लाइसेंस|رخصة|ترخيص|רישיון",
    re.IGNORECASE,
)
"""Words of terms, in the languages that cards are written in most."""

SAYS = re.compile(r"licen[cs]|released under|terms of use|available under|made available", re.I)
HEADING = re.compile(r"#{1,6}\s|\*\*[^*]+\*\*:?\s*$")
OF_OTHERS = re.compile(r"\b(data ?sets?|data|corpus|corpora|code|repository|paper|images?)\b", re.I)
OF_MODEL = re.compile(r"\b(models?|weights?|checkpoints?|parameters)\b", re.I)
BOTH = re.compile(r"\bcommercial(ly)?\W+(and|or|as well as)\W+non-?commercial", re.I)
SECTION = 40
"""Lines below a heading that are still read as its section."""
LONGEST_LINE = 2000

NAMED = {
    "CC-BY-NC": r"\bcc[- ]by[- ]nc|attribution-?\s?non-?commercial",
    "CC-BY-ND": r"\bcc[- ]by[- ]nd\b|attribution-?\s?no-?derivat",
    "CC-BY-SA": r"\bcc[- ]by[- ]sa\b|attribution-?\s?share-?alike",
    "CC-BY": r"\bcc[- ]by\b(?![- ](nc|nd|sa))|creative commons attribution (?!-?\s?(non|no|share))",
    "CC0": r"\bcc0\b|\bcc[- ]zero\b",
    "Apache": r"apache[- ,]{0,3}(software )?(licen[cs]e)?[- ,(]{0,3}(version |v)?\.?\s?2",
    "MIT": r"\bMIT\b[- ]licen[cs]e|licen[cs]e\W{0,8}MIT\b|under (the |an )?\W{0,3}MIT\b",
    "BSD": r"\bBSD\b",
    "MPL": r"\bMPL[- ]?\d|mozilla public",
    "GPL": r"\b[al]?gpl(v|[- ]?\d)|general public licen[cs]e",
    "Llama": r"llama[- ]?[\d.]{0,4}[\w ]{0,12}(community |licen[cs]e)",
    "Gemma": r"gemma (terms|licen[cs]e|prohibited)",
    "RAIL": r"open-?rail|\brail\b[- ]?(m\b|licen[cs]e|\+\+)",
    "non-commercial": r"non-?commercial|not (be used )?for commercial|no commercial use",
    "research only": r"research (purposes?|use) only|only for (academic |scientific )?research"
    r"|for research (purposes? )?only|academic (use|research|purposes?) only",
    "all rights reserved": r"all rights reserved",
}
PATTERNS = {family: re.compile(pattern, re.IGNORECASE) for family, pattern in NAMED.items()}
LIMITING = frozenset(
    {"CC-BY-NC", "CC-BY-ND", "Llama", "Gemma", "RAIL"}
    | {"non-commercial", "research only", "all rights reserved"}
)
SAME = {"CC-BY-NC": {"non-commercial"}}


def has_terms(text: str) -> bool:
    """Whether any word of terms stands in a text."""
    return WORDS.search(text) is not None


def families_in(text: str) -> set[str]:
    """The families of licences, and the limits, that a piece of text names."""
    found = {family for family, pattern in PATTERNS.items() if pattern.search(text)}
    return found - {"non-commercial"} if BOTH.search(text) else found


def told(text: str) -> set[str]:
    """The families and limits that a card's text names where it speaks of the model's terms."""
    found: set[str] = set()
    for line in lines_of_terms(text):
        found |= families_in(line)
    return found


def lines_of_terms(text: str) -> Iterator[str]:
    """The lines about terms, and those below such a heading; none about data or code alone."""
    left = 0
    for whole in text.splitlines():
        line = whole[:LONGEST_LINE]
        if HEADING.match(line):
            left = SECTION if SAYS.search(line) else 0
        others = OF_OTHERS.search(line) and not OF_MODEL.search(line)
        if (left or SAYS.search(line)) and not others:
            yield line
        left = max(0, left - 1)


def disagreement(stated: set[str], text: set[str]) -> set[str]:
    """What a text names that does not go with the families of the stated licence."""
    covered = stated.union(*(SAME.get(family, set()) for family in stated))
    limits = (text & LIMITING) - covered
    if limits and stated.isdisjoint(LIMITING):
        return limits
    return text if text and text.isdisjoint(covered) else set()
