"""Model files of the Model Openness Tool (``MOF.yml``, Model Openness Framework 1.0).

The tool has no “unknown” and no availability: a component that a file lists is
part of the release, one that it does not list is not spoken of. The tool's own
figures follow from that. Our facts do not: what a file lists becomes one only if
the file says where it lies (``mof_facts``). ``docs/importers.md`` has the table.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from catalog.importers import naming
from catalog.importers.base import Document, Problem, Reading, fingerprint_of, read_each
from catalog.importers.days import read_date
from catalog.importers.figures import Shelf
from catalog.importers.files import FileError, find_files, read_yaml
from catalog.importers.licences import NO_TERMS, Terms, read_fact_terms, read_terms
from catalog.importers.mof_facts import (
    Places,
    of_another_model,
    read_size,
    steward_row,
    web,
)
from catalog.importers.placeholders import placeholder
from definitions.licence_book import LicenceBook, folded
from definitions.readers import values as v
from definitions.readers.values import attempt
from definitions.vocabulary import ComponentGroup, ComponentKind

SOURCE = "mot"
COMMIT = "8b5d30e"
PAGE = f"https://github.com/lfai/model_openness_tool/blob/{COMMIT}/models/{{}}"

KINDS = {
    "model architecture": ComponentKind.MODEL_ARCHITECTURE,
    "model parameters (final)": ComponentKind.WEIGHTS_FINAL,
    "technical report": ComponentKind.TECHNICAL_REPORT,
    "evaluation results": ComponentKind.EVALUATION_RESULTS,
    "model card": ComponentKind.MODEL_CARD,
    "data card": ComponentKind.DATA_DOCUMENTATION,
    "sample model outputs": ComponentKind.SAMPLE_OUTPUTS,
    "training code": ComponentKind.TRAINING_CODE,
    "inference code": ComponentKind.INFERENCE_CODE,
    "evaluation code": ComponentKind.EVALUATION_CODE,
    "evaluation data": ComponentKind.EVALUATION_DATA,
    "supporting libraries and tools": ComponentKind.SUPPORTING_LIBRARIES,
    "research paper": ComponentKind.RESEARCH_PAPER,
    "datasets": ComponentKind.PRETRAINING_DATA,
    "data preprocessing code": ComponentKind.DATA_PREPROCESSING_CODE,
    "model parameters (intermediate)": ComponentKind.WEIGHTS_INTERMEDIATE,
    "model metadata": ComponentKind.MODEL_METADATA,
}
"""The 17 components of the tool (mof.settings.yml) and ours."""

DATA_LIKE = frozenset(
    {
        ComponentKind.PRETRAINING_DATA,
        ComponentKind.EVALUATION_DATA,
        ComponentKind.WEIGHTS_FINAL,
        ComponentKind.WEIGHTS_INTERMEDIATE,
        ComponentKind.MODEL_METADATA,
    }
)
"""The tool's type “data”; code is our group, and all the rest is a document."""

MODALITIES = {"language": ["text"], "code": ["code"], "image": ["image"], "audio": ["audio"]} | {
    "video": ["video"],
    "multimodal": ["multimodal"],
}
UNLICENSED = "unlicensed"
NOTHING = frozenset({"", "none", "undisclosed", "null", "unknown", "n/a"})


class ModelOpennessTool:
    """Reads model files; each file is one record."""

    source = SOURCE

    def __init__(self, paths: Iterable[Path], shelf: Shelf) -> None:
        self.paths = list(paths)
        self.shelf = shelf

    def read(self) -> Iterator[Reading]:
        files = find_files(self.paths, (".yml", ".yaml"))
        yield from read_each(files, lambda path: read_file(path, self.shelf), unreadable)


def read_file(path: Path, shelf: Shelf) -> Reading:
    """One file; rejected with the reason where it is not a model file."""
    try:
        content, raw = read_yaml(path)
        return read_model(content, path.name, shelf, fingerprint_of(raw))
    except FileError as error:
        return unreadable(path, str(error), error.path, error.fingerprint)


def unreadable(path: Path, reason: str, place: str = "", fingerprint: str = "") -> Reading:
    """The reading of a file that is no record, with the reason and the place in it."""
    return Reading(
        key=path.name,
        url=PAGE.format(quote(path.name)),
        read_on="",
        fingerprint=fingerprint or fingerprint_of(reason),
        problems=(Problem(path=place, code="unreadable", message=reason),),
    )


def read_model(
    content: Any, key: str, shelf: Shelf, fingerprint: str, *, handed_in: bool = False
) -> Reading:
    """A parsed model file as a reading; FileError where its shape is wrong.

    A file that is ``handed_in`` is looked through by the person who did so, and by an editor.
    """
    release = part(content, "release", Mapping)
    if not isinstance(content, Mapping) or release is None:
        raise FileError("there is no “release” in this file", "release", fingerprint)
    name = text(release, "name")
    if not name:
        raise FileError("the release has no name", "release.name", fingerprint)
    rows = part(release, "components", list)
    if rows is None:
        raise FileError("“components” is not a list", "release.components", fingerprint)
    problems: list[Problem] = []
    name = own_name(release, name, key, problems)
    document = about(release, name, problems)
    places = Places.of(document, rows, handed_in=handed_in)
    read = read_components(release, rows, shelf, places, problems)
    document["components"] = read.facts
    if is_saved_form(read, rows, shelf.book):
        document = {part: document[part] for part in ("name", "organizations") if part in document}
        problems.append(saved_form())
    problems += [*unlicensed(read.strict), *shelf.departures(read.strict, read.steward)]
    return Reading(
        key=key,
        url=PAGE.format(quote(key)),
        version=COMMIT,
        read_on=day_of(release, problems),
        fingerprint=fingerprint,
        document=document,
        problems=tuple(problems),
        withheld=placeholder(name),
        figures={"mof": shelf.mof(read.steward)},
    )


def part(content: Any, name: str, kind: type) -> Any:
    """A part of a mapping if it is of the kind that it should be; an empty one where missing."""
    if not isinstance(content, Mapping):
        return None
    value = content.get(name)
    if value in (None, ""):
        return kind() if kind is list else None
    return value if isinstance(value, kind) else None


def text(values: Mapping[str, Any], name: str) -> str:
    value = values.get(name)
    return " ".join(value.replace("\x00", " ").split()) if isinstance(value, str) else ""


def own_name(release: Mapping[str, Any], name: str, key: str, problems: list[Problem]) -> str:
    """The name, or that of the Hub address where the file's own name bears the address out.

    In some files, copied from a sister's, the name still is the sister's.
    """
    hub = naming.hub_id(text(release, "huggingface"))
    real = hub.partition("/")[2]
    stem = Path(key).stem
    if not hub or naming.fits(name, hub) or naming.identity(stem) != naming.identity(real):
        return name
    message = f"the file and the address {hub} say {real}, the name says {name}: {real} counts"
    problems.append(Problem(path="release.name", code="name", message=message))
    return real


def about(release: Mapping[str, Any], name: str, problems: list[Problem]) -> Document:
    """What identifies the model: names, sizes, addresses, makers."""
    document: Document = {"name": name[:200]}
    version = text(release, "version")
    parameters, fault = read_size(name, version)
    if fault:
        message = f"{fault}: the size is left out"
        problems.append(Problem(path="release.version", code="size-conflict", message=message))
    elif version.lower() not in NOTHING:
        document["version"] = version[:50]
    if parameters:
        document["parameters"] = parameters
    kind = text(release, "type").lower()
    if kind in MODALITIES:
        document["modalities"] = MODALITIES[kind]
    elif kind not in NOTHING:
        problems.append(unknown_word("release.type", kind))
    producer = text(release, "producer")
    if producer.lower() not in NOTHING:
        document["organizations"] = [{"name": producer[:200]}]
    addresses(release, name, document, problems)
    return document


def addresses(
    release: Mapping[str, Any], name: str, document: Document, problems: list[Problem]
) -> None:
    """Hub id and repository, where the file gives addresses that fit."""
    hub = text(release, "huggingface")
    foreign = ""
    if hub.lower() not in NOTHING:
        found = naming.hub_id(hub) or attempt(v.hub_id, hub)
        if not found:
            message = f"“{hub[:120]}” is not the address of a model on the Hub: left out"
            problems.append(Problem(path="release.huggingface", code="address", message=message))
        elif not naming.fits(name, found):
            foreign = found
            message = f"{found} does not fit the name {name}: left out"
            problems.append(
                Problem(path="release.huggingface", code="hub-id-of-another", message=message)
            )
        else:
            document["huggingface_id"] = found
    repository = text(release, "repository")
    if repository.lower() not in NOTHING:
        if foreign and of_another_model(name, repository, foreign):
            message = f"{repository} does not fit the name {name}: left out"
            problems.append(
                Problem(path="release.repository", code="hub-id-of-another", message=message)
            )
        elif address := attempt(v.address, repository):
            document["repository"] = address
        else:
            message = f"“{repository[:120]}” is not a web address: left out"
            problems.append(Problem(path="release.repository", code="address", message=message))


def unknown_word(path: str, word: str) -> Problem:
    return Problem(path=path, code="unknown-word", message=f"“{word[:80]}” is not known here")


def day_of(release: Mapping[str, Any], problems: list[Problem]) -> str:
    """The day of the record. It is not that of the model's release, and is not taken for it."""
    date = text(release, "date")
    found = read_date(date, "release.date", problems) if date else None
    return found.day.isoformat() if found else ""


# --- components ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Components:
    """The components of a file: facts of ours, the tool's own reading, and its licence strings."""

    facts: dict[str, Any] = field(default_factory=dict)
    steward: dict[str, Any] = field(default_factory=dict)
    strict: dict[str, str] = field(default_factory=dict)


def read_components(
    release: Mapping[str, Any],
    rows: list[Any],
    shelf: Shelf,
    places: Places,
    problems: list[Problem],
) -> Components:
    """The listed components, read for the tool's figures and for our facts."""
    general = release.get("license")
    general = general if isinstance(general, Mapping) else {"distribution": general}
    read = Components()
    for place, item in enumerate(rows):
        path = f"release.components.{place}"
        if not isinstance(item, Mapping):
            problems.append(Problem(path=path, code="shape", message="this is not a component"))
            continue
        label = text(item, "name")
        kind = KINDS.get(label.lower())
        if kind is None:
            message = f"“{label[:80]}” is not a component of the framework: left out"
            problems.append(Problem(path=f"{path}.name", code="unknown-component", message=message))
            continue
        if kind.value in read.strict:
            message = f"{label} is listed twice: the first one counts"
            problems.append(Problem(path=path, code="duplicate-component", message=message))
            continue
        licence, where = licence_of(kind, item, general, path)
        read.strict[kind.value] = licence
        read.steward[kind.value] = steward_row(read_terms(licence, shelf.book))
        several = licences_of(item, general)
        terms = mixed_terms(several) if several else read_fact_terms(licence, shelf.book)
        if terms.code and terms.code != UNLICENSED:
            problems.append(Problem(path=where, code=terms.code, message=terms.message))
        if row := places.row(kind, item, terms):
            read.facts[kind.value] = row
    problems.extend(places.problems())
    return read


def is_saved_form(read: Components, rows: list[Any], book: LicenceBook) -> bool:
    """True where every component is claimed, and neither terms nor an address are named."""
    named = any(read_fact_terms(licence, book).values for licence in read.strict.values())
    placed = any(web(row, "component_path") for row in rows if isinstance(row, Mapping))
    return len(read.strict) == len(KINDS) and not named and not placed


def saved_form() -> Problem:
    message = (
        f"all {len(KINDS)} components are claimed and no licence is named: a form that was saved, "
        "of which the names alone are taken"
    )
    return Problem(path="release.components", code="saved-form", message=message)


def unlicensed(strict: Mapping[str, str]) -> Iterator[Problem]:
    """One line for all components without terms: the tool writes so by itself."""
    number = sum(folded(text) in NO_TERMS for text in strict.values())
    if number:
        message = (
            f"{number} times “unlicensed”, which the tool also writes where nobody has looked: "
            "recorded as unknown"
        )
        yield Problem(path="release.components", code=UNLICENSED, message=message)


def licence_of(
    kind: ComponentKind, item: Mapping[str, Any], general: Mapping[str, Any], path: str
) -> tuple[str, str]:
    """The component's own licence, else that of its type, else that of the whole, and where.

    The order of the tool (``LicenseHandler``): component, type, distribution.
    """
    own = licence_name(item.get("license"))
    if own:
        return own, f"{path}.license"
    code = kind.group is ComponentGroup.CODE
    group = "data" if kind in DATA_LIKE else "code" if code else "document"
    for name in (group, "distribution"):
        found = licence_name(general.get(name))
        if found:
            return found, f"release.license.{name}"
    return "", f"{path}.license"


def licences_of(item: Mapping[str, Any], general: Mapping[str, Any]) -> list[str]:
    """The names of a list of licences that a component states; none for a list of one."""
    values = [item.get("license"), *general.values()]
    value = next((found for found in values if found), None)
    names = [licence_name(part) for part in value] if isinstance(value, list) else []
    several = [name for name in dict.fromkeys(names) if name]
    return several if len(several) > 1 else []


def mixed_terms(names: list[str]) -> Terms:
    """Several licences, of which the file does not say which is for what."""
    told = ", ".join(f"“{name[:60]}”" for name in names[:8])
    message = f"several licences, and not which is for what: {told}; recorded as mixed"
    return Terms({"licence_status": "mixed"}, "licence-list", message)


def licence_name(value: Any) -> str:
    """A licence is a text, a mapping with a name, a list of one of these, or missing."""
    if isinstance(value, list):
        names = {licence_name(part) for part in value if not isinstance(part, list)}
        return names.pop() if len(names) == 1 else ""
    found = value.get("name") if isinstance(value, Mapping) else value
    return found if isinstance(found, str) and found.strip() else ""
