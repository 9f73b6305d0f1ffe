"""From files to records: everything is read and checked before anything is written."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from catalog.entry.nouns import FOLDERS, LISTS_OF
from catalog.entry.parts import PROVENANCE_KEYS
from catalog.entry.shape import Part
from catalog.intake.files.nodes import FaultError, compose, fault, items_of, line_of, pairs_of
from catalog.intake.files.readers import Ref
from catalog.intake.files.shape import links_of, reader_of
from definitions.readers.dates import PartialDate
from definitions.readers.plain_yaml import Items, Node
from definitions.vocabulary import LicenceStatus


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong, and where."""

    path: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.reason}"


class LoadError(Exception):
    """The files cannot be loaded; nothing was written."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


@dataclass(slots=True, kw_only=True)
class Record:
    """One record as read: columns with their values, links, and rows of its own."""

    spec: Part
    path: str
    line: int
    values: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    links: dict[str, list[Ref]] = field(default_factory=dict)
    children: dict[str, list["Record"]] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The natural key of a record that stands by itself."""
        return str(self.values.get(self.spec.identity[0], ""))

    def problem(self, reason: str, column: str = "") -> Problem:
        return Problem(self.path, self.lines.get(column, self.line), reason)

    def family(self) -> Iterator["Record"]:
        """The record and all rows in it."""
        yield self
        for rows in self.children.values():
            yield from rows


@dataclass(slots=True)
class Reading:
    """All records read, and all faults found."""

    records: dict[str, list[Record]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def of(self, spec: Part) -> list[Record]:
        return self.records.get(spec.kind, [])

    def every(self) -> Iterator[Record]:
        for records in self.records.values():
            for record in records:
                yield from record.family()


def find_files(paths: Iterable[Path]) -> list[Path]:
    """The catalogue files under these paths, in a fixed order; LoadError if a path is missing."""
    found: set[Path] = set()
    missing = []
    for path in paths:
        if path.is_dir():
            found.update(path.rglob("*.yaml"), path.rglob("*.yml"))
        elif path.is_file():
            found.add(path)
        else:
            missing.append(Problem(str(path), 1, "there is no such file or folder"))
    if missing:
        raise LoadError(missing)
    return sorted(found)


def read_files(paths: Iterable[Path]) -> Reading:
    """Read every file; faults are collected, none stops the others."""
    reading = Reading()
    for path in paths:
        try:
            read_file(path, reading)
        except FaultError as error:
            reading.problems.append(Problem(shown(path), error.line, error.reason))
    find_doubles(reading)
    return reading


def shown(path: Path) -> str:
    """A path as people type it: from where they are, if it is below."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def read_file(path: Path, reading: Reading) -> None:
    node = compose(path)
    if path.name in LISTS_OF:
        spec = LISTS_OF[path.name]
        nodes = items_of(node)
    elif path.parent.name in FOLDERS and path.suffix == ".yaml":
        spec = FOLDERS[path.parent.name]
        nodes = [node]
    else:
        folders = ", ".join(f"{name}/" for name in FOLDERS)
        raise FaultError(1, f"not a file of the catalogue: use {', '.join(LISTS_OF)} or {folders}")
    for item in nodes:
        record = read_record(spec, item, shown(path), reading.problems)
        if record is None:
            continue
        if spec in FOLDERS.values() and record.key != path.stem:
            reason = f"the file is called {path.stem}, its slug is {record.key}"
            reading.problems.append(record.problem(reason, "slug"))
        reading.records.setdefault(spec.kind, []).append(record)


def read_record(spec: Part, node: Node, path: str, problems: list[Problem]) -> Record | None:
    """One record; None where a fault was found in it (and noted)."""
    record = Record(spec=spec, path=path, line=line_of(node))
    before = len(problems)
    try:
        for name, place, value in pairs_of(node):
            try:
                read_pair(record, name, place, value, problems)
            except FaultError as error:
                problems.append(Problem(path, error.line, error.reason))
    except FaultError as error:
        problems.append(Problem(path, error.line, error.reason))
    if len(problems) == before:
        problems.extend(completed(record))
    return record if len(problems) == before else None


def read_pair(record: Record, name: str, place: Node, value: Node, problems: list[Problem]) -> None:
    spec = record.spec
    children = {child.name: child for child in spec.children}
    if name in spec.keys:
        take(record, name, place, value)
    elif name in spec.links:
        record.links[name] = links_of(spec.model, name)(value)
        record.lines[name] = line_of(place)
    elif name in children:
        record.children[name] = read_children(record, children[name], value, problems)
    elif name == "provenance" and spec.has_provenance:
        for inner, inner_place, inner_value in pairs_of(value):
            if inner not in PROVENANCE_KEYS:
                raise fault(inner_place, f"unknown key “{inner}” in provenance")
            take(record, inner, inner_place, inner_value)
    else:
        known = ", ".join([*spec.keys, *spec.links, *children])
        raise fault(place, f"unknown key “{name}” in a {spec.kind}; known are: {known}")


def take(record: Record, key: str, place: Node, node: Node) -> None:
    column = record.spec.keys[key].name
    value = reader_of(record.spec.model, column)(node)
    if column in record.values:
        raise fault(place, "this is given twice, here and further up")
    if isinstance(value, PartialDate):
        record.values["released_precision"] = value.precision.value
        value = value.day
    record.values[column] = value
    record.lines[column] = line_of(place)


def read_children(record: Record, spec: Part, node: Node, problems: list[Problem]) -> list[Record]:
    if spec.single:
        if isinstance(node, Items):
            raise fault(node, f"expected one {spec.kind}, not a list")
        nodes: list[Node] = [node]
    else:
        nodes = items_of(node)
    rows = (read_record(spec, item, record.path, problems) for item in nodes)
    return [row for row in rows if row is not None]


def completed(record: Record) -> Iterator[Problem]:
    """Fill in what follows from the rest, then look for what is missing or contradictory."""
    values = record.values
    if record.spec.licensed and "licence_status" not in values:
        if "licence_expression" in values:
            values["licence_status"] = LicenceStatus.STATED.value
        elif "licence_text" in values:
            values["licence_status"] = LicenceStatus.UNRECOGNISED.value
    missing = [
        name for name, key in record.spec.keys.items() if key.required and key.name not in values
    ]
    for name in missing:
        yield record.problem(f"the key “{name}” is missing in this {record.spec.kind}")
    if not missing:
        for rule in record.spec.rules:
            reason = rule(values)
            if reason:
                yield record.problem(reason)
        yield from doubles_in(record)


def doubles_in(record: Record) -> Iterator[Problem]:
    """Rows of one record that say the same thing twice."""
    for rows in record.children.values():
        seen: dict[tuple[Any, ...], int] = {}
        for row in rows:
            identity = tuple(row.values.get(column) for column in row.spec.within)
            if identity in seen:
                reason = f"the same {row.spec.kind} is in line {seen[identity]}"
                yield row.problem(reason)
            seen.setdefault(identity, row.line)


def find_doubles(reading: Reading) -> None:
    """Records with the same key, in one file or in two."""
    for records in reading.records.values():
        seen: dict[str, Record] = {}
        for record in records:
            first = seen.setdefault(record.key.lower(), record)
            if first is not record:
                reading.problems.append(
                    record.problem(f"“{record.key}” is already in {first.path}:{first.line}")
                )
