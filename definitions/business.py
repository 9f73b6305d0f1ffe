"""May it be used in business? The terms of the final weights, from yes to no.

Tightness: yes, limited (some uses are forbidden), capped (above a number of users or
an amount of money another agreement is needed), no. Where a licence does both, *capped* is
the answer: a cap takes business use away altogether from whoever grows past it.
"""

from collections.abc import Sequence
from typing import Protocol

from definitions.facts import Facts
from definitions.licences import Node, described, parse, reserved
from definitions.vocabulary import (
    Answer,
    Availability,
    BusinessUse,
    CommercialUse,
    ComponentKind,
    LicenceStatus,
    UseRestriction,
)

FORBIDDING = frozenset({UseRestriction.NON_COMMERCIAL, UseRestriction.RESEARCH_ONLY})
"""Limits on use that leave no business."""

NARROWING = ("restricts_other_works", "territory_limits", "excluded_groups")
"""Limits on what may be done with outputs, where, and by whom."""

CAPS = ("user_cap", "revenue_cap")
OUT_OF_REACH = frozenset({Availability.NOT_RELEASED, Availability.API_ONLY})

TIGHTNESS = (
    BusinessUse.NO,
    BusinessUse.UNKNOWN,
    BusinessUse.CAPPED,
    BusinessUse.LIMITED,
    BusinessUse.YES,
)
"""The answer that decides against the user first; what is not known is as good as not allowed."""


class LicenceFacts(Protocol):
    """What is read of a licence: as a fact, or as the row of a catalogue that stores words."""

    @property
    def osi_approved(self) -> str: ...
    @property
    def commercial(self) -> str: ...
    @property
    def use_restrictions(self) -> Sequence[str] | None: ...


def says(licence: LicenceFacts, *names: str) -> bool:
    """Whether one of these facts is recorded as yes."""
    return any(getattr(licence, name) == Answer.YES for name in names)


def of_licence(licence: LicenceFacts) -> BusinessUse:
    """Whether one licence lets people use the work in business.

    OSI approves nothing that limits use. Elsewhere a yes needs somebody to have read what
    the licence says of uses; a limit that is recorded is never outweighed by a plain yes.
    """
    if licence.osi_approved == Answer.YES:
        return BusinessUse.YES
    limits = licence.use_restrictions
    if licence.commercial == CommercialUse.NO or FORBIDDING & set(limits or ()):
        return BusinessUse.NO
    if licence.commercial == CommercialUse.UNKNOWN:
        return BusinessUse.UNKNOWN
    if licence.commercial == CommercialUse.CAPPED or says(licence, *CAPS):
        return BusinessUse.CAPPED
    if limits or says(licence, *NARROWING):
        return BusinessUse.LIMITED
    return BusinessUse.UNKNOWN if limits is None else BusinessUse.YES


def business_use(facts: Facts) -> BusinessUse:
    """Whether the final weights may be used in business, by the terms on record.

    Unknown where the weights are not given out, so that their licence lets nobody do anything.
    Another register's word alone can say no, and never yes.
    """
    weights = facts.component(ComponentKind.WEIGHTS_FINAL)
    if weights.licence_status is LicenceStatus.NONE_STATED or reserved(weights):
        return BusinessUse.NO
    if not weights.licence or weights.availability in OUT_OF_REACH:
        return BusinessUse.UNKNOWN
    if weights.licence_status is LicenceStatus.UNRECOGNISED:
        return BusinessUse.UNKNOWN

    def walk(node: Node) -> BusinessUse:
        if isinstance(node, str):
            return of_licence(described(node, facts.licences))
        pick = min if node[0] == "AND" else max
        return pick((walk(part) for part in node[1]), key=TIGHTNESS.index)

    answer = walk(parse(weights.licence))
    # A licence beside “mixed” speaks for a part only, and a register's word is not our own.
    if weights.licence_status is LicenceStatus.MIXED or weights.recorded_by:
        return min(answer, BusinessUse.UNKNOWN, key=TIGHTNESS.index)
    return answer
