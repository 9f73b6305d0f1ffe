"""What a model file is taken for here, beside what its own tool reads in it.

The tool counts every component that a file lists as released. That reading is the
steward's (``steward_row``), and its figures follow from it alone. A fact of ours
needs an address: what is listed without one is unknown, and told as what the tool
says.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Self

from definitions.licence_book import folded
from definitions.readers import naming
from definitions.readers.addresses import PAPERS, page_of, web
from definitions.readers.licence_terms import Terms
from definitions.readers.plain_yaml import Plain
from definitions.readers.records import ComponentRecord, Problem, SystemRecord
from definitions.readers.values import host_and_path
from definitions.vocabulary import Availability, ComponentGroup, ComponentKind

ON_THE_HUB = frozenset({ComponentKind.WEIGHTS_FINAL, ComponentKind.MODEL_CARD})
"""What a model's page on the Hub is the address of."""
WEIGHTS = frozenset({ComponentKind.WEIGHTS_FINAL, ComponentKind.WEIGHTS_INTERMEDIATE})
DATA = frozenset({ComponentKind.PRETRAINING_DATA, ComponentKind.EVALUATION_DATA})
CODE_HOSTS = frozenset({"github.com", "gitlab.com", "gitee.com", "bitbucket.org", "codeberg.org"})
CLOSED = frozenset({"proprietary", "all rights reserved", "closed", "closed source"})
ALL_RIGHTS_RESERVED = "LicenseRef-AllRightsReserved"


def steward_row(terms: Terms) -> ComponentRecord:
    """A component as the tool counts it: whatever is listed is released."""
    if not terms.included:
        return {"availability": Availability.NOT_RELEASED.value}
    return {"availability": Availability.OPEN_DOWNLOAD.value, **terms.values}


@dataclass(slots=True)
class Places:
    """The addresses that a file gives for the whole release, and what has none of its own."""

    hub: str = ""
    repository: str = ""
    components: bool = False
    handed_in: bool = False
    unplaced: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, record: SystemRecord, rows: list[Plain], *, handed_in: bool = False) -> Self:
        """Where a release lies; terms of a file that is handed in are kept without an address."""
        return cls(
            handed_in=handed_in,
            hub=record.get("huggingface_id", ""),
            repository=record.get("repository", ""),
            components=has_addresses(rows),
        )

    @property
    def any(self) -> bool:
        """True where the file gives any address at all."""
        return bool(self.hub or self.repository or self.components)

    def address(self, kind: ComponentKind, item: Mapping[str, Plain], terms: Terms) -> str:
        """Where this component lies, as far as the file says it; empty where it does not."""
        own = web(item.get("component_path"))
        if own and not (kind in WEIGHTS | DATA and host_and_path(own)[0] in PAPERS):
            return own
        if closed(terms):
            return ""
        if kind in ON_THE_HUB and self.hub:
            return page_of(self.hub)
        code = kind.group is ComponentGroup.CODE or kind is ComponentKind.MODEL_ARCHITECTURE
        return self.repository if code and terms.values and is_code(self.repository) else ""

    def row(self, kind: ComponentKind, item: Mapping[str, Plain], terms: Terms) -> ComponentRecord:
        """What is a fact of a listed component; nothing where all of it stays unknown."""
        if not terms.included:
            return {}
        address = self.address(kind, item, terms)
        row: ComponentRecord = {}
        if address:
            row = {"availability": Availability.OPEN_DOWNLOAD.value, "url": address}
        else:
            said = terms.values.get("licence") or terms.values.get("licence_text")
            self.unplaced.append(f"{kind.label} ({said})" if said else kind.label)
        kept = self.handed_in or (self.any and kind not in WEIGHTS)
        if address or (terms.values and kept):
            row |= terms.values
            if licence := web(item.get("license_path")):
                row["licence_url"] = licence
        return row

    def problems(self) -> Iterator[Problem]:
        """One line for all that is listed without an address."""
        if self.unplaced:
            message = (
                "listed without an address, which is what the tool says and not that anybody can "
                f"download it; recorded as unknown: {'; '.join(self.unplaced)}"
            )
            yield Problem(path="release.components", code="no-address", message=message)


def has_addresses(rows: list[Plain]) -> bool:
    """True where any of the listed components has an address of its own."""
    return any(web(row.get("component_path")) for row in rows if isinstance(row, dict))


def closed(terms: Terms) -> bool:
    """True where the terms that are named say that nothing is given out."""
    text = folded(terms.values.get("licence_text", ""))
    return terms.values.get("licence") == ALL_RIGHTS_RESERVED or text in CLOSED


def is_code(address: str) -> bool:
    """True for a repository; the page of its owner holds no code."""
    host, steps = host_and_path(address)
    return host in CODE_HOSTS and len(steps) >= 2


def of_another_model(name: str, address: str, foreign: str) -> bool:
    """Whether a repository bears the name of a Hub address that is another model's."""
    repository = "/".join(host_and_path(address)[1][:2])
    _owner, slash, own = repository.partition("/")
    return bool(slash) and naming.fits(own, foreign) and not naming.fits(name, repository)


def read_size(name: str, version: str) -> tuple[int | None, str]:
    """The number of parameters that the field for it states, and why it is left out.

    A name is never read for it. It is only held against what the field says.
    """
    stated, named = naming.size_in(version), naming.size_in(name)
    number = naming.parameters_of(stated)
    if number is None:
        return None, ""
    expert = re.fullmatch(r"(\d+)x(.+)", named)
    if expert and naming.same_size(stated, expert[2]):
        return None, f"{stated} is the size of one of the {expert[1]} experts of {name}"
    if not naming.same_size(named, stated):
        return None, f"the name says {named}, the field {stated}"
    return number, ""
