"""Proposed changes in words, for submitters and for editors."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist

from catalog.forms.rows import ClaimForm, ComponentForm, FactForm, RowForm, TrainingDataForm
from catalog.forms.steps import BasicsForm
from catalog.models import AISystem, Component, Link, TrainingData
from catalog.proposals.units import Change, values_of
from definitions.topics import SystemTopic
from definitions.vocabulary import ComponentKind

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
FORMS: tuple[type[Any], ...] = (
    ComponentForm,
    TrainingDataForm,
    ClaimForm,
    FactForm,
    RowForm,
    BasicsForm,
)
WORDS: dict[str, str] = {
    str(value): str(label)
    for field in [*Component._meta.fields, *TrainingData._meta.fields]
    for value, label in (field.flatchoices or [])
}


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
            FieldRow(label_of(name), words(before), words(after), words(now))
            for name, before, after, now in change.fields
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
        return PARTS[part], f"{row.get('dataset', '')}, {words(row.get('stage', ''))}"
    if part == "derivations":
        return PARTS[part], str(row.get("name", ""))
    if part == "claims":
        return PARTS[part], f"“{row.get('claimed', '')}”"
    if part in PARTS:
        return PARTS[part], ""
    return label_of(part), ""


def label_of(name: str) -> str:
    """The label of a field of the form; its name in words where it has none."""
    for form in FORMS:
        field = form.base_fields.get(name)
        if field is not None and field.label:
            return str(field.label)
    try:
        return str(AISystem._meta.get_field(name).verbose_name).capitalize()  # type: ignore[union-attr]
    except FieldDoesNotExist:
        return name.replace("_", " ").capitalize()


def words(value: Any) -> str:
    """A value as people read it; a dash for none."""
    if value in (None, "", [], {}):
        return "–"
    if isinstance(value, list):
        return ", ".join(words(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(words(item) for item in value.values() if item)
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    return str(WORDS.get(value, value))
