"""What every noun's desk has: provenance, new verdicts in the same transaction, history."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin, messages
from django.contrib.admin import ActionLocation
from django.contrib.auth.models import User
from django.db import models, transaction
from django.db.models import QuerySet
from django.forms import BaseModelFormSet, ModelForm
from django.http import HttpRequest

from catalog.evaluation.evaluate import evaluate_systems
from catalog.intake.editing import affected_by, refresh
from catalog.models import AISystem

if TYPE_CHECKING:
    from django.contrib.admin.options import _FieldOpts

    AnyAdmin = admin.ModelAdmin[Any]
    AnyInline = admin.StackedInline[Any, Any]
    AnyTable = admin.TabularInline[Any, Any]
else:
    AnyAdmin = admin.ModelAdmin
    AnyInline = admin.StackedInline
    AnyTable = admin.TabularInline

type AnyForm = ModelForm[models.Model]
type Formset = BaseModelFormSet[models.Model, AnyForm]


type Fieldset = tuple[str, _FieldOpts]

PROVENANCE: "Fieldset" = (
    "Where it can be seen",
    {"fields": ["evidence_url", "quote", "checked_on", "source", "note", "recorded_by"]},
)
TERMS: "Fieldset" = (
    "Terms",
    {"fields": ["licence_expression", "licence_status", "licence_text", "licence_url"]},
)


def staff(request: HttpRequest) -> User:
    """Whose desk it is: nobody else comes as far as this."""
    return cast("User", request.user)


def sign(row: models.Model, request: HttpRequest) -> None:
    """Note who recorded a fact; files do not overwrite what an editor has written."""
    if hasattr(row, "recorded_by"):
        row.recorded_by = request.user.get_username()


class CatalogAdmin(AnyAdmin):
    """Saving or deleting judges again, before the transaction ends, whatever depends on it."""

    list_per_page = 50
    show_full_result_count = False

    def get_readonly_fields(self, request: HttpRequest, obj: object = None) -> list[str]:
        names = [str(name) for name in super().get_readonly_fields(request, obj)]
        signed = any(field.name == "recorded_by" for field in self.opts.fields)
        return [*names, "recorded_by"] if signed and "recorded_by" not in names else names

    def save_model(
        self,
        request: HttpRequest,
        obj: models.Model,
        form: AnyForm,
        change: bool,  # noqa: FBT001
    ) -> None:
        if form.changed_data or not change:
            sign(obj, request)
        super().save_model(request, obj, form, change)

    def save_formset(
        self,
        request: HttpRequest,
        form: AnyForm,
        formset: Formset,
        change: bool,  # noqa: FBT001
    ) -> None:
        for row in formset.save(commit=False):
            sign(row, request)
            row.save()
        for row in formset.deleted_objects:
            row.delete()
        formset.save_m2m()

    def save_related(
        self,
        request: HttpRequest,
        form: AnyForm,
        formsets: Iterable[Formset],
        change: bool,  # noqa: FBT001
    ) -> None:
        super().save_related(request, form, formsets, change)
        rows = [form.instance, *(row for formset in formsets for row in saved(formset))]
        refresh(rows=rows)

    @transaction.atomic
    def delete_model(self, request: HttpRequest, obj: models.Model) -> None:
        systems = list(affected_by(obj).values_list("pk", flat=True))
        super().delete_model(request, obj)
        refresh(rows=[], systems=systems)

    @transaction.atomic
    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[models.Model]) -> None:
        systems = {pk for row in queryset for pk in affected_by(row).values_list("pk", flat=True)}
        super().delete_queryset(request, queryset)
        refresh(rows=[], systems=systems)


class ReadOnly(AnyAdmin):
    """Rows that are read at the desk and written elsewhere."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


def saved(formset: Formset) -> list[models.Model]:
    """The rows that a formset has written."""
    return [*formset.new_objects, *(row for row, _ in formset.changed_objects)]


@admin.action(
    description="Re-evaluate",
    permissions=["change"],
    location=[ActionLocation.CHANGE_LIST, ActionLocation.CHANGE_FORM],
)
def reevaluate(modeladmin: "AnyAdmin", request: HttpRequest, queryset: QuerySet[AISystem]) -> None:
    """Judge the chosen systems again by every definition."""
    systems = AISystem.objects.filter(pk__in=queryset.order_by().values("pk"))
    written = evaluate_systems(systems=systems)
    modeladmin.message_user(
        request,
        f"{written} verdict rows changed." if written else "Every verdict was current already.",
        messages.SUCCESS,
    )
