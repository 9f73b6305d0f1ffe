"""Models of the Hugging Face Hub: asked for, and read by ``definitions.readers.hub``."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils import timezone

from catalog.entry.licences import load_book
from catalog.intake.huggingface.client import Hub, Refused
from catalog.intake.registers.base import ReadingError, SourceReading, fingerprint_of
from definitions.licence_book import LicenceBook
from definitions.readers.addresses import page_of
from definitions.readers.hub import CARD, add_card, open_record, system_record, without_card
from definitions.readers.hub_record import HubRecord
from definitions.readers.records import Problem, RejectedError
from definitions.readers.values import attempt, hub_id

SOURCE = "huggingface"

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

    def read(self) -> Iterator[SourceReading]:
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

    def read_one(self, hub: Hub, repo: str, book: LicenceBook) -> SourceReading:
        """One repository: read and normalised, or rejected with the reason."""
        try:
            record = open_record(hub.record(repo), repo, by_token=bool(hub.token))
            digest = read_card(hub, record)
            owner = self.owner(hub, record.repo.partition("/")[0])
            document = system_record(record, owner, book)
        except RejectedError as error:
            return rejected_reading(repo, error.problem)
        watched = {name: record.answer.get(name) for name in WATCHED}
        parts = json.dumps([record.repo, watched, record.files, digest, owner], sort_keys=True)
        return SourceReading(
            key=record.repo,
            url=record.page,
            read_on=timezone.localdate().isoformat(),
            version=record.revision,
            fingerprint=fingerprint_of(parts.encode()),
            document=dict(document),
            problems=tuple(record.problems),
        )

    def owner(self, hub: Hub, namespace: str) -> str:
        """The full name of an owner, asked once; its namespace where it has no other."""
        if namespace not in self.owners:
            name = " ".join(hub.owner_name(namespace).split())
            self.owners[namespace] = name if 0 < len(name) <= 200 and name.isprintable() else ""
        return self.owners[namespace] or namespace


def preview(repo: str, **limits: Any) -> SourceReading:
    """What an import of one repository would read, within limits of time; nothing is stored.

    ReadingError where the Hub cannot be asked or the name is no repository's;
    a rejected reading where the Hub does not show it.
    """
    return next(HuggingFace([repo], **limits).read())


def read_card(hub: Hub, record: HubRecord) -> str:
    """Ask for the card; its fingerprint, or nothing where there is none to be read."""
    if CARD not in record.files:
        without_card(record, "there is none")
        return ""
    try:
        card = hub.card(record.repo, record.revision or "main")
    except Refused as refusal:
        without_card(record, str(refusal))
        return ""
    add_card(record, card)
    return fingerprint_of(card)


def rejected_reading(repo: str, why: Problem) -> SourceReading:
    """The reading of a repository that is not taken."""
    return SourceReading(
        key=repo,
        url=page_of(repo),
        read_on=timezone.localdate().isoformat(),
        fingerprint=fingerprint_of(why.to_json()),
        problems=(why,),
    )
