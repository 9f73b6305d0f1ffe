"""What every file about one system is made from: its rows, its facts and its address."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.urls import reverse

from catalog.entry.facts import facts_for
from catalog.evaluation.explanations import verdict_on
from catalog.models import AISystem, Evaluation, FactRecord, TrainingData
from definitions import registry, tiers
from definitions.core import Definition, Verdict
from definitions.facts import Component, Facts, Licence
from definitions.tiers import Standing
from definitions.vocabulary import Availability, ComponentKind

RELEASED = frozenset(
    {
        Availability.OPEN_DOWNLOAD,
        Availability.GATED_AUTO,
        Availability.GATED_MANUAL,
        Availability.ON_REQUEST,
        Availability.PARTIAL,
    }
)
"""What somebody can get hold of, in whole or in part."""

SPDX_LICENCES = "https://spdx.org/licenses/"
HUGGING_FACE = "https://huggingface.co/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One system as its files need it; ``system`` was read with ``for_files()``.

    ``site`` is the address of the register without the last stroke.
    """

    system: AISystem
    facts: Facts
    site: str

    @classmethod
    def of(
        cls, system: AISystem, site: str, licences: Mapping[str, Licence] | None = None
    ) -> "Entry":
        """One query, for the licences, unless they are given."""
        return cls(system=system, facts=facts_for(system, licences), site=site.rstrip("/"))

    def link(self, route: str, *args: object) -> str:
        """The whole address of a page of the register."""
        return f"{self.site}{reverse(f'catalog:{route}', args=args)}"

    @property
    def standing(self) -> Standing:
        """How far the entry was checked, and whose word it is."""
        return tiers.of_entry(self.facts)

    def standing_of(self, row: Component) -> Standing:
        """The same of one component's row."""
        return tiers.of_component(row, verified=bool(self.facts.system.verified_on))

    @property
    def address(self) -> str:
        """The permanent link of the entry."""
        return self.link("system", self.system.slug)

    @property
    def name(self) -> str:
        return one_line(self.system.name)

    @property
    def makers(self) -> list[str]:
        return [one_line(maker.name) for maker in self.system.maker_list]

    @property
    def hub(self) -> str:
        """The page on Hugging Face; empty where there is none."""
        name = self.system.huggingface_id
        return f"{HUGGING_FACE}{name}" if name else ""

    @property
    def purl(self) -> str:
        """The package URL of the repository on the Hub; empty where there is none."""
        name = self.system.huggingface_id
        return f"pkg:huggingface/{name}" if name else ""

    @property
    def checked_on(self) -> dt.date | None:
        """The newest day on which one of the facts was held against its page.

        Files take their date from it and not from the clock, so that the same
        facts give the same bytes.
        """
        days = [row.checked_on for row in self.fact_rows() if row.checked_on]
        return max(days, default=None)

    @property
    def judged_on(self) -> dt.date | None:
        """The day of the newest verdict."""
        days = [row.evaluated_at.date() for row in self.system.evaluations.all()]
        return max(days, default=None)

    def fact_rows(self) -> Iterator[FactRecord]:
        system = self.system
        yield system
        yield from system.components.all()
        yield from system.training_data.all()
        yield from system.derivations.all()
        for name in ("data_information", "usage_information"):
            row = getattr(system, name, None)
            if row is not None:
                yield row

    def released(self) -> list[tuple[ComponentKind, Component]]:
        """The components that can be had, in the fixed order, each with its host's terms."""
        rows = [(kind, self.facts.component(kind)) for kind in ComponentKind]
        return [(kind, row) for kind, row in rows if row.availability in RELEASED]

    def verdicts(self) -> list[tuple[Definition, Evaluation]]:
        """The verdicts of the definitions that are in force, in their order."""
        found = {row.definition_id: row for row in self.system.evaluations.all()}
        return [(item, found[item.id]) for item in registry.current() if item.id in found]

    def verdict(self, definition: Definition) -> Verdict:
        """What a definition makes of the facts, with its reasons."""
        return verdict_on(self.facts, definition)

    def datasets(self) -> list[TrainingData]:
        """The uses of datasets, in an order that does not depend on the database."""
        rows = self.system.training_data.all()
        return sorted(rows, key=lambda row: (row.dataset.slug, row.stage))

    def licence_name(self, identifier: str) -> str:
        known = self.facts.licences.get(identifier)
        return one_line(known.name) if known and known.name else identifier

    def licence_page(self, identifier: str) -> str:
        """Where the licence is described: SPDX's page, or ours for those that SPDX lacks."""
        if identifier.startswith("LicenseRef-"):
            return self.link("licence", identifier)
        return f"{SPDX_LICENCES}{identifier}.html"


def one_line(text: str) -> str:
    """A text without line breaks and control characters."""
    clean = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(clean.split())


def stamp(day: dt.date | None) -> str:
    """The start of a day in UTC, as bills of materials write times; empty for no day."""
    return f"{day.isoformat()}T00:00:00Z" if day else ""


def day_words(day: dt.date) -> str:
    """A day as people write it: 23 November 2026."""
    return f"{day.day} {day.strftime('%B %Y')}"
