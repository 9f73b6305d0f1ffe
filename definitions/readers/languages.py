"""Codes of human languages: every spelling of one language is read as one BCP 47 code.

The names of codes are those of the Unicode CLDR, as Babel has them: three-letter
codes become two-letter ones (``eng`` → ``en``), withdrawn ones what replaced them
(``iw`` → ``he``), and letters their usual case (``zh-hans`` → ``zh-Hans``).
"""

import re
from functools import cache, lru_cache

from babel import Locale
from babel.core import get_global

from definitions.readers.values import UnreadableError, shown

LONGEST = 35
"""Characters of a code, as BCP 47 has it."""

FORM = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8})*")
KEPT = frozenset({"tl", "tw"})
"""Codes of their own languages, which the CLDR reads as others (Filipino, Akan)."""

OWN = {"multilingual": "mul", "tgl": "tl", "twi": "tw"}


def language(text: str) -> str:
    """The code of a language."""
    word = text.strip()
    code = code_of(word) if len(word) <= LONGEST else ""
    if not code:
        raise UnreadableError(
            "“%(text)s” is not a language code such as en or pt-BR.", text=shown(word, 40)
        )
    return code


@lru_cache(maxsize=2048)
def code_of(text: str) -> str:
    """The code of a language; empty for what is none."""
    word = text.lower()
    named = OWN.get(word) or names().get(word)
    if named is None and not text.isascii():
        return ""  # the sign of Kelvin is a “k” in lower case
    word = named or word
    if FORM.fullmatch(word) is None:
        return ""
    language, *rest = re.split("[-_]", word)
    code = language if language in KEPT else get_global("language_aliases").get(language, language)
    code, _, script = code.partition("_")
    if len(code) == 2 and code not in known():
        return ""
    parts = [cased(part, place) for place, part in enumerate(rest)]
    if script and not any(len(part) == len(script) for part in parts[:1]):
        parts.insert(0, script)
    return "-".join([code, *parts])


def cased(part: str, place: int) -> str:
    """A script as “Hans”, a country as “US”, the rest small."""
    if len(part) == 4 and part.isalpha() and place == 0:
        return part.title()
    if len(part) == 2 and part.isalpha() and place <= 1:
        return "GB" if part == "uk" else part.upper()
    return part


@cache
def known() -> frozenset[str]:
    return frozenset(str(code) for code in Locale("en").languages if "_" not in str(code))


@cache
def names() -> dict[str, str]:
    """The English names of languages, as some cards have them."""
    rows = Locale("en").languages.items()
    return {name.lower(): code for code, name in rows if len(code) == 2 and name.isalpha()}
