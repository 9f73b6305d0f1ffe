"""Models of the Hugging Face Hub: what a repository and its card say, as one record.

Only what the Hub or the card says is taken, and ``docs/importers.md`` lists what
becomes what. The day on which a repository was made is not the day of release;
a dataset named in a card may have served any stage of training; a licence tag
is the word of whoever uploaded the model.

A reading has three steps, so that whoever asks the Hub can ask for the card and
the owner between them: ``open_record``, ``add_card`` or ``without_card``, and
``system_record``. ``read`` takes all three at once, ``read_card`` a card alone.
"""

import re
from collections.abc import Mapping

from definitions.licence_book import LicenceBook
from definitions.readers.addresses import is_repo_id, page_of
from definitions.readers.dates import PartialDate
from definitions.readers.hub_components import (
    components_of,
    derivations_of,
    frameworks_of,
    languages_of,
    modalities_of,
    parameters_of,
    tasks_of,
    tell_datasets,
)
from definitions.readers.hub_record import HubRecord
from definitions.readers.hub_terms import terms_of
from definitions.readers.known_licences import KnownLicences
from definitions.readers.model_card import parts
from definitions.readers.records import (
    ComponentRecord,
    OrganizationRecord,
    ProfileRecord,
    RecordRead,
    RejectedError,
    SystemRecord,
    rejected,
    without_blanks,
)
from definitions.readers.values import UnreadableError
from definitions.vocabulary import ComponentKind

PLATFORM = "huggingface"
CARD = "README.md"
DATE = re.compile(r"[0-9]{1,6}([-/.][0-9]{1,4}){0,2}")
COMMIT = re.compile(r"[0-9a-f]{7,64}")


def read(
    answer: object, known: KnownLicences, card: bytes | None = None, owner: str = ""
) -> RecordRead:
    """The Hub's record of a model, with the card where it is at hand; rejected with the reason."""
    try:
        record = open_record(answer)
        if card is None:
            without_card(record, "it is not at hand")
        else:
            add_card(record, card)
        found = system_record(record, owner, known.book)
    except RejectedError as error:
        return rejected(error)
    return RecordRead(record=found, problems=tuple(record.problems))


def read_card(raw: bytes, known: KnownLicences, repo: str = "") -> RecordRead:
    """A card alone, and the repository that it is of where that is known.

    It says which terms the maker states for the weights, and not whether anybody can
    have them. “None stated” does not follow from it, since there may be a licence file.
    """
    record = HubRecord(repo=repo, answer={})
    add_card(record, raw)
    try:
        found = card_record(record, known.book)
    except RejectedError as error:
        return rejected(error)
    return RecordRead(record=found, problems=tuple(record.problems))


# --- the steps -------------------------------------------------------------------------------


def open_record(answer: object, asked: str = "", *, by_token: bool = False) -> HubRecord:
    """The Hub's record of a repository; RejectedError where it has no name, or is not public."""
    if not isinstance(answer, Mapping):
        raise RejectedError("The Hub's record is not an object.", code="malformed")
    repo = answer.get("id")
    if not isinstance(repo, str) or not is_repo_id(repo):
        message = f"The Hub's record of {asked or 'this model'} has no id of the form owner/name."
        raise RejectedError(message, code="malformed")
    record = HubRecord(repo=repo, answer=answer, by_token=by_token)
    refuse_hidden(record)
    if asked and repo != asked:
        record.problem("id", "renamed", f"The Hub calls “{asked}” “{repo}” now.")
    told = answer.get("cardData")
    record.card = told if isinstance(told, dict) else {}
    return record


def refuse_hidden(record: HubRecord) -> None:
    """What the public cannot see is not for a public register."""
    if record.answer.get("private") not in (None, False):
        message = "The repository is private, so the record cannot be checked."
        raise RejectedError(message, code="private")
    if record.answer.get("disabled") not in (None, False):
        raise RejectedError("The Hub has disabled access to this repository.", code="disabled")
    if record.revision and not COMMIT.fullmatch(record.revision):
        raise RejectedError("The Hub's record does not name a commit.", code="malformed")


def without_card(record: HubRecord, reason: str) -> None:
    """Say that there is no card, or why it was not read; the Hub's own reading of it is left."""
    if CARD in record.files:
        record.problem("card", "card_unread", f"The card was not read: {reason}")
    else:
        record.problem("card", "no_card", "The repository has no card.")


def add_card(record: HubRecord, raw: bytes) -> None:
    """Lay the metadata of the card over what the Hub says of them."""
    found = parts(raw)
    record.prose, record.doubled = found.text, found.doubled
    for key in found.doubled:
        message = f"The metadata of the card give “{key[:80]}” more than once."
        record.problem(f"card.{key[:80]}", "card_double_key", message)
    if found.head is None:
        message = f"The metadata of the card cannot be read: {found.why}."
        record.problem("card", "card_malformed", message)
    else:
        record.card, record.card_read, record.cited = found.head, True, found.cited


def system_record(record: HubRecord, owner: str, book: LicenceBook) -> SystemRecord:
    """The record in the form of all sources; without a name of its own an owner has its handle."""
    namespace, _, name = record.repo.partition("/")
    page = page_of(namespace)
    profile: ProfileRecord = {"platform": PLATFORM, "handle": namespace, "url": page}
    maker: OrganizationRecord = {
        "name": owner or namespace,
        "profiles": [profile],
        "evidence": page,
    }
    tell_datasets(record)
    return without_blanks(
        {
            "name": name,
            "huggingface_id": record.repo,
            "organizations": [maker],
            "modalities": modalities_of(record),
            "tasks": tasks_of(record),
            "languages": languages_of(record),
            "parameters": parameters_of(record) or 0,
            "released": released(record),
            "frameworks": frameworks_of(record),
            "components": components_of(record, book),
            "derivations": derivations_of(record),
            "evidence": record.page,
        }
    )


def card_record(record: HubRecord, book: LicenceBook) -> SystemRecord:
    """What a card alone says."""
    namespace, _, name = record.repo.partition("/")
    page = page_of(namespace)
    blob = record.blob(CARD)
    tell_datasets(record)
    components: dict[str, ComponentRecord] = {
        ComponentKind.MODEL_CARD.value: {"url": blob, "evidence": blob} if blob else {},
        ComponentKind.WEIGHTS_FINAL.value: terms_of(record, book),
    }
    return without_blanks(
        {
            "name": name or heading(record.prose) or "Unnamed model",
            "huggingface_id": record.repo,
            "organizations": [{"name": namespace, "evidence": page}] if namespace else [],
            "modalities": modalities_of(record),
            "tasks": tasks_of(record),
            "languages": languages_of(record),
            "released": released(record),
            "frameworks": frameworks_of(record),
            "components": {kind: row for kind, row in components.items() if row},
            "derivations": derivations_of(record),
            "evidence": record.page,
        }
    )


def heading(prose: str) -> str:
    """The name in the first heading of a text."""
    found = re.search(r"^#\s+(.+?)\s*#*\s*$", prose[:10_000], re.MULTILINE)
    words = " ".join(found[1].split()) if found else ""
    return re.sub(r"^model card( for| of)?[:\s]*", "", words, flags=re.IGNORECASE)[:200]


def released(record: HubRecord) -> str:
    """The release date that the card states; ``createdAt`` is the repository's day and not used.

    RejectedError where it is written as a date and cannot be one: the card holds a slip.
    """
    stated = record.text("release_date", card=True)
    try:
        return str(PartialDate.likely(stated)) if stated else ""
    except UnreadableError as error:
        if DATE.fullmatch(stated):
            message = f"The card's release date: {error}"
            raise RejectedError(message, code="impossible_date") from None
        record.problem("card.release_date", "malformed", f"“{stated}” is not a date.")
        return ""
