"""What is done to every text that a stranger types: made plain, never made other.

Control characters and invisible marks go, letters get one spelling, and letters of
another script that only look Latin become Latin inside a Latin word:
“Оpen” with a Cyrillic O would otherwise be a name that no one finds.
"""

import re
import unicodedata
from functools import lru_cache

from confusable_homoglyphs import categories, confusables

KEPT = "\n\t"
INVISIBLE = {"Cc", "Cf", "Co", "Cn", "Cs"}
MOST_MARKS = 30
WORD = re.compile(r"\w+")


def plain(text: str, *, lines: bool = False) -> str:
    """One spelling of a text, without what cannot be seen; in one line unless ``lines``."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = unicodedata.normalize("NFC", stream_safe(text))
    text = "".join(
        letter for letter in text if letter in KEPT or unicodedata.category(letter) not in INVISIBLE
    )
    text = WORD.sub(lambda match: unmixed(match.group()), text)
    if lines:
        return re.sub(r"\n{3,}", "\n\n", re.sub(r"[^\S\n]+", " ", text)).strip()
    return " ".join(text.split())


def stream_safe(text: str) -> str:
    """A text without more marks on one letter than Unicode's stream-safe form has.

    Putting the marks of a letter in order takes time by the square of their number.
    """
    if text.isascii():
        return text
    kept, marks = [], 0
    for letter in text:
        marks = marks + 1 if unicodedata.combining(letter) else 0
        if marks <= MOST_MARKS:
            kept.append(letter)
    return "".join(kept)


def unmixed(word: str) -> str:
    """A word with look-alikes of other scripts between Latin letters, made Latin."""
    if word.isascii() or not any(letter.isascii() and letter.isalpha() for letter in word):
        return word
    if len({script_of(letter) for letter in set(word)} - {"COMMON"}) < 2:
        return word
    return "".join(latin_of(letter) for letter in word)


@lru_cache(maxsize=4096)
def script_of(letter: str) -> str:
    return str(categories.alias(letter))


@lru_cache(maxsize=4096)
def latin_of(letter: str) -> str:
    """The Latin letter that a letter looks like; the letter itself where there is none."""
    if letter.isascii() or script_of(letter) == "LATIN":
        return letter
    found = confusables.is_confusable(letter, greedy=True, preferred_aliases=["latin"])
    for row in found or []:
        for likeness in row["homoglyphs"]:
            if likeness["c"].isascii() and likeness["c"].isalpha():
                return str(likeness["c"])
    return letter
