"""What is done to every text that a stranger types: made plain, never made other.

Control characters and invisible marks go, letters get one spelling, and letters of
another script that only look Latin become Latin where they stand in a Latin word:
“Оpen” with a Cyrillic O would otherwise be a name that nobody finds.
"""

import re
import unicodedata
from urllib.parse import urlsplit, urlunsplit

import idna
from confusable_homoglyphs import categories, confusables

KEPT = "\n\t"
INVISIBLE = {"Cc", "Cf", "Co", "Cn", "Cs"}
WORD = re.compile(r"\w+")


def plain(text: str, *, lines: bool = False) -> str:
    """One spelling of a text, without what cannot be seen; in one line unless ``lines``."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = "".join(
        letter for letter in text if letter in KEPT or unicodedata.category(letter) not in INVISIBLE
    )
    text = WORD.sub(lambda match: unmixed(match.group()), text)
    if lines:
        return re.sub(r"\n{3,}", "\n\n", re.sub(r"[^\S\n]+", " ", text)).strip()
    return " ".join(text.split())


def unmixed(word: str) -> str:
    """A word in which look-alikes of other scripts stand between Latin letters, made Latin."""
    if word.isascii() or not any(letter.isascii() and letter.isalpha() for letter in word):
        return word
    if not confusables.is_mixed_script(word):
        return word
    return "".join(latin_of(letter) for letter in word)


def latin_of(letter: str) -> str:
    """The Latin letter that a letter cannot be told from; the letter itself where none."""
    if letter.isascii() or categories.alias(letter) == "LATIN":
        return letter
    found = confusables.is_confusable(letter, greedy=True, preferred_aliases=["latin"])
    for row in found or []:
        for likeness in row["homoglyphs"]:
            if likeness["c"].isascii() and likeness["c"].isalpha():
                return str(likeness["c"])
    return letter


def address(text: str) -> str:
    """A web address with its host in ASCII and without name or password in it; ValueError else."""
    parts = urlsplit(plain(text).replace(" ", "%20"))
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("Give an address that begins with https:// or http://.")
    if parts.username is not None or parts.password is not None:
        raise ValueError("Leave name and password out of the address.")
    host = parts.hostname
    if not host.isascii():
        try:
            host = idna.encode(host, uts46=True).decode()
        except idna.IDNAError:
            raise ValueError("This is not the name of a web server.") from None
    if "." not in host.strip("."):
        raise ValueError("Give an address that everybody can open.")
    port = f":{parts.port}" if parts.port else ""
    return urlunsplit((parts.scheme, f"{host}{port}", parts.path, parts.query, parts.fragment))
