"""What people paste into a search field: addresses and package URLs, read as the id they hold."""

import re
from urllib.parse import unquote, urlsplit

HUBS = {"huggingface.co", "hf.co", "www.huggingface.co"}
FORGES = {"github.com", "gitlab.com", "www.github.com", "codeberg.org"}
NOT_OWNERS = {"models", "datasets", "spaces", "papers", "collections", "docs", "blog"}
PURL = re.compile(r"pkg:(?:huggingface|github)/([^/@?#\s]+)/([^/@?#\s]+)\S*", re.IGNORECASE)
GLUE = re.compile(r"(?<=[^\W\d_]{2})(?=\d)")
"""Between a word of two letters or more and the number that is glued to it."""


def identifier_in(text: str) -> str:
    """The id that an address or a package URL holds; the text itself where it holds none.

    ``https://huggingface.co/allenai/OLMo-7B/tree/main`` and
    ``pkg:huggingface/allenai/OLMo-7B@main`` give ``allenai/OLMo-7B``, a repository its name.
    """
    words = text.strip()
    found = PURL.fullmatch(words)
    if found:
        return f"{unquote(found[1])}/{unquote(found[2])}"
    if " " in words or "/" not in words or "." not in words:
        return text
    try:
        parts = urlsplit(words if "://" in words else f"//{words}")
        host = (parts.hostname or "").lower()
    except ValueError:
        return text
    path = [unquote(part) for part in parts.path.split("/") if part]
    if host in HUBS and len(path) > 1:
        owner, name = path[1:3] if path[0] in NOT_OWNERS and len(path) > 2 else path[:2]
        return f"{owner}/{name}"
    if host in FORGES and len(path) > 1:
        return path[1].removesuffix(".git")
    return text


def apart(text: str) -> str:
    """A text with numbers set apart from words: ``olmo7b`` becomes ``olmo 7b``."""
    return GLUE.sub(" ", text)
