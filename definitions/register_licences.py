"""The register's licence facts, for documents that name a licence and do not describe it.

``licences.json`` is written from the catalogue's files by ``python -m scripts.licence_facts``; a
test holds it to them. A document's own description of a licence always counts.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from definitions import codec
from definitions.facts import Component, Dataset, Facts, Licence
from definitions.licences import licence_ids

FILE = Path(__file__).with_name("licences.json")


@cache
def register_licences() -> dict[str, Licence]:
    """Every licence of the register, by id."""
    document = json.loads(FILE.read_text(encoding="utf-8"))
    return {name: codec.decode(Licence, row, f"$.{name}") for name, row in document.items()}


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
