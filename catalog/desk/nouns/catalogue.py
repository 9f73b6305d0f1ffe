"""The desk for makers, data, tools, platforms and sources."""

from collections.abc import Iterable
from typing import cast

from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.translation import ngettext

from catalog.desk.nouns.base import (
    PROVENANCE,
    TERMS,
    AnyForm,
    AnyInline,
    AnyTable,
    CatalogAdmin,
    Formset,
    ReadOnly,
)
from catalog.desk.nouns.forms import (
    AliasForm,
    DatasetForm,
    FrameworkForm,
    LicensedForm,
    LicenseForm,
    SingleFactForm,
)
from catalog.entry.licence_links import recognise
from catalog.intake.editing import refresh
from catalog.models import (
    CatalogState,
    Dataset,
    Framework,
    License,
    LicenseAlias,
    Organization,
    OrganizationFact,
    Platform,
    PlatformProfile,
    ProgrammingLanguage,
    Source,
)
from catalog.models.licences import ANSWERS, LISTS


class OrganizationFactInline(AnyInline):
    model = OrganizationFact
    form = SingleFactForm
    extra = 0
    readonly_fields = ["recorded_by"]
    autocomplete_fields = ["source"]
    classes = ["collapse"]


class ProfileInline(AnyTable):
    model = PlatformProfile
    extra = 0
    autocomplete_fields = ["platform"]


@admin.register(Organization)
class OrganizationAdmin(CatalogAdmin):
    list_display = ["name", "slug", "kind", "country", "is_initiative"]
    list_filter = ["kind", "is_initiative", "country"]
    search_fields = ["name", "slug"]
    autocomplete_fields = ["parent", "source"]
    inlines = [ProfileInline, OrganizationFactInline]


@admin.register(Platform)
class PlatformAdmin(CatalogAdmin):
    list_display = ["name", "slug", "purpose"]
    search_fields = ["name", "slug"]
    autocomplete_fields = ["source"]


@admin.register(OrganizationFact)
class OrganizationFactAdmin(CatalogAdmin):
    form = SingleFactForm
    list_display = ["organization", "topic", "value", "checked_on"]
    list_select_related = ["organization"]
    list_filter = ["topic", "value"]
    search_fields = ["organization__name", "organization__slug"]
    autocomplete_fields = ["organization", "source"]


@admin.register(PlatformProfile)
class PlatformProfileAdmin(CatalogAdmin):
    list_display = ["handle", "organization", "platform", "url"]
    list_select_related = ["organization", "platform"]
    list_filter = ["platform"]
    search_fields = ["handle", "organization__name"]
    autocomplete_fields = ["organization", "platform"]


@admin.register(Dataset)
class DatasetAdmin(CatalogAdmin):
    form = DatasetForm
    list_display = ["name", "slug", "availability", "data_class", "licence_expression"]
    list_filter = ["availability", "data_class", "licence_status"]
    search_fields = ["name", "slug"]
    autocomplete_fields = ["organizations", "derived_from", "source"]
    fieldsets = [
        (None, {"fields": ["name", "slug", "summary", "organizations", "release", "homepage"]}),
        (
            "What is in it",
            {
                "fields": [
                    "modalities",
                    "languages",
                    "size",
                    "contains_pii",
                    "synthetic",
                    "derived_from",
                ]
            },
        ),
        ("Access", {"fields": ["availability", "data_class", "access_note"]}),
        TERMS,
        PROVENANCE,
    ]


@admin.register(Framework)
class FrameworkAdmin(CatalogAdmin):
    form = FrameworkForm
    list_display = ["name", "slug", "purpose", "licence_expression"]
    list_filter = ["purpose", "licence_status"]
    search_fields = ["name", "slug"]
    autocomplete_fields = ["organizations", "programming_languages", "source"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "name",
                    "slug",
                    "summary",
                    "organizations",
                    "release",
                    "purpose",
                    "homepage",
                    "repository",
                    "programming_languages",
                ]
            },
        ),
        TERMS,
        PROVENANCE,
    ]


@admin.register(ProgrammingLanguage)
class ProgrammingLanguageAdmin(CatalogAdmin):
    form = LicensedForm
    list_display = ["name", "slug", "first_appeared", "licence_expression"]
    search_fields = ["name", "slug"]
    autocomplete_fields = ["source"]
    fieldsets = [
        (None, {"fields": ["name", "slug", "summary", "homepage", "first_appeared"]}),
        TERMS,
        PROVENANCE,
    ]


@admin.register(License)
class LicenseAdmin(CatalogAdmin):
    form = LicenseForm
    list_display = ["spdx_id", "name", "osi_approved", "fsf_free", "commercial", "verified"]
    list_filter = ["is_spdx", "osi_approved", "fsf_free", "open_definition", "verified"]
    search_fields = ["spdx_id", "name"]
    autocomplete_fields = ["source"]
    fieldsets = [
        (None, {"fields": ["spdx_id", "name", "url", "is_spdx", "deprecated", "meant_for"]}),
        ("Stewards' lists and rights", {"fields": [*LISTS, *ANSWERS]}),
        ("Restrictions", {"fields": ["limits_known", "use_restrictions"]}),
        (
            "In plain words",
            {"fields": ["permissions_note", "conditions_note", "limits_note"]},
        ),
        PROVENANCE,
    ]


@admin.register(LicenseAlias)
class LicenseAliasAdmin(CatalogAdmin):
    form = AliasForm
    list_display = ["alias", "expression"]
    search_fields = ["alias", "expression"]
    autocomplete_fields = ["source"]

    def save_related(
        self,
        request: HttpRequest,
        form: AnyForm,
        formsets: Iterable[Formset],
        change: bool,  # noqa: FBT001
    ) -> None:
        """What was stated in this spelling is recognised from now on."""
        super().save_related(request, form, formsets, change)
        rows = recognise(spelling=cast("LicenseAlias", form.instance).alias)
        refresh(rows=rows)
        if rows:
            said = ngettext(
                "%d row is recognised now.", "%d rows are recognised now.", len(rows)
            ) % len(rows)
            self.message_user(request, said, messages.SUCCESS)


@admin.register(Source)
class SourceAdmin(CatalogAdmin):
    list_display = ["key", "title", "kind", "version", "retrieved_on"]
    list_filter = ["kind"]
    search_fields = ["key", "title"]


@admin.register(CatalogState)
class CatalogStateAdmin(ReadOnly, CatalogAdmin):
    """The version: counted up by the services, not by hand."""

    list_display = ["version", "changed_at"]
