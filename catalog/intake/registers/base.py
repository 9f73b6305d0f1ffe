"""What every importer gives: one ``SourceReading`` per record of its source.

A document is a plain JSON value in the form of our own files
(``fixtures/systems``), with these differences: nouns are given by name and
address, because the source does not know our slugs, and every part may carry
its own ``evidence``; where it does not, the record's own address is the evidence.

::

    {"name": "OLMo-7B", "version": "7B", "family": "OLMo",
     "organizations": [{"name": "Allen Institute for AI", "homepage": "https://allenai.org",
                        "country": "US", "kind": "non_profit"}],
     "modalities": ["text"], "parameters": 7000000000, "released": "2024-02-01",
     "homepage": "…", "huggingface_id": "allenai/OLMo-7B", "repository": "…", "paper": "…",
     "components": {"weights_final": {"availability": "open_download", "licence": "Apache-2.0",
                                      "licence_status": "stated", "url": "…"}},
     "training_data": [{"dataset": {"name": "Dolma", "homepage": "…"}, "stage": "pretraining"}],
     "derivations": [{"name": "…", "huggingface_id": "…", "kind": "finetune"}],
     "judgements": [{"definition": "mof-1.0", "result": "class-1", "date": "2025-05-16"}]}

What the source does not say is left out; nothing is guessed.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, TypedDict, Unpack

from definitions.readers.records import Problem, RecordRead

type Document = dict[str, Any]


class ReadingError(Exception):
    """The source as a whole cannot be read; the message is for the person who asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceReading:
    """One record of a source, read and normalised.

    Without a document it is rejected; with a reason in ``withheld`` it is kept aside.
    """

    key: str
    url: str
    read_on: str
    fingerprint: str
    version: str = ""
    document: Document | None = None
    problems: tuple[Problem, ...] = ()
    withheld: str = ""
    """Why no entry may follow from the record, such as the name of a trial; else empty."""
    figures: Mapping[str, Any] = field(default_factory=dict)
    """What the run reports beside it, such as ``{"mof": {"class": 1, "gated": {…}}}``."""


class Origin(TypedDict):
    """What identifies a record at its source."""

    key: str
    url: str
    version: str
    read_on: str
    fingerprint: str


def reading_of(found: RecordRead, **origin: Unpack[Origin]) -> SourceReading:
    """A record that a reader of files has read, as a reading of its source."""
    return SourceReading(
        **origin,
        document=None if found.record is None else dict(found.record),
        problems=found.problems,
        withheld=found.withheld,
        figures=found.figures,
    )


class Importer(Protocol):
    """A source that can be read record by record."""

    source: str
    """The key of its row in the sources."""

    def read(self) -> Iterator[SourceReading]:
        """Every record, in an order that is the same in every run; ReadingError where none."""


def read_each[Item](
    items: Iterable[Item],
    read: Callable[[Item], SourceReading],
    put_aside: Callable[[Item, str], SourceReading],
) -> Iterator[SourceReading]:
    """Read one record after the other; a fault in one is told with its name and ends nothing."""
    for item in items:
        try:
            yield read(item)
        except ReadingError:
            raise
        except Exception as error:
            reason = str(error).splitlines()[0][:300] if str(error) else ""
            told = f"{type(error).__name__}: {reason}" if reason else type(error).__name__
            yield put_aside(item, f"this record cannot be read ({told})")


def fingerprint_of(value: Any) -> str:
    """SHA-256 over the canonical JSON of a value, or over bytes as they are."""
    text = (
        value
        if isinstance(value, bytes)
        else json.dumps(value, sort_keys=True, ensure_ascii=False, default=str).encode()
    )
    return hashlib.sha256(text).hexdigest()
