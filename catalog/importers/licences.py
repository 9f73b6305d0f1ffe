"""Licence strings of other registers: what each becomes, by rule, and what is said about it."""

from collections.abc import Mapping
from typing import NamedTuple

from catalog.licences import LicenceBook, LicenceError, folded
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
    ``included`` is False where the “licence” says that the part was not released.
    """

    values: Mapping[str, str]
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
    “Component not included”               the part was not released
    anything else                          ``unrecognised``, kept verbatim
    =====================================  ===============================
    """
    clean = " ".join(text.replace("\x00", " ").split())[:LONGEST]
    word = folded(clean)
    if says_not_included(clean):
        return Terms({}, "not-included", f"“{clean}”: recorded as not released", included=False)
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
    values = {"licence": expression, "licence_status": LicenceStatus.STATED.value}
    if expression == text:
        return Terms(values)
    return Terms(values, "licence-alias", f"“{clean}” is read as {expression}")
