"""What the keys of one record have to do with each other.

The same rules stand as constraints in the database; here they give a message
with a line before anything is written.
"""

from collections.abc import Callable, Mapping
from typing import Any

from definitions.topics import Topic
from definitions.vocabulary import (
    Availability,
    Completeness,
    ComponentKind,
    DataClass,
    LicenceStatus,
    UnshareableReason,
    WeightsForm,
)

type Values = Mapping[str, Any]
type Rule = Callable[[Values], str | None]
"""From the columns of a row to what is wrong with them together, or nothing."""


def licence(values: Values) -> str | None:
    """Expression, status and verbatim text agree."""
    status = values.get("licence_status", LicenceStatus.UNKNOWN)
    named, verbatim = "licence_expression" in values, "licence_text" in values
    if named and status not in (LicenceStatus.STATED, LicenceStatus.MIXED):
        return f"“licence” does not go with licence_status “{status}”"
    if status == LicenceStatus.STATED and not named:
        return "licence_status “stated” needs a “licence”"
    if verbatim != (status == LicenceStatus.UNRECOGNISED):
        return "“licence_text” goes with licence_status “unrecognised”, and only with it"
    return None


def weights_form(values: Values) -> str | None:
    weights = (ComponentKind.WEIGHTS_FINAL, ComponentKind.WEIGHTS_INTERMEDIATE)
    stated = values.get("form", WeightsForm.UNKNOWN) != WeightsForm.UNKNOWN
    return "only weights have a “form”" if stated and values["kind"] not in weights else None


def peer_review(values: Values) -> str | None:
    stated = values.get("peer_reviewed", "unknown") != "unknown"
    paper = values["kind"] == ComponentKind.RESEARCH_PAPER
    return "only a research_paper has “peer_reviewed”" if stated and not paper else None


def not_out(values: Values) -> str | None:
    out = (Availability.NOT_RELEASED, Availability.NOT_APPLICABLE)
    extent = values.get("completeness", Completeness.UNKNOWN)
    if values.get("availability") in out and extent in (Completeness.FULL, Completeness.PARTIAL):
        return f"availability “{values['availability']}” cannot have completeness “{extent}”"
    return None


def host(values: Values) -> str | None:
    same = values.get("included_in") == values["kind"]
    return "a component is not included in itself" if same else None


def unshareable(values: Values) -> str | None:
    reason = values.get("unshareable_reason", UnshareableReason.UNKNOWN)
    shared = values.get("data_class") != DataClass.UNSHAREABLE
    if reason != UnshareableReason.UNKNOWN and shared:
        return "“unshareable_reason” goes with data_class “unshareable” only"
    return None


def one_base(values: Values) -> str | None:
    if ("base" in values) == ("base_name" in values):
        return "give “system”, or “name” where the base has no entry"
    return None


def value_of(topics: type[Topic]) -> Rule:
    """The value of a single fact is one that its topic can have."""

    def check(values: Values) -> str | None:
        topic = topics(values["topic"])  # type: ignore[call-arg]
        if topic.accepts(values["value"]):
            return None
        if topic.words is None:
            return f"“{values['value']}” is not a number such as 3.8e25"
        words = ", ".join(word.value for word in topic.words if word.value != "unknown")
        return f"“{values['value']}” is not one of: {words}"

    return check
