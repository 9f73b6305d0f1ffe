"""Models of the Hugging Face Hub: what a repository and its card say, as one of our records.

Only what the Hub or the card says is taken, and ``docs/importers.md`` lists what
becomes what. The day on which a repository was made is not the day of release;
a dataset named in a card may have served any stage of training; a licence tag
is the word of whoever uploaded the model.
"""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils import timezone

from catalog.importers.base import Document, Problem, Reading, ReadingError, fingerprint_of
from catalog.importers.huggingface_card import read_card as card_parts
from catalog.importers.huggingface_client import Hub, Refused, page_of
from catalog.importers.huggingface_parts import (
    components_of,
    derivations_of,
    frameworks_of,
    languages_of,
    modalities_of,
    parameters_of,
    tasks_of,
    tell_datasets,
)
from catalog.importers.huggingface_record import HubRecord
from catalog.licences import load_book
from definitions.licence_book import LicenceBook
from definitions.readers.dates import PartialDate
from definitions.readers.values import attempt, hub_id

SOURCE = "huggingface"
CARD = "README.md"
DATE = re.compile(r"[0-9]{1,6}([-/.][0-9]{1,4}){0,2}")
COMMIT = re.compile(r"[0-9a-f]{7,64}")

WATCHED = ("sha", "gated", "pipeline_tag", "library_name", "safetensors", "tags", "config")
"""Parts of the Hub's record that a new reading depends on; downloads and likes are not."""


class HuggingFace:
    """The records of these repositories, in the order given.

    ``repos`` are ids (``owner/name``) or the addresses of their pages. Endpoint
    and token come from HF_ENDPOINT and HF_TOKEN where they are not given.
    """

    source = SOURCE

    def __init__(
        self,
        repos: Iterable[str],
        endpoint: str | None = None,
        token: str | None = None,
        **limits: Any,
    ) -> None:
        self.repos = list(dict.fromkeys(attempt(hub_id, repo) or repo for repo in repos))
        self.endpoint, self.token, self.limits = endpoint, token, limits
        self.owners: dict[str, str] = {}

    def hub(self) -> Hub:
        """A connection; tests make it smaller and faster."""
        return Hub(self.endpoint, self.token, **self.limits)

    def read(self) -> Iterator[Reading]:
        """One reading per repository; ReadingError where the Hub cannot be read.

        Ids that no repository can have are named before anything is asked. Two
        requests per repository and one per owner; two queries for the licences.
        """
        bad = [repo for repo in self.repos if attempt(hub_id, repo) is None]
        if bad:
            names = ", ".join(f"“{repo[:100]}”" for repo in bad[:10])
            raise ReadingError(f"Not a repository of the Hub (owner/name): {names}.")
        book = load_book()
        seen: set[str] = set()
        with self.hub() as hub:
            for repo in self.repos:
                reading = self.read_one(hub, repo, book)
                if reading.key not in seen:
                    seen.add(reading.key)
                    yield reading

    def read_one(self, hub: Hub, repo: str, book: LicenceBook) -> Reading:
        """One repository: read and normalised, or rejected with the reason."""
        try:
            answer = hub.record(repo)
            record = HubRecord(
                repo=canonical(repo, answer), answer=answer, by_token=bool(hub.token)
            )
            refuse_hidden(record)
            if record.repo != repo:
                message = f"The Hub calls “{repo}” “{record.repo}” now."
                record.problem("id", "renamed", message)
            digest = read_card(hub, record)
            owner = self.owner(hub, record.repo.partition("/")[0])
            document = document_of(record, owner, book)
        except Refused as refusal:
            problem = Problem(path="", code=refusal.code, message=str(refusal))
            return reading_of(repo, fingerprint=fingerprint_of(problem.to_json()), why=problem)
        watched = {name: answer.get(name) for name in WATCHED}
        parts = json.dumps([record.repo, watched, record.files, digest, owner], sort_keys=True)
        return Reading(
            key=record.repo,
            url=record.page,
            read_on=timezone.localdate().isoformat(),
            version=record.revision,
            fingerprint=fingerprint_of(parts.encode()),
            document=document,
            problems=tuple(record.problems),
        )

    def owner(self, hub: Hub, namespace: str) -> str:
        """The full name of an owner, asked once; its namespace where it has no other."""
        if namespace not in self.owners:
            name = " ".join(hub.owner_name(namespace).split())
            self.owners[namespace] = name if 0 < len(name) <= 200 and name.isprintable() else ""
        return self.owners[namespace] or namespace


def preview(repo: str, **limits: Any) -> Reading:
    """What an import of one repository would read, within limits of time; nothing is stored.

    ReadingError where the Hub cannot be asked or the name is no repository's;
    a rejected reading where the Hub does not show it.
    """
    return next(HuggingFace([repo], **limits).read())


def canonical(asked: str, answer: dict[str, Any]) -> str:
    """The id by which the Hub itself calls a repository; Refused where it has none."""
    repo = answer.get("id")
    if not isinstance(repo, str) or attempt(hub_id, repo) != repo:
        raise Refused("malformed", f"The Hub's record of {asked} has no id of the form owner/name.")
    return repo


def refuse_hidden(record: HubRecord) -> None:
    """What the public cannot see is not for a public register."""
    if record.answer.get("private") not in (None, False):
        raise Refused("private", "The repository is private, so nobody could check the record.")
    if record.answer.get("disabled") not in (None, False):
        raise Refused("disabled", "The Hub has disabled access to this repository.")
    if record.revision and not COMMIT.fullmatch(record.revision):
        raise Refused("malformed", "The Hub's record does not name a commit.")


def read_card(hub: Hub, record: HubRecord) -> str:
    """Put the card's metadata into the record; the fingerprint of the card, or nothing."""
    told = record.answer.get("cardData")
    record.card = told if isinstance(told, dict) else {}
    if CARD not in record.files:
        record.problem("card", "no_card", "The repository has no card.")
        return ""
    try:
        card = hub.card(record.repo, record.revision or "main")
    except Refused as refusal:
        record.problem("card", "card_unread", f"The card was not read: {refusal}")
        return ""
    found = card_parts(card)
    record.prose, record.doubled = found.text, found.doubled
    for key in found.doubled:
        message = f"The metadata of the card give “{key[:80]}” more than once."
        record.problem(f"card.{key[:80]}", "card_double_key", message)
    if found.head is None:
        message = f"The metadata of the card cannot be read: {found.why}."
        record.problem("card", "card_malformed", message)
    else:
        record.card, record.card_read, record.cited = found.head, True, found.cited
    return fingerprint_of(card)


def reading_of(repo: str, *, fingerprint: str, why: Problem) -> Reading:
    """A rejected reading."""
    return Reading(
        key=repo,
        url=page_of(repo),
        read_on=timezone.localdate().isoformat(),
        fingerprint=fingerprint,
        problems=(why,),
    )


def document_of(record: HubRecord, owner: str, book: LicenceBook) -> Document:
    """The record in our own form. Keys without a value are left out."""
    namespace, _, name = record.repo.partition("/")
    profile = {"platform": SOURCE, "handle": namespace, "url": page_of(namespace)}
    tell_datasets(record)
    parts: Document = {
        "name": name,
        "huggingface_id": record.repo,
        "organizations": [{"name": owner, "profiles": [profile], "evidence": page_of(namespace)}],
        "modalities": modalities_of(record),
        "tasks": tasks_of(record),
        "languages": languages_of(record),
        "parameters": parameters_of(record),
        "released": released(record),
        "frameworks": frameworks_of(record),
        "components": components_of(record, book),
        "derivations": derivations_of(record),
        "evidence": record.page,
    }
    return {key: value for key, value in parts.items() if value}


def released(record: HubRecord) -> str:
    """The release date that the card states; ``createdAt`` is the repository's day and not used.

    Refused where it is written as a date and cannot be one: the card holds a slip.
    """
    stated = record.text("release_date", card=True)
    try:
        return str(PartialDate.likely(stated)) if stated else ""
    except ValueError as error:
        if DATE.fullmatch(stated):
            raise Refused("impossible_date", f"The card's release date: {error}") from None
        record.problem("card.release_date", "malformed", f"“{stated}” is not a date.")
        return ""
