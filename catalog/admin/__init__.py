"""The editors' desk: every noun, with search, filters, provenance and verdicts."""

from catalog.admin import nouns, systems

__all__ = ["nouns", "systems"]
