"""The desk for AI systems and everything recorded about them."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from catalog.desk.nouns.base import (
    PROVENANCE,
    TERMS,
    AnyInline,
    AnyTable,
    CatalogAdmin,
    ReadOnly,
    reevaluate,
)
from catalog.desk.nouns.forms import LicensedForm, RulingForm, SingleFactForm, SystemForm
from catalog.evaluation.explanations import Explanations
from catalog.models import (
    AISystem,
    Claim,
    Component,
    DataInformation,
    Derivation,
    Evaluation,
    Ruling,
    StewardJudgement,
    SystemFact,
    SystemFamily,
    SystemMaker,
    TrainingData,
    UsageInformation,
    VerdictChange,
)
from catalog.models.facts import USAGE
from catalog.models.systems import DERIVED, INFORMATION
from definitions import registry

SIGNED = ["recorded_by"]


class MakerInline(AnyTable):
    model = SystemMaker
    extra = 0
    autocomplete_fields = ["organization"]


class ComponentInline(AnyInline):
    model = Component
    form = LicensedForm
    extra = 0
    exclude = ["licences"]
    readonly_fields = SIGNED
    autocomplete_fields = ["source"]
    classes = ["collapse"]


class TrainingDataInline(AnyInline):
    model = TrainingData
    extra = 0
    readonly_fields = SIGNED
    autocomplete_fields = ["dataset", "source"]
    classes = ["collapse"]


class DataInformationInline(AnyInline):
    model = DataInformation
    readonly_fields = SIGNED
    autocomplete_fields = ["source"]
    classes = ["collapse"]


class UsageInformationInline(AnyInline):
    model = UsageInformation
    readonly_fields = SIGNED
    autocomplete_fields = ["source"]
    classes = ["collapse"]


class SystemFactInline(AnyInline):
    model = SystemFact
    form = SingleFactForm
    extra = 0
    readonly_fields = SIGNED
    autocomplete_fields = ["source"]
    classes = ["collapse"]


class DerivationInline(AnyInline):
    model = Derivation
    fk_name = "system"
    extra = 0
    readonly_fields = SIGNED
    autocomplete_fields = ["base", "source"]
    classes = ["collapse"]


class ClaimInline(AnyInline):
    model = Claim
    extra = 0
    readonly_fields = SIGNED
    autocomplete_fields = ["source"]
    classes = ["collapse"]


class JudgementInline(AnyInline):
    model = StewardJudgement
    extra = 0
    readonly_fields = SIGNED
    autocomplete_fields = ["source"]
    classes = ["collapse"]


class RulingInline(AnyInline):
    model = Ruling
    form = RulingForm
    exclude = ["judged"]
    extra = 0
    readonly_fields = SIGNED
    autocomplete_fields = ["source"]
    classes = ["collapse"]


class EvaluationInline(AnyTable):
    """Verdicts are computed; they are shown here and changed nowhere."""

    model = Evaluation
    fields = ("definition_id", "status", "label", "reason", "status_since")
    readonly_fields = ("definition_id", "status", "label", "reason", "status_since")
    extra = 0
    max_num = 0
    can_delete = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Evaluation]:
        rows: Any = super().get_queryset(request)
        found: QuerySet[Evaluation] = rows.with_facts()
        return found

    def reason(self, row: Evaluation) -> str:
        found = Explanations.of(row).verdict(registry.get(row.definition_id))
        return found.reason if found else ""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(AISystem)
class AISystemAdmin(CatalogAdmin):
    form = SystemForm
    list_display = ["name", "slug", "family", "release_date", "weights_licence", "is_published"]
    list_filter = ["is_published", "commercial_use", "evaluations__status", "family"]
    list_select_related = ["family"]
    search_fields = ["name", "slug", "huggingface_id"]
    autocomplete_fields = ["family", "source"]
    filter_horizontal = ["frameworks", "programming_languages"]
    readonly_fields = [*DERIVED, "popularity", "released_year"]
    actions = [reevaluate]
    inlines = [
        MakerInline,
        ComponentInline,
        TrainingDataInline,
        DataInformationInline,
        UsageInformationInline,
        SystemFactInline,
        DerivationInline,
        ClaimInline,
        JudgementInline,
        RulingInline,
        EvaluationInline,
    ]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "name",
                    "slug",
                    "version",
                    "family",
                    "summary",
                    "release",
                    "is_published",
                    "verified_on",
                ]
            },
        ),
        (
            "What it is",
            {"fields": ["modalities", "tasks", "languages", "parameters"]},
        ),
        (
            "Where it is",
            {"fields": ["homepage", "huggingface_id", "repository", "paper"]},
        ),
        ("Built with", {"fields": ["frameworks", "programming_languages"]}),
        PROVENANCE,
        ("Derived", {"fields": [*DERIVED, "popularity", "released_year"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[AISystem]:
        return super().get_queryset(request).defer("search")

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Verdicts go with their system, though they may not be deleted on their own."""
        found, counts, forbidden, protected = super().get_deleted_objects(objs, request)
        computed = {Evaluation._meta.verbose_name, VerdictChange._meta.verbose_name}
        return found, counts, forbidden - computed, protected


@admin.register(SystemFamily)
class SystemFamilyAdmin(CatalogAdmin):
    list_display = ["name", "slug", "organization"]
    list_select_related = ["organization"]
    search_fields = ["name", "slug"]
    autocomplete_fields = ["organization"]


class FactRowAdmin(CatalogAdmin):
    """Rows that belong to one system, in a list of their own."""

    list_select_related = ["system"]
    autocomplete_fields = ["system", "source"]
    date_hierarchy = "checked_on"

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """A row stays with its system: moving it would leave the other one's verdicts behind."""
        names = super().get_readonly_fields(request, obj)
        return names if obj is None else [*names, "system"]


@admin.register(Component)
class ComponentAdmin(FactRowAdmin):
    form = LicensedForm
    list_display = ["system", "kind", "availability", "licence_expression", "checked_on"]
    list_filter = ["kind", "availability", "licence_status", "source"]
    search_fields = ["system__name", "system__slug", "licence_expression"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "system",
                    "kind",
                    "availability",
                    "completeness",
                    "url",
                    "cost",
                    "form",
                    "machine_readable",
                    "open_format",
                    "persistent_id",
                    "peer_reviewed",
                    "included_in",
                ]
            },
        ),
        TERMS,
        PROVENANCE,
    ]


@admin.register(TrainingData)
class TrainingDataAdmin(FactRowAdmin):
    list_display = ["system", "dataset", "stage", "data_class"]
    list_select_related = ["system", "dataset"]
    list_filter = ["stage", "data_class", "source"]
    search_fields = ["system__name", "dataset__name"]
    autocomplete_fields = ["system", "dataset", "source"]


@admin.register(DataInformation)
class DataInformationAdmin(FactRowAdmin):
    list_display = ["system", *INFORMATION[:3]]
    list_filter = ["covers_all_training_data", "source"]
    search_fields = ["system__name"]


@admin.register(UsageInformation)
class UsageInformationAdmin(FactRowAdmin):
    list_display = ["system", *USAGE]
    list_filter = ["source"]
    search_fields = ["system__name"]


@admin.register(SystemFact)
class SystemFactAdmin(FactRowAdmin):
    form = SingleFactForm
    list_display = ["system", "topic", "value", "checked_on"]
    list_filter = ["topic", "source"]
    search_fields = ["system__name", "system__slug"]


@admin.register(Derivation)
class DerivationAdmin(FactRowAdmin):
    list_display = ["system", "kind", "base", "base_name"]
    list_select_related = ["system", "base"]
    list_filter = ["kind", "source"]
    search_fields = ["system__name", "base__name", "base_name"]
    autocomplete_fields = ["system", "base", "source"]


@admin.register(Claim)
class ClaimAdmin(FactRowAdmin):
    list_display = ["system", "claimed", "date", "evidence_url"]
    list_filter = ["claimed", "source"]
    search_fields = ["system__name", "claimed", "quote"]


@admin.register(StewardJudgement)
class StewardJudgementAdmin(FactRowAdmin):
    list_display = ["system", "definition_id", "result", "version_judged", "date"]
    list_filter = ["definition_id", "result"]
    search_fields = ["system__name", "definition_id", "result"]


class LapsedFilter(admin.SimpleListFilter):
    """Rulings whose facts have changed, so that the criterion needs judgement again."""

    title = "facts have changed"
    parameter_name = "lapsed"

    def lookups(self, request: HttpRequest, model_admin: Any) -> tuple[tuple[str, str], ...]:
        return (("yes", "Yes: rule again"),)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Ruling]) -> QuerySet[Ruling]:
        rows: Any = queryset
        found: QuerySet[Ruling] = rows.lapsed() if self.value() == "yes" else queryset
        return found


@admin.register(Ruling)
class RulingAdmin(FactRowAdmin):
    form = RulingForm
    list_display = ["system", "criterion", "answer", "decided_on", "decided_by"]
    list_filter = ["answer", "criterion", LapsedFilter]
    exclude = ["judged"]
    search_fields = ["system__name", "criterion", "rationale"]


class ComputedAdmin(ReadOnly, CatalogAdmin):
    """Rows to be read here, computed elsewhere."""

    list_select_related = ["system"]
    search_fields = ["system__name", "system__slug", "definition_id"]


class StaleFilter(admin.SimpleListFilter):
    """Verdicts that have to be computed again."""

    title = "of today’s facts and rules"
    parameter_name = "stale"

    def lookups(self, request: HttpRequest, model_admin: Any) -> tuple[tuple[str, str], ...]:
        return (("yes", "No: they are stale"), ("no", "Yes"))

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Evaluation]
    ) -> QuerySet[Evaluation]:
        today = [definition.fingerprint for definition in registry.DEFINITIONS]
        rows: Any = queryset
        if self.value() == "yes":
            found: QuerySet[Evaluation] = rows.stale(today)
            return found
        return rows.current(today) if self.value() == "no" else queryset


@admin.register(Evaluation)
class EvaluationAdmin(ComputedAdmin):
    list_display = ["system", "definition_id", "status", "label", "status_since"]
    list_filter = ["definition_id", "status", StaleFilter]
    actions = ["judge_again"]

    def has_judge_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("catalog.change_aisystem")

    @admin.action(description="Judge their systems again", permissions=["judge"])
    def judge_again(self, request: HttpRequest, queryset: QuerySet[Evaluation]) -> None:
        reevaluate(self, request, AISystem.objects.filter(evaluations__in=queryset.order_by()))


@admin.register(VerdictChange)
class VerdictChangeAdmin(ComputedAdmin):
    list_display = ["system", "definition_id", "cause", "before_label", "label", "happened_at"]
    list_filter = ["cause", "definition_id"]
    date_hierarchy = "happened_at"
