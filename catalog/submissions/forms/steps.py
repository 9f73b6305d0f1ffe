"""The steps of the submission form, each a set of forms over its part of a document."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.forms.formsets import BaseFormSet, formset_factory
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalog.entry.checks import MOST_ROWS
from catalog.entry.licences import load_book
from catalog.entry.units import Document
from catalog.submissions.forms.fields import (
    Address,
    HubId,
    Languages,
    Listed,
    PartialDay,
    Size,
    Text,
    Words,
)
from catalog.submissions.forms.row_forms import (
    ClaimForm,
    ComponentForm,
    DerivationForm,
    FactForm,
    InformationForm,
    MakerForm,
    PartForm,
    RowForm,
    TrainingDataForm,
    UsageForm,
)
from definitions.readers.values import number_or, slug
from definitions.topics import SystemTopic
from definitions.vocabulary import ComponentGroup, ComponentKind, Modality

BLANK_ROWS = 2


class BasicsForm(PartForm):
    """What identifies a system."""

    name = Text(limit=200, label=_("Name"), required=True)
    version = Text(limit=50, label=_("Version"))
    huggingface_id = HubId(label=_("Hugging Face id"), help_text=_("Such as allenai/OLMo-7B."))
    repository = Address(label=_("Code repository"))
    homepage = Address(label=_("Home page"))
    paper = Address(label=_("Paper"))
    released = PartialDay(label=_("First released"), help_text=_("As 2024, 2024-02 or 2024-02-01."))
    parameters = Size(label=_("Parameters"), help_text=_("As 7B or 7000000000."))
    modalities = Words(Modality, label=_("Modalities"))
    tasks = Listed(
        slug,
        label=_("Tasks"),
        help_text=_("Separated by commas, such as text-generation."),
    )
    languages = Languages(
        label=_("Languages"),
        help_text=_("Codes separated by commas, such as en, de."),
    )
    summary = Text(
        limit=300,
        lines=True,
        label=_("Summary"),
        help_text=_("What it is, in your own words; at most 300 characters."),
    )
    evidence = Address(
        label=_("Page that shows all this"), help_text=_("Such as the model card."), required=True
    )


type AnyForm = Any
type Typed = Mapping[str, list[str]]
"""What was typed, by the name of its field."""


LONGEST_TYPED, MOST_TYPED = 10_000, 200
"""Characters of a value, and values of a field, that are kept as they were typed."""


class Mistake(NamedTuple):
    """Where something is wrong and what, and the id of its field on the page of its step."""

    label: str
    message: str
    target: str = ""


@dataclass(slots=True)
class Bound:
    """The forms of one step over a document, or over what was typed.

    ``single`` are forms by the key of their part, ``keyed`` forms by part and
    key, ``lists`` formsets by part.
    """

    single: dict[str, AnyForm] = field(default_factory=dict)
    keyed: dict[str, dict[str, AnyForm]] = field(default_factory=dict)
    lists: dict[str, BaseFormSet[Any]] = field(default_factory=dict)

    def forms(self) -> Iterator[AnyForm]:
        """Every form, in the order of the page."""
        yield from self.single.values()
        for group in self.keyed.values():
            yield from group.values()
        for rows in self.lists.values():
            yield from rows.forms

    def is_valid(self) -> bool:
        """Whether all of it is; every form is checked, so that every error shows."""
        parts = [*self.lists.values(), *self.single.values()]
        parts += [form for group in self.keyed.values() for form in group.values()]
        return all(part.is_valid() for part in parts)

    @property
    def error_count(self) -> int:
        return sum(len(messages) for form in self.forms() for messages in form.errors.values())

    @property
    def errors(self) -> list[Mistake]:
        """What is wrong, for the summary on top of the page."""
        found = []
        for form in self.forms():
            for name, messages in form.errors.items():
                bound = form[name] if name in form.fields else None
                label = str(bound.label) if bound else str(place_of(form))
                target = bound.id_for_label if bound else f"{form.prefix or 'form'}-errors"
                where = f"{place_of(form)} {label}".strip()
                found += [Mistake(where, str(message), target) for message in messages]
        return found

    def known(self, data: Typed) -> dict[str, list[str]]:
        """What was typed into fields of these forms; what else was sent is ignored."""
        parts = [*self.forms(), *(rows.management_form for rows in self.lists.values())]
        names = {bound.html_name for form in parts for bound in form}
        return {
            name: [value[:LONGEST_TYPED] for value in values[:MOST_TYPED]]
            for name, values in data.items()
            if name in names
        }

    def part(self) -> Document:
        """The part of a document that the valid forms state; what is not valid is left out."""
        document: Document = {}
        for key, form in self.single.items():
            document |= good(form) if key == "basics" else {key: good(form)}
        for part, group in self.keyed.items():
            document[part] = {key: good(form) for key, form in group.items() if good(form)}
        for part, rows in self.lists.items():
            document[part] = [good(form) for form in rows.forms if good(form)]
        return document


def good(form: AnyForm) -> dict[str, Any]:
    """The row of a form without errors; nothing for any other but that of the basics.

    Of the basics each value counts alone, so those that are right can be used.
    """
    if not form.errors or isinstance(form, BasicsForm):
        return dict(form.row)
    return {}


def bumped(data: Typed, prefix: str, more: int) -> dict[str, list[str]]:
    """Typed values with more blank rows in one of the lists."""
    name = f"{prefix}-TOTAL_FORMS"
    count = number_or((data.get(name) or [""])[0], 0, high=999)
    return {**data, name: [str(min(count + more, MOST_ROWS))]}


def place_of(form: AnyForm) -> str | Promise:
    """Which row a form is, for messages far from it."""
    if isinstance(form, ComponentForm):
        return form.kind.label
    if isinstance(form, FactForm):
        return form.topic.label
    return ""


def keyed(
    form: type[RowForm], prefix: str, rows: Mapping[str, Any], data: Any, name: str, **kinds: Any
) -> dict[str, AnyForm]:
    """One form for each key that a part can have."""
    shown = getattr(form, "initial_of", lambda row: row)
    return {
        key: form(data, prefix=f"{prefix}-{key}", initial=shown(rows.get(key, {})), **{name: kind})
        for key, kind in kinds.items()
    }


def listed(
    form: type[Any], prefix: str, rows: list[dict[str, Any]], data: Any, blank: int
) -> BaseFormSet[Any]:
    """A list of forms, with some blank ones behind it."""
    made = formset_factory(
        form, extra=blank, max_num=MOST_ROWS, absolute_max=MOST_ROWS, validate_max=True
    )
    return made(data, prefix=prefix, initial=rows or None)


def identify(document: Document, data: Any, blank: int) -> Bound:
    return Bound(single={"basics": BasicsForm(data, prefix="s", initial=document)})


def components(document: Document, data: Any, blank: int) -> Bound:
    kinds = {kind.value: kind for kind in ComponentKind}
    rows = document.get("components", {})
    made = keyed(ComponentForm, "c", rows, data, "kind", **kinds)
    if data is not None:
        book = load_book()
        for form in made.values():
            form.book = book
    return Bound(keyed={"components": made})


def training(document: Document, data: Any, blank: int) -> Bound:
    information = document.get("data_information", {})
    return Bound(
        single={"data_information": InformationForm(data, prefix="i", initial=information)},
        lists={
            "training_data": listed(
                TrainingDataForm, "t", document.get("training_data", []), data, blank
            ),
            "derivations": listed(
                DerivationForm, "b", document.get("derivations", []), data, blank
            ),
        },
    )


def people(document: Document, data: Any, blank: int) -> Bound:
    topics = {topic.value: topic for topic in SystemTopic}
    usage = document.get("usage_information", {})
    return Bound(
        single={"usage_information": UsageForm(data, prefix="u", initial=usage)},
        keyed={"facts": keyed(FactForm, "f", document.get("facts", {}), data, "topic", **topics)},
        lists={
            "organizations": listed(MakerForm, "m", document.get("organizations", []), data, blank),
            "claims": listed(ClaimForm, "k", document.get("claims", []), data, blank),
        },
    )


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the form."""

    key: str
    title: Promise
    build: Callable[[Document, Any, int], Bound]
    owns: tuple[str, ...]

    def forms(
        self, document: Document, data: Typed | None = None, *, blank: int = BLANK_ROWS
    ) -> Bound:
        """The forms over a document, or bound to what was typed."""
        return self.build(document, None if data is None else MultiValueDict(data), blank)


BASICS = tuple(BasicsForm.base_fields)
STEPS: dict[str, Step] = {
    step.key: step
    for step in (
        Step("identify", _("Identify"), identify, BASICS),
        Step("components", _("Components"), components, ("components",)),
        Step("data", _("Data"), training, ("training_data", "data_information", "derivations")),
        Step(
            "people",
            _("People and claims"),
            people,
            ("organizations", "claims", "usage_information", "facts"),
        ),
    )
}
"""In the order of the form; *check* and *send* follow."""


def grouped(made: Mapping[str, Any]) -> list[tuple[ComponentGroup, list[Any]]]:
    """The forms of components by their group."""
    return [
        (group, [form for form in made.values() if form.kind.group is group])
        for group in ComponentGroup
    ]


def replaced(document: Document, step: Step, part: Document) -> Document:
    """A document in which one step's part is another."""
    kept = {key: value for key, value in document.items() if key not in step.owns}
    return kept | part
