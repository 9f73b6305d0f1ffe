"""Licence strings as others write them: what each becomes, by rule, and what is said of it."""

import re
from typing import NamedTuple

from definitions.licence_book import LicenceBook, LicenceError, folded
from definitions.readers.records import ComponentRecord
from definitions.vocabulary import LicenceStatus

NO_TERMS = frozenset({"unlicensed", "none", "no license", "no licence", "not licensed"})
"""No terms are named: there are none, or nobody has looked. “unlicensed” is not the Unlicense."""

NOT_LOOKED = frozenset(
    {
        "",
        "undisclosed",
        "unknown",
        "unclear",
        "other",
        "other license",
        "license",
        "licence",
        "n/a",
        "tbd",
        "various",
        "mixed",
        "custom license",
        "purposely left ambiguous",
        "unknown (apache-2.0?)",
        "unknown (research purposes only)",
    }
)
"""The source names no terms, nor says that there are none."""

NOT_INCLUDED = ("component not include", "component component not include", "not included")

LONGEST = 2000


class Terms(NamedTuple):
    """The licence columns of a row, and what there is to say about them.

    ``code`` is empty where the source gives an identifier as it stands;
    ``included`` is False where the “licence” says that the part is not in the source's list.
    """

    values: ComponentRecord
    code: str = ""
    message: str = ""
    included: bool = True


def says_not_included(text: str) -> bool:
    """True for the ways in which a record says in its licence field that there is no such part."""
    return folded(text).rstrip(". ").startswith(NOT_INCLUDED)


def read_terms(text: str, book: LicenceBook) -> Terms:
    """What a licence string stands for; never a guess, never an error.

    =====================================  ===============================
    in the source                          here
    =====================================  ===============================
    an identifier or an expression         ``stated``
    another spelling that has an alias     ``stated``, code *licence-alias*
    “unlicensed”, “Undisclosed”, nothing   ``unknown``: nobody may have looked
    “Component not included”               no terms, and ``included`` is False
    anything else                          ``unrecognised``, kept verbatim
    =====================================  ===============================
    """
    clean = " ".join(text.replace("\x00", " ").split())[:LONGEST]
    word = folded(clean)
    if says_not_included(clean):
        said = (
            f"“{clean}”: not part of what the source lists, which does not show that it is withheld"
        )
        return Terms({}, "not-included", f"{said}; recorded as unknown", included=False)
    if word in NO_TERMS:
        return Terms(
            {}, "unlicensed", f"“{clean}” is also written where nobody has looked: unknown"
        )
    if word in NOT_LOOKED:
        said = f"“{clean}” names no terms: recorded as unknown" if clean else ""
        return Terms({}, "licence-unknown" if clean else "", said)
    try:
        expression = book.normalise(clean)
    except LicenceError:
        return Terms(
            {"licence_status": LicenceStatus.UNRECOGNISED.value, "licence_text": clean},
            "licence-unrecognised",
            f"“{clean}” is no licence that has a record: kept verbatim",
        )
    stated = LicenceStatus.STATED.value
    values: ComponentRecord = {"licence": expression, "licence_status": stated}
    if expression == text:
        return Terms(values)
    return Terms(values, "licence-alias", f"“{clean}” is read as {expression}")


ADDRESS = re.compile(r"^https?://\S+$")
ELSEWHERE = re.compile(
    r"only specified in|specified (by|in) (the )?(original|each)"
    r"|see (the )?(original|dataset|source)|depends? on|listed sources|varies|variable",
    re.IGNORECASE,
)
TERMS = re.compile(
    r"licen[cs]|\bterms\b|\bconditions?\b|\bagreement\b|\bpolicy\b|copyright|copyleft|propriet"
    r"|\brights\b|public domain|creative ?commons|attribution|non-?commercial|commercial use"
    r"|research[- ](only|use|purposes?)|academic (only|use|purposes?)|-research$|permissive"
    r"|rail\b|rail\+\+|\brail-|\bcc[- ]?(by|0|zero)\b|-(nc|sa|nd)\b|\bodc\b|\bodbl\b|\bpddl\b"
    r"|\bcdla\b|\bofl\b|\b[al]?gpl|\bbsd\b|\bmit\b(?![-_]\w)|\bapache\b|\bmpl\b|\bisc\b|\bzlib\b"
    r"|\beula\b|non-? ?exclu|\brestrict|\bpermission|all rights"
    r"|许可|授权|协议|协定|版权|許諾|ライセンス|規約|라이선스|лиценз",
    re.IGNORECASE,
)
"""Words of terms. A text without any of them is a name, of data or of a model."""
IDENTIFIER = re.compile(r"^[A-Za-z][A-Za-z.]*(-[A-Za-z.]+)*-v?\d+(\.\d+)+$")
LISTED = re.compile(r"[,;]")


def read_fact_terms(text: str, book: LicenceBook) -> Terms:
    """What a licence string stands for as a fact of ours.

    As ``read_terms``, which a steward's own figures rest on; but a text that
    names no terms is no licence text: the address of a paper, the names of data
    sets, or that the terms are found elsewhere.
    """
    terms = read_terms(text, book)
    said = terms.values.get("licence_text", "")
    if not said or names_terms(said):
        return terms
    return Terms({}, "licence-unknown", f"“{said}” names no terms: recorded as unknown")


def names_terms(text: str) -> bool:
    """Whether a text that is no known licence speaks of terms at all."""
    if ADDRESS.match(text) or ELSEWHERE.search(text):
        return False
    if TERMS.search(text):
        return True
    return not LISTED.search(text) and bool(IDENTIFIER.match(text))
