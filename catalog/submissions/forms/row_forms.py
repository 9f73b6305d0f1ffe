"""Forms for the rows of a document; an empty form is no row."""

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from catalog.entry.checks import reasons, with_terms
from catalog.entry.licences import load_book
from catalog.entry.parts import UNSAID
from catalog.entry.rows import topic_words
from catalog.entry.units import said
from catalog.models.facts import USAGE
from catalog.models.systems import INFORMATION
from catalog.submissions.forms.fields import Address, Country, PartialDay, Quote, Text, Word
from definitions import vocabulary as v
from definitions.licence_book import LicenceBook
from definitions.topics import SystemTopic

type Row = dict[str, object]

TERMS = [
    ("", _("As written above")),
    (v.LicenceStatus.NONE_STATED.value, _("The release names no licence")),
    (v.LicenceStatus.MIXED.value, _("Several, and not said which is for what")),
]


def suggesting(kind: str) -> forms.TextInput:
    """A field of text that offers what the catalogue has, where scripts run."""
    return forms.TextInput(
        attrs={
            "list": f"known-{kind}",
            "autocomplete": "off",
            "hx-get": reverse_lazy("catalog:submit_options", args=[kind]),
            "hx-trigger": "input changed delay:250ms",
            "hx-target": f"#known-{kind}",
            "hx-swap": "innerHTML",
        }
    )


class PartForm(forms.Form):
    """A form whose valid values are part of a document; what says nothing is left out.

    ``part`` is the part of a document whose rows it makes, and ``key`` the key of its row.
    """

    use_required_attribute = False
    part = ""
    key = ""

    @property
    def filled(self) -> bool:
        """Whether anything is in the form, valid or not."""
        return any(self[name].value() not in UNSAID for name in self.fields)

    @property
    def row(self) -> Row:
        """The valid values; empty where nothing was typed."""
        return said(getattr(self, "cleaned_data", {}))

    def clean(self) -> Row:
        """What the part asks of a row as soon as it says anything."""
        row = said(super().clean() or self.cleaned_data)
        if not self.part or not (row or self.errors):
            return self.cleaned_data
        for name, reason in reasons(self.part, row, self.key):
            if name not in self.errors if name else not self.errors:
                self.add_error(name or None, str(reason))
        return self.cleaned_data


class RowForm(PartForm):
    """A row that needs evidence."""

    evidence = Address(label=_("Evidence: the page that shows it"))
    quote = Quote(help_text=_("Word for word from that page, at most 25 words."))
    note = Text(limit=500, label=_("Note"), help_text=_("In your own words."))

    def __init__(self, *args: Any, book: LicenceBook | None = None, **more: Any) -> None:
        self.book = book
        super().__init__(*args, **more)


class ComponentForm(RowForm):
    """One kind of component."""

    availability = Word(v.Availability, label=_("Is it available?"))
    completeness = Word(v.Completeness, label=_("How much of it?"))
    url = Address(label=_("Where it is"))
    licence = Text(
        limit=300,
        label=_("Licence"),
        help_text=_("An SPDX id such as Apache-2.0, or the name that the maker gives it."),
        widget=suggesting("licences"),
    )
    licence_status = forms.ChoiceField(choices=TERMS, required=False, label=_("Terms"))
    licence_url = Address(label=_("Address of the licence"))
    form = Word(v.WeightsForm, label=_("Form of the weights"))
    cost = Word(v.Cost, label=_("Cost"))
    included_in = Word(v.ComponentKind, blank=str(_("No, it is separate")), label=_("Part of"))
    machine_readable = Word(v.Answer, label=_("Machine-readable?"))
    open_format = Word(v.Answer, label=_("In an open format?"))
    peer_reviewed = Word(v.Answer, label=_("Peer reviewed?"))
    persistent_id = Text(limit=200, label=_("Persistent id"), help_text=_("Such as a DOI."))
    part = "components"
    RARE = ("form", "cost", "included_in", "machine_readable", "open_format", "peer_reviewed")

    def __init__(self, *args: Any, kind: v.ComponentKind, **more: Any) -> None:
        self.kind, self.key = kind, kind.value
        super().__init__(*args, **more)
        if "weights" not in kind:
            del self.fields["form"]
        if kind != v.ComponentKind.RESEARCH_PAPER:
            del self.fields["peer_reviewed"]

    @property
    def usual(self) -> list[forms.BoundField]:
        """The fields that every component has."""
        names = ("availability", "completeness", "url", "licence", "licence_status", "licence_url")
        return [self[name] for name in (*names, "evidence", "quote", "note")]

    @property
    def rare(self) -> list[forms.BoundField]:
        """The fields that few need, but for some definitions."""
        return [self[name] for name in (*self.RARE, "persistent_id") if name in self.fields]

    def clean(self) -> Row:
        """The licence as an expression where it is known, else as text."""
        text, status = self.cleaned_data.get("licence"), self.cleaned_data.get("licence_status")
        if text and status == v.LicenceStatus.NONE_STATED:
            self.add_error("licence", _("Leave this empty where the release names no licence."))
        elif text:
            self.cleaned_data = with_terms(self.cleaned_data, self.book or load_book())
        return super().clean()

    @staticmethod
    def initial_of(row: Row) -> Row:
        """A document's row as the form shows it."""
        terms = {"none_stated", "mixed"} & {row.get("licence_status", "")}
        return row | {
            "licence": row.get("licence") or row.get("licence_text", ""),
            "licence_status": next(iter(terms), ""),
        }


class TrainingDataForm(RowForm):
    """One dataset, and what it was used for."""

    dataset = Text(
        limit=200,
        label=_("Dataset"),
        widget=suggesting("datasets"),
    )
    stage = Word(v.TrainingStage, label=_("Used for"))
    data_class = Word(v.DataClass, label=_("Class of data"))
    where = Address(label=_("Where to get it"))
    unshareable_reason = Word(v.UnshareableReason, label=_("Why it cannot be shared"))
    field_order = ["dataset", "stage", "data_class", "where", "unshareable_reason"]
    part = "training_data"


class InformationForm(RowForm):
    """What the maker tells about all the training data."""

    part = "data_information"
    provenance = Word(v.Extent, label=_("Where it came from"))
    scope = Word(v.Extent, label=_("Scope and characteristics"))
    selection = Word(v.Extent, label=_("How it was obtained and selected"))
    labelling = Word(v.Extent, label=_("Labelling"))
    processing = Word(v.Extent, label=_("Processing"))
    filtering = Word(v.Extent, label=_("Filtering"))
    covers_all_training_data = Word(v.Extent, label=_("Covers all training data"))
    follows_datasheet_standard = Word(v.Extent, label=_("Follows a datasheet standard"))
    field_order = INFORMATION


class UsageForm(RowForm):
    """What the maker tells the people who use the system."""

    part = "usage_information"
    modalities = Word(v.Extent, label=_("What goes in and comes out"))
    capabilities = Word(v.Extent, label=_("What it can do"))
    limitations = Word(v.Extent, label=_("Its limits"))
    integration = Word(v.Extent, label=_("How to integrate it"))
    evaluation = Word(v.Extent, label=_("Evaluation"))
    field_order = USAGE


class FactForm(RowForm):
    """A single fact beside the components."""

    value = Text(limit=40)
    part = "facts"
    field_order = ["value"]

    def __init__(self, *args: Any, topic: SystemTopic, **more: Any) -> None:
        self.topic, self.key = topic, topic.value
        super().__init__(*args, **more)
        words = topic_words(topic.value)
        if words:
            self.fields["value"] = forms.ChoiceField(
                choices=[("", _("Not known")), *words], required=False
            )
        self.fields["value"].label = topic.label
        self.order_fields(self.field_order)


class DerivationForm(RowForm):
    """A system that this one was built on."""

    name = Text(limit=200, label=_("System"), widget=suggesting("systems"))
    kind = Word(v.DerivationKind, label=_("How"))
    field_order = ["name", "kind"]
    part = "derivations"


class ClaimForm(RowForm):
    """The maker's own words about openness."""

    claimed = Text(limit=100, label=_("Claimed"), help_text=_("The label, such as “open source”."))
    quote = Quote(label=_("The maker’s words"), help_text=_("Word for word, at most 25 words."))
    date = PartialDay(label=_("Date of the page"))
    field_order = ["claimed", "quote", "evidence", "date"]
    part = "claims"


class MakerForm(PartForm):
    """One organisation; the rest is asked only of those that have no record yet."""

    part = "organizations"

    name = Text(
        limit=200,
        label=_("Name"),
        widget=suggesting("organisations"),
    )
    homepage = Address(label=_("Home page"))
    country = Country(label=_("Country"), help_text=_("Two letters, such as FR."))
    kind = Word(v.OrganizationKind, label=_("Kind of body"))
