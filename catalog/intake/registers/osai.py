"""Records of the European Open Source AI Index (one YAML file per system, CC-BY-4.0).

The index grades twelve dimensions as open, partial or closed, each with links.
The grades are kept as the index's own judgement; what a grade plainly says of a
component becomes a fact, with the index's link as evidence. ``docs/importers.md``
has the table, and says which grades say too little to be a fact.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import quote

from catalog.intake.registers.base import Document, SourceReading, fingerprint_of, read_each
from catalog.intake.registers.files import FileError, find_files, read_yaml
from catalog.intake.registers.osai_makers import makers, text
from catalog.intake.registers.osai_terms import add_terms
from definitions import registry
from definitions.core import evaluate
from definitions.readers import naming
from definitions.readers.addresses import PAPERS, web
from definitions.readers.days import read_date
from definitions.readers.known_licences import KnownLicences
from definitions.readers.placeholders import NOTHING, placeholder
from definitions.readers.plain_yaml import Plain
from definitions.readers.records import ComponentRecord, Problem, RejectedError
from definitions.readers.values import host_and_path
from definitions.vocabulary import Answer, Availability, Completeness, ComponentKind

SOURCE = "osai-index"
COMMIT = "5a388e871b88735e7ab7e6fb230b76c9d460d99a"
READ_ON = "2026-06-12"
PAGE = f"https://github.com/Language-Technology-Assessment/main-database/blob/{COMMIT}/{{}}"

DIMENSIONS = (
    "datasources_basemodel",
    "datasources_endmodel",
    "weights_basemodel",
    "weights_endmodel",
    "trainingcode",
    "code",
    "hardware_architecture",
    "preprint",
    "paper",
    "modelcard",
    "datasheet",
    "licenses",
)
GRADES = frozenset({"open", "partial", "closed", ""})

DOCUMENTED = {
    "trainingcode": ComponentKind.TRAINING_CODE,
    "code": ComponentKind.CODE_DOCUMENTATION,
    "hardware_architecture": ComponentKind.HARDWARE_DOCUMENTATION,
    "preprint": ComponentKind.TECHNICAL_REPORT,
    "modelcard": ComponentKind.MODEL_CARD,
    "datasheet": ComponentKind.DATA_DOCUMENTATION,
}
"""Dimensions whose grade is about one component: all of it, a part of it, or none is there."""

DATA = {
    "datasources_basemodel": (ComponentKind.PRETRAINING_DATA, "pretraining"),
    "datasources_endmodel": (ComponentKind.FINETUNING_DATA, "finetuning"),
}
DATA_HOSTS = frozenset({"huggingface.co", "github.com", "zenodo.org", "kaggle.com"}) | {
    "modelscope.cn",
    "opendatalab.com",
    "magenta.tensorflow.org",
}
"""Places where data lies. A link to a paper shows that data is described, not that it is out."""

MODALITIES = frozenset({"text", "code", "image", "audio", "video", "multimodal"})


class OpenSourceAIIndex:
    """Reads the index's records; each file is one record."""

    source = SOURCE

    def __init__(self, paths: Iterable[Path], known: KnownLicences) -> None:
        self.paths = list(paths)
        self.known = known

    def read(self) -> Iterator[SourceReading]:
        files = find_files(self.paths, (".yaml", ".yml"))
        yield from read_each(files, lambda path: read_file(path, self.known), unreadable)


def read_file(path: Path, known: KnownLicences) -> SourceReading:
    """One file; rejected with the reason where it is not a record of the index."""
    try:
        content, raw = read_yaml(path)
    except FileError as error:
        return unreadable(path, str(error), "", error.fingerprint)
    try:
        return read_record(content, raw, path.name, known)
    except RejectedError as error:
        return unreadable(path, str(error), error.path, fingerprint_of(raw))


def unreadable(path: Path, reason: str, place: str = "", fingerprint: str = "") -> SourceReading:
    """The reading of a file that is no record, with the reason and the place in it."""
    return SourceReading(
        key=path.name,
        url=PAGE.format(quote(path.name)),
        read_on=READ_ON,
        fingerprint=fingerprint or fingerprint_of(reason),
        problems=(Problem(path=place, code="unreadable", message=reason),),
    )


def read_record(content: Plain, raw: bytes, key: str, known: KnownLicences) -> SourceReading:
    """A parsed record as a reading; RejectedError where its shape is wrong."""
    system = content.get("system") if isinstance(content, Mapping) else None
    if not isinstance(content, Mapping) or not isinstance(system, Mapping):
        raise RejectedError("there is no “system” in this file", "system")
    problems: list[Problem] = []
    classes = grades(content, problems)
    score = score_of(classes, known)
    document = about(system, content, problems)
    if not document["name"]:
        raise RejectedError("the system has no name", "system.name")
    document["organizations"] = makers(content.get("org"), raw)
    document["components"] = components(document, content, classes, problems)
    add_terms(document, system, content, known.book, problems)
    document["training_data"] = training_data(content)
    document["judgements"] = [judgement(system, classes, score)]
    return SourceReading(
        key=key,
        url=PAGE.format(quote(key)),
        version=COMMIT[:7],
        read_on=READ_ON,
        fingerprint=fingerprint_of(raw),
        document={name: value for name, value in document.items() if value not in ([], "")},
        problems=tuple(problems),
        withheld=placeholder(document["name"]),
        figures={"osai": {"score": score, "dimensions": classes}},
    )


def links(content: Mapping[str, Plain], dimension: str) -> list[str]:
    """The web addresses of a dimension, in their order."""
    part = content.get(dimension)
    value = part.get("link") if isinstance(part, Mapping) else None
    found = value if isinstance(value, list) else [value]
    return [address for item in found if (address := web(item))]


def grades(content: Mapping[str, Plain], problems: list[Problem]) -> dict[str, str]:
    """The class of each dimension; empty where the index has not judged it."""
    found = {}
    for name in DIMENSIONS:
        part = content.get(name)
        word = text(part, "class").lower() if isinstance(part, Mapping) else ""
        if word not in GRADES:
            message = f"“{word[:40]}” is not a class: recorded as not judged"
            problems.append(Problem(path=f"{name}.class", code="class", message=message))
            word = ""
        found[name] = word
    if not any(found.values()):
        raise RejectedError("no dimension has a class")
    return found


def score_of(classes: Mapping[str, str], known: KnownLicences) -> float:
    """The index's score by its own formula."""
    graded = {
        f"osai-2026/{name.replace('_', '-')}": word or "not_applicable"
        for name, word in classes.items()
    }
    verdict = evaluate(registry.get("osai-2026"), known.facts({}, graded))
    return round(verdict.score or 0.0, 4)


# --- what it is ------------------------------------------------------------------------------


def about(
    system: Mapping[str, Plain], content: Mapping[str, Plain], problems: list[Problem]
) -> Document:
    """What identifies the end model: its name, family, size, addresses and base."""
    hubs = [
        found
        for address in [*links(content, "weights_endmodel"), text(system, "link")]
        if (found := naming.hub_id(address))
    ]
    name = end_model(system, hubs, problems)
    document: Document = {"name": name[:200], "family": text(system, "name")[:200]}
    fitting = [found for found in hubs if naming.fits(name, found)]
    if fitting:
        document["huggingface_id"] = naming.closest(name, fitting)
    elif hubs:
        message = f"{hubs[0]} does not fit the name {name}: left out"
        problems.append(Problem(path="system.link", code="hub-id-of-another", message=message))
    if home := web(text(system, "link")):
        document["homepage"] = home
    document["modalities"] = modalities(text(system, "type"), problems)
    released = read_date(text(system, "releasedate"), "system.releasedate", problems)
    document["released"] = str(released) if released else ""
    base = text(system, "basemodelname").rstrip("?")
    if base.lower() not in NOTHING and not naming.of_one_line(name, base):
        document["derivations"] = [derivation(base, content, document.get("huggingface_id", ""))]
    return document


def end_model(system: Mapping[str, Plain], hubs: list[str], problems: list[Problem]) -> str:
    """The name of the model that users meet, held against the addresses of the record.

    In some records base and end model have changed places, or the end model is
    missing; then the name that the addresses bear out counts, and a problem says so.
    """
    stated = text(system, "endmodelname")
    base, family = text(system, "basemodelname"), text(system, "name")
    names = [name for name in (stated, base, family) if name.lower() not in NOTHING]
    if not names:
        return ""
    if stated.lower() in NOTHING:
        chosen = names[0]
        problems.append(renamed(f"there is no end model: the entry is that of {chosen}"))
        return chosen
    if not hubs or any(naming.fits(stated, found) for found in hubs):
        return stated
    like = naming.identity(stated).words, naming.identity(hubs[0].partition("/")[2]).words
    if naming.likeness(*like) >= naming.LIKE_ENOUGH:
        return stated
    for name in names[1:]:
        if naming.fits(name, hubs[0]):
            message = f"“{stated}” does not fit the address {hubs[0]}: the entry is that of {name}"
            problems.append(renamed(message))
            return name
    return stated


def renamed(message: str) -> Problem:
    return Problem(path="system.endmodelname", code="name", message=message)


def modalities(words: str, problems: list[Problem]) -> list[str]:
    found = [word.strip().lower() for word in words.split(",") if word.strip()]
    for word in found:
        if word not in MODALITIES:
            message = f"“{word[:40]}” is no modality that is known here: left out"
            problems.append(Problem(path="system.type", code="unknown-word", message=message))
    return sorted(set(found) & MODALITIES)


def derivation(base: str, content: Mapping[str, Plain], own: str) -> dict[str, str]:
    """The base by its name, and by an address only if that bears the very name.

    The index often links what was made of the base, the end model included.
    """
    row = {"name": base[:200], "kind": "finetune"}
    hubs = [naming.hub_id(address) for address in links(content, "weights_basemodel")]
    fitting = next((found for found in hubs if found and naming.same_model(base, found)), "")
    return row | ({"huggingface_id": fitting} if fitting and fitting != own else {})


# --- what was released -----------------------------------------------------------------------


def components(
    document: Document,
    content: Mapping[str, Plain],
    classes: Mapping[str, str],
    problems: list[Problem],
) -> dict[str, ComponentRecord]:
    """The components of which a grade plainly says something, without their terms."""
    rows: dict[str, ComponentRecord] = {}
    name = document["name"]
    for dimension, kind in DOCUMENTED.items():
        found = links(content, dimension)
        if kind is ComponentKind.MODEL_CARD:
            found = own_pages(found, name, dimension, problems)
        put(rows, kind, graded(classes[dimension], found))
    for dimension, (kind, _stage) in DATA.items():
        found = links(content, dimension)
        placed = [item for item in found if host_and_path(item)[0] in DATA_HOSTS]
        put(rows, kind, graded(classes[dimension], placed))
    if classes["paper"] in {"open", "partial"} and links(content, "paper"):
        row = graded(classes["paper"], links(content, "paper"))
        put(rows, ComponentKind.RESEARCH_PAPER, row | {"peer_reviewed": Answer.YES.value})
    found = own_pages(links(content, "weights_endmodel"), name, "weights_endmodel", problems)
    put(rows, ComponentKind.WEIGHTS_FINAL, weights_row(classes["weights_endmodel"], found))
    return rows


def own_pages(found: list[str], name: str, dimension: str, problems: list[Problem]) -> list[str]:
    """The addresses that can be this model's: not those of papers, data or another model."""
    own = []
    for address in found:
        host, steps = host_and_path(address)
        hub = naming.hub_id(address)
        if hub and not naming.fits(name, hub):
            message = f"{hub} does not fit the name {name}: left out"
            problems.append(
                Problem(path=f"{dimension}.link", code="hub-id-of-another", message=message)
            )
        elif host not in PAPERS and "datasets" not in steps:
            own.append(address)
    return own


def put(rows: dict[str, ComponentRecord], kind: ComponentKind, row: ComponentRecord) -> None:
    if row:
        rows[kind.value] = row


def graded(grade: str, found: list[str]) -> ComponentRecord:
    """Open: all of it is out. Partial: a part. Closed: nothing. Without a link: not told."""
    if grade == "closed":
        return {"availability": Availability.NOT_RELEASED.value}
    if grade not in {"open", "partial"} or not found:
        return {}
    extent = Completeness.FULL if grade == "open" else Completeness.PARTIAL
    return {
        "availability": Availability.OPEN_DOWNLOAD.value,
        "completeness": extent.value,
        "url": found[0],
        "evidence": found[0],
    }


def weights_row(grade: str, found: list[str]) -> ComponentRecord:
    """The weights. “Partial” is behind a form *or* only some of them: not told apart, unknown."""
    if grade == "closed":
        return {"availability": Availability.NOT_RELEASED.value}
    row: ComponentRecord = {"url": found[0], "evidence": found[0]} if found else {}
    if grade == "open" and found:
        row["availability"] = Availability.OPEN_DOWNLOAD.value
    return row


def training_data(content: Mapping[str, Plain]) -> list[dict[str, object]]:
    """The datasets on the Hub that the record links as sources of data."""
    rows: list[dict[str, object]] = []
    seen = set()
    for dimension, (_kind, stage) in DATA.items():
        for address in links(content, dimension):
            identifier = naming.dataset_id(address)
            if not identifier or (identifier.lower(), stage) in seen:
                continue
            seen.add((identifier.lower(), stage))
            home = f"https://huggingface.co/datasets/{identifier}"
            name = identifier.partition("/")[2]
            rows.append({"dataset": {"name": name, "homepage": home}, "stage": stage})
    return rows


def judgement(
    system: Mapping[str, Plain], classes: Mapping[str, str], score: float
) -> dict[str, object]:
    """The index's own grades and score."""
    judged = [text(system, "basemodelname"), text(system, "endmodelname")]
    names = [name for name in dict.fromkeys(judged) if name.lower() not in NOTHING]
    return {
        "definition": "osai-2026",
        "result": f"{score:.4f}",
        "version_judged": " and ".join(names)[:100],
        "date": READ_ON,
        "classes": {name.replace("_", "-"): word for name, word in classes.items() if word},
    }
