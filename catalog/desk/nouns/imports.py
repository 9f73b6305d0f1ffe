"""The desk for what comes from other registers: records as they were read, and doubtful pairs."""

from typing import TYPE_CHECKING

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from catalog.desk.nouns.base import AnyAdmin, ReadOnly
from catalog.intake.merge import MergeError, keep_apart, merge, refuse
from catalog.models import AISystem, DuplicateState, PossibleDuplicate, RecordState, SourceRecord

if TYPE_CHECKING:
    PairModelForm = forms.ModelForm[PossibleDuplicate]
else:
    PairModelForm = forms.ModelForm

FIRST, SECOND, APART = "first", "second", "apart"


class ProblemFilter(admin.SimpleListFilter):
    """Records that were imported with changes of one kind."""

    title = "what was not taken"
    parameter_name = "problem"
    codes = (
        ("licence-unrecognised", "A licence without a record"),
        ("licence-unknown", "No terms named"),
        ("hub-id-of-another", "Address of another model"),
        ("name", "Names that contradict"),
        ("departure", "Counted otherwise by the source"),
        ("no-address", "Listed without an address"),
        ("saved-form", "A form that was saved"),
        ("withheld", "Names no system"),
        ("unreadable", "Not readable"),
    )

    def lookups(self, request: HttpRequest, model_admin: object) -> tuple[tuple[str, str], ...]:
        return self.codes

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[SourceRecord]
    ) -> QuerySet[SourceRecord]:
        code = self.value()
        return queryset.filter(problems__contains=[{"code": code}]) if code else queryset


@admin.register(SourceRecord)
class SourceRecordAdmin(ReadOnly):
    """Records are what their source said: read here, changed by an import alone."""

    list_display = ["key", "source", "state", "entry", "why", "read_on", "how_many_problems"]
    list_filter = ["source", "state", ProblemFilter]
    list_select_related = ["source", "system"]
    search_fields = ["key", "system__name", "system__slug"]
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[SourceRecord]:
        return super().get_queryset(request).defer("system__search")

    @admin.display(description="entry", ordering="system__name")
    def entry(self, record: SourceRecord) -> SafeString | str:
        return link(record.system) if record.system else "–"

    @admin.display(description="why it has none")
    def why(self, record: SourceRecord) -> str:
        """The reason that an editor needs: only records without an entry have one."""
        if record.state == RecordState.MATCHED or not record.problems:
            return "–"
        return str(record.problems[-1]["message"])

    @admin.display(description="imported with changes")
    def how_many_problems(self, record: SourceRecord) -> int:
        return len(record.problems)


class PairForm(PairModelForm):
    """One question, three answers, and the reason that the history keeps."""

    decision = forms.ChoiceField(
        choices=[
            (FIRST, "One system: keep the first entry"),
            (SECOND, "One system: keep the second entry"),
            (APART, "Two systems"),
        ],
        widget=forms.RadioSelect,
    )

    class Meta:
        model = PossibleDuplicate
        fields = ("rationale",)

    def clean_rationale(self) -> str:
        reason = str(self.cleaned_data["rationale"]).strip()
        if not reason:
            raise forms.ValidationError("Say why; the reason stays in the history.")
        return reason

    def clean(self) -> dict[str, object]:
        found = super().clean() or self.cleaned_data
        decision = found.get("decision")
        if decision in (FIRST, SECOND):
            try:
                refuse(*kept_and_dropped(self.instance, decision))
            except MergeError as error:
                self.add_error("decision", str(error))
        return found


def kept_and_dropped(pair: PossibleDuplicate, decision: str) -> tuple[AISystem, AISystem]:
    """The entry that stays and the one that goes."""
    return (pair.first, pair.second) if decision == FIRST else (pair.second, pair.first)


@admin.register(PossibleDuplicate)
class PossibleDuplicateAdmin(AnyAdmin):
    """The queue of pairs that may be one system."""

    form = PairForm
    list_display = ["pair", "reason", "state", "found_at"]
    list_filter = ["state"]
    list_select_related = ["first", "second"]
    ordering = ["-state", "found_at"]
    show_full_result_count = False
    fields = ["reason", "first_entry", "second_entry", "decision", "rationale"]
    readonly_fields = ["reason", "first_entry", "second_entry"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[PossibleDuplicate]:
        return super().get_queryset(request).defer("first__search", "second__search")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: PossibleDuplicate | None = None
    ) -> bool:
        """What was decided stays decided."""
        decided = obj is not None and obj.state != DuplicateState.OPEN
        return not decided and super().has_change_permission(request, obj)

    @admin.display(description="entries")
    def pair(self, pair: PossibleDuplicate) -> str:
        return f"{pair.first.name} / {pair.second.name}"

    @admin.display(description="first entry")
    def first_entry(self, pair: PossibleDuplicate) -> SafeString:
        return described(pair.first)

    @admin.display(description="second entry")
    def second_entry(self, pair: PossibleDuplicate) -> SafeString:
        return described(pair.second)

    def save_model(
        self,
        request: HttpRequest,
        obj: PossibleDuplicate,
        form: PairForm,
        change: bool,  # noqa: FBT001
    ) -> None:
        decision, reason = form.cleaned_data["decision"], form.cleaned_data["rationale"]
        if decision == APART:
            keep_apart(pair=obj, rationale=reason)
            return
        keep, drop = kept_and_dropped(obj, decision)
        merge(keep=keep, drop=drop, rationale=reason, by=request.user.get_username())
        obj.refresh_from_db()
        text = f"“{drop.name}” is now part of “{keep.name}”; its address leads there."
        self.message_user(request, text, messages.SUCCESS)


def link(system: AISystem) -> SafeString:
    address = reverse("admin:catalog_aisystem_change", args=[system.pk])
    return format_html('<a href="{}">{}</a>', address, system.name)


def described(system: AISystem) -> SafeString:
    """An entry in one line: name, size, Hub id, makers, and how many records speak of it."""
    makers = ", ".join(maker.organization.name for maker in system.makers.all()) or "maker unknown"
    size = f"{system.parameters:,} parameters" if system.parameters else "size unknown"
    hub = system.huggingface_id or "no repository on the Hub"
    records = system.source_records.count()
    return format_html("{} · {} · {} · {} · {} records", link(system), makers, size, hub, records)
