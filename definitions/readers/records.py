"""What a reader gives: a record in one form for all sources, and what could not be taken.

A record is a plain JSON value whose nouns are given by name and address, because a source
does not know the slugs of a register; every part may carry its own ``evidence``. What the
source does not say is left out; nothing is guessed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypedDict, cast


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something in a record that could not be taken as it was written.

    ``path`` leads into the record, such as ``release.components.3.license``;
    ``code`` is one word for machines, ``message`` a sentence for people.
    """

    path: str
    code: str
    message: str

    def to_json(self) -> dict[str, str]:
        return {"path": self.path, "code": self.code, "message": self.message}


class RejectedError(Exception):
    """Why a record is not taken at all; ``path`` is the place in it, empty for the whole."""

    def __init__(self, message: str, path: str = "", code: str = "unreadable") -> None:
        super().__init__(message)
        self.path = path
        self.code = code

    @property
    def problem(self) -> Problem:
        return Problem(path=self.path, code=self.code, message=str(self))


class ComponentRecord(TypedDict, total=False):
    """What a source says of one component; words are those of ``definitions.vocabulary``."""

    availability: str
    completeness: str
    licence: str
    licence_status: str
    licence_text: str
    licence_url: str
    url: str
    form: str
    open_format: str
    peer_reviewed: str
    evidence: str
    note: str


class ProfileRecord(TypedDict):
    platform: str
    handle: str
    url: str


class OrganizationRecord(TypedDict, total=False):
    name: str
    homepage: str
    country: str
    kind: str
    profiles: list[ProfileRecord]
    evidence: str


class DerivationRecord(TypedDict, total=False):
    """A system that this one was built on."""

    name: str
    huggingface_id: str
    kind: str
    evidence: str


class FrameworkRecord(TypedDict):
    name: str


class SystemRecord(TypedDict, total=False):
    """What a source says of one system."""

    name: str
    version: str
    organizations: list[OrganizationRecord]
    modalities: list[str]
    tasks: list[str]
    languages: list[str]
    parameters: int
    released: str
    huggingface_id: str
    repository: str
    frameworks: list[FrameworkRecord]
    components: dict[str, ComponentRecord]
    derivations: list[DerivationRecord]
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRead:
    """A record as it was read; without one it is rejected, and the last problem says why.

    With a reason in ``withheld`` it is no system's record, such as a trial's.
    """

    record: SystemRecord | None = None
    problems: tuple[Problem, ...] = ()
    withheld: str = ""
    dated: str = ""
    """The day that the record itself bears, as far as it bears one."""
    figures: Mapping[str, object] = field(default_factory=dict)
    """What its steward's definition makes of the record alone, for comparisons by machine."""


def rejected(error: RejectedError, problems: tuple[Problem, ...] = ()) -> RecordRead:
    """The reading of what is no record."""
    return RecordRead(problems=(*problems, error.problem))


def without_blanks(record: SystemRecord) -> SystemRecord:
    """A record without the keys of which the source says nothing."""
    return cast(SystemRecord, {name: value for name, value in record.items() if value})
