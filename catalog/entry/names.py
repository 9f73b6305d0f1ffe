"""Names for people of countries and natural languages, by their codes (CLDR through Babel)."""

from functools import cache

from babel import Locale, UnknownLocaleError

ENGLISH = Locale("en", "GB")
MANY_LANGUAGES = "mul"


@cache
def country_name(code: str) -> str:
    """“France” for ``FR``; the code itself where there is no name."""
    return str(ENGLISH.territories.get(code, code))


@cache
def language_name(code: str) -> str:
    """“French” for ``fr``; the code itself where there is no name."""
    if code == MANY_LANGUAGES:
        return "Many languages"
    try:
        name = Locale.parse(code, sep="-").get_display_name(ENGLISH)
    except (UnknownLocaleError, ValueError):
        name = ENGLISH.languages.get(code)
    return str(name or code)
