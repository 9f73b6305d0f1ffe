"""The JSON text of a verdict: what ``Verdict.to_json`` says, written without making the values.

Findings say the same things in the same words, on millions of systems: the text of
one is put together once, and each system's pages are set into it.
"""

import json
from functools import lru_cache
from json.encoder import encode_basestring as quoted
from typing import Any

from definitions.core import Finding, Missing, Verdict
from definitions.facts import Evidence

REMEMBERED = 16384
"""Texts to keep of each kind: some megabytes."""

type Told = tuple[Any, ...]
"""A finding without its evidence."""


def document(verdict: Verdict) -> str:
    """The text of ``verdict.to_json()``, letter for letter."""
    outcome = verdict.outcome
    head = {"definition": verdict.definition, "fingerprint": verdict.fingerprint}
    head |= {"status": outcome.status.value, "label": outcome.label, "reason": outcome.reason}
    opening = ", ".join([f'"{name}": {quoted(text)}' for name, text in head.items()])
    progress = dumped([step.to_json() for step in outcome.progress]) if outcome.progress else "[]"
    missing = ", ".join([missing_text(item) for item in outcome.missing])
    findings = ", ".join([finding_text(finding) for finding in verdict.findings])
    return (
        f'{{{opening}, "level": {number(outcome.level)}, '
        f'"level_possible": {number(outcome.level_possible)}, "progress": {progress}, '
        f'"score": {number(outcome.score)}, "score_low": {number(outcome.score_low)}, '
        f'"score_high": {number(outcome.score_high)}, "missing": [{missing}], '
        f'"findings": [{findings}]}}'
    )


def dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def number(value: float | None) -> str:
    return "null" if value is None else repr(value)


@lru_cache(maxsize=REMEMBERED)
def missing_text(item: Missing) -> str:
    return dumped({"level": item.level, "code": item.code, "text": item.text})


def finding_text(finding: Finding) -> str:
    before, after = frame(finding[:2] + finding[3:])
    return f"{before}{', '.join([page_text(page) for page in finding[2]])}{after}"


def page_text(page: Evidence) -> str:
    if page.quote:
        return f'{{"url": {quoted(page.url)}, "quote": {quoted(page.quote)}}}'
    return f'{{"url": {quoted(page.url)}}}'


@lru_cache(maxsize=REMEMBERED)
def frame(told: Told) -> tuple[str, str]:
    """The text of a finding before and after its pages."""
    finding = Finding._make((*told[:2], (), *told[2:]))
    before, _, after = dumped(finding.to_json()).partition(NO_PAGES)
    return f"{before}{NO_PAGES[:-1]}", f"]{after}"


NO_PAGES = '"evidence": []'
