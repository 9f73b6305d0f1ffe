"""What a record alone, without anything else that we know, makes of a definition.

The figures let two runs, or a run and a steward's own table, be compared by
machine. They are computed by the very rules that judge entries.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from catalog.facts import licence
from catalog.importers.base import Problem
from catalog.licences import load_book
from catalog.models import License
from definitions import registry
from definitions.core import evaluate
from definitions.facts import SCHEMA_ID, Facts
from definitions.facts import Licence as LicenceFacts
from definitions.licence_book import LicenceBook
from definitions.licences import licence_ids
from definitions.rules.mof_1_0 import component_points, open_licence
from definitions.vocabulary import ComponentKind, Status

NEWER_THAN_THE_TOOL = frozenset(
    {
        "ALGLIB-Documentation",
        "BSD-3-Clause-Open-MPI",
        "BSD-ask-to-endorse",
        "CC-BY-SA-3.0-DE",
        "CC-BY-SA-3.0-IGO",
        "CDDL-1.1",
        "CNRI-Python-GPL-Compatible",
        "OGL-UK-1.0",
        "OSC-1.0",
        "Python-2.0.1",
        "W3C-20150513",
        "WordNet",
        "curl",
    }
)
"""Open by today's lists or by the tool's own prefixes, but not counted by it at 8b5d30e."""

CLASS_OF_LEVEL = {3: 1, 2: 2, 1: 3, 0: 0}
"""Our ladder rises, the steward's numerals fall; 0 stands for unclassified."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """All licences: how they are spelled, and what the rules read of them."""

    book: LicenceBook
    licences: Mapping[str, LicenceFacts]

    @classmethod
    def load(cls) -> "Shelf":
        """Today's licences. Three queries."""
        return cls(load_book(), {row.spdx_id: licence(row) for row in License.objects.all()})

    def facts(
        self, components: Mapping[str, Any], classes: Mapping[str, str] | None = None
    ) -> Facts:
        """The facts of a document's components, or of a steward's grades."""
        used = {
            name
            for row in components.values()
            if row.get("licence")
            for name in licence_ids(row["licence"])
        }
        plain = ("availability", "completeness", "licence", "licence_status", "licence_text")
        rows = {
            kind: {key: row[key] for key in plain if key in row} for kind, row in components.items()
        }
        facts = Facts.from_json(
            {
                "schema": SCHEMA_ID,
                "system": {"slug": "record", "name": "record"},
                "components": rows,
                "steward_classes": dict(classes or {}),
            }
        )
        known = {name: self.licences[name] for name in sorted(used) if name in self.licences}
        return replace(facts, licences=known)

    def mof(self, components: Mapping[str, Any]) -> dict[str, Any]:
        """Class and gated progress in whole per cent, as the tool shows them."""
        verdict = evaluate(registry.get("mof-1.0"), self.facts(components))
        gated = {step.key: float(round(step.gated)) for step in verdict.progress}
        return {
            "class": CLASS_OF_LEVEL[verdict.level or 0],
            "gated": {key: gated[key] for key in ("III", "II", "I")},
        }

    def osai(self, classes: Mapping[str, str]) -> dict[str, Any]:
        """The index's score by its own formula, and its dimension classes (empty: not judged)."""
        graded = {
            f"osai-2026/{name.replace('_', '-')}": word or "not_applicable"
            for name, word in classes.items()
        }
        verdict = evaluate(registry.get("osai-2026"), self.facts({}, graded))
        return {"score": round(verdict.score or 0.0, 4), "dimensions": dict(classes)}

    def departures(
        self, strict: Mapping[str, str], components: Mapping[str, Any]
    ) -> Iterable[Problem]:
        """Where the tool and this register count one component of a file differently, and why."""
        facts = self.facts(components)
        for kind, text in strict.items():
            points = component_points(ComponentKind.of(kind), facts)
            ours = all(point.status is Status.MET for point in points)
            if ours and not self.open_to_the_tool(text):
                newer = text in self.licences
                reason = (
                    "is open by a list that is newer than the tool's"
                    if newer
                    else "is another spelling; the tool knows exact identifiers only"
                )
                yield Problem(
                    path=f"components.{kind}",
                    code="departure",
                    message=f"counted as open here and not by the tool: “{text}” {reason}",
                )

    def open_to_the_tool(self, text: str) -> bool:
        """True where the tool counts this very string as an open licence."""
        facts = self.licences.get(text)
        if facts is None or text.startswith("LicenseRef-") or text in NEWER_THAN_THE_TOOL:
            return False
        return open_licence(text, facts) is Status.MET
