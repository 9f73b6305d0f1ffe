"""A file of any kind that this package reads, as facts; ``python -m definitions read`` uses it."""

import re
from pathlib import PurePath

from definitions.codec import parse_json
from definitions.facts import FactsError
from definitions.readers import facts_json, hub, mof
from definitions.readers.facts_json import NOT_FACTS, FactsRead, refused
from definitions.readers.known_licences import KnownLicences
from definitions.readers.record_facts import facts_of
from definitions.readers.records import RecordRead
from definitions.vocabulary import Term


class FileKind(Term):
    """What a file is read as."""

    MOF = "mof", "MOF.yml, a model file of the Model Openness Framework"
    CARD = "card", "Model card (README.md of a model)"
    HUB = "hub", "Record of the Hugging Face Hub (JSON of /api/models/<id>)"
    FACTS = "facts", "Facts document (glassbox-facts/1)"


ENDINGS = {".md": FileKind.CARD, ".yml": FileKind.MOF, ".yaml": FileKind.MOF}
RELEASE = re.compile(rb"^release\s*:", re.MULTILINE)
SCHEMA = re.compile(rb'"schema"\s*:\s*"glassbox-facts/')


def kind_of(name: str, raw: bytes) -> FileKind:
    """What a file is, by its beginning, else by its name, else by what stands in it."""
    if raw.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"["):
        return FileKind.FACTS if SCHEMA.search(raw) else FileKind.HUB
    ending = PurePath(name).suffix.lower()
    return ENDINGS.get(ending) or (FileKind.MOF if RELEASE.search(raw) else FileKind.CARD)


def read(
    name: str,
    raw: bytes,
    known: KnownLicences,
    *,
    kind: FileKind | None = None,
    card: bytes | None = None,
    repo: str = "",
) -> FactsRead:
    """The facts in a file, and what could not be taken as it was written.

    ``card`` belongs to a record of the Hub; ``repo`` says which repository a card is of.
    """
    chosen = kind or kind_of(name, raw)
    if chosen is FileKind.FACTS:
        return facts_json.read(raw)
    if chosen is FileKind.MOF:
        return as_facts(mof.read(raw, known, PurePath(name).name))
    if chosen is FileKind.CARD:
        return as_facts(hub.read_card(raw, known, repo))
    try:
        answer = parse_json(raw)
    except FactsError as error:
        return refused(NOT_FACTS, error.message, error.path)
    except ValueError as error:
        return refused(facts_json.NOT_JSON, f"not JSON: {error}")
    return as_facts(hub.read(answer, known, card))


def as_facts(found: RecordRead) -> FactsRead:
    """A record as facts; none where it is rejected, or no system's."""
    if found.record is None:
        return FactsRead(problems=found.problems)
    if found.withheld:
        return refused("withheld", found.withheld)
    try:
        return FactsRead(facts=facts_of(found.record), problems=found.problems)
    except FactsError as error:
        return refused(NOT_FACTS, error.message, error.path)
