"""How far a fact, and what follows from it, has been checked: the three tiers of knowledge.

The one place where a tier is worked out. A page, a list, a file or a badge that gives a
verdict or an answer says its tier beside it, in the words of this module.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from definitions.facts import Component, Facts
from definitions.vocabulary import ComponentKind, Tier

HUB = "Hugging Face Hub"
READ_BY_MACHINE = frozenset({HUB})
"""Registers of which a machine takes over metadata."""

BETWEEN = "; "
WITHOUT_ARTICLE = ("a ", "an ", "the ")


@dataclass(frozen=True, slots=True)
class Standing:
    """A tier, and the other registers whose word it is; none where our own editors read."""

    tier: Tier
    recorded_by: tuple[str, ...] = ()

    @classmethod
    def of(cls, *, verified: bool, registers: Iterable[str]) -> "Standing":
        """The tier of what rests on rows of these registers (empty texts are our own rows).

        Another register's row is never verified by standing in an entry of ours.
        """
        names = tuple(sorted({name for name in registers if name}))
        if not names:
            return cls(Tier.VERIFIED if verified else Tier.RECORDED)
        return cls(Tier.METADATA if READ_BY_MACHINE.issuperset(names) else Tier.RECORDED, names)

    @classmethod
    def stored(cls, tier: str, registers: str) -> "Standing":
        """A standing from the two columns that hold it."""
        return cls(Tier.of(tier), tuple(filter(None, registers.split(BETWEEN))))

    @property
    def registers(self) -> str:
        """The registers in one column: “European Open Source AI Index; Model Openness Tool”."""
        return BETWEEN.join(self.recorded_by)

    @property
    def is_verified(self) -> bool:
        return self.tier is Tier.VERIFIED

    @property
    def by(self) -> str:
        """Who says it, for a sentence: “the Model Openness Tool”, “one reader of ours”."""
        if not self.recorded_by:
            return "one reading"
        return " and ".join(map(named, self.recorded_by))

    @property
    def said(self) -> str:
        """What has to stand behind an answer: “, says the Model Openness Tool”; else nothing."""
        if self.is_verified:
            return ""
        if not self.recorded_by:
            return ", by one reading that is not verified"
        if self.tier is Tier.METADATA:
            return f", by the metadata of {self.by}"
        return f", {'says' if len(self.recorded_by) == 1 else 'say'} {self.by}"

    @property
    def words(self) -> str:
        """The tier with who it comes from: “Recorded by the Model Openness Tool”."""
        if self.is_verified:
            return str(Tier.VERIFIED.label)
        if not self.recorded_by:
            return f"{Tier.RECORDED.label}, not verified"
        if self.tier is Tier.METADATA:
            return f"From the metadata of {self.by}"
        return f"Recorded by {self.by}"

    @property
    def told(self) -> str:
        """The same as a remark beside a verdict; empty for what is verified."""
        if self.is_verified or not self.recorded_by:
            return "" if self.is_verified else self.words
        return f"{self.words}, not verified"


def lower_first(words: str) -> str:
    """Words as they stand within a sentence."""
    return f"{words[:1].lower()}{words[1:]}"


def named(register: str) -> str:
    """A register's name within a sentence."""
    return register if register.startswith(WITHOUT_ARTICLE) else f"the {register}"


def of_component(row: Component, *, verified: bool) -> Standing:
    """The tier of one component's row, and of what follows from it alone."""
    return Standing.of(verified=verified, registers=[row.recorded_by])


def of_entry(facts: Facts) -> Standing:
    """The tier of an entry, and of the verdicts on it: they may rest on each of its rows."""
    rows = facts.components.values()
    names = [facts.system.recorded_by, *(row.recorded_by for row in rows)]
    return Standing.of(verified=bool(facts.system.verified_on), registers=names)


def of_business_use(facts: Facts) -> Standing:
    """The tier of the answer to “May I use it in business?”, which rests on the weights' row."""
    weights = facts.component(ComponentKind.WEIGHTS_FINAL)
    return of_component(weights, verified=bool(facts.system.verified_on))
