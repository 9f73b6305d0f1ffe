"""Model files of the Model Openness Tool (``MOF.yml``, Model Openness Framework 1.0).

The tool has no “unknown” and no availability: a component that a file lists is
part of the release, one that it does not list is not spoken of. The tool's own
figures follow from that. Our facts do not: what a file lists becomes one only if
the file says where it lies (``mof_places``). ``docs/importers.md`` has the table.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath

from definitions.licence_book import LicenceBook, folded
from definitions.readers import naming
from definitions.readers.addresses import web
from definitions.readers.days import read_date
from definitions.readers.known_licences import KnownLicences
from definitions.readers.licence_terms import NO_TERMS, Terms, read_fact_terms, read_terms
from definitions.readers.mof_figures import departures, figures_of
from definitions.readers.mof_places import (
    Places,
    has_addresses,
    of_another_model,
    read_size,
    steward_row,
)
from definitions.readers.placeholders import NOTHING, placeholder
from definitions.readers.plain_yaml import Limits, Plain, YamlError, texts
from definitions.readers.records import (
    ComponentRecord,
    Problem,
    RecordRead,
    RejectedError,
    SystemRecord,
    rejected,
)
from definitions.readers.values import attempt, hub_id
from definitions.vocabulary import ComponentGroup, ComponentKind

LIMITS = Limits(size=1_000_000)

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


type Release = Mapping[str, Plain]


def read(
    raw: bytes | str, known: KnownLicences, key: str = "", *, limits: Limits = LIMITS
) -> RecordRead:
    """A model file; rejected with the reason where it is none. ``key`` is the file's name."""
    try:
        content = texts(raw, limits)
    except YamlError as error:
        return rejected(RejectedError(str(error)))
    return read_model(content, known, key)


def read_model(
    content: Plain, known: KnownLicences, key: str = "", *, handed_in: bool = False
) -> RecordRead:
    """A parsed model file; rejected with the reason where its shape is wrong.

    A file that is ``handed_in`` is looked through by the person who did so, and by an editor.
    """
    problems: list[Problem] = []
    try:
        return read_release(content, known, key, problems, handed_in=handed_in)
    except RejectedError as error:
        return rejected(error)


def read_release(
    content: Plain, known: KnownLicences, key: str, problems: list[Problem], *, handed_in: bool
) -> RecordRead:
    release = content.get("release") if isinstance(content, dict) else None
    if not isinstance(release, dict):
        raise RejectedError("there is no “release” in this file", "release")
    name = text(release, "name")
    if not name:
        raise RejectedError("the release has no name", "release.name")
    rows = release.get("components", "")
    if rows == "":
        rows = []
    if not isinstance(rows, list):
        raise RejectedError("“components” is not a list", "release.components")
    name = own_name(release, name, key, problems)
    record = about(release, name, problems)
    places = Places.of(record, rows, handed_in=handed_in)
    found = read_components(release, rows, known.book, places, problems)
    record["components"] = found.facts
    if is_saved_form(found, rows, known.book):
        record = names_alone(record)
        problems.append(saved_form())
    problems += [*unlicensed(found.strict), *departures(found.strict, found.steward, known)]
    return RecordRead(
        dated=day_of(release, problems),
        record=record,
        problems=tuple(problems),
        withheld=placeholder(name),
        figures={"mof": figures_of(found.steward, known)},
    )


def names_alone(record: SystemRecord) -> SystemRecord:
    """What is left of a record of which nothing but the names counts."""
    kept: SystemRecord = {"name": record["name"]}
    if "organizations" in record:
        kept["organizations"] = record["organizations"]
    return kept


def text(values: Release, name: str) -> str:
    value = values.get(name)
    return " ".join(value.replace("\x00", " ").split()) if isinstance(value, str) else ""


def own_name(release: Release, name: str, key: str, problems: list[Problem]) -> str:
    """The name, or that of the Hub address where the file's own name bears the address out.

    In some files, copied from a sister's, the name still is the sister's.
    """
    hub = naming.hub_id(text(release, "huggingface"))
    real = hub.partition("/")[2]
    stem = PurePath(key).stem
    if not hub or naming.fits(name, hub) or naming.identity(stem) != naming.identity(real):
        return name
    message = f"the file and the address {hub} say {real}, the name says {name}: {real} counts"
    problems.append(Problem(path="release.name", code="name", message=message))
    return real


def about(release: Release, name: str, problems: list[Problem]) -> SystemRecord:
    """What identifies the model: names, sizes, addresses, makers."""
    record: SystemRecord = {"name": name[:200]}
    version = text(release, "version")
    parameters, fault = read_size(name, version)
    if fault:
        message = f"{fault}: the size is left out"
        problems.append(Problem(path="release.version", code="size-conflict", message=message))
    elif version.lower() not in NOTHING:
        record["version"] = version[:50]
    if parameters:
        record["parameters"] = parameters
    kind = text(release, "type").lower()
    if kind in MODALITIES:
        record["modalities"] = MODALITIES[kind]
    elif kind not in NOTHING:
        problems.append(unknown_word("release.type", kind))
    producer = text(release, "producer")
    if producer.lower() not in NOTHING:
        record["organizations"] = [{"name": producer[:200]}]
    addresses(release, name, record, problems)
    return record


def addresses(release: Release, name: str, record: SystemRecord, problems: list[Problem]) -> None:
    """Hub id and repository, where the file gives addresses that fit."""
    hub = text(release, "huggingface")
    foreign = ""
    if hub.lower() not in NOTHING:
        found = naming.hub_id(hub) or attempt(hub_id, hub)
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
            record["huggingface_id"] = found
    repository = text(release, "repository")
    if repository.lower() not in NOTHING:
        if foreign and of_another_model(name, repository, foreign):
            message = f"{repository} does not fit the name {name}: left out"
            problems.append(
                Problem(path="release.repository", code="hub-id-of-another", message=message)
            )
        elif address := web(repository):
            record["repository"] = address
        else:
            message = f"“{repository[:120]}” is not a web address: left out"
            problems.append(Problem(path="release.repository", code="address", message=message))


def unknown_word(path: str, word: str) -> Problem:
    return Problem(path=path, code="unknown-word", message=f"“{word[:80]}” is not known here")


def day_of(release: Release, problems: list[Problem]) -> str:
    """The day of the record. It is not that of the model's release, and is not taken for it."""
    found = read_date(text(release, "date"), "release.date", problems)
    return found.day.isoformat() if found else ""


# --- components ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Components:
    """The components of a file: facts of ours, the tool's own reading, and its licence strings."""

    facts: dict[str, ComponentRecord] = field(default_factory=dict)
    steward: dict[str, ComponentRecord] = field(default_factory=dict)
    strict: dict[str, str] = field(default_factory=dict)


def read_components(
    release: Release,
    rows: list[Plain],
    book: LicenceBook,
    places: Places,
    problems: list[Problem],
) -> Components:
    """The listed components, read for the tool's figures and for our facts."""
    general = release.get("license")
    general = general if isinstance(general, Mapping) else {"distribution": general or ""}
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
        read.steward[kind.value] = steward_row(read_terms(licence, book))
        several = licences_of(item, general)
        terms = mixed_terms(several) if several else read_fact_terms(licence, book)
        if terms.code and terms.code != UNLICENSED:
            problems.append(Problem(path=where, code=terms.code, message=terms.message))
        if row := places.row(kind, item, terms):
            read.facts[kind.value] = row
    problems.extend(places.problems())
    return read


def is_saved_form(read: Components, rows: list[Plain], book: LicenceBook) -> bool:
    """True where every component is claimed, and neither terms nor an address are named."""
    named = any(read_fact_terms(licence, book).values for licence in read.strict.values())
    placed = has_addresses(rows)
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


def licence_of(kind: ComponentKind, item: Release, general: Release, path: str) -> tuple[str, str]:
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


def licences_of(item: Release, general: Release) -> list[str]:
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


def licence_name(value: Plain | None) -> str:
    """A licence is a text, a mapping with a name, a list of one of these, or missing."""
    if isinstance(value, list):
        names = {licence_name(part) for part in value if not isinstance(part, list)}
        return names.pop() if len(names) == 1 else ""
    found = value.get("name") if isinstance(value, Mapping) else value
    return found if isinstance(found, str) and found.strip() else ""
