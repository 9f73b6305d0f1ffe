"""A document in parts: what can be accepted alone, what differs, what conflicts.

A unit is one value of the system itself, or one whole row: its evidence vouches
for all of it, so a row is accepted or left as a whole. Units have names such as
``name``, ``components.weights_final`` or ``claims.open source``.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from catalog.entry.parts import PLAIN, UNSAID

type Document = dict[str, Any]
type Units = dict[str, Any]

KEYED = ("components", "facts")
"""Parts that hold rows by their key."""

SINGLE = ("data_information", "usage_information")
"""Parts that are one row."""


def named_by(part: str, row: Mapping[str, Any]) -> str:
    """What tells the rows of a list apart."""
    if part == "training_data":
        return f"{row.get('stage', '')}.{row.get('dataset', '')}"
    if part == "derivations":
        return f"{row.get('kind', '')}.{row.get('name', '')}"
    return f"{row.get('claimed', '')}.{row.get('evidence', '')}"


LISTS = ("training_data", "derivations", "claims")


def cut(document: Mapping[str, Any]) -> Units:
    """The units of a document by name, in its order; what says nothing is not among them."""
    units: Units = {}
    for name in PLAIN:
        if document.get(name) not in UNSAID:
            units[name] = document[name]
    for part in KEYED:
        for key, row in document.get(part, {}).items():
            if said(row):
                units[f"{part}.{key}"] = said(row)
    for part in SINGLE:
        if said(document.get(part, {})):
            units[part] = said(document[part])
    for part in LISTS:
        for row in document.get(part, []):
            if said(row):
                units[f"{part}.{named_by(part, row)}"] = said(row)
    return units


def said(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row without what says nothing."""
    return {name: value for name, value in row.items() if value not in UNSAID}


def join(units: Mapping[str, Any]) -> Document:
    """The document of these units."""
    document: Document = {}
    for name, value in units.items():
        part, _, key = name.partition(".")
        if part in KEYED:
            document.setdefault(part, {})[key] = value
        elif part in LISTS:
            document.setdefault(part, []).append(value)
        else:
            document[name] = value
    return document


def tidy(document: Mapping[str, Any]) -> Document:
    """A document without what says nothing."""
    return join(cut(document))


@dataclass(frozen=True, slots=True)
class Change:
    """One unit that a proposal adds, alters or takes away.

    ``now`` is what the entry says today. ``conflict`` is true where somebody
    else has changed the unit since the proposal was begun, to something else.
    """

    unit: str
    before: Any
    after: Any
    now: Any

    @property
    def conflict(self) -> bool:
        return self.now not in (self.before, self.after)

    @property
    def done(self) -> bool:
        """The entry says already what is proposed."""
        return bool(self.now == self.after)

    @property
    def fields(self) -> list[tuple[str, Any, Any, Any]]:
        """Field by field: name, before, proposed, today; only what differs."""
        if not any(isinstance(value, dict) for value in (self.before, self.after, self.now)):
            return [("", self.before, self.after, self.now)]
        sides = [value or {} for value in (self.before, self.after, self.now)]
        names = dict.fromkeys(name for side in sides for name in side)
        rows = [(name, *(side.get(name) for side in sides)) for name in names]
        return [row for row in rows if not row[1] == row[2] == row[3]]


def changes(
    base: Mapping[str, Any], proposed: Mapping[str, Any], current: Mapping[str, Any]
) -> list[Change]:
    """What a proposal changes of its base, beside what the entry says today."""
    before, after, now = cut(base), cut(proposed), cut(current)
    return [
        Change(name, before.get(name), after.get(name), now.get(name))
        for name in {**before, **after}
        if before.get(name) != after.get(name)
    ]


def taken_over(
    current: Mapping[str, Any], proposed: Mapping[str, Any], accepted: Collection[str]
) -> Document:
    """The entry's document with the accepted units of a proposal in it."""
    units, wanted = cut(current), cut(proposed)
    for name in accepted:
        if name in wanted:
            units[name] = wanted[name]
        else:
            units.pop(name, None)
    return join(units)


def links_in(document: Mapping[str, Any]) -> Iterator[str]:
    """Every address in a document."""
    for value in cut(document).values():
        for inner in values_of(value):
            if isinstance(inner, str) and inner.startswith(("http://", "https://")):
                yield inner


def values_of(value: Any) -> Iterator[Any]:
    """The plain values inside a value."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from values_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from values_of(inner)
    else:
        yield value
