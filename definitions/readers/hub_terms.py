"""The licence of a model as its maker states it: by tag, name, link and text of the card.

Where these say different things, none of them is taken; the entry and the
editors are told.
"""

import re

from definitions.expressions import listed, plain_id
from definitions.licence_book import LicenceBook, LicenceError
from definitions.licences import licence_ids
from definitions.readers.addresses import web
from definitions.readers.card_prose import disagreement, families_in, has_terms, told
from definitions.readers.hub_record import HubRecord
from definitions.readers.hub_words import (
    LICENCE_FILE,
    LICENCES_AT,
    NO_LICENCE_NAMED,
    TERMS_FILE,
)
from definitions.readers.records import ComponentRecord
from definitions.vocabulary import LicenceStatus

OTHER = "other"
"""The Hub's word for a licence that its own list does not have."""

TAG = "license:"


def terms_of(record: HubRecord, book: LicenceBook) -> ComponentRecord:
    """The keys ``licence``, ``licence_status``, ``licence_text`` and ``licence_url`` that apply.

    Empty where nothing can be said: a card that could not be read is not a card
    without a licence.
    """
    address = address_of(record)
    terms = stated(record, book)
    if not terms:
        terms, address = unstated(record, address)
    if address:
        terms["licence_url"] = address
    return terms


def stated(record: HubRecord, book: LicenceBook) -> ComponentRecord:
    """The terms that the card names; empty where it names none."""
    own, hub = card_names(record), hub_names(record)
    names = own or hub
    if len(names) > 1:
        listed_names = ", ".join(names)
        message = f"The card names several licences: {listed_names}."
        record.problem("card.license", "several_licences", message)
        return {"licence_status": LicenceStatus.MIXED.value, "note": message}
    name = names[0] if names else record.text("license_name", card=True)
    if own and hub and {spelled(one, book) for one in own} != {spelled(one, book) for one in hub}:
        return contradiction(record, f"the card says “{name}”, the Hub's tag “{', '.join(hub)}”")
    if hub and not own:
        message = f"The card's own metadata name no licence; the Hub reads “{name}” in them."
        record.problem("card.license", "licence_from_hub", message)
    if name.lower() == OTHER:
        name = record.text("license_name", card=True) or name
    if not name or name.lower() in NO_LICENCE_NAMED:
        return {}
    expression = spelled(name, book) if name.lower() != OTHER else ""
    if expression:
        conflict = conflict_with(record, name, expression, book)
        if conflict:
            return contradiction(record, conflict)
        return {"licence": expression, "licence_status": LicenceStatus.STATED.value}
    record.problem(
        "card.license", "unrecognised_licence", f"No licence of the register is known as “{name}”."
    )
    return {"licence_status": LicenceStatus.UNRECOGNISED.value, "licence_text": name}


def card_names(record: HubRecord) -> list[str]:
    """The licences in the head of the card; all of them where the key is given twice."""
    doubled = record.doubled.get("license", [])
    flat = [name for value in doubled for name in (value if isinstance(value, list) else [value])]
    if flat:
        names = [name for name in flat if isinstance(name, str) and name]
        return list(dict.fromkeys(names))
    return record.texts("license", card=True)


def hub_names(record: HubRecord) -> list[str]:
    """The licences that the Hub itself reads in the card, by its record and its tags."""
    data = record.answer.get("cardData")
    value = data.get("license") if isinstance(data, dict) else None
    found = [name for name in (value if isinstance(value, list) else [value]) if name]
    found += [tag[len(TAG) :] for tag in record.tags if tag.startswith(TAG)]
    names = [name.strip() for name in found if isinstance(name, str) and 0 < len(name) < 200]
    return list({name.lower(): name for name in reversed(names)}.values())[::-1]


def spelled(name: str, book: LicenceBook) -> str:
    """A name as an expression; empty where it is none, or no name of a licence."""
    if name.lower() in NO_LICENCE_NAMED:
        return ""
    try:
        return book.normalise(name)
    except LicenceError:
        return ""


def contradiction(record: HubRecord, what: str) -> ComponentRecord:
    message = f"The release contradicts itself about its licence: {what}."
    record.problem("card.license", "licence_contradiction", message)
    return {"licence_status": LicenceStatus.MIXED.value, "note": message[:500]}


def conflict_with(record: HubRecord, name: str, expression: str, book: LicenceBook) -> str:
    """What name, link or text of the card say against its tag; empty where nothing does."""
    families = families_in(" ".join(f"{one} license" for one in licence_ids(expression)))
    long_name = record.text("license_name", card=True)
    if long_name and long_name.lower() != name.lower():
        meant = spelled(long_name, book)
        words = set(re.findall(r"[a-z0-9.]+", long_name.lower()))
        same = set(re.findall(r"[a-z0-9.]+", name.lower())) <= words and not meant
        if meant != expression and not same:
            return f"the tag says “{name}”, the name “{long_name[:100]}”"
    link = record.text("license_link", card=True)
    there = licence_at(link)
    if there and not any(there in one.lower() for one in licence_ids(expression)):
        return f"the tag says “{name}”, the link leads to {link[:150]}"
    against = disagreement(families, told(record.prose)) if families else set()
    if against:
        return f"the tag says “{name}”, the card's text speaks of {', '.join(sorted(against))}"
    return ""


def licence_at(link: str) -> str:
    """The licence that stands at a well-known address, in small letters; empty elsewhere."""
    place = re.sub(r"^https?://(www\.)?", "", link[:500].lower())
    for pattern, name in LICENCES_AT:
        found = pattern.match(place)
        if found is not None:
            written = found.expand(name)
            return (plain_id(listed(written)) or written).lower().removesuffix("-only")
    return ""


def unstated(record: HubRecord, address: str) -> tuple[ComponentRecord, str]:
    """No licence named, and the address where terms may be read.

    None are stated only if head, text and files were read and hold no word of terms.
    """
    if not record.card_read:
        return {}, address
    if record.text("license", card=True):
        record.problem(
            "card.license", "licence_unknown", "The card says of the licence that it is unknown."
        )
        return {}, address
    other = sorted(path for path in record.files if TERMS_FILE.search(path))
    address = address or (record.blob(other[0]) if other else "")
    if address:
        record.problem(
            "card.license",
            "licence_not_in_card",
            f"The card names no licence, but there are terms to be read: {address}.",
        )
        return {}, address
    if record.card.get("license") or "license" in record.doubled:
        return {}, address
    if has_terms(record.prose):
        address = record.blob("README.md")
        place = f": {address}" if address else ""
        record.problem(
            "card.license",
            "licence_in_text",
            f"The card's metadata name no licence, but its text speaks of terms{place}.",
        )
        return {}, address
    if not record.lists_files:
        return {}, address
    return {"licence_status": LicenceStatus.NONE_STATED.value}, address


def address_of(record: HubRecord) -> str:
    """Where the text stands: the card's link, or a licence file of the repository."""
    link = record.text("license_link", card=True)
    files = record.files
    if page := web(link):
        return page
    inside = link.removeprefix("./")
    if inside and inside in files:
        return record.blob(inside)
    if link and record.lists_files:
        record.problem(
            "card.license_link", "dead_link", f"“{link}” is neither an address nor a file here."
        )
    found = sorted(path for path in files if LICENCE_FILE.fullmatch(path))
    return record.blob(found[0]) if found else ""
