"""Definitions and verdicts in words and as data, for the command line and the pages."""

from collections.abc import Iterator, Mapping
from textwrap import fill, indent
from typing import Any

from definitions.core import Criterion, Definition, Finding, Outcome, Verdict
from definitions.inferences import INFERENCES, Inference
from definitions.marks import MARKS
from definitions.vocabulary import Grade, Status

SHAPES = {
    Status.MET: "●",
    Status.NEEDS_JUDGEMENT: "◐",
    Status.UNKNOWN: "◌",
    Status.NOT_MET: "✕",
    Status.NOT_APPLICABLE: "–",
}
"""Each status has a shape of its own, so that colour never carries the meaning alone."""

WIDTH = 96


def outcome_of(definition: Definition, letters: str) -> Outcome | None:
    """What the policy makes of findings of which the letters are kept.

    None where other rules wrote them. The reason is empty where it is a finding's own; what
    is missing follows from the facts alone.
    """
    marks = definition.marks_by_code(letters)
    if not marks:
        return None
    return definition.policy(
        {code: finding_of(letter, code, definition.grades) for code, letter in marks.items()}
    )


def finding_of(letter: str, code: str, words: Mapping[Grade, str]) -> Finding:
    """As much of a finding as its letter says: no sentence, and no page."""
    mark = MARKS[letter]
    grade = words[mark.grade] if mark.grade else ""
    return Finding(mark.status, "", grade=grade, value=mark.value, code=code)


def criterion_json(criterion: Criterion) -> dict[str, Any]:
    return {
        "code": criterion.code,
        "title": criterion.title,
        "clause": criterion.clause,
        "explanation": criterion.explanation,
        "components": [kind.value for kind in criterion.component_kinds],
        "about_terms": criterion.about_terms,
        "optional": criterion.optional,
    }


def inferences_of(definition: Definition) -> list[Inference]:
    """The inferences that a definition accepts."""
    return [rule for rule in INFERENCES if rule.key not in definition.without_inferences]


def definition_json(definition: Definition) -> dict[str, Any]:
    """The rule set as data: everything but the checks themselves."""
    return {
        "id": definition.id,
        "key": definition.key,
        "version": definition.version,
        "title": definition.title,
        "steward": definition.steward,
        "url": definition.url,
        "date": definition.date,
        "standing": definition.standing,
        "shape": definition.shape.value,
        "revision": definition.revision,
        "fingerprint": definition.fingerprint,
        "summary": definition.summary,
        "notes": list(definition.notes),
        "inferences": [rule.key for rule in inferences_of(definition)],
        "levels": [
            {"rank": level.rank, "key": level.key, "label": level.label, "codes": list(level.codes)}
            for level in definition.levels
        ],
        "criteria": [criterion_json(criterion) for criterion in definition.criteria],
        "departures": [
            {
                "system": departure.system,
                "steward_result": departure.steward_result,
                "our_reading": departure.our_reading,
                "reason": departure.reason,
            }
            for departure in definition.departures
        ],
    }


def definition_text(definition: Definition) -> str:
    """The rule set for people."""

    def lines() -> Iterator[str]:
        yield f"{definition.title} {definition.version} ({definition.id})"
        yield f"{definition.steward}, {definition.date}, {definition.standing}"
        yield definition.url
        yield ""
        yield fill(definition.summary, WIDTH)
        for criterion in definition.criteria:
            yield ""
            yield f"{criterion.title} [{criterion.code}]"
            yield f"  {criterion.clause}"
            yield indent(fill(criterion.explanation, WIDTH - 2), "  ")

    return "\n".join(lines())


def verdict_text(definition: Definition, verdict: Verdict) -> str:
    """The verdict for people: every criterion with its reason and its evidence."""

    def lines() -> Iterator[str]:
        yield f"{definition.title} {definition.version}: {verdict.label}"
        yield indent(fill(verdict.reason, WIDTH - 2), "  ")
        for step in verdict.progress:
            yield f"  {step.label}: {step.met} of {step.required} ({step.real:g} %)"
        for finding in verdict.findings:
            title = definition.criterion(finding.code).title
            yield f"  {SHAPES[finding.status]} {title}: {finding.status.label.lower()}"
            yield indent(fill(finding.reason, WIDTH - 6), "      ")
            for page in finding.evidence:
                yield f"      {page.url}"
        if verdict.missing:
            yield f"  Missing for {verdict.missing[0].level}:"
        for item in verdict.missing:
            yield f"    - {item.text}"

    return "\n".join(lines())
