"""Addresses as records give them, and those of the Hugging Face Hub."""

from definitions.readers.values import address, attempt, hub_id

HUB = "https://huggingface.co"
"""Where the pages stand that people read, whatever mirror answers."""

PAPERS = frozenset({"arxiv.org", "doi.org", "openreview.net", "aclanthology.org"})
"""Where papers are. A paper describes data and weights; they are not there."""


def web(value: object) -> str:
    """The web address that a value is; empty for anything else."""
    return attempt(address, value) or "" if isinstance(value, str) else ""


def is_repo_id(text: str) -> bool:
    """True for ``owner/name`` as the Hub itself writes it."""
    return attempt(hub_id, text) == text


def page_of(repo: str) -> str:
    """The page of a repository, or of an owner, of the Hub."""
    return f"{HUB}/{repo}"
