"""What follows from a recorded fact by a named rule, and is never stronger than it.

An inference looks at facts and draws conclusions: values that nobody recorded,
each with the facts that it follows from. A recorded value always wins: a
conclusion is dropped wherever anything is recorded in its place. Conclusions
live in the value that one definition reads; the facts document and its
fingerprint hold what was recorded and nothing else. A definition can decline
an inference that its steward would read otherwise.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, replace
from typing import Any

from definitions.facts import UNRECORDED, Component, Evidence, Facts
from definitions.language import said
from definitions.licences import (
    all_terms,
    derivatives,
    free_use,
    of_row,
    or_osi_approved,
    redistribution,
    royalty_free,
)
from definitions.topics import Monetisation
from definitions.vocabulary import (
    Answer,
    Availability,
    ComponentKind,
    Cost,
    DerivationKind,
    Status,
    Term,
    WeightsForm,
)

WEIGHTS = ComponentKind.WEIGHTS_FINAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Conclusion:
    """One value that follows, where it belongs, and the paths of the facts it follows from.

    ``kind`` is the component, or None for a fact of the system's circumstances.
    """

    kind: ComponentKind | None
    name: str
    value: Term
    premises: tuple[str, ...]
    evidence: Evidence | None = None

    @property
    def path(self) -> str:
        """The place of the value in a facts document."""
        return path(self.kind, self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inference:
    """A rule from facts to what follows from them.

    ``key`` is public and never reused. ``premise`` and ``follows`` are sentences
    for people; ``because`` is the clause by which a verdict refers to the rule.
    """

    key: str
    title: str
    premise: str
    follows: str
    because: str
    draw: Callable[[Facts], Iterable[Conclusion]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a value that was not recorded comes from."""

    inference: Inference
    premises: tuple[str, ...]


def path(kind: ComponentKind | None, name: str) -> str:
    return f"components.{kind.value}.{name}" if kind else f"circumstances.{name}"


# --- the rules -------------------------------------------------------------------------------


def free_downloads(facts: Facts) -> Iterator[Conclusion]:
    for kind, row in facts.resolved.items():
        if row.availability is Availability.OPEN_DOWNLOAD:
            premises = (path(kind, "availability"),)
            yield Conclusion(kind=kind, name="cost", value=Cost.FREE, premises=premises)


FREE_TERMS = or_osi_approved(all_terms(free_use, derivatives, redistribution, royalty_free))
"""Approved by OSI, or with the same freedoms on record, point by point."""


def whatever_is_sold_is_optional(facts: Facts) -> Iterator[Conclusion]:
    """None of the prices of the guidelines is possible for what everybody may take and use."""
    row = facts.component(WEIGHTS)
    if (
        row.availability is Availability.OPEN_DOWNLOAD
        and row.cost is Cost.FREE
        and facts.circumstances.personal_data_required is not Answer.YES
        and of_row(row, FREE_TERMS, facts, none_stated=Status.NOT_MET) is Status.MET
    ):
        names = ("availability", "cost", "licence")
        yield Conclusion(
            kind=None,
            name="monetisation",
            value=Monetisation.AT_MOST_OPTIONAL,
            premises=tuple(path(WEIGHTS, name) for name in names),
            evidence=row.evidence,
        )


def no_checkpoints_behind_an_api(facts: Facts) -> Iterator[Conclusion]:
    row = facts.component(WEIGHTS)
    if row.availability is Availability.API_ONLY:
        yield Conclusion(
            kind=ComponentKind.WEIGHTS_INTERMEDIATE,
            name="availability",
            value=Availability.NOT_RELEASED,
            premises=(path(WEIGHTS, "availability"),),
            evidence=row.evidence,
        )


def quantised_weights(facts: Facts) -> Iterator[Conclusion]:
    if any(base.kind is DerivationKind.QUANTISED for base in facts.base_systems):
        yield Conclusion(
            kind=WEIGHTS,
            name="form",
            value=WeightsForm.QUANTISED_ONLY,
            premises=("base_systems",),
        )


INFERENCES: tuple[Inference, ...] = (
    Inference(
        key="free-download",
        title="A free download costs nothing",
        premise="Anybody can download the component from a public page, without an account and "
        "without a payment.",
        follows="It is free of charge.",
        because="anybody can download it from a public page, without an account or a payment",
        draw=free_downloads,
    ),
    Inference(
        key="api-only",
        title="What is behind an API is not released",
        premise="The maker offers the model through an API only.",
        follows="The intermediate weights are not released either.",
        because="the model can be used through an API only",
        draw=no_checkpoints_behind_an_api,
    ),
    Inference(
        key="quantised",
        title="A quantised version has quantised weights",
        premise="The system is recorded as quantised from another one.",
        follows="Its weights are released in quantised form only.",
        because="the system is a quantised version of another one",
        draw=quantised_weights,
    ),
    Inference(
        key="no-price-possible",
        title="Nothing has to be paid for what everybody may take and use",
        premise="Anybody can download the weights, free of charge, under a licence that is "
        "approved by OSI or gives the same freedoms.",
        follows="Whatever is sold beside them is optional: a dual licence, services or support "
        "that must be bought, a paid platform as the only way and personal data as the price are "
        "not possible.",
        because="everybody can download the weights, free of charge, under an open licence, so "
        "no form of price of paragraphs 86 and 87 of the guidelines is possible",
        draw=whatever_is_sold_is_optional,
    ),
)
"""Every inference, in the order in which they are drawn: a later one may rest on an earlier."""


def get(key: str) -> Inference:
    """The inference with this key; KeyError if there is none."""
    for inference in INFERENCES:
        if inference.key == key:
            return inference
    raise KeyError(key)


# --- drawing conclusions ---------------------------------------------------------------------


def with_conclusions(facts: Facts, without: frozenset[str] = frozenset()) -> Facts:
    """The facts with all that follows from them, save by the inferences in ``without``.

    The value reads like any facts, and its ``inferred`` says which values were
    not recorded. It is for checks only; what is written is what was recorded.
    """
    question: Hashable = ("with conclusions", without)
    drawn: Facts | None = facts.known.get(question)
    if drawn is None:
        drawn = facts
        for inference in INFERENCES:
            if inference.key not in without:
                drawn = concluding(drawn, inference)
        facts.known[question] = drawn
    return drawn


def concluding(facts: Facts, inference: Inference) -> Facts:
    """The facts with the conclusions of one inference, where nothing is recorded."""
    new = [item for item in inference.draw(facts) if not is_recorded(facts, item)]
    if not new:
        return facts
    rows = dict(facts.resolved)
    around = facts.circumstances
    for item in new:
        if item.kind is None:
            pages = {item.name: item.evidence} if item.evidence else {}
            change: dict[str, Any] = {item.name: item.value}
            around = replace(around, evidence={**around.evidence, **pages}, **change)
        else:
            rows[item.kind] = filled(rows.get(item.kind, UNRECORDED), item)
    origins = {item.path: Origin(inference=inference, premises=item.premises) for item in new}
    drawn = copy(facts)
    vars(drawn).update(
        resolved=rows, circumstances=around, known={}, inferred={**facts.inferred, **origins}
    )
    return drawn


def is_recorded(facts: Facts, item: Conclusion) -> bool:
    """Whether something is known already in the place of a conclusion."""
    holder = facts.component(item.kind) if item.kind else facts.circumstances
    return bool(getattr(holder, item.name) != "unknown")


def filled(row: Component, item: Conclusion) -> Component:
    change: dict[str, Any] = {item.name: item.value}
    return replace(row, evidence=row.evidence or item.evidence, **change)


# --- what rests on a conclusion --------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """The inferences that something rests on: a sentence, their keys, and all their premises."""

    sentence: str
    keys: tuple[str, ...]
    premises: tuple[str, ...]


def basis_of(facts: Facts, used: Sequence[str], needed: Callable[[str], bool]) -> Basis | None:
    """What a finding on these paths rests on; None where it is recorded values alone.

    ``needed`` says of the key of an inference whether the finding would read
    otherwise without it.
    """
    if not facts.inferred or facts.inferred.keys().isdisjoint(used):
        return None
    direct = {place: facts.inferred[place] for place in used if place in facts.inferred}
    rules = {origin.inference.key: origin.inference for origin in direct.values()}
    kept = {key: rule for key, rule in rules.items() if needed(key)}
    if not kept:
        return None
    places = [place for place, origin in direct.items() if origin.inference.key in kept]
    origins = all_origins(facts, places)
    because = "; ".join([said(rule.because) for rule in kept.values()])
    return Basis(
        sentence=said("This follows from what is recorded: {because}.").format(because=because),
        keys=tuple(dict.fromkeys([origin.inference.key for origin in origins])),
        premises=tuple(dict.fromkeys([path for origin in origins for path in origin.premises])),
    )


def all_origins(facts: Facts, places: Iterable[str]) -> list[Origin]:
    """The origins of these values, and of the values that those rest on."""
    found: dict[str, Origin] = {}
    waiting = list(places)
    while waiting:
        place = waiting.pop(0)
        origin = facts.inferred.get(place)
        if origin is not None and place not in found:
            found[place] = origin
            waiting += origin.premises
    return list(found.values())
