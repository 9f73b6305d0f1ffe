"""The licence of a model as its maker states it in the card."""

import re
from typing import Any

from catalog.importers.huggingface_record import HubRecord
from catalog.importers.huggingface_words import LICENCE_FILE, NO_LICENCE_NAMED
from catalog.licences import LicenceBook, LicenceError
from catalog.models.constraints import HTTP_REGEX
from definitions.vocabulary import LicenceStatus

OTHER = "other"
"""The Hub's word for a licence that its own list does not have."""


def terms_of(record: HubRecord, book: LicenceBook) -> dict[str, Any]:
    """The keys ``licence``, ``licence_status``, ``licence_text`` and ``licence_url`` that apply.

    Empty where nothing can be said: a card that could not be read is not a card
    without a licence.
    """
    address = address_of(record)
    terms = stated(record, book) or unstated(record, address)
    return terms | ({"licence_url": address} if address else {})


def stated(record: HubRecord, book: LicenceBook) -> dict[str, Any]:
    """The terms that the card names; empty where it names none."""
    names = record.texts("license", card=True)
    if len(names) > 1:
        listed = ", ".join(names)
        record.problem(
            "card.license", "several_licences", f"The card names several licences: {listed}."
        )
        return {"licence_status": LicenceStatus.MIXED.value}
    name = names[0] if names else record.text("license_name", card=True)
    if name.lower() == OTHER:
        name = record.text("license_name", card=True) or name
    if not name or name.lower() in NO_LICENCE_NAMED:
        return {}
    try:
        expression = book.normalise(name) if name.lower() != OTHER else ""
    except LicenceError:
        expression = ""
    if expression:
        return {"licence": expression, "licence_status": LicenceStatus.STATED.value}
    record.problem(
        "card.license", "unrecognised_licence", f"No licence of the register is known as “{name}”."
    )
    return {"licence_status": LicenceStatus.UNRECOGNISED.value, "licence_text": name}


def unstated(record: HubRecord, address: str) -> dict[str, Any]:
    """No licence named: none stated, if the card was read and no other terms are there."""
    if not record.card_read:
        return {}
    if record.text("license", card=True):
        record.problem(
            "card.license", "licence_unknown", "The card says of the licence that it is unknown."
        )
        return {}
    if address:
        record.problem(
            "card.license",
            "licence_not_in_card",
            f"The card names no licence, but there are terms to be read: {address}.",
        )
        return {}
    if record.card.get("license"):
        return {}
    return {"licence_status": LicenceStatus.NONE_STATED.value}


def address_of(record: HubRecord) -> str:
    """Where the text stands: the card's link, or a licence file of the repository."""
    link = record.text("license_link", card=True)
    files = record.files
    if re.match(HTTP_REGEX, link):
        return link
    inside = link.removeprefix("./")
    if inside and inside in files:
        return record.blob(inside)
    if link:
        record.problem(
            "card.license_link", "dead_link", f"“{link}” is neither an address nor a file here."
        )
    found = sorted(path for path in files if LICENCE_FILE.fullmatch(path))
    return record.blob(found[0]) if found else ""
