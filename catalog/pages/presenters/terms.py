"""“May I use it?”: what a system's licences allow, demand and limit, in their records' words."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from catalog.models import AISystem, Component, License
from definitions.licences import licence_ids
from definitions.tiers import Standing
from definitions.vocabulary import Answer, BusinessUse, ComponentKind, LicenceStatus

MEANING = {
    BusinessUse.YES: "The licence of the weights allows business use.",
    BusinessUse.LIMITED: "The licence of the weights allows business use, but not every kind of "
    "use: see its limits.",
    BusinessUse.CAPPED: "Above it a separate agreement is needed.",
    BusinessUse.NO: "The terms of the weights do not allow business use.",
    BusinessUse.UNKNOWN: "Nothing on record that counts answers this.",
}
BY_A_REGISTER = (
    "Not known. According to {by} the weights are under {licence}; this has not been checked "
    "against the maker's own pages, and such a record alone does not count as a yes."
)
ALSO_LIMITED = "It also limits what the weights may be used for."

DUTIES = {
    "attribution": "name the author",
    "share_alike": "pass changed versions on under the same terms",
    "network_copyleft": "offer the source to users over a network",
    "naming_duty": "use or show a given name",
}

LIMITS = {
    "user_cap": "a cap on users",
    "revenue_cap": "a cap on revenue",
    "territory_limits": "excluded territories",
    "excluded_groups": "excluded groups of people",
    "restricts_other_works": "limits on outputs or other works",
    "unilateral_change": "terms that one side can change",
}

EXCEPTION = re.compile(r"\bWITH\s+([A-Za-z0-9.+-]+)")
OUTSIDE = (LicenceStatus.UNRECOGNISED, LicenceStatus.NONE_STATED, LicenceStatus.MIXED)
"""Terms that no licence page of ours describes."""


def answers(licence: License, words: Mapping[str, str]) -> list[str]:
    """The words of those columns that say yes."""
    return [word for column, word in words.items() if getattr(licence, column) == Answer.YES]


def business_words(use: str, standing: Standing) -> str:
    """The answer to “May I use it in business?” with whose word it is, never without."""
    answer = BusinessUse.of(use)
    if answer is BusinessUse.UNKNOWN:
        return "Not known"
    return f"{answer.label}{standing.said}"


def business_answer(system: AISystem, uses: Iterable["LicenceUse"]) -> str:
    """The answer as the first sentence of an entry's terms."""
    answer = BusinessUse.of(system.commercial_use)
    standing = system.business_standing
    if answer is BusinessUse.UNKNOWN and standing.recorded_by and system.weights_licence:
        return BY_A_REGISTER.format(by=standing.by, licence=system.weights_licence)
    told = [f"{business_words(answer, standing)}.", MEANING[answer]]
    weights = ComponentKind.WEIGHTS_FINAL
    limited = any(use.licence.use_restrictions for use in uses if weights in use.kinds)
    if answer is BusinessUse.CAPPED and limited:
        told.append(ALSO_LIMITED)
    return " ".join(told)


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceUse:
    """One licence of a system, and the components that are under it.

    ``demands`` and ``limits`` are the notes of the licence's own record, which say what
    exactly; only where a record has none, its columns in a few words.
    """

    licence: License
    kinds: list[ComponentKind]

    @property
    def components(self) -> list[str]:
        return [kind.label for kind in self.kinds]

    @property
    def demands(self) -> str:
        return self.licence.conditions_note or sentence(answers(self.licence, DUTIES))

    @property
    def limits(self) -> str:
        return self.licence.limits_note or sentence(answers(self.licence, LIMITS))

    @property
    def told(self) -> bool:
        """Whether its record says anything of what may and must be done."""
        return bool(self.licence.permissions_note or self.demands or self.limits)


def sentence(words: Iterable[str]) -> str:
    text = "; ".join(words)
    return f"{text[0].upper()}{text[1:]}." if text else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """Several licences of one component, or one with an exception, and how they go together."""

    components: list[str]
    expression: str

    @property
    def how(self) -> str:
        """What the words of the expression mean for whoever uses the component."""
        either, both = " OR " in self.expression, " AND " in self.expression
        found = []
        if either and both:
            found.append("“OR” lets you choose; what “AND” joins applies together.")
        elif either:
            found.append("You may choose one of them.")
        elif both:
            found.append("All of them apply at once.")
        if self.exceptions:
            names = ", ".join(self.exceptions)
            found.append(f"An exception is attached to the licence and changes its terms: {names}.")
        return " ".join(found)

    @property
    def exceptions(self) -> list[str]:
        return list(dict.fromkeys(EXCEPTION.findall(self.expression)))


def joined(components: Iterable[Component]) -> list[Joined]:
    """The expressions of a system that are more than one licence's id, each once."""
    found: dict[str, list[str]] = {}
    for row in components:
        text = row.licence_expression
        if text and licence_ids(text) != (text,):
            found.setdefault(text, []).append(ComponentKind.of(row.kind).label)
    rows = [Joined(components=kinds, expression=text) for text, kinds in found.items()]
    return [row for row in rows if row.how]


def other_terms(components: Iterable[Component]) -> list[tuple[str, list[str]]]:
    """Terms that are no licence of ours: the maker's words, or that there are none."""
    found: dict[str, list[str]] = {}
    for row in components:
        if LicenceStatus.of(row.licence_status) in OUTSIDE and not row.licence_expression:
            found.setdefault(outside(row), []).append(ComponentKind.of(row.kind).label)
    return list(found.items())


def outside(row: Component) -> str:
    """What stands in place of a licence, as a sentence."""
    if row.licence_status == LicenceStatus.NONE_STATED:
        return "No licence is stated, so all rights are reserved."
    words = f"“{row.licence_text}”. " if row.licence_text else ""
    if row.licence_status == LicenceStatus.MIXED:
        return f"{words}Several licences, not stated which for what: read each part's own."
    return f"{words}Not a licence that we know: read the maker's text."


def licence_uses(
    components: Iterable[Component], licences: Mapping[str, License]
) -> list[LicenceUse]:
    """The licences of a system's components, that of the weights first."""
    used: dict[str, list[ComponentKind]] = {}
    for component in components:
        for identifier in licence_ids(component.licence_expression):
            used.setdefault(identifier, []).append(ComponentKind.of(component.kind))
    rows = [
        LicenceUse(licence=licences[identifier], kinds=kinds)
        for identifier, kinds in used.items()
        if identifier in licences
    ]
    weights = ComponentKind.WEIGHTS_FINAL
    return sorted(rows, key=lambda row: (weights not in row.kinds, row.licence.pk))


def weights_uses(system: AISystem, licences: Mapping[str, License]) -> list[LicenceUse]:
    """The licences of the final weights alone."""
    uses = licence_uses(system.components.all(), licences)
    return [use for use in uses if ComponentKind.WEIGHTS_FINAL in use.kinds]


def terms_of(system: AISystem, licences: Mapping[str, License]) -> dict[str, object]:
    """What “May I use it?” shows of an entry."""
    components = list(system.components.all())
    uses = licence_uses(components, licences)
    return {
        "commercial": business_answer(system, uses),
        "licence_uses": uses,
        "joined_licences": joined(components),
        "other_terms": other_terms(components),
    }
