"""The licences that a reader knows: how they are spelled, and what the rules read of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from definitions.facts import SCHEMA_ID, Facts, Licence
from definitions.licence_book import LicenceBook
from definitions.readers.records import ComponentRecord
from definitions.register_licences import filled, register_book, register_licences

READ_BY_THE_RULES = ("availability", "completeness", "licence", "licence_status", "licence_text")


@dataclass(frozen=True, slots=True)
class KnownLicences:
    """All licences of a register, by their spellings and by their ids."""

    book: LicenceBook
    licences: Mapping[str, Licence]

    def facts(
        self,
        components: Mapping[str, ComponentRecord],
        classes: Mapping[str, str] | None = None,
    ) -> Facts:
        """The facts of a record's components, or of a steward's grades, and of nothing else."""
        rows = {
            kind: {name: value for name, value in row.items() if name in READ_BY_THE_RULES}
            for kind, row in components.items()
        }
        facts = Facts.from_json(
            {
                "schema": SCHEMA_ID,
                "system": {"slug": "record", "name": "record"},
                "components": rows,
                "steward_classes": dict(classes or {}),
            }
        )
        return filled(facts, self.licences)[0]


@cache
def register() -> KnownLicences:
    """The licences that travel with this package."""
    return KnownLicences(register_book(), register_licences())
