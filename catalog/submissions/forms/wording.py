"""Proposed changes, and what is wrong in a document, in words for submitters and editors."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import FieldDoesNotExist

from catalog.entry.checks import Fault
from catalog.entry.parts import BY_DOCUMENT
from catalog.entry.rows import topic_words
from catalog.entry.units import Change, values_of
from catalog.models import Link, Organization
from catalog.submissions.forms.row_forms import (
    ClaimForm,
    ComponentForm,
    DerivationForm,
    FactForm,
    InformationForm,
    MakerForm,
    TrainingDataForm,
    UsageForm,
)
from catalog.submissions.forms.steps import STEPS, BasicsForm, Mistake
from definitions.topics import SystemTopic
from definitions.vocabulary import ComponentKind, Modality, Term

PARTS = {
    "components": "Component",
    "training_data": "Training data",
    "derivations": "Built on",
    "claims": "Claim",
    "facts": "Fact",
    "data_information": "Information about the data",
    "usage_information": "Information for users",
    "organizations": "Makers",
}
FORMS: dict[str, type[forms.Form]] = {
    "components": ComponentForm,
    "training_data": TrainingDataForm,
    "derivations": DerivationForm,
    "claims": ClaimForm,
    "facts": FactForm,
    "data_information": InformationForm,
    "usage_information": UsageForm,
    "organizations": MakerForm,
}
"""Where a field has its label; the same name has different ones in different parts."""

WORDS = {name: part.model for name, part in BY_DOCUMENT.items()} | {"organizations": Organization}
"""Where a field has its closed list; the same word means different things in two lists."""


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field that differs: before, proposed, and today where that is a third thing."""

    label: str
    before: str
    after: str
    now: str


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One unit of a proposal as people read it."""

    change: Change
    title: str
    kind: str
    fields: list[FieldRow]
    evidence: str
    link: Link | None = None

    @property
    def verb(self) -> str:
        if self.change.before is None:
            return "added"
        return "removed" if self.change.after is None else "changed"


def change_rows(changes: Iterable[Change], links: dict[str, Link] | None = None) -> list[ChangeRow]:
    """Changes with words for units and fields, and the state of the evidence where known."""
    known = links or {}
    rows = []
    for change in changes:
        page = evidence_of(change.after) or evidence_of(change.before)
        kind, title = title_of(change)
        fields = [
            FieldRow(
                label_of(change.unit, name), *(words(value, change.unit, name) for value in values)
            )
            for name, *values in change.fields
        ]
        rows.append(ChangeRow(change, title, kind, fields, page, known.get(page)))
    return rows


def evidence_of(value: Any) -> str:
    return str(value.get("evidence", "")) if isinstance(value, dict) else ""


def pages_of(changes: Iterable[Change]) -> set[str]:
    """Every address in what is proposed."""
    return {
        value
        for change in changes
        for value in values_of(change.after)
        if isinstance(value, str) and value.startswith(("http://", "https://"))
    }


def title_of(change: Change) -> tuple[str, str]:
    """The kind of a unit and its name."""
    part, _, key = change.unit.partition(".")
    if part == "components":
        return PARTS[part], ComponentKind.of(key).label
    if part == "facts":
        return PARTS[part], SystemTopic.of(key).label
    row = change.after or change.before
    if part == "training_data":
        return PARTS[part], f"{row.get('dataset', '')}, {words(row.get('stage'), part, 'stage')}"
    if part == "derivations":
        return PARTS[part], str(row.get("name", ""))
    if part == "claims":
        return PARTS[part], f"“{row.get('claimed', '')}”"
    if part in PARTS:
        return PARTS[part], ""
    return label_of(part, part), ""


def label_of(unit: str, name: str) -> str:
    """The label of a field of the form; its name in words where it has none."""
    form = FORMS.get(unit.partition(".")[0], BasicsForm)
    field = form.base_fields.get(name)
    return str(field.label if field and field.label else name.replace("_", " ").capitalize())


def words(value: Any, unit: str, name: str = "") -> str:
    """A value of a unit's field as people read it; a dash for none."""
    if value in (None, "", [], {}):
        return "–"
    if isinstance(value, list):
        return ", ".join(words(item, unit, name) for item in value)
    if isinstance(value, dict):
        return ", ".join(words(item, unit, key) for key, item in value.items() if item)
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    return choices_of(unit, name).get(str(value), str(value))


@cache
def choices_of(unit: str, name: str) -> dict[str, str]:
    """The words of the closed list that a field of a unit has; none for free text."""
    part, _, key = unit.partition(".")
    if part == "facts" and name == "value":
        return dict(topic_words(key))
    if part == "modalities":
        return dict(Modality.choices())
    model = WORDS.get(part)
    if model is None:
        return {}
    try:
        field: Any = model._meta.get_field(name)
    except FieldDoesNotExist:
        return {}
    return {str(value): str(label) for value, label in field.flatchoices or []}


# --- what is wrong in a document ---------------------------------------------------------------

KEYS: dict[str, type[Term]] = {"components": ComponentKind, "facts": SystemTopic}
"""The words that name the rows of a part."""


def mistakes_in(faults: Iterable[Fault]) -> dict[str, list[Mistake]]:
    """The faults of a document by the step in which they can be put right, in its order."""
    found: dict[str, list[Mistake]] = {key: [] for key in STEPS}
    for fault in faults:
        found[step_of(fault)].append(Mistake(place_of(fault), str(fault.message)))
    return {key: rows for key, rows in found.items() if rows}


def step_of(fault: Fault) -> str:
    """The step whose page shows what a fault is about; the first for what no page shows."""
    return next((key for key, step in STEPS.items() if fault.part in step.owns), next(iter(STEPS)))


def place_of(fault: Fault) -> str:
    """The row and the field, as the form calls them."""
    row = dict(KEYS[fault.part].choices()).get(fault.key, "") if fault.part in KEYS else ""
    field = label_of(fault.part, fault.name) if fault.name else ""
    return f"{row} {field}".strip() or PARTS.get(fault.part, "")
