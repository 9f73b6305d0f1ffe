"""The licences that a record of the index names: in a field of its own, and part by part.

Since April 2026 the remark on licences has a form: “Weights: … Code: … Data: …”.
What stands there for code and data goes with the components that the record
shows to be out; what is said of the weights is held against the field.
"""

import re
from collections.abc import Iterator, Mapping

from catalog.intake.registers.base import Document
from definitions.licence_book import LicenceBook
from definitions.readers import naming
from definitions.readers.licence_terms import Terms, read_fact_terms
from definitions.readers.plain_yaml import Plain
from definitions.readers.records import ComponentRecord, Problem
from definitions.readers.values import host_and_path
from definitions.vocabulary import Availability, ComponentKind, LicenceStatus

PARTS = re.compile(r"(?:^|(?<=[.;])\s+)(weights?|code|data)\s*:\s*", re.IGNORECASE)
FOR_END_MODEL = re.compile(r"^(.+?) for (the )?end model\b", re.IGNORECASE)
LICENCE_FILE = re.compile(r"^(licen[cs]e|copying)", re.IGNORECASE)
DATA = (ComponentKind.PRETRAINING_DATA, ComponentKind.FINETUNING_DATA)
FIELD = "system.endmodellicense"
REMARK = "licenses.notes"


def add_terms(
    document: Document,
    system: Mapping[str, Plain],
    content: Mapping[str, Plain],
    book: LicenceBook,
    problems: list[Problem],
) -> None:
    """Give the components of a document the terms that its record names."""
    rows = document["components"]
    part = content.get("licenses")
    remark = part.get("notes") if isinstance(part, Mapping) else ""
    said = parts_of(remark if isinstance(remark, str) else "")
    weights(rows, system, said.get("weights", ""), book, problems)
    code = read_fact_terms(said.get("code", ""), book)
    lay(rows, ComponentKind.TRAINING_CODE, code.values)
    for kind, text in data_terms(said.get("data", "")):
        values = read_fact_terms(text, book).values
        if values.get("licence_status") == LicenceStatus.STATED.value:
            lay(rows, kind, values)
    link = part.get("link") if isinstance(part, Mapping) else None
    licence_file(document, [*link] if isinstance(link, list) else [link])


def parts_of(remark: str) -> dict[str, str]:
    """What a remark of the form “Weights: …. Code: …. Data: ….” says of each part."""
    words = PARTS.split(" ".join(remark.split()))
    found = zip(words[1::2], words[2::2], strict=True)
    return {
        name.lower().rstrip("s").replace("weight", "weights"): strip(text) for name, text in found
    }


def strip(text: str) -> str:
    return text.strip().removesuffix("(not OSI-approved)").rstrip(" .;")


def weights(
    rows: dict[str, ComponentRecord],
    system: Mapping[str, Plain],
    remark: str,
    book: LicenceBook,
    problems: list[Problem],
) -> None:
    """The licence of the weights: that of the field, unless the remark names another one."""
    stated = next(
        (
            value
            for name in ("endmodellicense", "endmodel license")
            if isinstance(value := system.get(name), str) and value.strip()
        ),
        "",
    )
    terms = read_fact_terms(" ".join(stated.split()), book)
    if terms.code:
        problems.append(Problem(path=FIELD, code=terms.code, message=terms.message))
    other = read_fact_terms(remark, book)
    if contradict(terms, other):
        message = f"the licence is “{stated}” in its field and “{remark}” in the remark: unknown"
        problems.append(Problem(path=REMARK, code="licence-conflict", message=message))
        return
    row = rows.get(ComponentKind.WEIGHTS_FINAL.value, {})
    values = terms.values or other.values
    if values and row.get("availability") != Availability.NOT_RELEASED.value:
        rows[ComponentKind.WEIGHTS_FINAL.value] = row | values


def contradict(one: Terms, other: Terms) -> bool:
    """Both name a licence that is known, and not the same."""
    first, second = one.values.get("licence"), other.values.get("licence")
    return bool(first and second and first != second)


def data_terms(text: str) -> Iterator[tuple[ComponentKind, str]]:
    """Which data a licence is said of: all, or those of the end model alone."""
    own = FOR_END_MODEL.match(text)
    for kind in (ComponentKind.FINETUNING_DATA,) if own else DATA:
        yield kind, own[1] if own else text


def lay(rows: dict[str, ComponentRecord], kind: ComponentKind, values: ComponentRecord) -> None:
    """Terms go with a component that the record shows to be out, and with no other."""
    row = rows.get(kind.value)
    if row and values and row.get("availability") == Availability.OPEN_DOWNLOAD.value:
        row.update(values)


def licence_file(document: Document, found: list[Plain | None]) -> None:
    """The address of the licence file in the model's own repository."""
    own, row = document.get("huggingface_id"), document["components"].get("weights_final", {})
    for address in found:
        if not own or not row.get("licence_status") or not isinstance(address, str):
            continue
        steps = host_and_path(address)[1]
        if naming.hub_id(address) == own and steps and LICENCE_FILE.match(steps[-1]):
            row["licence_url"] = address.strip()
            return
