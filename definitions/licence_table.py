"""A table of licences that finds an id under every spelling."""

from functools import cached_property
from typing import TYPE_CHECKING

from definitions.expressions import spelling

if TYPE_CHECKING:
    from definitions.facts import Licence


class LicenceTable(dict[str, "Licence"]):
    """Licences by id; one that is asked for under another spelling is found too."""

    @cached_property
    def spellings(self) -> dict[str, "Licence"]:
        return {spelling(name): licence for name, licence in self.items()}

    def __missing__(self, name: str) -> "Licence":
        return self.spellings[spelling(name)]
