"""References between records, and licence expressions, once all files are read."""

from collections.abc import Mapping

from catalog.entry.nouns import ALIAS, LICENCE, ORDER
from catalog.intake.files.read import Problem, Reading, Record
from catalog.intake.files.readers import Expression, Ref
from catalog.intake.spdx_list import SOURCE, Listed, columns_of, read_list
from catalog.models import License, LicenseAlias
from definitions.licence_book import LicenceBook, LicenceError


def known_keys(reading: Reading) -> dict[str, set[str]]:
    """Every key that may be referred to, by kind: in the database or in the files."""
    known: dict[str, set[str]] = {}
    for spec in ORDER:
        stored = spec.model._default_manager.values_list(spec.identity[0], flat=True)
        known[spec.kind] = set(stored) | {record.key for record in reading.of(spec)}
    return known


def resolve(reading: Reading) -> None:
    """Check every reference and spell every expression; faults go to ``reading.problems``."""
    known = known_keys(reading)
    book = book_of(reading)
    for record in reading.every():
        for column, value in record.values.items():
            if isinstance(value, Ref):
                reading.problems.extend(dangling(record, column, [value], known))
            elif isinstance(value, Expression):
                reading.problems.extend(spelled(record, column, value, book))
        for column, refs in record.links.items():
            reading.problems.extend(dangling(record, column, refs, known))


def dangling(
    record: Record, column: str, refs: list[Ref], known: Mapping[str, set[str]]
) -> list[Problem]:
    return [
        record.problem(f"there is no {ref.kind} “{ref.key}”", column)
        for ref in refs
        if ref.key not in known[ref.kind]
    ]


def spelled(record: Record, column: str, value: Expression, book: LicenceBook) -> list[Problem]:
    try:
        record.values[column] = book.normalise(value.text)
    except LicenceError as error:
        return [record.problem(str(error), column)]
    return []


def book_of(reading: Reading) -> LicenceBook:
    """The licences of the SPDX list, of the database and of the files."""
    identifiers = {*License.objects.values_list("spdx_id", flat=True), *read_list()}
    identifiers |= {record.key for record in reading.of(LICENCE)}
    aliases = dict(LicenseAlias.objects.values_list("alias", "expression"))
    for record in reading.of(ALIAS):
        expression = record.values["expression"]
        aliases[record.key] = expression.text
    return LicenceBook.of(sorted(identifiers), aliases)


def with_spdx_list(records: list[Record], known_sources: set[str]) -> list[Record]:
    """The whole SPDX list as records, with our own records laid over it.

    Where a run has no records of ours, rows that are there stay as they are.
    """
    ours = {record.key: record for record in records}
    stored = set() if ours else set(License.objects.values_list("spdx_id", flat=True))
    listed = [
        spdx_record(entry, known_sources, ours.pop(entry.id, None))
        for entry in read_list().values()
        if entry.id not in stored
    ]
    return listed + list(ours.values())


def spdx_record(entry: Listed, known_sources: set[str], own: Record | None) -> Record:
    """What the list says of one licence, and what our record states instead or beside it."""
    values = columns_of(entry)
    if SOURCE in known_sources:
        values["source"] = Ref("source", SOURCE)
    record = own or Record(spec=LICENCE, path="SPDX licence list", line=1)
    record.values = values | record.values
    return record
