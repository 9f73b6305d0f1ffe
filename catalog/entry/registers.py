"""Other registers: what they are called, and whose word a row is."""

from definitions.tiers import HUB
from definitions.vocabulary import SourceKind

NAMES = {
    "mot": "Model Openness Tool",
    "osai-index": "European Open Source AI Index",
    "huggingface": HUB,
    "reference": "a third party’s page",
}
"""Short names, for sentences and columns; another register goes by its title."""

SOURCE = ("source__key", "source__kind", "source__title")
"""What ``name_of`` reads of a row's source."""


def name_of(key: str | None, kind: str | None, title: str | None) -> str:
    """The name of the register whose word a row is; empty where our own editors read."""
    if not key or kind != SourceKind.REGISTER.value:
        return ""
    return NAMES.get(key) or title or key


def register_of(row: object) -> str:
    """The same of a row that was read with its source, or is not saved yet."""
    source = getattr(row, "source", None)
    return name_of(source.key, source.kind, source.title) if source else ""
