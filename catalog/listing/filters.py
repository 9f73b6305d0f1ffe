"""The contracts of list addresses: one FilterSet per noun.

A value that does not fit is a message beside its field and is left out; the
page still answers 200 and keeps what was typed.
"""

import datetime as dt
from functools import cached_property
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from pyroaring import BitMap

from catalog.listing import facets, index
from catalog.listing.filter_fields import DayField, FacetFilter, SearchField, SearchFilter, value_of
from catalog.listing.index.build import found_by
from catalog.listing.index.listing import SORTS, Listing, order_for
from catalog.listing.pasted import apart
from catalog.listing.unknown_parameters import near
from catalog.models import (
    AISystem,
    Cause,
    Claim,
    Dataset,
    EventKind,
    Framework,
    License,
    Organization,
    Platform,
    ProgrammingLanguage,
    RejectReason,
    SubmissionEvent,
    VerdictChange,
)
from catalog.querysets.submissions import DECISIONS
from definitions import registry
from definitions.claims import ClaimResult
from definitions.vocabulary import (
    Answer,
    BusinessUse,
    DataClass,
    ListAnswer,
    OrganizationKind,
    Status,
)

MOST_MATCHES = 10_000
"""Systems whose claims or changes a search text finds at most."""


class SystemFilter(django_filters.FilterSet):
    """The contract of ``/systems/``: ``q``, ``sort`` and the facets."""

    q = SearchFilter(label=_("Search"), method="found")
    sort = django_filters.ChoiceFilter(
        label=_("Sort by"),
        choices=[(key, label) for key, (label, _order) in SORTS.items()],
        method="ordered",
        empty_label=_("Best match"),
    )

    class Meta:
        model = AISystem
        fields: list[str] = []

    def __init__(
        self, data: Any, queryset: QuerySet[AISystem], *, version: int | None = None
    ) -> None:
        """``version`` is the catalogue's, where it was just read."""
        self.facets = facets.build()
        self.version = version
        self.settled = False
        super().__init__(data, queryset=queryset)
        for facet in self.facets:
            item = FacetFilter(facet, field_name=facet.key)
            item.parent, item.model = self, AISystem
            self.filters[facet.key] = item

    def found(self, queryset: Any, _name: str, value: str) -> Any:
        return queryset.filter(pk__any_of=self.found_by_text).ranked(value) if value else queryset

    def ordered(self, queryset: QuerySet[AISystem], _name: str, _value: str) -> QuerySet[AISystem]:
        return queryset  # ordering is applied once, in `rows`

    @property
    def form(self) -> Any:
        """The form, with the values of open facets in the spelling of the index.

        A value that no system has is an error that names values like it.
        """
        form = super().form
        if not self.settled:
            self.settled = True
            if form.is_bound and form.errors is not None:
                self.settle(form)
        return form

    def settle(self, form: Any) -> None:
        for facet in self.facets:
            asked = form.cleaned_data.get(facet.key) or []
            if not asked or (facet.closed and facet.words):
                continue
            held = self.index.values.get(facet.key, {})
            found = [value_of(facet.read(item), held) for item in asked]
            form.cleaned_data[facet.key] = [item for item in found if item]
            missing = [item for item, value in zip(asked, found, strict=True) if not value]
            if missing:
                likely = ", ".join(f"“{name}”" for name in near(missing[0], held))
                meant = _(" Did you mean %(names)s?") % {"names": likely} if likely else ""
                words = {"value": missing[0][:60], "meant": meant}
                message = _("No system has the value “%(value)s”.%(meant)s") % words
                left = form.cleaned_data[facet.key]
                form.add_error(facet.key, message)
                if left:
                    form.cleaned_data[facet.key] = left

    @property
    def cleaned(self) -> dict[str, Any]:
        """What was understood; fields with a message are left out."""
        return getattr(self.form, "cleaned_data", {}) if self.errors is not None else {}

    @property
    def chosen(self) -> dict[str, list[str]]:
        """The chosen values per facet."""
        keys = [facet.key for facet in self.facets]
        return {key: self.cleaned[key] for key in keys if self.cleaned.get(key)}

    @property
    def rows(self) -> Any:
        """The systems of this page's address, in order."""
        order = order_for(self.cleaned.get("sort", ""), self.cleaned.get("q", ""))
        return self.qs.order_by(*order)

    # --- from the facet index ----------------------------------------------------------------

    @cached_property
    def index(self) -> index.FacetIndex:
        return index.current(self.version)

    @cached_property
    def found_by_text(self) -> BitMap | None:
        """What the search text leaves; None where there is none. At most one query.

        Where nothing is found, numbers are set apart from words: one query more.
        """
        text = self.cleaned.get("q")
        if not text:
            return None
        found = found_by(self.index, text)
        return found if found or apart(text) == text else found_by(self.index, apart(text))

    @cached_property
    def selected(self) -> BitMap:
        """The systems that the text and all facets leave."""
        return self.index.matching(self.chosen, within=self.found_by_text)

    def listing(self) -> Listing:
        """The same systems as ``rows``, counted and cut into pages by the index."""
        return Listing(
            index=self.index,
            selected=self.selected,
            sort=self.cleaned.get("sort", ""),
            text=self.cleaned.get("q", ""),
        )

    def facet_options(self) -> list[facets.FacetOptions]:
        """Every facet with its counts, each without its own filter.

        So choosing one value never hides the others.
        """
        chosen = self.chosen
        rows = []
        for facet in self.facets:
            mine = chosen.get(facet.key, [])
            left = (
                self.index.matching(chosen, within=self.found_by_text, but=facet.key)
                if mine
                else self.selected
            )
            always = [*facet.words, *mine]
            most = facets.SHOWN_AT_MOST
            totals = self.index.totals(facet.key, left, most=most, always=always)
            rows.append(facets.facet_options(facet, totals, mine))
        return facets.only_with_values(rows)


class NamedFilter(django_filters.FilterSet):
    """What all lists of smaller nouns have: a search text."""

    q = SearchFilter(label=_("Search"))


def word_filter(term: Any, label: Any, field: str) -> django_filters.ChoiceFilter:
    return django_filters.ChoiceFilter(
        choices=term.choices(), label=label, field_name=field, empty_label=_("Any")
    )


class OrganizationFilter(NamedFilter):
    kind = word_filter(OrganizationKind, _("Kind"), "kind")
    initiative = django_filters.ChoiceFilter(
        label=_("Show"),
        choices=[("yes", _("Initiatives only")), ("no", _("Makers only"))],
        method="by_initiative",
        empty_label=_("All"),
    )

    class Meta:
        model = Organization
        fields: list[str] = []

    def by_initiative(self, queryset: Any, _name: str, value: str) -> Any:
        return queryset.filter(is_initiative=value == "yes")


class DatasetFilter(NamedFilter):
    data_class = word_filter(DataClass, _("Class of data"), "data_class")

    class Meta:
        model = Dataset
        fields: list[str] = []


class OfSystemFilter(django_filters.FilterSet):
    """Lists of rows that belong to systems: a search text over the systems, a definition."""

    q = SearchFilter(label=_("System or maker"), method="of_system")
    definition = django_filters.ChoiceFilter(
        label=_("Definition"),
        choices=lambda: [(item.id, item.short_title) for item in registry.DEFINITIONS],
        field_name="definition_id",
        empty_label=_("Any"),
    )

    def of_system(self, queryset: Any, _name: str, value: str) -> Any:
        found = AISystem.objects.published().matching(value).order_by().values("pk")
        return queryset.filter(system__in=found[:MOST_MATCHES]) if value else queryset


class ClaimFilter(OfSystemFilter):
    result = word_filter(ClaimResult, _("Result"), "result")

    class Meta:
        model = Claim
        fields: list[str] = []


class ChangeFilter(OfSystemFilter):
    cause = django_filters.ChoiceFilter(
        label=_("Cause"), choices=Cause.choices, empty_label=_("Any")
    )

    class Meta:
        model = VerdictChange
        fields: list[str] = []


class DecisionFilter(django_filters.FilterSet):
    """The decisions on what was sent in."""

    kind = django_filters.ChoiceFilter(
        label=_("Decision"),
        choices=[(kind.value, kind.label) for kind in EventKind if kind.value in DECISIONS],
        empty_label=_("Any"),
    )
    reason = django_filters.ChoiceFilter(
        label=_("Reason"), choices=RejectReason.choices, empty_label=_("Any")
    )

    class Meta:
        model = SubmissionEvent
        fields: list[str] = []


class AsOfForm(forms.Form):
    """A day in the past, and what to look for on it."""

    on = DayField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    q = SearchField(label=_("Name"))
    definition = forms.ChoiceField(label=_("Definition"), required=False)
    status = forms.ChoiceField(
        label=_("Verdict"), required=False, choices=[("", _("Any")), *Status.choices()]
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        choices = [(item.id, item.short_title) for item in registry.DEFINITIONS]
        self.fields["definition"].choices = [("", _("Any")), *choices]  # type: ignore[attr-defined]

    def clean_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise ValidationError(_("This day has not come yet."))
        return day

    def clean_status(self) -> str:
        """A verdict of no definition would leave the list as it is, and answer another question."""
        status = str(self.cleaned_data["status"])
        if status and not self.data.get("definition"):
            raise ValidationError(_("Choose the definition whose verdict this is."))
        return status


class FrameworkFilter(NamedFilter):
    class Meta:
        model = Framework
        fields: list[str] = []


class LanguageFilter(NamedFilter):
    class Meta:
        model = ProgrammingLanguage
        fields: list[str] = []


class PlatformFilter(NamedFilter):
    class Meta:
        model = Platform
        fields: list[str] = []


class LicenceFilter(NamedFilter):
    use = django_filters.ChoiceFilter(
        label=_("Show"),
        choices=[("used", _("Used in the catalogue")), ("own", _("Not on the SPDX list"))],
        method="by_use",
        empty_label=_("All"),
    )
    osi = word_filter(Answer, _("OSI-approved"), "osi_approved")
    fsf = word_filter(ListAnswer, _("Free by the FSF"), "fsf_free")
    commercial = django_filters.ChoiceFilter(
        choices=BusinessUse.choices(),
        label=_("Business use"),
        method="by_business_use",
        empty_label=_("Any"),
    )

    class Meta:
        model = License
        fields: list[str] = []

    def by_use(self, queryset: Any, _name: str, value: str) -> Any:
        return queryset.in_use() if value == "used" else queryset.filter(is_spdx=False)

    def by_business_use(self, queryset: Any, _name: str, value: str) -> Any:
        return queryset.for_business(value)
