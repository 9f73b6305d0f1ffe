"""Model files of the Model Openness Tool (``MOF.yml``, Model Openness Framework 1.0).

The tool has no “unknown” and no availability: a component that a file lists is
part of the release, one that it does not list is not spoken of. Here the first
is recorded as an open download, because the framework knows no other kind of
release, and the second is left unknown. ``docs/importers.md`` has the table.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from catalog.dates import PartialDate
from catalog.importers import naming
from catalog.importers.base import Document, Problem, Reading, fingerprint_of
from catalog.importers.figures import Shelf
from catalog.importers.files import FileError, find_files, read_yaml
from catalog.importers.licences import NO_TERMS, read_terms
from catalog.licences import folded
from catalog.models.constraints import HTTP_REGEX
from definitions.vocabulary import Availability, ComponentGroup, ComponentKind

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
        for path in find_files(self.paths, (".yml", ".yaml")):
            yield read_file(path, self.shelf)


def read_file(path: Path, shelf: Shelf) -> Reading:
    """One file; rejected with the reason where it is not a model file."""
    try:
        content, raw = read_yaml(path)
        return read_model(content, path.name, shelf, fingerprint_of(raw))
    except FileError as error:
        return Reading(
            key=path.name,
            url=PAGE.format(quote(path.name)),
            read_on="",
            fingerprint=error.fingerprint,
            problems=(Problem(path=error.path, code="unreadable", message=str(error)),),
        )


def read_model(content: Any, key: str, shelf: Shelf, fingerprint: str) -> Reading:
    """A parsed model file as a reading; FileError where its shape is wrong."""
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
    components, strict = read_components(release, rows, shelf, problems)
    document = about(release, name, problems)
    document["components"] = components
    problems += [*unlicensed(strict), *shelf.departures(strict, components)]
    return Reading(
        key=key,
        url=PAGE.format(quote(key)),
        version=COMMIT,
        read_on=day_of(release, problems),
        fingerprint=fingerprint,
        document=document,
        problems=tuple(problems),
        figures={"mof": shelf.mof(components)},
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
    size = naming.size_in(name) or naming.size_in(version)
    if version.lower() not in NOTHING:
        document["version"] = version[:50]
    stated = naming.size_in(version)
    if not naming.same_size(size, stated):
        message = f"the name says {size}, the version {stated}: the name counts"
        problems.append(Problem(path="release.version", code="size-conflict", message=message))
        stated = size
    parameters = naming.parameters_of(stated or size)
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
    if hub.lower() not in NOTHING:
        found = naming.hub_id(hub) or naming.bare_id(hub)
        if not found:
            message = f"“{hub[:120]}” is not the address of a model on the Hub: left out"
            problems.append(Problem(path="release.huggingface", code="address", message=message))
        elif not naming.fits(name, found):
            message = f"{found} does not fit the name {name}: left out"
            problems.append(
                Problem(path="release.huggingface", code="hub-id-of-another", message=message)
            )
        else:
            document["huggingface_id"] = found
    repository = text(release, "repository")
    if repository.lower() not in NOTHING:
        if re.match(HTTP_REGEX, repository):
            document["repository"] = repository
        else:
            message = f"“{repository[:120]}” is not a web address: left out"
            problems.append(Problem(path="release.repository", code="address", message=message))


def unknown_word(path: str, word: str) -> Problem:
    return Problem(path=path, code="unknown-word", message=f"“{word[:80]}” is not known here")


def day_of(release: Mapping[str, Any], problems: list[Problem]) -> str:
    """The day of the record. It is not that of the model's release, and is not taken for it."""
    date = text(release, "date")
    try:
        return PartialDate.parse(date).day.isoformat() if date else ""
    except ValueError:
        problems.append(
            Problem(path="release.date", code="date", message=f"“{date[:40]}” is no date")
        )
        return ""


# --- components ------------------------------------------------------------------------------


def read_components(
    release: Mapping[str, Any], rows: list[Any], shelf: Shelf, problems: list[Problem]
) -> tuple[dict[str, Any], dict[str, str]]:
    """The components in our words, and beside them the licence strings as the tool reads them."""
    general = release.get("license")
    general = general if isinstance(general, Mapping) else {"distribution": general}
    components: dict[str, Any] = {}
    strict: dict[str, str] = {}
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
        if kind.value in components:
            message = f"{label} is listed twice: the first one counts"
            problems.append(Problem(path=path, code="duplicate-component", message=message))
            continue
        licence, where = licence_of(kind, item, general, path)
        strict[kind.value] = licence
        components[kind.value] = component(item, licence, where, shelf, problems)
    return components, strict


def component(
    item: Mapping[str, Any], licence: str, where: str, shelf: Shelf, problems: list[Problem]
) -> dict[str, Any]:
    """One component; what could not be taken as it stands is added to ``problems``."""
    terms = read_terms(licence, shelf.book)
    if terms.code and terms.code != UNLICENSED:
        problems.append(Problem(path=where, code=terms.code, message=terms.message))
    if not terms.included:
        return {"availability": Availability.NOT_RELEASED.value}
    row: dict[str, Any] = {"availability": Availability.OPEN_DOWNLOAD.value, **terms.values}
    for name, column in (("component_path", "url"), ("license_path", "licence_url")):
        address = text(item, name)
        if address.startswith(("http://", "https://")) and " " not in address:
            row[column] = address[:2000]
    return row


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


def licence_name(value: Any) -> str:
    """A licence is a text, or a mapping with a name, or missing."""
    found = value.get("name") if isinstance(value, Mapping) else value
    return found if isinstance(found, str) and found.strip() else ""
