"""How far the definitions agree: of the systems that meet one, how many fail another."""

from collections.abc import Mapping
from dataclasses import dataclass

from definitions import registry
from definitions.core import Definition
from definitions.vocabulary import Status

SHADES = 5
"""Steps of the heat table, from none to all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementCell:
    """Of the systems that meet the row: how many fail, meet or leave open the column."""

    failing: int
    both: int
    total: int
    same: bool

    @property
    def shade(self) -> int:
        """0 for none, 5 for all of the row's systems failing the column."""
        return -(-SHADES * self.failing // self.total) if self.total else 0

    @property
    def undecided(self) -> int:
        return self.total - self.failing - self.both


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementRow:
    definition: Definition
    total: int
    cells: list[AgreementCell]


def agreement(patterns: Mapping[str, int]) -> list[AgreementRow]:
    """The heat table, from how many systems have which statuses.

    ``patterns`` are keys such as ``mof-1.0=met,osaid-1.0=not_met``, as
    ``EvaluationQuerySet.patterns`` gives them.
    """
    definitions = registry.current()
    counted = [(dict(pair.split("=") for pair in key.split(",")), n) for key, n in patterns.items()]
    return [
        AgreementRow(
            definition=row,
            total=total(counted, {row.id: Status.MET}),
            cells=[
                AgreementCell(
                    failing=total(counted, {row.id: Status.MET, column.id: Status.NOT_MET}),
                    both=total(counted, {row.id: Status.MET} | {column.id: Status.MET}),
                    total=total(counted, {row.id: Status.MET}),
                    same=row is column,
                )
                for column in definitions
            ],
        )
        for row in definitions
    ]


def total(counted: list[tuple[dict[str, str], int]], wanted: Mapping[str, str]) -> int:
    """How many systems have all of the wanted statuses."""
    return sum(
        number
        for statuses, number in counted
        if all(statuses.get(key) == value for key, value in wanted.items())
    )
