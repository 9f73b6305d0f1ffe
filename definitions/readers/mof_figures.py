"""What a model file alone makes of the Model Openness Framework, as its own tool counts.

The figures let two runs, or a run and the steward's own table, be compared by
machine. They are computed by the very rules that judge entries.
"""

from collections.abc import Iterator, Mapping

from definitions import registry
from definitions.core import evaluate
from definitions.readers.known_licences import KnownLicences
from definitions.readers.records import ComponentRecord, Problem
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


def figures_of(
    components: Mapping[str, ComponentRecord], known: KnownLicences
) -> dict[str, int | dict[str, float]]:
    """Class and gated progress in whole per cent, as the tool shows them."""
    verdict = evaluate(registry.get("mof-1.0"), known.facts(components))
    gated = {step.key: float(round(step.gated)) for step in verdict.progress}
    return {
        "class": CLASS_OF_LEVEL[verdict.level or 0],
        "gated": {key: gated[key] for key in ("III", "II", "I")},
    }


def departures(
    strict: Mapping[str, str], components: Mapping[str, ComponentRecord], known: KnownLicences
) -> Iterator[Problem]:
    """Where the tool and this register count one component of a file differently, and why."""
    facts = known.facts(components)
    for kind, text in strict.items():
        points = component_points(ComponentKind.of(kind), facts)
        ours = all(point.status is Status.MET for point in points)
        if ours and not open_to_the_tool(text, known):
            newer = text in known.licences
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


def open_to_the_tool(text: str, known: KnownLicences) -> bool:
    """True where the tool counts this very string as an open licence."""
    facts = known.licences.get(text)
    if facts is None or text.startswith("LicenseRef-") or text in NEWER_THAN_THE_TOOL:
        return False
    return open_licence(text, facts) is Status.MET
