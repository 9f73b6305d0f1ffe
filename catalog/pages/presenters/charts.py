"""Charts: figures as shapes for an SVG and as the rows of the table that goes with it.

A chart is drawn from the very numbers of its table: both are read from
``Chart.values``. Lengths are in the units of the drawing, 360 wide.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from catalog.querysets.figures import Year
from catalog.querysets.records import SCORES
from definitions import registry
from definitions.core import Definition
from definitions.vocabulary import STRIP_KINDS, CellState, OrganizationKind, Shape, Status

WIDTH = 360
LABEL = 74
TOTAL = 36
ROW = 26
THICK = 20
MARK_ROOM = 12
LETTER_ROOM = 8.5
"""What a mark takes inside a bar, and each letter of a sign."""
HEAT_CELL = 44
HEAT_LABEL = 172
NO_YEAR = "no date"
NAMED_LICENCES = 8
LETTERS = "ABCDEFGHIJ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One part of every bar: its key, its name, the class of its fill, the sign inside it."""

    key: str
    label: str
    fill: str
    sign: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A rectangle of the drawing with what it stands for."""

    series: Series
    group: str
    value: int
    x: float
    y: float
    width: float
    height: float

    @property
    def has_room(self) -> bool:
        """Whether a sign fits inside."""
        return self.width >= max(MARK_ROOM, LETTER_ROOM * len(self.series.sign))

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 2)

    @property
    def sign_x(self) -> float:
        return round(self.x + min(4.0, (self.width - 10) / 2), 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Stacked bars, one per group; ``values`` holds the count of each series in each group."""

    key: str
    title: str
    groups: Sequence[str]
    series: Sequence[Series]
    values: Mapping[tuple[str, str], int]
    unit: str = "systems"
    link: str = ""

    @property
    def height(self) -> int:
        return ROW * len(self.groups)

    @property
    def whole(self) -> int:
        return sum(self.values.values())

    def total(self, group: str) -> int:
        return sum(self.values.get((item.key, group), 0) for item in self.series)

    @property
    def labels(self) -> list[tuple[str, int, int]]:
        """Each group's name, its baseline in the drawing, and its total."""
        return [
            (group, ROW * place + 15, self.total(group)) for place, group in enumerate(self.groups)
        ]

    @property
    def shapes(self) -> list[Bar]:
        """The bars, all to one scale; a part of nothing has no shape."""
        most = max([self.total(group) for group in self.groups], default=0)
        unit = (WIDTH - LABEL - TOTAL) / most if most else 0.0
        found = []
        for place, group in enumerate(self.groups):
            x = float(LABEL)
            for item in self.series:
                value = self.values.get((item.key, group), 0)
                if value:
                    width = round(value * unit, 2)
                    found.append(
                        Bar(
                            series=item,
                            group=group,
                            value=value,
                            x=round(x, 2),
                            y=ROW * place,
                            width=width,
                            height=THICK,
                        )
                    )
                    x += width
        return found

    @property
    def table(self) -> list[tuple[str, list[int], int]]:
        """Each group with the count of every series, and the total."""
        return [
            (
                group,
                [self.values.get((item.key, group), 0) for item in self.series],
                self.total(group),
            )
            for group in self.groups
        ]

    @property
    def rows(self) -> list[list[str]]:
        """The table as text, heading first, for a file."""
        heading = ["", *(item.label for item in self.series), "total"]
        lines = [[group, *map(str, counts), str(total)] for group, counts, total in self.table]
        return [heading, *lines]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatCell:
    """One square: of so many systems, how many released the thing openly or with limits."""

    row: str
    column: str
    open: int
    limited: int
    total: int
    x: float
    y: float

    @property
    def percent(self) -> int:
        return round(100 * self.open / self.total) if self.total else 0

    @property
    def shade(self) -> int:
        """0 for none to 5 for all."""
        return -(-5 * self.open // self.total) if self.total else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatChart:
    """Rows by columns, each cell shaded by a share."""

    key: str
    title: str
    columns: Sequence[str]
    lines: Sequence[tuple[str, list[HeatCell]]]
    width: int

    @property
    def column_labels(self) -> list[tuple[str, float]]:
        """Each column's name and the middle of its cells."""
        return [
            (column, HEAT_LABEL + HEAT_CELL * (place + 0.5))
            for place, column in enumerate(self.columns)
        ]

    @property
    def height(self) -> int:
        return ROW * (len(self.lines) + 1)

    @property
    def rows(self) -> list[list[str]]:
        """The table as text: open, limited and all systems per column."""
        heading = [""]
        for column in self.columns:
            heading += [f"{column} open", f"{column} limited", f"{column} systems"]
        lines = []
        for label, cells in self.lines:
            line = [label]
            for cell in cells:
                line += [str(cell.open), str(cell.limited), str(cell.total)]
            lines.append(line)
        return [heading, *lines]


STATUSES = tuple(
    Series(key=status.value, label=status.label, fill=f"b-{status.value}", mark=status.value)
    for status in Status
)


QUARTERS = tuple(
    Series(key=key, label=label, fill=f"q{4 - place}", sign=key)
    for place, (key, label) in enumerate(SCORES.items())
)
"""The parts of a bar for a definition that gives a score, in hundredths."""


def series_of(definition: Definition) -> tuple[Series, ...]:
    return QUARTERS if definition.shape is Shape.SCORE else STATUSES


def year_name(year: Year) -> str:
    return str(year) if year else NO_YEAR


def years_of(found: Sequence[Year]) -> list[str]:
    """The years in their order, systems without one last."""
    known = sorted({year for year in found if year})
    return [*map(str, known), *([NO_YEAR] if None in found else [])]


def verdict_charts(figures: Mapping[str, Counter[tuple[Year, str]]]) -> list[Chart]:
    """One small chart per current definition: its statuses by year of release."""
    everything = [year for counts in figures.values() for year, _ in counts]
    groups = years_of(everything)
    return [
        Chart(
            key=f"verdicts-{definition.id}",
            title=definition.short_title,
            groups=groups,
            series=series_of(definition),
            values=by_group(figures.get(definition.id, Counter())),
            link=definition.id,
        )
        for definition in registry.current()
    ]


def by_group(counts: Mapping[tuple[Year, str], int]) -> dict[tuple[str, str], int]:
    return {(status, year_name(year)): total for (year, status), total in counts.items()}


def licence_chart(counts: Mapping[tuple[Year, str], int]) -> Chart:
    """Licences of weights by year: the most frequent by name, the rest together."""
    overall: Counter[str] = Counter()
    for (_, licence), total in counts.items():
        overall[licence] += total
    unknown = overall.pop("", 0)
    named = [licence for licence, _ in overall.most_common(NAMED_LICENCES)]
    keys = [*named]
    if len(overall) > len(named):
        keys.append("other")
    if unknown:
        keys.append("none on record")
    values: Counter[tuple[str, str]] = Counter()
    for (year, licence), total in counts.items():
        key = licence if licence in named else "other" if licence else "none on record"
        values[key, year_name(year)] += total
    return Chart(
        key="licences",
        title="Licences of weights",
        groups=years_of([year for year, _ in counts]),
        series=[
            Series(
                key=key,
                label=key.replace("LicenseRef-", ""),
                fill=f"k{place}",
                sign=LETTERS[place],
            )
            for place, key in enumerate(keys)
        ],
        values=values,
    )


def maker_chart(counts: Mapping[tuple[str, str], int], definition: Definition) -> Chart:
    """Verdicts by one definition per kind of the first maker."""
    present = {kind for kind, _ in counts}
    kinds = [kind for kind in OrganizationKind if kind.value in present]
    return Chart(
        key="makers",
        title=f"{definition.short_title}, by kind of maker",
        groups=[SHORT_KINDS[kind] for kind in kinds],
        series=series_of(definition),
        values={
            (status, SHORT_KINDS[OrganizationKind.of(kind)]): total
            for (kind, status), total in counts.items()
        },
    )


SHORT_KINDS = {
    OrganizationKind.PUBLIC_BODY: "public body",
    OrganizationKind.PUBLIC_LAB: "public lab",
    OrganizationKind.INTERGOVERNMENTAL: "between states",
    OrganizationKind.NON_PROFIT: "non-profit",
    OrganizationKind.COMPANY: "company",
    OrganizationKind.COMMUNITY: "community",
    OrganizationKind.CONSORTIUM: "consortium",
    OrganizationKind.UNKNOWN: "unknown",
}
"""Kinds of organisations in words that fit beside a bar."""


def component_chart(
    totals: Mapping[Year, int], counts: Mapping[tuple[str, Year, CellState], int]
) -> HeatChart:
    """How many systems of each year released each kind of component."""
    years = sorted(totals, key=lambda year: (year is None, year or 0))
    lines = [
        (
            kind.label,
            [
                HeatCell(
                    row=kind.label,
                    column=year_name(year),
                    open=counts.get((kind.value, year, CellState.OPEN), 0),
                    limited=counts.get((kind.value, year, CellState.LIMITED), 0),
                    total=totals[year],
                    x=HEAT_LABEL + HEAT_CELL * column,
                    y=ROW * (line + 1),
                )
                for column, year in enumerate(years)
            ],
        )
        for line, kind in enumerate(STRIP_KINDS)
    ]
    return HeatChart(
        key="components",
        title="Components released",
        columns=[year_name(year) for year in years],
        lines=lines if years else [],
        width=HEAT_LABEL + HEAT_CELL * len(years),
    )
