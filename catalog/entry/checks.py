"""Whether a document can be an entry: each value by its reader, each row by its rules.

A document has its schema here, whichever door it came in by: a file that somebody brought,
a record of the Hub, or the steps of the form. A reader is found by the column of the part
(``catalog.entry.values``); the rules are those that files of the catalogue keep to.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.contrib.postgres.fields import ArrayField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalog.entry.parts import BY_DOCUMENT, SYSTEM, UNSAID
from catalog.entry.shape import Part, field_of
from catalog.entry.values import in_words, reader_of
from catalog.models import Organization
from definitions.licence_book import LicenceBook, LicenceError
from definitions.readers.dates import partial_date
from definitions.readers.values import Reader, Text, UnreadableError, many, shown
from definitions.vocabulary import LicenceStatus

type Row = Mapping[str, object]
type Message = str | Promise


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of values, each of one syntax."""

    each: Reader[object]


type Readers = dict[str, Reader[object] | Listed]

MOST_ROWS = 60
"""Rows of one list, as the form has them at most."""

NEEDED = _("This is needed where the row says anything.")
NO_EVIDENCE = _("Name a page that shows it: a fact needs evidence.")

NAMED_BY = {"training_data": "dataset", "derivations": "name", "organizations": "name"}
"""What names the noun of a row in these parts."""

ENTRY_NEEDS = ("name", "evidence")
NEEDED_OF_ALL = _("This field is required.")
TOO_MANY = _("There are %(count)d rows; at most %(most)d are allowed.")


@dataclass(frozen=True, slots=True)
class Fault:
    """One value or row of a document that cannot stay: where it is, and why.

    ``key`` is the row's key, or its place in a list; ``name`` is empty for the whole row.
    """

    part: str
    key: str
    name: str
    message: Message


@dataclass(slots=True)
class Checked:
    """A document with every value in its one spelling, and what is wrong in it.

    What cannot be read stays as it is, with a fault.
    """

    book: LicenceBook
    document: dict[str, object] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def read(self, document: Row) -> "Checked":
        """Read a whole document."""
        for name, value in document.items():
            if name in READERS:
                self.document[name] = self.rows(name, value)
            else:
                self.document[name] = self.value(ENTRY, "", "", name, value)
        for name in ENTRY_NEEDS:
            if document.get(name) in UNSAID:
                self.fault("", "", name, NEEDED_OF_ALL)
        return self

    def fault(self, part: str, key: str, name: str, message: Message) -> None:
        self.faults.append(Fault(part, key, name, message))

    def rows(self, name: str, value: object) -> object:
        """The rows of one part: a mapping by key, a list, or one row."""
        part = BY_DOCUMENT.get(name)
        if part and part.single:
            return self.row(name, "", value)
        if part and part.keyed:
            pairs = value.items() if isinstance(value, Mapping) else ()
            return {key: self.keyed_row(part, str(key), row) for key, row in pairs}
        rows = value if isinstance(value, list) else []
        if len(rows) > MOST_ROWS:
            self.fault(name, "", "", TOO_MANY % {"count": len(rows), "most": MOST_ROWS})
        return [self.row(name, str(place), row) for place, row in enumerate(rows)]

    def keyed_row(self, part: Part, key: str, value: object) -> object:
        """A row by its key, which is a word of its column."""
        try:
            reader_of(part.model, part.keyed)(key)
        except UnreadableError as error:
            self.fault(part.document, key, "", in_words(error))
            return value
        return self.row(part.document, key, value)

    def row(self, name: str, key: str, value: object) -> dict[str, object]:
        """One row with its values read; its rules are asked only where each of them is one."""
        row = value if isinstance(value, Mapping) else {}
        before = len(self.faults)
        readers = readers_of(name, self.book)
        found = {inner: self.value(readers, name, key, inner, row[inner]) for inner in row}
        if len(self.faults) == before and any(stated not in UNSAID for stated in found.values()):
            for reason in reasons(name, found, key):
                self.fault(name, key, *reason)
        return found

    def value(self, readers: Readers, part: str, key: str, name: str, value: object) -> object:
        """A value as its reader has it; itself, with a fault, where it cannot be read."""
        if value in UNSAID:
            return value
        try:
            return read_json(readers.get(name, unknown), value)
        except UnreadableError as error:
            self.fault(part, key, name, in_words(error))
        except LicenceError as error:
            self.fault(part, key, name, sentence(str(error)))
        return value


def checked(document: Row, book: LicenceBook) -> Checked:
    """A document read, with its faults."""
    return Checked(book).read(document)


def read_json(reader: Reader[object] | Listed, value: object) -> object:
    """A JSON value by the reader of its text; of a list, each item once."""
    if not isinstance(reader, Listed):
        return reader(text_of(value))
    if not isinstance(value, list):
        raise UnreadableError("A list is expected here.")
    return many(reader.each, [text_of(item) for item in value], MOST_ROWS)


def text_of(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise UnreadableError("A text is expected here.")
    return str(value)


def unknown(text: str) -> object:
    raise UnreadableError("“%(text)s” has no place here.", text=shown(text))


# --- what the readers of a part are -------------------------------------------------------------


def readers_by_word(part: Part) -> Readers:
    return {name: json_reader(part, column) for name, column in part.words.items()}


def json_reader(part: Part, column: str) -> Reader[object] | Listed:
    reader = reader_of(part.model, column)
    return Listed(reader) if isinstance(field_of(part.model, column), ArrayField) else reader


def released(text: str) -> str:
    return str(partial_date(text))


ENTRY: Readers = readers_by_word(SYSTEM) | {"released": released}
READERS = {name: readers_by_word(part) for name, part in BY_DOCUMENT.items()} | {
    "organizations": {
        name: reader_of(Organization, name) for name in ("name", "homepage", "country", "kind")
    }
}
for _part in ("training_data", "derivations"):
    READERS[_part][NAMED_BY[_part]] = Text(200)


def readers_of(part: str, book: LicenceBook) -> Readers:
    """The readers of a part's values, by their names in documents."""
    if "licence" not in READERS[part]:
        return READERS[part]
    return READERS[part] | {"licence": book.normalise}


# --- what the values of a row have to do with each other -----------------------------------------


def reasons(name: str, row: Row, key: str = "") -> Iterator[tuple[str, Message]]:
    """What is missing in a row that says something, or contradicts itself: field and reason."""
    part = BY_DOCUMENT.get(name)
    needed = [NAMED_BY[name]] if name in NAMED_BY else []
    if part:
        needed += [c.word for c in part.columns if c.required and c.word]
    missing = [inner for inner in needed if row.get(inner) in UNSAID]
    yield from ((inner, NO_EVIDENCE if inner == "evidence" else NEEDED) for inner in missing)
    if part is None or missing:
        return
    stated: dict[str, object] = {part.keyed: key} if part.keyed else {}
    stated |= {
        column: row[inner] for inner, column in part.words.items() if row.get(inner) not in UNSAID
    }
    if name in NAMED_BY:
        stated["base_name"] = row[NAMED_BY[name]]
    for rule in part.rules:
        if reason := rule(stated):
            yield "value" if name == "facts" else "", sentence(reason)


def sentence(reason: str) -> str:
    """A reason as it is written beside a field."""
    return f"{reason[:1].upper()}{reason[1:]}".removesuffix(".") + "."


# --- terms ----------------------------------------------------------------------------------------


def settled(document: Row, book: LicenceBook) -> dict[str, object]:
    """A document whose licences are expressions where they are known."""
    rows = document.get("components")
    if not isinstance(rows, Mapping):
        return dict(document)
    terms = {
        key: with_terms(row, book) if isinstance(row, Mapping) else row for key, row in rows.items()
    }
    return {**document, "components": terms}


def with_terms(row: Row, book: LicenceBook) -> dict[str, object]:
    """A row whose licence is an expression where it is known, else the maker's text."""
    text = row.get("licence")
    if not isinstance(text, str) or not text:
        return dict(row)
    status = row.get("licence_status")
    known = status not in UNSAID and status != LicenceStatus.UNRECOGNISED
    try:
        terms = {"licence": book.normalise(text), "licence_status": LicenceStatus.STATED.value}
    except LicenceError:
        unrecognised = LicenceStatus.UNRECOGNISED.value
        return {**row, "licence": "", "licence_text": text, "licence_status": unrecognised}
    return {**row, **terms} | ({"licence_status": status} if known else {})
