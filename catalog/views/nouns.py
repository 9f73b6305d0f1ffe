"""Lists and pages of everything around systems; one pattern for all of them."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from catalog import filters
from catalog.models import (
    AISystem,
    Component,
    Dataset,
    Framework,
    License,
    Organization,
    Platform,
    ProgrammingLanguage,
)
from catalog.presenters import verdicts
from catalog.views.common import HtmxHttpRequest, View, cached_by_catalogue, list_page, page
from definitions import registry
from definitions.vocabulary import ComponentKind

SYSTEMS_SHOWN = 50


@dataclass(frozen=True, kw_only=True)
class Noun:
    """A list of one noun: what is read, by which contract, into which template."""

    name: str
    model: Any
    filter: Any
    order: tuple[str, ...] = ("name", "id")

    def list_view(self) -> View:
        @require_safe
        @cached_by_catalogue
        def view(request: HtmxHttpRequest) -> HttpResponse:
            listing = self.filter(request.GET, queryset=self.model.objects.all())
            results = list_page(request, listing.qs.for_list().order_by(*self.order), size=50)
            context = {"filter": listing, "results": results}
            return page(request, f"catalog/{self.name}_list.html", context, fragment="results")

        return view


organization_list = Noun(
    name="organization", model=Organization, filter=filters.OrganizationFilter
).list_view()
dataset_list = Noun(name="dataset", model=Dataset, filter=filters.DatasetFilter).list_view()
framework_list = Noun(name="framework", model=Framework, filter=filters.FrameworkFilter).list_view()
language_list = Noun(
    name="language", model=ProgrammingLanguage, filter=filters.LanguageFilter
).list_view()
platform_list = Noun(name="platform", model=Platform, filter=filters.PlatformFilter).list_view()
licence_list = Noun(
    name="licence",
    model=License,
    filter=filters.LicenceFilter,
    order=("-systems_count", "spdx_id"),
).list_view()


def system_rows(systems: Any) -> list[Any]:
    """Systems with their verdicts, as the shared table shows them. Three queries."""
    shown = systems.for_list().order_by("name", "id")[:SYSTEMS_SHOWN]
    return [(system, verdicts.cells(system.evaluations.all())) for system in shown]


def detail(
    request: HtmxHttpRequest, template: str, noun: Any, systems: Any, **more: Any
) -> HttpResponse:
    context = {
        "noun": noun,
        "rows": system_rows(systems),
        "definitions": registry.DEFINITIONS,
        "shown_at_most": SYSTEMS_SHOWN,
    }
    return page(request, template, context | more)


@require_safe
@cached_by_catalogue
def organization_detail(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    """An organisation: its systems, datasets, frameworks and profiles."""
    noun = get_object_or_404(Organization.objects.for_detail(), slug=slug)
    systems = AISystem.objects.published().filter(organizations=noun)
    return detail(request, "catalog/organization_detail.html", noun, systems)


@require_safe
@cached_by_catalogue
def dataset_detail(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    """A dataset: its terms, and the systems that were trained on it."""
    noun = get_object_or_404(Dataset.objects.for_detail(), slug=slug)
    ids = {use.system_id for use in noun.uses.all()}
    systems = AISystem.objects.published().filter(pk__in=ids)
    return detail(request, "catalog/dataset_detail.html", noun, systems)


@require_safe
@cached_by_catalogue
def framework_detail(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    """A framework: its terms, and the systems that use it."""
    noun = get_object_or_404(Framework.objects.for_detail(), slug=slug)
    systems = AISystem.objects.published().filter(frameworks=noun)
    return detail(request, "catalog/framework_detail.html", noun, systems)


@require_safe
@cached_by_catalogue
def language_detail(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    """A programming language: frameworks and systems written in it."""
    noun = get_object_or_404(ProgrammingLanguage.objects.for_detail(), slug=slug)
    systems = AISystem.objects.published().filter(programming_languages=noun)
    return detail(request, "catalog/language_detail.html", noun, systems)


@require_safe
@cached_by_catalogue
def platform_detail(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    """A platform, and the organisations that publish there."""
    noun = get_object_or_404(Platform.objects.for_detail(), slug=slug)
    return page(request, "catalog/platform_detail.html", {"noun": noun})


@require_safe
@cached_by_catalogue
def licence_detail(request: HtmxHttpRequest, spdx_id: str) -> HttpResponse:
    """A licence: what it allows, demands and forbids, and what is under it."""
    noun = get_object_or_404(License.objects.for_detail(), spdx_id=spdx_id)
    under = Component.objects.filter(licences=noun).values("system")
    systems = AISystem.objects.published().filter(pk__in=under)
    usage = [(ComponentKind.of(kind).label, total) for kind, total in noun.usage().items()]
    return detail(request, "catalog/licence_detail.html", noun, systems, usage=usage)
